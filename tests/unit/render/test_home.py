"""The home page: issues of former years, and dates at both ends of the calendar."""

import re
from pathlib import Path

import pytest

from tests.support.sites import build, problems_of, write_text


def write_issues(root: Path, *days: str) -> None:
    write_text(root / "site.toml", 'title = "周报"\nbase_url = "https://example.org"\n')
    for day in days:
        folder = f"content/articles/{day}"
        write_text(root / f"{folder}/a.md", f"---\ntitle: 第{day}期\n---\n正文。\n")
        write_text(root / f"{folder}/issue.md", f"---\ndate: {day}\n---\n")


def issues_of_former_years(root: Path) -> list[str]:
    home = (root / "output/index.html").read_text("utf-8")
    section = home.partition('id="years-ago"')[2].partition("</section>")[0]
    return list(dict.fromkeys(re.findall(r'href="[^"]*?/issues/([^/"]+)/"', section)))


def test_of_each_year_before_the_issue_nearest_to_the_day_is_shown(tmp_path: Path) -> None:
    near, other_side, far = "2024-07-21", "2024-07-25", "2022-07-16"
    write_issues(tmp_path, "2025-07-22", "2025-07-20", near, other_side, "2023-07-26", far, "2021-07-22")
    build(tmp_path)
    assert issues_of_former_years(tmp_path) == [near, "2023-07-26"]


@pytest.mark.parametrize("day", ["0001-01-01", "0002-12-31", "9999-12-31"])
def test_the_first_and_the_last_days_there_are_make_a_site(tmp_path: Path, day: str) -> None:
    write_issues(tmp_path, day)
    report = build(tmp_path)
    assert problems_of(report) == []
    assert (tmp_path / f"output/issues/{day}/index.html").is_file()
    assert issues_of_former_years(tmp_path) == []
