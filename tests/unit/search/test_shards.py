"""Shards: sizes, order, and that a change stays local."""

import numpy as np

from generator.search.postings import Postings, collect_postings
from generator.search.shards import Shard, cut_shards
from generator.search.terms import FIELD_BITS
from tests.support.searching import search_document


def postings(counts: dict[str, int]) -> Postings:
    """Terms of two characters with the first so many documents each."""
    terms = sorted(counts)
    keys = [ord(term[0]) << 2 * FIELD_BITS | ord(term[1]) << FIELD_BITS for term in terms]
    numbers = np.concatenate([np.arange(counts[term], dtype=np.uint32) for term in terms])
    sizes = np.array([counts[term] for term in terms], np.uint32)
    return Postings(np.array(keys, np.uint64), sizes, numbers, np.ones(len(numbers), np.uint8))


def many(count: int, **others: int) -> Postings:
    names = {chr(0x4E00 + n // 40) + chr(0x5000 + n % 40): 3 for n in range(count)}
    return postings(names | others)


def by_first_term(shards: list[Shard]) -> dict[str, bytes]:
    return {shard.first_term: shard.content for shard in shards}


def test_shards_keep_near_the_wanted_size() -> None:
    sizes = [len(shard.content) for shard in cut_shards(many(5000), 2000)]
    assert len(sizes) > 10
    assert max(sizes) <= 2 * 2000 + 10
    assert min(sizes[:-1]) >= 900


def test_a_new_term_changes_few_shards() -> None:
    before = by_first_term(list(cut_shards(many(5000), 2000)))
    after = by_first_term(list(cut_shards(many(5000, 丁一=3, 丁丁=3), 2000)))
    changed = [first for first, content in after.items() if before.get(first) != content]
    assert 1 <= len(changed) <= 2


def test_a_long_term_gets_a_shard_of_its_own() -> None:
    shards = by_first_term(list(cut_shards(many(200, 下国=5000), 2000)))
    assert "下国" in shards
    assert all(len(content) <= 4010 for first, content in shards.items() if first != "下国")


def test_no_terms_make_no_shards() -> None:
    assert list(cut_shards(collect_postings([]), 2000)) == []


def test_payloads_say_how_often_a_term_stands_in_each_document() -> None:
    documents = [search_document(times, title="", body="灯火。" * times) for times in (1, 2, 5, 6)]
    (shard,) = cut_shards(collect_postings(documents).cut([ord("灯")])[1], 1000)
    # One term, as many bytes as its name takes; four documents; their distances; their classes.
    assert shard.content == b"\x06" + "灯火".encode() + b"\x04" + b"\x00\x01\x01\x01" + b"\x00\x01\x02\x03"
