import datetime
import pickle
from pathlib import Path
from types import SimpleNamespace

import msgspec
import pytest

from generator.diagnostics import BulletinError
from generator.render.environment import ThemeSetup, make_environment, render_page
from generator.render.themes import load_theme
from tests.support.themes import environment_of, mistake_in, rendered, write_theme


class Content(msgspec.Struct, frozen=True):
    title: str
    date: datetime.date | None = None


def test_what_is_put_into_a_page_is_escaped(tmp_path: Path) -> None:
    environment = environment_of(
        tmp_path, {"page.html": '<p title="{{ x }}">{{ x }}</p>', "t.txt": "{{ x }}"}
    )
    assert (
        rendered(environment, x="<a&'\">")
        == '<p title="&lt;a&amp;&#39;&#34;&gt;">&lt;a&amp;&#39;&#34;&gt;</p>\n'
    )
    assert rendered(environment, "t.txt", x="<") == "&lt;\n"


def test_the_base_path_stands_before_paths_of_the_site_only(tmp_path: Path) -> None:
    environment = environment_of(tmp_path, {"page.html": "{{ url(x) }}"}, base_path="/bulletin")
    for given, expected in {
        "/issues/2024-07-22/": "/bulletin/issues/2024-07-22/",
        "/": "/bulletin/",
        "/旧址/": "/bulletin/%E6%97%A7%E5%9D%80/",
        "/a%20b/?q=1#x": "/bulletin/a%20b/?q=1#x",
        "https://example.org/x": "https://example.org/x",
        "//example.org/x": "//example.org/x",
        "#top": "#top",
        "": "",
    }.items():
        assert rendered(environment, x=given).replace("&amp;", "&") == f"{expected}\n"


def test_assets_are_addressed_by_their_fingerprinted_names(tmp_path: Path) -> None:
    template = {"page.html": "{{ asset('style.css') }}"}
    urls = {"style.css": "/assets/style.0a.css"}
    environment = environment_of(tmp_path, template, asset_urls=urls, base_path="/b")
    assert rendered(environment) == "/b/assets/style.0a.css\n"


def test_a_template_extends_the_one_it_replaces(tmp_path: Path) -> None:
    write_theme(tmp_path / "p", "default", {"templates/page.html": "<h1>{% block a %}old{% endblock %}</h1>"})
    own = '{% extends "parent:page.html" %}{% block a %}new, was {{ super() }}{% endblock %}'
    write_theme(tmp_path / "themes", "middle", {"templates/page.html": own}, "default")
    write_theme(tmp_path / "themes", "top", {"templates/page.html": own}, "middle")
    theme = load_theme(tmp_path, "top", tmp_path / "p")
    environment = make_environment(ThemeSetup(theme=theme, asset_urls={}, language="en"))
    assert rendered(environment) == "<h1>new, was new, was old</h1>\n"


def test_an_environment_is_made_again_in_another_process(tmp_path: Path) -> None:
    environment_of(tmp_path, {"page.html": "{{ t('home') }} {{ d|date_long }}"})
    theme = load_theme(tmp_path, "plain", tmp_path)
    setup = ThemeSetup(theme=theme, asset_urls={}, language="en", bytecode=tmp_path / "code")
    again = make_environment(pickle.loads(pickle.dumps(setup)))
    assert rendered(again, d=datetime.date(2024, 7, 22)) == "Home 22 July 2024\n"


def test_what_is_the_same_on_every_page_is_compiled_in_and_follows_the_settings(tmp_path: Path) -> None:
    files = {"page.html": "{{ url('/a<b/') }} {{ t('home') }}"}
    for base_path in ("", "/b", ""):
        environment = environment_of(tmp_path, files, base_path=base_path, bytecode=tmp_path / "code")
        assert rendered(environment) == f"{base_path}/a%3Cb/ Home\n"


def test_a_name_that_a_template_gives_another_meaning_is_not_compiled_in(tmp_path: Path) -> None:
    shout = "{% macro t(id) %}{{ id|upper }}{% endmacro %}{{ t('home') }}"
    inner = "{% macro say(url) %}{{ url('/') }}{% endmacro %}{{ say(x) }}"
    environment = environment_of(tmp_path, {"page.html": shout, "say.html": inner})
    assert rendered(environment) == "HOME\n"
    assert rendered(environment, "say.html", x=lambda path: f"said {path}") == "said /\n"


def damage(content: bytes) -> list[bytes]:
    return [
        b"",
        content[:10],
        content[:40],
        content[:-1],
        content[:60] + b"\0" * 9 + content[69:],
        b"x" * 300,
    ]


def test_a_damaged_cache_of_compiled_templates_is_made_again(tmp_path: Path) -> None:
    code = tmp_path / "code"
    expected = rendered(environment_of(tmp_path, {"page.html": "{{ 1 + x }}"}, bytecode=code), x=1)
    (file,) = code.iterdir()
    whole = file.read_bytes()
    for broken in damage(whole):
        file.write_bytes(broken)
        assert (
            rendered(environment_of(tmp_path, {"page.html": "{{ 1 + x }}"}, bytecode=code), x=1) == expected
        )
        assert file.read_bytes() == whole


def test_a_changed_template_is_not_taken_from_the_cache(tmp_path: Path) -> None:
    code = tmp_path / "code"
    assert rendered(environment_of(tmp_path, {"page.html": "old"}, bytecode=code)) == "old\n"
    assert rendered(environment_of(tmp_path, {"page.html": "new"}, bytecode=code)) == "new\n"


def test_a_cache_that_cannot_be_written_costs_nothing(tmp_path: Path) -> None:
    (tmp_path / "code").write_text("a file where a folder should be")
    environment = environment_of(tmp_path, {"page.html": "fine"}, bytecode=tmp_path / "code")
    assert rendered(environment) == "fine\n"


@pytest.mark.parametrize(
    ("template", "line", "message", "hint"),
    [
        ("\n{{ contnt.title }}", 2, 'there is no variable "contnt"', 'did you mean "content"?'),
        ("{{ content.titel }}", 1, 'there is no "titel" in Content', 'did you mean "title"?'),
        ("\n\n{{ extra.moto }}", 3, 'there is no "moto" in this table of values', 'did you mean "motto"?'),
        ("{% if content.titel %}x{% endif %}", 1, 'there is no "titel" in Content', 'did you mean "title"?'),
        ("{{ content.title|date_lng }}", 1, 'there is no filter "date_lng"', 'did you mean "date_long"?'),
        ("{% if 1 is evn %}{% endif %}", 1, 'there is no test "evn"', 'did you mean "even"?'),
        ("\n{% include 'part.html' %}", 2, 'there is no template "part.html"', 'did you mean "parts.html"?'),
        ("{{ asset('styl.css') }}", 1, 'static/ has no file "styl.css"', 'did you mean "style.css"?'),
        ("{{ t('hom') }}", 1, 'there is no text "hom" in en', 'did you mean "home"?'),
        ("\n{{ t('count-n') }}", 2, 'the text "count-n" needs a value "count"', 't("count-n", count=…)'),
        ("{{ content.date|date_long }}", 1, "date_long was given NoneType, not a date", "ask first"),
        ("{{ 1 / 0 }}", 1, "ZeroDivisionError", "docs/themes-reference.md"),
        ("\n{{ content.title", 2, "unexpected end of template", "tag or expression"),
        ("{% if 1 %}", 1, "Unexpected end of template", "tag or expression"),
    ],
)
def test_a_mistake_is_told_with_template_line_and_what_to_do(
    tmp_path: Path, template: str, line: int, message: str, hint: str
) -> None:
    files = {"page.html": template, "parts.html": "", "messages/en.toml": "home = 'H'\ncount-n = '{count}'"}
    environment = environment_of(tmp_path, files, asset_urls={"style.css": "/s.css"})
    found = mistake_in(environment, content=Content("t"), extra={"motto": ""})
    assert found.span
    assert (found.span.path, found.span.line) == ("themes/plain/templates/page.html", line)
    assert message in found.message
    assert hint in found.hint


def test_a_mistake_in_an_included_template_or_macro_is_found_there(tmp_path: Path) -> None:
    files = {
        "page.html": "{% import 'parts/m.html' as m %}\n{% include 'parts/i.html' %}\n{{ m.b() }}",
        "templates/parts/m.html": "{% macro b() %}\n\n{{ nothing }}{% endmacro %}",
        "templates/parts/i.html": "\n{% if broken %}{{ wrong }}{% endif %}",
    }
    environment = environment_of(tmp_path, files)
    assert str(mistake_in(environment, broken=False).span) == "themes/plain/templates/parts/m.html:3"
    assert str(mistake_in(environment, broken=True).span) == "themes/plain/templates/parts/i.html:2"


def test_the_same_mistake_is_told_alike_with_and_without_compiled_templates(tmp_path: Path) -> None:
    files = {"page.html": "\n\n{{ wrong }}"}
    first = mistake_in(environment_of(tmp_path, files, bytecode=tmp_path / "code"))
    assert mistake_in(environment_of(tmp_path, files, bytecode=tmp_path / "code")) == first


def test_a_template_that_includes_itself_is_an_error_not_a_crash(tmp_path: Path) -> None:
    environment = environment_of(tmp_path, {"page.html": "{% include 'page.html' %}"})
    assert "RecursionError" in mistake_in(environment).message


def test_a_page_template_that_is_missing_is_told(tmp_path: Path) -> None:
    environment = environment_of(tmp_path, {"article.html": ""})
    assert mistake_in(environment, "artikle.html").hint == 'did you mean "article.html"?'


def test_a_theme_without_texts_in_the_sites_language_is_an_error(tmp_path: Path) -> None:
    write_theme(tmp_path / "themes", "plain", {})
    theme = load_theme(tmp_path, "plain", tmp_path)
    with pytest.raises(BulletinError, match=r"no texts in zh-Hant.*choose one of: en"):
        make_environment(ThemeSetup(theme=theme, asset_urls={}, language="zh-Hant"))


def test_pages_are_equal_however_often_they_are_rendered(tmp_path: Path) -> None:
    environment = environment_of(tmp_path, {"page.html": "{{ x }}"})
    assert len({render_page(environment, "page.html", {"x": "值"}) for _ in range(3)}) == 1


def test_a_shared_part_is_the_same_for_equal_values_and_another_for_others(tmp_path: Path) -> None:
    environment = environment_of(
        tmp_path,
        {
            "page.html": '{% for word in content %}{{ shared("part.html", word=word) }}{% endfor %}',
            "part.html": "<b>{{ word.text }}</b>",
        },
    )
    words = [SimpleNamespace(text="one"), SimpleNamespace(text="<two>")]
    html = rendered(environment, site=object(), theme=object(), content=[*words, words[0]])
    assert html == "<b>one</b><b>&lt;two&gt;</b><b>one</b>\n"


def test_a_shared_part_sees_nothing_of_the_page(tmp_path: Path) -> None:
    environment = environment_of(
        tmp_path, {"page.html": '{{ shared("part.html") }}', "part.html": "{{ page.url }}"}
    )
    mistake = mistake_in(environment, site=object(), theme=object(), page=object())
    assert (mistake.code, mistake.span.path if mistake.span else "") == (
        "template-unknown",
        "themes/plain/templates/part.html",
    )
