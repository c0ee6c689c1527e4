from pathlib import Path

import pytest

from generator.diagnostics import BulletinError
from generator.render.theme_copies import accept_upstream, changed_upstream, copy_template, list_themes
from tests.support.themes import write_files, write_theme

PART = "parts/head.html"


@pytest.fixture
def program(tmp_path: Path) -> Path:
    """The program's folder of themes."""
    write_theme(tmp_path / "program", "default", {f"templates/{PART}": "old\n"})
    return tmp_path / "program"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return write_files(tmp_path / "site", {"site.toml": 'title = "t"'})


def update_program(program: Path, text: str) -> None:
    write_files(program / "default", {f"templates/{PART}": text})


def test_themes_of_the_program_and_of_the_site_are_listed_by_name(site: Path, program: Path) -> None:
    write_theme(site / "themes", "harbour", {}, extends="default")
    themes, problems = list_themes(site, program)
    assert [(theme.name, theme.extends, theme.is_builtin) for theme in themes] == [
        ("default", "", True),
        ("harbour", "default", False),
    ]
    assert problems == ()


def test_a_broken_theme_is_told_and_hides_no_other(site: Path, program: Path) -> None:
    write_theme(site / "themes", "lost", {}, extends="defualt")
    themes, problems = list_themes(site, program)
    assert [theme.name for theme in themes] == ["default"]
    assert [(problem.code, problem.hint) for problem in problems] == [
        ("theme-unknown", 'did you mean "default"?')
    ]


def test_a_copy_holds_the_original_and_is_not_made_twice(site: Path, program: Path) -> None:
    copy = copy_template(site, "default", PART, program)
    assert copy == site / "themes/default/templates" / PART
    assert copy.read_text() == "old\n"
    copy.write_text("mine\n")
    with pytest.raises(BulletinError, match="has this template already"):
        copy_template(site, "default", PART, program)
    assert copy.read_text() == "mine\n"


def test_a_template_that_does_not_exist_is_not_copied_and_the_nearest_is_named(
    site: Path, program: Path
) -> None:
    with pytest.raises(BulletinError, match=r"did you mean \"parts/head.html\"\?"):
        copy_template(site, "default", "parts/heda.html", program)
    assert not (site / "themes").exists()


def test_a_copy_never_leaves_the_site_over_a_link(site: Path, program: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (site / "themes").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(BulletinError):
        copy_template(site, "default", PART, program)
    assert list((tmp_path / "elsewhere").rglob("*.html")) == []


def test_nothing_has_changed_while_only_the_copy_was_edited(site: Path, program: Path) -> None:
    copy_template(site, "default", PART, program).write_text("mine\n")
    assert changed_upstream(site, "default", program) == ()


def test_what_changed_in_the_original_is_shown_until_it_is_accepted(site: Path, program: Path) -> None:
    copy_template(site, "default", PART, program).write_text("mine\n")
    update_program(program, "new\n")
    (change,) = changed_upstream(site, "default", program)
    assert (change.template, change.is_gone, change.is_unrecorded) == (PART, False, False)
    assert change.diff.splitlines()[-2:] == ["-old", "+new"]
    accept_upstream(site, "default", PART, program)
    assert changed_upstream(site, "default", program) == ()
    assert (site / "themes/default/templates" / PART).read_text() == "mine\n"


def test_an_original_that_is_gone_is_told(site: Path, program: Path) -> None:
    copy_template(site, "default", PART, program)
    (program / "default/templates" / PART).unlink()
    (change,) = changed_upstream(site, "default", program)
    assert change.is_gone


def test_a_copy_made_by_hand_is_compared_with_the_original_itself(site: Path, program: Path) -> None:
    write_files(site / "themes/default/templates", {PART: "by hand\n"})
    (change,) = changed_upstream(site, "default", program)
    assert change.is_unrecorded
    assert change.diff.splitlines()[-2:] == ["-by hand", "+old"]


def test_what_replaces_nothing_cannot_be_accepted(site: Path, program: Path) -> None:
    with pytest.raises(BulletinError, match="replaces no other template"):
        accept_upstream(site, "default", PART, program)
