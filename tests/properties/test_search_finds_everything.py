"""The index against plain substring search, over any text; an incremental build against a clean one."""

from hypothesis import given, settings
from hypothesis import strategies as st

from generator.search import SearchDocument, SearchSegment, SearchSettings, plan_search
from generator.search.folding import index_text
from tests.support.searching import (
    IndexReader,
    MemoInMemory,
    built,
    contents,
    holds,
    search_document,
    segment,
)

# Few characters of every kind: terms repeat, stand side by side by chance, and end at gaps of every kind.
ALPHABET = "云岫县老街灯火臺aB3０Ａ℃%é𠮷Ⅳ ，。\n-“”"
texts = st.text(ALPHABET, max_size=30)
any_texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)


@st.composite
def documents(draw: st.DrawFn) -> list[SearchDocument]:
    body = st.one_of(texts, any_texts)
    return [
        search_document(
            number,
            title=draw(texts),
            kicker=draw(st.one_of(st.just(""), texts)),
            subtitle=draw(st.one_of(st.just(""), texts)),
            byline=tuple(draw(st.lists(texts, max_size=2))),
            body=draw(body),
            words=tuple(draw(st.lists(texts, max_size=4))),
        )
        for number in range(draw(st.integers(1, 8)))
    ]


@st.composite
def pieces(draw: st.DrawFn, found: list[SearchDocument]) -> str:
    """A piece of one of the documents, or any text."""
    source = draw(st.sampled_from([f for d in found for f in (d.title, d.kicker, *d.byline, d.body)]))
    if not source or draw(st.integers(0, 4)) == 0:
        return draw(texts)
    start = draw(st.integers(0, len(source) - 1))
    return source[start : start + draw(st.integers(1, 8))]


def by_halves(found: list[SearchDocument]) -> list[SearchSegment]:
    middle = len(found) // 2
    return [segment("2023", found[:middle]), segment("2024", found[middle:])]


@given(st.data(), documents())
@settings(max_examples=200)
def test_the_index_finds_exactly_what_plain_search_finds(
    data: st.DataObject, found: list[SearchDocument]
) -> None:
    reader = IndexReader(built(by_halves(found)))
    for _ in range(3):
        phrase = data.draw(pieces(found))
        if index_text(phrase).strip():
            expected = {number for number, document in enumerate(found) if holds(document, phrase)}
            assert reader.search(phrase) == expected


@given(st.data(), documents())
@settings(max_examples=200)
def test_the_index_alone_settles_queries_of_one_term(
    data: st.DataObject, found: list[SearchDocument]
) -> None:
    reader = IndexReader(built(by_halves(found)))
    phrase = data.draw(pieces(found))[:2]
    if " " not in index_text(phrase) and phrase:
        expected = {number for number, document in enumerate(found) if holds(document, phrase)}
        assert reader.candidates(phrase) == expected


@given(st.lists(documents(), min_size=1, max_size=4))
@settings(max_examples=50)
def test_an_incremental_build_writes_what_a_clean_one_writes(states: list[list[SearchDocument]]) -> None:
    memo = MemoInMemory()
    for state in states:
        plan = plan_search("builtin", by_halves(state), SearchSettings(), memo)
        clean = plan_search("builtin", by_halves(state), SearchSettings(), MemoInMemory())
        assert plan.files == clean.files
        assert contents(plan) == contents(clean)
