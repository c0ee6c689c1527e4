"""Postings as the memo keeps them."""

import numpy as np
import pytest

from generator.search.packing import PackedPostings, pack_postings, unpack_stretches
from generator.search.postings import Postings, collect_postings, merge_postings
from generator.search.terms import spell, term_numbers
from tests.support.searching import search_document

TEXTS = ["老街灯火，老街", "新灯 c919 30亿", "灯光。灯火灯火灯火", "", "𠮷街"]
BOUNDARIES = ["0", "a", "灯", "灯光", "灯火", "街", "齉"]


def collected(*texts: str) -> Postings:
    return collect_postings([search_document(n, title="", body=text) for n, text in enumerate(texts)])


def rows(postings: Postings) -> list[list[object]]:
    columns = (postings.counts, postings.documents, postings.payloads)
    return [spell(postings.terms), *(column.tolist() for column in columns)]


@pytest.mark.parametrize("boundaries", [[], BOUNDARIES])
def test_what_is_packed_is_unpacked_again(boundaries: list[str]) -> None:
    postings = collected(*TEXTS)
    packed = PackedPostings(pack_postings(postings, term_numbers(boundaries)).content)
    assert rows(unpack_stretches([(packed, 0)], range(len(boundaries) + 1))) == rows(postings)


def test_any_stretches_can_be_unpacked_apart() -> None:
    postings = collected(*TEXTS)
    parts = postings.cut(term_numbers(BOUNDARIES))
    packed = pack_postings(postings, term_numbers(BOUNDARIES))
    for place, part in enumerate(parts):
        assert rows(unpack_stretches([(packed, 0)], [place])) == rows(part)
    assert spell(unpack_stretches([(packed, 0)], [2, 3, 4]).terms) == [
        term for part in parts[2:5] for term in spell(part.terms)
    ]


def test_stretches_of_several_parts_are_unpacked_as_one() -> None:
    boundaries = term_numbers(BOUNDARIES)
    some, others = collected(*TEXTS), collected(*reversed(TEXTS), "街灯")
    packed = [(pack_postings(some, boundaries), 0), (pack_postings(others, boundaries), len(TEXTS))]
    places = [0, 1, 3, 5, 6]
    wanted = [
        (part, offset)
        for place in places
        for part, offset in ((some.cut(boundaries)[place], 0), (others.cut(boundaries)[place], len(TEXTS)))
    ]
    assert rows(unpack_stretches(packed, places)) == rows(merge_postings(wanted))


def test_no_articles_pack_to_nothing() -> None:
    packed = pack_postings(collected(), term_numbers(BOUNDARIES))
    assert packed.digests().tolist() == [0] * (len(BOUNDARIES) + 1)
    assert rows(unpack_stretches([(packed, 0)], range(3))) == [[], [], [], []]


def test_only_stretches_with_a_change_have_other_digests() -> None:
    before = pack_postings(collected(*TEXTS), term_numbers(BOUNDARIES)).digests()
    after = pack_postings(collected(*TEXTS[:-1], "𠮷街巷"), term_numbers(BOUNDARIES)).digests()
    changed = [place for place in range(len(before)) if before[place] != after[place]]
    assert changed == [BOUNDARIES.index("灯"), BOUNDARIES.index("街") + 1]


def test_large_numbers_survive() -> None:
    numbers = np.array([5, 300, 70_000, 9_000_000], np.uint32)
    postings = Postings(
        term_numbers(["街"]), np.array([4], np.uint32), numbers, np.array([1, 2, 3, 4], np.uint8)
    )
    assert rows(unpack_stretches([(pack_postings(postings, term_numbers(["甲"])), 0)], range(2))) == rows(
        postings
    )
