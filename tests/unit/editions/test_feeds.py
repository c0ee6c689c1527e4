"""Feeds as the readers of feeds want them: RFC 4287 (Atom) and JSON Feed 1.1."""

import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest

from tests.support.sites import ARTICLES, build, write_site

ATOM = "{http://www.w3.org/2005/Atom}"
BASE = "https://example.org/weekly"
HOSTILE = "2025-05-05/01-marks.md"
TITLE = "<b>“甲&乙”</b> ]]> 1 < 2"

Entry = ElementTree.Element


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    body = "见[另一篇](../2025-03-03/01-lamps.md)，1 < 2 & 3，<!-- gap: 虫蛀 -->。"
    text = f"---\ntitle: '{TITLE}'\ntopics: [民生]\n---\n{body}\n"
    root = write_site(tmp_path_factory.mktemp("site"), articles={**ARTICLES, HOSTILE: text})
    build(root)
    return root / "output"


def atom_feeds(output: Path) -> Iterator[tuple[Path, Entry]]:
    for file in sorted(output.rglob("feed.xml")):
        yield file, ElementTree.parse(file).getroot()


def json_feeds(output: Path) -> Iterator[tuple[Path, dict[str, Any]]]:
    for file in sorted(output.rglob("feed.json")):
        yield file, json.loads(file.read_text("utf-8"))


def address_of(file: Path, output: Path) -> str:
    return f"{BASE}/{file.relative_to(output).as_posix()}"


def the(element: Entry, name: str) -> str:
    """The text of the one child of this name."""
    (child,) = element.findall(ATOM + name)
    return child.text or ""


def link(element: Entry, relation: str) -> str:
    (found,) = [each for each in element.findall(f"{ATOM}link") if each.get("rel", "alternate") == relation]
    return found.get("href", "")


def is_absolute(address: str) -> bool:
    parts = urlsplit(address)
    return bool(parts.scheme and parts.netloc)


def test_there_is_a_feed_of_the_site_and_of_each_topic(output: Path) -> None:
    names = {file.relative_to(output).as_posix() for file, _ in atom_feeds(output)}
    assert names == {"feed.xml", "topics/minsheng/feed.xml", "topics/wenhua/feed.xml"}
    assert {file.parent for file, _ in json_feeds(output)} == {file.parent for file, _ in atom_feeds(output)}


def test_an_atom_feed_has_what_rfc_4287_demands(output: Path) -> None:
    for file, feed in atom_feeds(output):
        assert feed.tag == f"{ATOM}feed"
        assert urlsplit(the(feed, "id")).scheme  # an absolute IRI, such as tag:
        assert the(feed, "title")
        assert link(feed, "self") == address_of(file, output)
        entries = feed.findall(f"{ATOM}entry")
        assert entries
        assert feed.findall(f"{ATOM}author") or all(entry.findall(f"{ATOM}author") for entry in entries)
        moments = [datetime.fromisoformat(the(entry, "updated")) for entry in entries]
        assert all(moment.tzinfo for moment in moments)
        assert datetime.fromisoformat(the(feed, "updated")) == max(moments)
        ids = [the(entry, "id") for entry in entries]
        assert len(set(ids)) == len(ids)
        for entry in entries:
            assert urlsplit(the(entry, "id")).scheme
            assert the(entry, "title")
            assert is_absolute(link(entry, "alternate"))
            assert datetime.fromisoformat(the(entry, "published")) <= datetime.fromisoformat(
                the(entry, "updated")
            )


def test_a_json_feed_has_what_version_1_1_demands(output: Path) -> None:
    for file, feed in json_feeds(output):
        assert feed["version"] == "https://jsonfeed.org/version/1.1"
        assert feed["title"]
        assert feed["feed_url"] == address_of(file, output)
        ids = [item["id"] for item in feed["items"]]
        assert ids
        assert len(set(ids)) == len(ids)
        for item in feed["items"]:
            assert isinstance(item["id"], str)
            assert is_absolute(item["url"])
            assert item.get("content_html") or item.get("content_text")
            assert datetime.fromisoformat(item["date_published"]).tzinfo


def test_the_newest_comes_first_and_a_correction_is_an_update(output: Path) -> None:
    feed = ElementTree.parse(output / "feed.xml").getroot()
    entries = feed.findall(f"{ATOM}entry")
    published = [the(entry, "published") for entry in entries]
    assert published == sorted(published, reverse=True)
    (stage,) = [entry for entry in entries if the(entry, "title") == "古戏台修好开锣"]
    assert (the(stage, "published")[:10], the(stage, "updated")[:10]) == ("2025-03-03", "2025-03-05")


def test_titles_and_texts_come_through_whatever_is_in_them(output: Path) -> None:
    atom = ElementTree.parse(output / "feed.xml").getroot()
    items = json.loads((output / "feed.json").read_text("utf-8"))["items"]
    assert TITLE in [the(entry, "title") for entry in atom.findall(f"{ATOM}entry")]
    (item,) = [item for item in items if item["title"] == TITLE]
    (content,) = [
        the(entry, "content") for entry in atom.findall(f"{ATOM}entry") if the(entry, "title") == TITLE
    ]
    for html in (content, item["content_html"]):
        assert f'href="{BASE}/issues/2025-03-03/lamps/"' in html
        assert "1 &lt; 2 &amp; 3" in html
        assert ">［此处原文缺失］</span>" in html


def test_a_topics_feed_has_its_articles_only(output: Path) -> None:
    feed = ElementTree.parse(output / "topics/wenhua/feed.xml").getroot()
    assert [the(entry, "title") for entry in feed.findall(f"{ATOM}entry")] == ["古戏台修好开锣"]
