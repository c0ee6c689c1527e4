from pathlib import Path

import pytest

from tests.support.command_line import run_here
from tests.support.sites import write_site


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return write_site(tmp_path)


def test_the_themes_are_listed_with_the_one_in_use(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ran = run_here(capsys, "--site", site, "theme", "--json")
    assert ran.code == 0
    assert ran.document["report"]["used"] == "default"
    assert {theme["name"] for theme in ran.document["report"]["themes"]} == {"default", "gazette"}


def test_a_template_is_copied_once(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    first = run_here(capsys, "--site", site, "theme", "--copy", "parts/masthead.html")
    assert first.code == 0
    assert "themes/default/templates/parts/masthead.html" in first.out
    again = run_here(capsys, "--site", site, "theme", "--copy", "parts/masthead.html")
    assert again.code == 1
    assert "edit it, or delete it first" in again.problems[0]


def test_a_mistyped_template_or_theme_is_an_error_with_the_nearest_name(
    site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ran = run_here(capsys, "--site", site, "theme", "--copy", "mastheda.html")
    assert (ran.code, len(ran.problems)) == (1, 1)
    ran = run_here(capsys, "--site", site, "theme", "--theme", "gazete", "--changes")
    assert ran.code == 1
    assert 'did you mean "gazette"?' in ran.problems[0]


def test_changes_are_shown_and_accepted(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run_here(capsys, "--site", site, "theme", "--copy", "base.html")
    origin = site / "themes/default/.origins/base.html"
    origin.write_text("an older original\n", encoding="utf-8")
    shown = run_here(capsys, "--site", site, "theme", "--changes")
    assert "-an older original" in shown.out
    assert "bulletin theme --accept base.html" in shown.out
    assert run_here(capsys, "--site", site, "theme", "--accept", "base.html").code == 0
    assert "no original" in run_here(capsys, "--site", site, "theme", "--changes").out


def test_two_things_at_a_time_are_a_wrong_use(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_here(capsys, "--site", site, "theme", "--copy", "base.html", "--changes").code == 2
