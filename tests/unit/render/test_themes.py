import os
import pickle
from pathlib import Path

import pytest

from generator.diagnostics import BulletinError
from generator.render.theme_layers import builtin_themes_folder
from generator.render.themes import load_theme
from tests.support.themes import write_files, write_theme


@pytest.fixture
def builtin(tmp_path: Path) -> Path:
    folder = tmp_path / "program"
    page = {"templates/page.html": "shipped page", "templates/parts/foot.html": "shipped foot"}
    write_theme(
        folder, "default", page | {"static/style.css": "a{}"}, options="[options]\nwide = true\nold = 1"
    )
    return folder


@pytest.fixture
def site(tmp_path: Path) -> Path:
    (tmp_path / "site").mkdir()
    return tmp_path / "site"


def failure_of(site: Path, name: str, builtin: Path) -> str:
    with pytest.raises(BulletinError) as caught:
        load_theme(site, name, builtin)
    return str(caught.value)


def test_a_theme_of_the_program_is_found(site: Path, builtin: Path) -> None:
    theme = load_theme(site, "default", builtin)
    assert theme.templates["page.html"].source == "shipped page"
    assert theme.templates["page.html"].shown == "(bulletin)/themes/default/templates/page.html"
    assert theme.title == "Default"


def test_a_single_file_of_the_site_replaces_that_of_the_programs_theme(site: Path, builtin: Path) -> None:
    write_files(site / "themes/default", {"templates/page.html": "own page", "static/style.css": "b{}"})
    theme = load_theme(site, "default", builtin)
    assert theme.templates["page.html"].source == "own page"
    assert theme.templates["page.html"].shown == "themes/default/templates/page.html"
    assert theme.templates["parts/foot.html"].source == "shipped foot"
    assert theme.static["style.css"].path == site / "themes/default/static/style.css"


def test_a_theme_takes_what_it_lacks_from_the_one_it_extends(site: Path, builtin: Path) -> None:
    options = "[options]\nwide = false"
    write_theme(site / "themes", "paper", {"templates/page.html": "paper"}, "default", options)
    theme = load_theme(site, "paper", builtin)
    assert theme.templates["page.html"].source == "paper"
    assert theme.templates["parts/foot.html"].source == "shipped foot"
    assert theme.options == {"wide": False, "old": 1}


def test_a_sites_theme_may_extend_the_programs_theme_of_its_own_name(site: Path, builtin: Path) -> None:
    write_theme(site / "themes", "default", {"templates/page.html": "mine"}, "default")
    theme = load_theme(site, "default", builtin)
    assert theme.templates["page.html"].source == "mine"
    assert theme.templates["parts/foot.html"].source == "shipped foot"


def test_messages_of_nearer_folders_replace_those_of_farther_ones(site: Path, builtin: Path) -> None:
    write_files(builtin / "default", {"messages/en.toml": 'home = "Home"\nback = "Back"'})
    write_files(site / "themes/default", {"messages/en.toml": 'home = "Front"'})
    assert load_theme(site, "default", builtin).messages["en"] == {"home": "Front", "back": "Back"}


def test_a_theme_nobody_has_names_the_nearest_one(site: Path, builtin: Path) -> None:
    assert 'there is no theme "defualt" · hint: did you mean "default"?' in failure_of(
        site, "defualt", builtin
    )


def test_an_unknown_theme_that_is_extended_is_found_in_the_theme_that_extends_it(
    site: Path, builtin: Path
) -> None:
    write_theme(site / "themes", "paper", {}, "defaul")
    assert failure_of(site, "paper", builtin).startswith("themes/paper/theme.toml: error[theme-unknown]")


def test_a_folder_without_theme_toml_says_what_is_missing(site: Path, builtin: Path) -> None:
    write_files(site / "themes/paper", {"templates/page.html": ""})
    assert 'the theme "paper" has no theme.toml' in failure_of(site, "paper", builtin)


@pytest.mark.parametrize("second", ["one", "two"])
def test_themes_that_extend_each_other_are_an_error(site: Path, builtin: Path, second: str) -> None:
    write_theme(site / "themes", "one", {}, second)
    write_theme(site / "themes", "two", {}, "one")
    assert "error[theme-cycle]" in failure_of(site, "one", builtin)


@pytest.mark.parametrize("name", ["../site", "/etc", "themes/default", ""])
def test_a_name_that_is_a_path_is_no_theme(site: Path, builtin: Path, name: str) -> None:
    write_theme(site / "themes", "paper", {}, name)
    if name:
        assert "error[theme-unknown]" in failure_of(site, "paper", builtin)
    else:
        assert load_theme(site, "paper", builtin).templates == {}


def test_every_broken_file_is_told_at_once(site: Path, builtin: Path) -> None:
    write_files(site / "themes/default", {"messages/en.toml": "home = 1\nback = '{0}'\nlate = '{x'"})
    (site / "themes/default/templates").mkdir()
    (site / "themes/default/templates/page.html").write_bytes(b"\xff\xfe")
    problems = failure_of(site, "default", builtin).splitlines()
    assert [problem.split(": ")[0] for problem in problems] == [
        "themes/default/templates/page.html",
        "themes/default/messages/en.toml:1",
        "themes/default/messages/en.toml:2",
        "themes/default/messages/en.toml:3",
    ]


def test_a_link_out_of_the_site_and_a_pipe_are_left_out_with_a_warning(site: Path, builtin: Path) -> None:
    secret = site.parent / "secret.html"
    secret.write_text("secret")
    folder = write_files(site / "themes/default", {"templates/own.html": ""}) / "templates"
    (folder / "stolen.html").symlink_to(secret)
    (folder / "same.html").symlink_to(folder / "own.html")
    os.mkfifo(folder / "pipe.html")
    theme = load_theme(site, "default", builtin)
    assert {"own.html", "same.html"} <= set(theme.templates)
    assert {"stolen.html", "pipe.html"}.isdisjoint(theme.templates)
    assert [str(problem.span) for problem in theme.problems] == [
        "themes/default/templates/pipe.html",
        "themes/default/templates/stolen.html",
    ]


def test_a_theme_can_go_to_another_process(site: Path, builtin: Path) -> None:
    theme = load_theme(site, "default", builtin)
    assert pickle.loads(pickle.dumps(theme)) == theme


def test_the_themes_of_the_program_are_usable_in_every_language(repository: Path, tmp_path: Path) -> None:
    assert builtin_themes_folder() == repository / "themes"
    for name in ("default", "gazette"):
        theme = load_theme(tmp_path, name)
        assert theme.problems == ()
        texts = {language: set(messages) for language, messages in theme.messages.items()}
        assert texts["zh-Hans"] == texts["zh-Hant"] == texts["en"]
