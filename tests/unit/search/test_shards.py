"""Shards: sizes, order, and that a change stays local."""

from generator.search.postings import EncodedTerm, Postings
from generator.search.shards import Shard, cut_shards
from tests.support.searching import search_document


def terms(count: int, extra: str = "") -> list[EncodedTerm]:
    names = sorted({chr(0x4E00 + n // 40) + chr(0x5000 + n % 40) for n in range(count)} | set(extra.split()))
    return [EncodedTerm(name, 3, b"\x01\x02\x03", b"\x00\x00\x00") for name in names]


def by_first_term(shards: list[Shard]) -> dict[str, bytes]:
    return {shard.first_term: shard.content for shard in shards}


def test_shards_keep_near_the_wanted_size() -> None:
    sizes = [len(shard.content) for shard in cut_shards(terms(5000), 2000)]
    assert len(sizes) > 10
    assert max(sizes) <= 2 * 2000 + 10
    assert min(sizes[:-1]) >= 900


def test_a_new_term_changes_few_shards() -> None:
    before = by_first_term(list(cut_shards(terms(5000), 2000)))
    after = by_first_term(list(cut_shards(terms(5000, "丁一 丁丁"), 2000)))
    changed = [first for first, content in after.items() if before.get(first) != content]
    assert 1 <= len(changed) <= 2


def test_a_long_term_gets_a_shard_of_its_own() -> None:
    long = EncodedTerm("中国", 5000, b"\x01" * 5000, b"\x00" * 5000)
    shards = list(cut_shards([*terms(50)[:20], long, *terms(50)[20:]], 2000))
    assert "中国" in [shard.first_term for shard in shards]


def test_no_terms_make_no_shards() -> None:
    assert list(cut_shards([], 2000)) == []


def test_frequent_characters_get_a_term_of_their_own_and_no_end_term() -> None:
    postings = Postings()
    for number in range(5):
        postings.add(search_document(number, title="灯", body="灯火，灯光。新灯"))
    heavy = {term.term: term for term in postings.encoded_terms(heavy=10)}
    assert heavy["灯"].count == 5
    assert "灯 " not in heavy
    assert {"灯火", "灯光", "新灯"} <= heavy.keys()


def test_rare_characters_keep_the_term_that_ends_a_run() -> None:
    postings = Postings()
    postings.add(search_document(1, title="灯", body="新灯"))
    light = [term.term for term in postings.encoded_terms(heavy=10)]
    assert light == sorted(light)
    assert "灯 " in light and "灯" not in light


def test_payloads_say_how_often_a_term_stands_in_each_document() -> None:
    postings = Postings()
    for times in (1, 2, 5, 6):
        postings.add(search_document(times, title="题", body="灯火。" * times))
    (term,) = [term for term in postings.encoded_terms(heavy=1000) if term.term == "灯火"]
    assert list(term.payloads) == [0, 1, 2, 3]
    assert list(term.distances) == [0, 1, 1, 1]
