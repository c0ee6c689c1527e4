"""What the search is told of a site: every article once, and most months only by their keys."""

import sqlite3
from contextlib import closing
from datetime import date
from itertools import groupby
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.model import Site
from generator.pipeline import search_documents
from generator.pipeline.search_documents import UNDATED, search_input
from tests.support.builders import arranged, article_entry
from tests.support.sites import build, output_files, write_site

days = st.one_of(st.none(), st.dates(date(2023, 11, 1), date(2024, 3, 1)))


def site_of(dates: list[date | None], edited: int = -1) -> Site:
    entries = [
        article_entry(f"content/articles/{number:03}{'-edited' * (number == edited)}.md", date=day)
        for number, day in enumerate(dates)
    ]
    site, _ = arranged(entries)
    return site


@given(st.lists(days, max_size=20))
def test_months_have_all_articles_oldest_first(dates: list[date | None]) -> None:
    site = site_of(dates)
    told = search_input(site, {}, allow_html=False)
    days_of = {article.url: str(article.date or "") for article in site.articles}
    oldest_first = [article.url for article in reversed(site.articles)]
    expected = {
        month or UNDATED: list(urls) for month, urls in groupby(oldest_first, lambda url: days_of[url][:7])
    }
    assert {name: [each.url for each in told.articles_of(name)] for name in told.months} == expected
    assert list(told.months) == list(expected)
    assert {name: month.count for name, month in told.months.items()} == {
        name: len(urls) for name, urls in expected.items()
    }
    assert all(each.date == days_of[each.url] for name in told.months for each in told.articles_of(name))


@given(dates=st.lists(days, min_size=1, max_size=20), data=st.data())
def test_a_month_that_changed_is_told_and_known_ones_are_not(
    dates: list[date | None], data: st.DataObject
) -> None:
    edited = data.draw(st.integers(0, len(dates) - 1))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(search_documents, "NEWEST", 0)
        known = search_input(site_of(dates), {}, allow_html=False).keys
        told = search_input(site_of(dates, edited), known, allow_html=False)
    day = dates[edited]
    changed = f"{day:%Y-%m}" if day else UNDATED
    assert len(told.articles_of(changed)) == told.months[changed].count
    for name in told.months.keys() - {changed}:
        with pytest.raises(LookupError):
            told.articles_of(name)


def test_texts_rendered_otherwise_are_others() -> None:
    site = site_of([date(2024, 1, 1)])
    (plain,) = search_input(site, {}, allow_html=False).keys.values()
    assert [plain] != [*search_input(site, {}, allow_html=True).keys.values()]


def test_the_newest_that_are_told_always_are_enough_for_the_suggestions() -> None:
    assert search_documents.NEWEST >= search_documents.SUGGESTED_HEADLINES


def test_what_the_search_has_forgotten_is_told_after_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search_documents, "NEWEST", 0)
    monkeypatch.setattr(search_documents, "SUGGESTED_HEADLINES", 0)
    root = write_site(tmp_path / "edited")
    build(root)
    (file, *_) = sorted((root / "content/articles").rglob("*.md"))
    for text in ("\n补记一句。\n", "\n又补记一句。\n"):
        forget_search(root)
        file.write_text(file.read_text("utf-8") + text, "utf-8")
        build(root, jobs=2)
    first = write_site(tmp_path / "first")
    (first / file.relative_to(root)).write_bytes(file.read_bytes())
    build(first)
    assert output_files(root) == output_files(first)


def forget_search(root: Path) -> None:
    """Take from the store what the search knows of articles, but not that it knew them."""
    with closing(sqlite3.connect(root / ".bulletin/memo.sqlite")) as connection, connection:
        chosen = "namespace LIKE 'search-%' AND namespace != 'search-months'"
        connection.execute(f"DELETE FROM payload WHERE id IN (SELECT id FROM entry WHERE {chosen})")
        connection.execute(f"DELETE FROM entry WHERE {chosen}")
