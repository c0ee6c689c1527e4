"""Repeats held against a search by brute force."""

from collections.abc import Iterator

from hypothesis import given, settings
from hypothesis import strategies as st

from generator.convert.blocks import INVISIBLE, Block, Piece
from generator.convert.repeats import Repeat, find_repeats, make_stream, visible

SHORTEST, SLACK = 16, 6
LETTERS = "春茶提前采摘泵站演练雨后放晴合作社收购点排起长队新茶上市价格平稳\U00020000\U00020001\ud800"
RUN = st.lists(st.sampled_from(LETTERS), min_size=12, unique=True).map("".join)
FILLING = st.text(alphabet="城南防汛望槐头", max_size=9)


@settings(max_examples=300)
@given(st.lists(RUN, min_size=1, max_size=2), st.lists(st.tuples(FILLING, st.integers(0, 1))), st.data())
def test_what_stands_twice_and_once_before_an_edge_is_found_wherever_it_begins(
    runs: list[str], parts: list[tuple[str, int]], data: st.DataObject
) -> None:
    text = "|".join(f"{filling}{runs[number % len(runs)]}" for filling, number in parts[:5])
    edges = data.draw(st.sets(st.integers(0, len(text)), max_size=20))
    assert find_repeats(text, sorted(edges), SHORTEST, SLACK) == list(all_repeats(text, edges))


def all_repeats(text: str, edges: set[int]) -> Iterator[Repeat]:
    """The maximal repeats near edges, found by comparing everything with everything."""
    for second in range(len(text)):
        for first in range(second):
            if first and text[first - 1] == text[second - 1]:
                continue
            length = 0
            while second + length < len(text) and text[first + length] == text[second + length]:
                length += 1
            ends = {start + length - past for start in (first, second) for past in range(SLACK + 1)}
            if SHORTEST <= length <= second - first and not ends.isdisjoint(edges):
                yield Repeat(first, second, length)


@settings(max_examples=300)
@given(st.text(alphabet="春茶\U00020000", max_size=80), st.sets(st.integers(0, 80)))
def test_of_nonsense_nothing_is_found_that_does_not_stand_twice(text: str, edges: set[int]) -> None:
    edges = {edge for edge in edges if edge <= len(text)}
    possible = list(all_repeats(text, edges))
    assert all(repeat in possible for repeat in find_repeats(text, sorted(edges), SHORTEST, SLACK))


MIXED = st.text(
    alphabet=st.one_of(
        st.characters(), st.sampled_from("春茶，a \t\u3000\u200b\ufeff\u00ad\x85\u2028\u202e\u2060")
    ),
    max_size=20,
)


@settings(max_examples=300)
@given(MIXED)
def test_what_is_visible_is_all_but_the_invisible(text: str) -> None:
    assert len(visible(text)) == len(INVISIBLE.sub("", text))


@given(st.lists(MIXED, max_size=4))
def test_every_letter_of_a_stream_leads_back_to_its_place(texts: list[str]) -> None:
    blocks = [Block((Piece(text, "a", 1),), text) for text in texts]
    stream = make_stream(blocks)
    places = [(stream.block_of[n], stream.offset_of(n)) for n in range(len(stream.text))]
    assert places == sorted(places)
    assert [visible(texts[block][offset]) for block, offset in places] == list(stream.text)
