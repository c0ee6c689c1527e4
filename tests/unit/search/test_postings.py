"""Postings: counting, merging, cutting, keeping."""

import pytest

from generator.search import SearchDocument
from generator.search.postings import (
    OFTEN_BITS,
    Postings,
    collect_postings,
    merge_postings,
    with_frequent_characters,
)
from generator.search.terms import BEGINS_WORD, ENDS_WORD, IN_TITLE, WHOLE_WORD, spell, term_numbers
from tests.support.searching import search_document

TEXTS = ["老街灯火，老街", "新灯 c919 30亿", "灯光。灯火灯火灯火", "", "𠮷街"]


def documents(texts: list[str] = TEXTS) -> list[SearchDocument]:
    return [search_document(number, title="", body=text, words=("灯",)) for number, text in enumerate(texts)]


def rows(postings: Postings) -> list[tuple[str, list[tuple[int, int]]]]:
    """Terms with (document, payload) pairs."""
    found, at = [], 0
    for term, count in zip(spell(postings.terms), postings.counts.tolist(), strict=True):
        numbers = postings.documents[at : at + count].tolist()
        found.append((term, list(zip(numbers, postings.payloads[at : at + count].tolist(), strict=True))))
        at += count
    return found


def often(postings: Postings, term: str) -> dict[int, int]:
    return {number: payload & 7 for number, payload in dict(rows(postings))[term]}


def test_terms_stand_in_order_with_the_documents_that_hold_them() -> None:
    postings = collect_postings(documents())
    terms = [term for term, _ in rows(postings)]
    assert terms == sorted(terms, key=lambda term: term.encode("utf-16-be"))
    assert often(postings, "灯火") == {0: 1, 2: 3}
    assert often(postings, "30亿") == {1: 1}


def test_occurrences_are_counted_up_to_six() -> None:
    postings = collect_postings(documents(["灯火。" * times for times in (1, 5, 6, 60)]))
    assert often(postings, "灯火") == {0: 1, 1: 5, 2: 6, 3: 6}


def test_a_word_that_is_not_in_the_text_makes_no_posting() -> None:
    postings = collect_postings([search_document(title="甲乙", words=("丙丁", "甲乙"))])
    assert dict(rows(postings)) == {
        "甲": [(0, 1 | IN_TITLE << OFTEN_BITS)],
        "乙": [(0, 1 | IN_TITLE << OFTEN_BITS)],
        "甲乙": [(0, 1 | (IN_TITLE | WHOLE_WORD) << OFTEN_BITS)],
        "乙 ": [(0, 1 | IN_TITLE << OFTEN_BITS)],
    }


def test_flags_of_all_words_are_united() -> None:
    postings = collect_postings([search_document(title="", body="甲乙丙甲乙", words=("甲乙丙", "丁甲乙"))])
    assert dict(rows(postings))["甲乙"] == [(0, 2 | (BEGINS_WORD | ENDS_WORD) << OFTEN_BITS)]


@pytest.mark.parametrize("cut", [1, 2, 4])
def test_merged_parts_are_what_collecting_at_once_gives(cut: int) -> None:
    found = documents()
    parts = [collect_postings(found[:cut]), collect_postings(found[cut:])]
    assert rows(merge_postings(zip(parts, [0, cut], strict=True))) == rows(collect_postings(found))


def test_every_character_has_the_documents_of_all_pairs_it_begins() -> None:
    found = dict(rows(collect_postings(documents())))
    assert {number: payload & 7 for number, payload in found["灯"]} == {0: 1, 1: 1, 2: 4}
    assert all(payload >> OFTEN_BITS == WHOLE_WORD for _, payload in found["灯"])


def test_cut_parts_are_together_the_whole() -> None:
    postings = collect_postings(documents())
    parts = postings.cut(term_numbers(["a", "火", "街"]))
    assert [row for part in parts for row in rows(part)] == rows(postings)
    assert all(term[0] < "a" for term, _ in rows(parts[0]))
    assert all(term[0] >= "街" for term, _ in rows(parts[3]))


def test_frequent_characters_keep_their_term_and_lose_the_one_that_ends_a_run() -> None:
    heavy = dict(rows(with_frequent_characters(collect_postings(documents()), 2)))
    assert [number for number, _ in heavy["灯"]] == [0, 1, 2]
    assert "灯 " not in heavy
    assert {"灯火", "灯光", "新灯"} <= heavy.keys()


def test_rare_characters_lose_their_term_and_keep_the_one_that_ends_a_run() -> None:
    light = dict(rows(with_frequent_characters(collect_postings(documents()), 3)))
    assert "灯 " in light and "灯" not in light
