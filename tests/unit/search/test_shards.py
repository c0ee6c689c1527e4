"""Shards: sizes, order, and that a change stays local."""

import zlib
from bisect import bisect_right

import numpy as np

from generator.search.postings import Postings, collect_postings, with_frequent_characters
from generator.search.shards import Shard, cut_shards, pack_shard
from generator.search.terms import FIELD_BITS, spell, term_numbers
from tests.support.searching import read_terms, search_document


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


def by_key(shards: list[Shard]) -> dict[str, bytes]:
    return {shard.key: shard.content for shard in shards}


def test_shards_keep_near_the_wanted_size() -> None:
    sizes = [len(shard.content) for shard in cut_shards(many(5000), 2000)]
    assert len(sizes) > 10
    assert max(sizes) <= 2 * 2000 + 10
    assert min(sizes[:-1]) >= 900


def test_a_new_term_changes_few_shards() -> None:
    before = by_key(list(cut_shards(many(5000), 2000)))
    after = by_key(list(cut_shards(many(5000, 丁一=3, 丁丁=3), 2000)))
    changed = [first for first, content in after.items() if before.get(first) != content]
    assert 1 <= len(changed) <= 2


def test_a_long_term_gets_a_shard_of_its_own() -> None:
    shards = by_key(list(cut_shards(many(200, 下国=5000), 2000)))
    assert len(shards["下"]) > 10_000
    assert all(len(content) <= 4010 for key, content in shards.items() if key != "下")


def test_no_terms_make_no_shards() -> None:
    assert list(cut_shards(collect_postings([]), 2000)) == []


def test_payloads_say_how_often_a_term_stands_in_each_document() -> None:
    documents = [search_document(times, title="", body="灯火。" * times) for times in (1, 2, 5, 6)]
    (shard,) = cut_shards(collect_postings(documents).cut(term_numbers(["灯火", "灯灯"]))[1], 1000)
    # As many bytes as the terms take, one term; four documents; their distances; their classes.
    assert (
        shard.content
        == b"\x04" + "灯火".encode("utf-16-le") + b"\x04" + b"\x00\x01\x01\x01" + b"\x00\x01\x02\x03"
    )


def test_a_packed_shard_is_an_ordinary_zlib_stream() -> None:
    for shard in cut_shards(many(5000, 下国=5000), 2000):
        assert zlib.decompress(pack_shard(shard)) == shard.content


def test_terms_are_spelled_by_their_first_character_wherever_shards_are_cut() -> None:
    body = "灯火通明 灯 abc abd abe ab𠮷 灯光a1 𠮷b2 " + " ".join(f"灯{n}" for n in range(100, 200))
    postings = with_frequent_characters(collect_postings([search_document(1, title="", body=body)]), 3)
    for size in (10, 40, 400, 40_000):
        shards = list(cut_shards(postings, size))
        texts = [shard.terms[1 if len(shard.terms) < 0x80 else 2 :].decode("utf-16-le") for shard in shards]
        assert [term for text in texts for term in read_terms(text)] == spell(postings.terms)
        firsts = [next(read_terms(text)) for text in texts]
        assert all(first.startswith(shard.key) for first, shard in zip(firsts, shards, strict=True))
        assert_keys_lead_to_every_term([shard.key for shard in shards], texts)


def assert_keys_lead_to_every_term(keys: list[str], texts: list[str]) -> None:
    """The last key that is not above a term is that of the shard with the term."""
    for place, text in enumerate(texts):
        for term in read_terms(text):
            assert bisect_right(keys, term) - 1 == place


def test_a_key_is_one_character_where_no_term_before_begins_with_it() -> None:
    found = postings({"一丁": 9, "一七": 9, "丁一": 9})
    assert [shard.key for shard in cut_shards(found, 5)] == ["一", "一七", "丁"]
    (boundary,) = term_numbers(["一丁"]).tolist()
    assert [shard.key for shard in cut_shards(found, 5, boundary)] == ["一丁", "一七", "丁"]
    (boundary,) = term_numbers(["一"]).tolist()
    assert [shard.key for shard in cut_shards(found, 5, boundary)] == ["一", "一七", "丁"]
