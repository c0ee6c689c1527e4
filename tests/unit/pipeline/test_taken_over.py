"""What is taken over from the last build is what a first one makes, after changes that are easily missed."""

import os
import re
import shutil
from collections.abc import Callable
from datetime import date, timedelta
from hashlib import blake2b
from pathlib import Path

import msgspec
import pytest

from generator.publish.manifest import load_manifest
from tests.support.sites import build, output_files, write_site, write_text

pytestmark = pytest.mark.usefixtures("small_volumes")

STAGE = "2025-03-03/02-stage.md"
ARTICLE = """---
title: 戏台开锣
topics: [文化]
byline: 林小满
---
戏台<b>开锣</b>了。

<table><tr><td>甲</td></tr></table>
"""
CORRECTED = """---
title: 甲
date: 2025-09-09
topics: [民生]
corrections:
  - date: 2025-10-05
    text: 误。
---
文。
"""


def settings(root: Path, *lines: str) -> None:
    write_text(
        root / "site.toml", "\n".join(('title = "周报"', 'base_url = "https://example.org"', *lines, ""))
    )


def assert_as_a_first_build(root: Path, clean: Path) -> None:
    shutil.copytree(root, clean, ignore=shutil.ignore_patterns(".bulletin", "output"))
    (clean / "output").mkdir()
    build(clean)
    assert output_files(root) == output_files(clean)


def test_lists_cut_at_other_places_into_as_many_pages(tmp_path: Path) -> None:
    articles = {
        f"2025-{month:02}-03/01-a.md": f"---\ntitle: 题{month}\nbyline: 林小满\n---\n文{month}。\n"
        for month in range(1, 13)
    }
    root = write_site(tmp_path / "site", articles=articles)
    settings(root, "page_size = 6")
    build(root)
    settings(root, "page_size = 5")
    build(root)
    assert_as_a_first_build(root, tmp_path / "clean")


def test_a_topic_that_an_article_named_before_it_was_known(tmp_path: Path) -> None:
    root = write_site(tmp_path / "site", articles={STAGE: ARTICLE.replace("文化", "生态")})
    write_text(root / "content/topics.toml", '[[topic]]\nname = "民生"\nslug = "minsheng"\n')
    build(root)
    write_text(root / "content/topics.toml", '[[topic]]\nname = "生态"\nslug = "shengtai"\n')
    report = build(root)
    assert not report.diagnostics
    assert "shengtai" in (root / "output/issues/2025-03-03/stage/index.html").read_text("utf-8")
    assert_as_a_first_build(root, tmp_path / "clean")


@pytest.mark.parametrize("allowed", ["true", "false"])
def test_html_of_texts_allowed_or_no_longer(tmp_path: Path, allowed: str) -> None:
    root = write_site(tmp_path / "site", articles={STAGE: ARTICLE})
    settings(root, f"allow_html = {'false' if allowed == 'true' else 'true'}")
    build(root)
    settings(root, f"allow_html = {allowed}")
    build(root)
    assert_as_a_first_build(root, tmp_path / "clean")


def test_a_site_that_loses_all_it_has(tmp_path: Path) -> None:
    root = write_site(tmp_path / "site", articles={STAGE: ARTICLE, "alone.md": ARTICLE})
    for path in (STAGE, "alone.md"):
        build(root)
        (root / "content/articles" / path).unlink()
        report = build(root)
        assert report.is_published
        assert_as_a_first_build(root, tmp_path / f"without {Path(path).stem}")


def test_an_issue_whose_folder_has_a_chinese_name(tmp_path: Path) -> None:
    issue = "---\ndate: 2025-03-04\nnumber: '7'\n---\n"
    root = write_site(tmp_path / "site", articles={"增刊/01-a.md": CORRECTED, "增刊/issue.md": issue})
    report = build(root)
    assert [problem.code for problem in report.diagnostics] == []
    sitemap = (root / "output/sitemap.xml").read_text("utf-8")
    days = dict(re.findall(r"<loc>[^<]*(/issues/[^<]*)</loc><lastmod>([^<]*)<", sitemap))
    assert {day for url, day in days.items() if "zeng-kan" in url} == {"2025-10-05"}
    assert "第7期" in (root / "output/corrections/index.html").read_text("utf-8")


def test_a_published_file_of_the_far_future(tmp_path: Path) -> None:
    root = write_site(tmp_path / "site")
    build(root)
    os.utime(root / "output/index.html", (10**10, 10**10))
    assert build(root).is_published
    assert_as_a_first_build(root, tmp_path / "clean")


def test_what_was_published_before_manifests_had_columns_is_still_removed(tmp_path: Path) -> None:
    root = write_site(tmp_path / "site", articles={STAGE: ARTICLE, "2025-04-07/01-a.md": ARTICLE})
    build(root)
    (place,) = (root / ".bulletin").glob("published-*")
    entries = {path: tuple(entry) for path, entry in load_manifest(place).items()}
    content = msgspec.msgpack.encode((2, "", entries))
    place.write_bytes(digest(content) + content)
    (root / "content/articles/2025-04-07/01-a.md").unlink()
    assert "issues/2025-04-07/a/index.html" in build(root).removed
    assert_as_a_first_build(root, tmp_path / "clean")


def digest(content: bytes) -> bytes:
    return blake2b(content, digest_size=16).digest()


def _add(path: str, *lines: str) -> Callable[[Path], None]:
    text = "\n".join(("---", *lines, "---", "文。", ""))
    return lambda root: write_text(root / "content/articles" / path, text)


def _replace(path: str, old: str, new: str) -> Callable[[Path], None]:
    def change(root: Path) -> None:
        file = root / "content/articles" / path
        text = file.read_text("utf-8")
        assert old in text
        file.write_text(text.replace(old, new), "utf-8")

    return change


def _remove(path: str) -> Callable[[Path], None]:
    return lambda root: (root / "content/articles" / path).unlink()


CHANGES = {
    "a person is named no more": _replace("2024-03-04/01-a.md", "people: [白晓峰]", "people: [余家和]"),
    "a headline": _replace("2024-03-04/01-a.md", "title: 题3", "title: 新题"),
    "a text": _replace("2024-03-04/01-a.md", "文3。", "文3。\n\n补记。"),
    "the day of an article": _replace("2024-03-04/01-a.md", "byline", "date: 2024-09-30\nbyline"),
    "the day of an issue": _add("2024-03-04/issue.md", "date: 2024-08-01"),
    "an article is gone": _remove("2024-02-04/02-b.md"),
    "the oldest issue is gone": _remove("2024-01-04/01-a.md"),
    "an issue of before": _add("2023-05-04/01-a.md", "title: 旧事", "byline: 林小满"),
    "an issue in between": _add("2024-03-14/01-a.md", "title: 中间", "byline: 林小满"),
    "an issue of the same day": _add("增刊/01-a.md", "title: 增", "date: 2024-03-04", "byline: 林小满"),
    "the newest issue": _add("2025-01-04/01-a.md", "title: 新的", "byline: 林小满", "people: [白晓峰]"),
    "a text in no issue": _add("old.md", "title: 散篇", "date: 2024-03-04", "byline: 林小满"),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_lists_of_many_pages_after(change: Callable[[Path], None], tmp_path: Path) -> None:
    head = "byline: 林小满\npeople: [白晓峰]"
    articles = {
        f"2024-{month:02}-04/01-a.md": f"---\ntitle: 题{month}\n{head}\n---\n文{month}。\n"
        for month in range(1, 12)  # few enough to stay two pages
    }
    articles["2024-02-04/02-b.md"] = "---\ntitle: 又一篇\nbyline: 林小满\n---\n文。\n"
    root = write_site(tmp_path / "site", articles=articles)
    settings(root, "page_size = 5")
    build(root)
    for step in (change, _add("2025-02-04/01-a.md", "title: 末", "byline: 林小满")):
        step(root)
        build(root)
    assert (root / "output/bylines/lin-xiao-man/page/1/index.html").exists()
    assert_as_a_first_build(root, tmp_path / "clean")


OF_A_MONTH = {
    "a headline that others show": _replace("2024-03-01/01-a.md", "title: 题1", "title: 换了"),
    "words that make articles alike": _replace("2024-03-01/01-a.md", "戏台", "水库"),
    "the first issue is gone": _remove("2024-03-01/01-a.md"),
    "the last issue is gone": _remove("2024-03-28/01-a.md"),
    "one issue more": _add("2024-03-30/01-a.md", "title: 又", "keywords: [戏台, 老街]"),
}


@pytest.mark.parametrize("change", OF_A_MONTH.values(), ids=OF_A_MONTH.keys())
def test_issues_of_a_month_after(change: Callable[[Path], None], tmp_path: Path) -> None:
    """They show their calendar, and each article shows those like it."""
    articles = {
        f"2024-03-{day:02}/01-a.md": f"---\ntitle: 题{day}\nkeywords: [{word}, 老街]\n---\n文{day}。\n"
        for day in range(1, 30, 3)
        for word in ["戏台" if day in (1, 28) else f"路灯{day}"]
    }
    root = write_site(tmp_path / "site", articles=articles)
    build(root)
    assert "题1<" in (root / "output/issues/2024-03-28/a/index.html").read_text("utf-8")
    change(root)
    build(root)
    assert_as_a_first_build(root, tmp_path / "clean")


def test_issues_that_go_one_by_one(tmp_path: Path) -> None:
    """Calendars show the issues of a month, whose volumes may begin and end with other months."""
    first = date(2024, 2, 3)
    days = [first + timedelta(days=number) for number in range(0, 60, 3)]
    articles = {f"{day}/01-a.md": f"---\ntitle: 题{day}\n---\n文。\n" for day in days}
    root = write_site(tmp_path / "site", articles=articles)
    build(root)
    for day in days[::-2]:
        shutil.rmtree(root / f"content/articles/{day}")
        build(root)
        assert_as_a_first_build(root, tmp_path / f"without {day}")
