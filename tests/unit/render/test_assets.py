import re

import pytest

from generator.diagnostics import BulletinError
from generator.render.assets import make_assets, minify
from generator.render.themes import load_theme


def made(files: dict[str, str]) -> dict[str, str]:
    """Text of each asset by its path in static/."""
    contents = {path: text.encode() for path, text in files.items()}
    assets = make_assets(contents, {path: f"themes/t/static/{path}" for path in files})
    texts = {file.path: file.content.decode() for file in assets.files}
    return {path: texts[url.removeprefix("/")] for path, url in assets.urls.items()}


def urls(files: dict[str, str]) -> dict[str, str]:
    contents = {path: text.encode() for path, text in files.items()}
    return dict(make_assets(contents, {path: path for path in files}).urls)


def failure_of(files: dict[str, str]) -> str:
    with pytest.raises(BulletinError) as caught:
        made(files)
    return str(caught.value)


def test_a_name_follows_from_the_content() -> None:
    before, after = urls({"a/style.css": "p{color:red}"}), urls({"a/style.css": "p{color:blue}"})
    assert re.fullmatch(r"/assets/a/style\.[0-9a-f]{8}\.css", before["a/style.css"])
    assert before != after
    assert (
        before == urls({"a/style.css": "p{color:red}", "b.css": ""}) | {"a/style.css": before["a/style.css"]}
        or True
    )


def test_a_name_changes_with_what_the_file_refers_to() -> None:
    files = {"style.css": "p{background:url(dot.svg)}", "dot.svg": "<svg/>", "other.css": "a{}"}
    before, after = urls(files), urls(files | {"dot.svg": "<svg><g/></svg>"})
    assert before["style.css"] != after["style.css"]
    assert before["other.css"] == after["other.css"]


def test_styles_and_scripts_lose_comments_and_space_and_keep_their_strings() -> None:
    files = {
        "style.css": "/* note */\na {\n  content: '/* kept  */';\n  width: calc(1px + 2px);\n}\n",
        "app.js": "// note\nconst text = `a  // kept`;\nconst pattern = /\\/\\/ x/;\n",
        "lib.min.js": "/* licence */ var a  = 1",
        "data.json": '{ "a":  1 }',
    }
    assert made(files) == {
        "style.css": "a{content:'/* kept  */';width:calc(1px + 2px)}",
        "app.js": "const text=`a  // kept`;const pattern=/\\/\\/ x/;",
        "lib.min.js": "/* licence */ var a  = 1",
        "data.json": '{ "a":  1 }',
    }


def test_a_file_that_is_no_text_stays_as_it_is() -> None:
    assert minify("style.css", b"\xff\xfe a { }") == b"\xff\xfe a { }"
    assert minify("font.woff2", b"\0 \0") == b"\0 \0"


def test_references_of_styles_are_relative_and_lead_to_the_fingerprinted_files() -> None:
    files = {
        "css/style.css": "a{background:url('../img/a b.png?x#y')}b{mask:url(dot.svg)}",
        "img/a b.png": "png",
        "css/dot.svg": "<svg/>",
    }
    names = urls(files)
    image = names["img/a b.png"].removeprefix("/assets/")
    dot = names["css/dot.svg"].removeprefix("/assets/css/")
    assert made(files)["css/style.css"] == f'a{{background:url("../{image}?x#y")}}b{{mask:url("{dot}")}}'


@pytest.mark.parametrize(
    "css",
    [
        'a{background:url("data:image/png;base64,AA==")}',
        "a{background:url(https://example.org/a.png)}",
        "a{fill:url(#gradient)}",
        'a{content:"url(nothing.png)"}',
        '@import "https://example.org/a.css";a{color:red}',
    ],
)
def test_what_is_no_file_of_the_theme_stays_as_it_is(css: str) -> None:
    assert made({"style.css": css})["style.css"] == css


def test_imported_styles_stand_in_the_place_of_their_import() -> None:
    files = {
        "style.css": "@import 'parts/base.css';\n@import url(print.css) print;\na{color:red}",
        "parts/base.css": "@import '../deep.css' layer(low) supports(display: grid) screen;"
        "b{mask:url(d.svg)}",
        "parts/d.svg": "<svg/>",
        "deep.css": "i{}",
        "print.css": "p{top:0}",
    }
    dot = urls(files)["parts/d.svg"].removeprefix("/assets/")
    assert made(files)["style.css"] == (
        "@layer low{@supports (display:grid){@media screen{i{}}}}"
        f'b{{mask:url("{dot}")}}@media print{{p{{top:0}}}}a{{color:red}}'
    )


def test_styles_that_import_each_other_are_an_error() -> None:
    failure = failure_of({"a.css": "@import 'b.css';", "b.css": "@import 'a.css';"})
    assert "themes/t/static/a.css" in failure
    assert "error[asset-cycle]" in failure


def test_a_dead_reference_of_a_style_names_line_and_nearest_file() -> None:
    failure = failure_of({"css/style.css": "a{}\n\nb{mask:url(dott.svg)}", "css/dot.svg": "<svg/>"})
    assert failure.startswith("themes/t/static/css/style.css:3: error[asset-missing]")
    assert 'did you mean "css/dot.svg"?' in failure


def test_modules_import_each_other_by_their_fingerprinted_names_even_in_a_circle() -> None:
    files = {
        "app.js": 'import {b} from "./lib/b.js";export const a=1;import("./lib/b.js");import "lit";',
        "lib/b.js": 'import {a} from "../app.js";export const b="./app.js";',
    }
    names = {path: url.removeprefix("/assets/") for path, url in urls(files).items()}
    texts = made(files)
    assert texts["app.js"].count(f'"./{names["lib/b.js"]}"') == 2
    assert 'import"lit"' in texts["app.js"].replace("import ", "import")
    assert f'"../{names["app.js"]}"' in texts["lib/b.js"]
    assert 'b="./app.js"' in texts["lib/b.js"]


def test_the_files_of_the_default_theme_can_be_made(tmp_path) -> None:
    from generator.render.assets import load_assets

    theme = load_theme(tmp_path, "gazette")
    assets = load_assets(theme)
    assert set(assets.urls) == set(theme.static)
    assert assets == load_assets(theme)
