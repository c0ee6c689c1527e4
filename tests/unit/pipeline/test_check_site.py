"""bulletin check looks closer than a build, and changes nothing but the cache."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from generator.pipeline.check_site import CheckReport, check_site
from generator.pipeline.site_folder import load_site
from generator.pipeline.workbench import BuildOptions
from tests.support.small_sites import GOOD, copy_site, tree, write

ISSUE = "content/articles/2025-03-17"

Check = Callable[[], CheckReport]


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return copy_site(GOOD, tmp_path / "site")


@pytest.fixture
def check(site: Path) -> Check:
    def check() -> CheckReport:
        options = BuildOptions(today=date(2025, 12, 31))
        return check_site(load_site(site), options, lambda _step, _done, _total: None)

    return check


def shown(report: CheckReport) -> list[str]:
    return [str(problem).partition(" · ")[0] for problem in report.diagnostics]


def test_a_site_without_a_fault_has_nothing_to_say(check: Check) -> None:
    report = check()
    assert (report.issues, report.articles, report.pages) == (2, 3, 1)
    assert (report.problems, report.diagnostics) == ({}, ())


def test_nothing_but_the_cache_is_written(site: Path, check: Check) -> None:
    write(site, "content/raw/2025-04-07.txt", "早市开张\n\n本报讯 早市昨天开张。\n")
    before = tree(site)
    check()
    after = tree(site)
    assert {path: after[path] for path in after if not path.startswith(".bulletin/")} == before


def test_a_picture_without_a_description_is_said_with_its_line(site: Path, check: Check) -> None:
    write(site, f"{ISSUE}/02-a.md", "---\ntitle: 新摊位\nkeywords: [摊位]\n---\n看。\n\n![](a.png)\n")
    write(site, f"{ISSUE}/a.png", (GOOD / "content/articles/2025-03-03/bridge.png").read_bytes())
    assert shown(check()) == [
        f'{ISSUE}/02-a.md:7: warning[image-alt]: the picture "a.png" has no description'
    ]


def test_a_guessed_date_is_asked_about_until_an_editor_has_confirmed_it(site: Path, check: Check) -> None:
    guess = "---\ndate: 2025-03-17\ndate_basis: text-vote\ndate_confidence: 0.6\ndate_evidence: 昨天\n---\n"
    write(site, f"{ISSUE}/issue.md", guess)
    assert shown(check()) == [
        f"{ISSUE}/issue.md: warning[issue-date-guess]: the date 2025-03-17 is a guess: 昨天"
    ]
    write(site, f"{ISSUE}/issue.md", "---\ndate: 2025-03-17\ndate_basis: editor\n---\n")
    assert shown(check()) == []


def test_an_issue_without_a_date_is_asked_about(site: Path, check: Check) -> None:
    write(site, "content/articles/special/01-a.md", "---\ntitle: 特刊\nkeywords: [特刊]\n---\n特刊来了。\n")
    report = check()
    assert report.problems == {"issue-date": 1}
    assert "write date: YYYY-MM-DD" in str(report.diagnostics[0])


def test_doubts_of_conversion_are_counted(site: Path, check: Check) -> None:
    doubts = "doubts:\n  - { code: join, message: 这里像是接错了 }\n  - { code: byline, message: 署名 }\n"
    write(site, f"{ISSUE}/02-a.md", f"---\ntitle: 新摊位\nkeywords: [摊位]\n{doubts}---\n看。\n")
    assert shown(check()) == [f"{ISSUE}/02-a.md: notice[doubts]: conversion left 2 doubts to look at"]


def test_a_raw_issue_that_is_not_converted_yet_is_mentioned(site: Path, check: Check) -> None:
    write(site, "content/raw/2025-04-07.txt", "早市开张\n\n本报讯 早市昨天开张。\n")
    assert shown(check()) == [
        "content/raw/2025-04-07.txt: notice[not-converted]: new or changed since it was converted"
    ]


def test_every_problem_of_every_file_is_found_at_once(site: Path, check: Check) -> None:
    write(site, f"{ISSUE}/02-a.md", "---\ntitel: 甲\ndate: gestern\n---\n")
    write(site, f"{ISSUE}/03-b.md", "---\ntitle: 乙\ntopics: [nothing]\nkeywords: [乙]\n---\n[丙](c.md)\n")
    write(site, "content/pages/b.md", "no front matter")
    assert check().problems == {
        "dead-link": 1,
        "front-matter": 1,
        "front-matter-key": 1,
        "front-matter-missing": 1,
        "front-matter-value": 1,
        "unknown-topic": 1,
    }


def test_a_link_to_a_broken_article_is_no_second_fault(site: Path, check: Check) -> None:
    write(site, f"{ISSUE}/02-a.md", "---\ntitle: 甲\nkeywords: [甲]\n---\n见[早市](01-market.md)。\n")
    assert check().problems == {}
    write(site, f"{ISSUE}/01-market.md", "---\ntitel: 早市\n---\n")
    assert set(check().problems) == {"front-matter-key", "front-matter-missing"}
