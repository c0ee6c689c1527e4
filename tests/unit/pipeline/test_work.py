"""How much of a site is made again after a change: what shows the change, and nothing else."""

import datetime
from pathlib import Path

import pytest

from tests.support.sites import build, write_site, write_text

FIRST = datetime.date(2024, 1, 1)
WEEKS = 40


def issue_of(week: int) -> dict[str, str]:
    day = FIRST + datetime.timedelta(weeks=week)
    return {
        f"{day}/{place:02}-a{week}x{place}.md": (
            f"---\ntitle: 第{week}周{subject}\nslug: a{week}x{place}\nbyline: 林小满\ntopics: [民生]\n"
            f"keywords: [周{week}, 事{place}]\n---\n这一周的{subject}，编号{week}之{place}。\n"
        )
        for place, subject in enumerate(("路灯", "戏台", "绿道"), start=1)
    }


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """An archive of weekly issues, its lists cut into short pages, built."""
    articles = {name: text for week in range(WEEKS) for name, text in issue_of(week).items()}
    root = write_site(tmp_path, {}, articles)
    write_text(root / "site.toml", 'title = "周报"\nbase_url = "https://example.org"\npage_size = 10\n')
    build(root)
    return root


def test_added_issues_make_none_of_the_old_pages_of_long_lists_again(archive: Path) -> None:
    for week in range(WEEKS, WEEKS + 4):
        for name, text in issue_of(week).items():
            write_text(archive / "content/articles" / name, text)
    numbers = {
        int(path.split("/page/")[1].split("/")[0]) for path in build(archive).written if "/page/" in path
    }
    # 120 articles were 12 pages of 10; now page 12 has a number, and its neighbours lead to it.
    assert numbers == {10, 11, 12}
