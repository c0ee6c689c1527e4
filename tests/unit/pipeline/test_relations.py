"""Relations taken over from the last build are those worked out anew."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.catalog import GatheredTerms, Terms
from generator.model import ArticleColumns, ArticleDetails, ArticleHead, ArticleOutline, SiteArticle
from generator.pipeline import relations, term_tables
from generator.pipeline.relations import TermSource, relate
from generator.store import Store

Words = frozenset[str]
Articles = Mapping[int, Words]
"""The words of articles by their numbers; four of them are of one day."""

words = st.frozensets(st.sampled_from("甲乙丙丁戊"), max_size=4)
some_articles = st.dictionaries(st.integers(0, 30), words, max_size=30)


def site_articles(given_articles: Articles) -> list[SiteArticle]:
    """Newest first, as a site has them; those of number 0 to 3 have no date."""
    found = []
    for number in sorted(given_articles, key=lambda number: (number < 4, -(number // 4), number % 3)):
        outline = ArticleOutline(terms_digest="".join(sorted(given_articles[number])))
        day = date(2024, 1, 1) + timedelta(number // 4) if number >= 4 else None
        url = f"/{number:02}/"
        found.append(SiteArticle(outline, url, url, url, url, day, "", url, look_up, len(found)))
    return found


def columns_of(articles: Sequence[SiteArticle]) -> ArticleColumns:
    return ArticleColumns(
        urls=[article.url for article in articles],
        days=[str(article.date or "") for article in articles],
        faces=[article.face for article in articles],
        terms=[article.outline.terms_digest for article in articles],
        corrected=[],
        referring=[],
        renamed=[],
        apart=[],
        alone=[],
    )


def look_up(path: str, _digest: str) -> ArticleDetails:
    return ArticleDetails(ArticleHead(title=path))


def terms_of(wanted: Mapping[str, str]) -> dict[str, Terms]:
    return {digest: tuple((word, 0.5) for word in digest) for digest in wanted.values()}


def related(given_articles: Articles, store: Store) -> dict[str, Sequence[str]]:
    articles = site_articles(given_articles)
    # Of some articles the terms are at hand, because they were read just now; others are asked for.
    gathered = GatheredTerms()
    for article in articles[::2]:
        digest = article.outline.terms_digest
        gathered.add(terms_of({article.path: digest})[digest], digest)
    found = relate(articles, columns_of(articles), TermSource(gathered, terms_of), store, 1)
    assert sorted(found.places) == list(range(len(articles)))
    url_of = [articles[place].url for place in found.places]
    return {
        url: [url_of[other] for other in others] for url, others in zip(url_of, found.numbers, strict=True)
    }


def assert_each_is_as_a_first_one(builds: Sequence[Articles]) -> None:
    with TemporaryDirectory() as folder, Store.open(Path(folder) / "memo.sqlite", "a") as kept:
        for number, given_articles in enumerate(builds):
            with Store.open(Path(folder) / f"{number}.sqlite", "a") as fresh:
                assert related(given_articles, kept) == related(given_articles, fresh)


@given(st.lists(some_articles, min_size=2, max_size=4))
def test_relations_of_the_next_build_are_those_of_a_first_one(builds: list[Articles]) -> None:
    assert_each_is_as_a_first_one(builds)


@given(first=some_articles, added=words, edited=words)
def test_an_issue_added_and_an_article_edited(first: Articles, added: Words, edited: Words) -> None:
    assert_each_is_as_a_first_one([first, {**first, 31: added}, {**first, 31: added, 12: edited}])


@pytest.fixture
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(term_tables, "PART_BYTES", 16)


TWENTY = dict.fromkeys(range(20), frozenset("甲乙丙"))
ONE_MORE = {**TWENTY, 20: frozenset("甲乙")}


@pytest.mark.usefixtures("small_parts")
def test_what_was_lost_of_the_terms_is_worked_out_again(tmp_path: Path) -> None:
    with Store.open(tmp_path / "memo.sqlite", "a") as kept, Store.open(tmp_path / "other", "a") as fresh:
        related(TWENTY, kept)
        kept.keep(term_tables.PARTS, {"ids 1": term_tables.KeptPart("another time", b"")})
        assert related(ONE_MORE, kept) == related(ONE_MORE, fresh)
        kept.keep(relations.ROWS, {"all": relations.KeptRows("another time", "")})
        assert related(TWENTY, kept) == related(TWENTY, fresh)


@pytest.mark.usefixtures("small_parts")
def test_a_new_issue_rewrites_the_last_part_of_the_terms(tmp_path: Path) -> None:
    with Store.open(tmp_path / "memo.sqlite", "a") as store:
        related(TWENTY, store)
        before = store.recall(term_tables.TABLE, ("all",), term_tables.KeptTable)["all"]
        related(ONE_MORE, store)
        now = store.recall(term_tables.TABLE, ("all",), term_tables.KeptTable)["all"]
    assert now.mark != before.mark
    assert now.marks["ids"][:-1] == before.marks["ids"]
    assert now.marks["ids"][-1] == now.mark
