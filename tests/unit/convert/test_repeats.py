from hypothesis import given, settings
from hypothesis import strategies as st

from generator.convert.blocks import INVISIBLE, Block, Piece
from generator.convert.repeats import find_repeats, make_stream, visible

SHORTEST = 16
LETTERS = "春茶提前采摘泵站演练\U00020000\U00020001\ud800"
FILLING = st.text(alphabet="城南防汛望槐头", max_size=9)


@settings(max_examples=300)
@given(FILLING, FILLING, FILLING, st.text(alphabet=LETTERS, min_size=SHORTEST, max_size=40))
def test_a_text_that_stands_twice_is_found_wherever_it_begins(
    before: str, between: str, after: str, run: str
) -> None:
    text = f"{before}{run}{between}|{run}{after}"
    first, second = len(before), len(before) + len(run) + len(between) + 1
    assert any(
        repeat.first <= first
        and repeat.second - repeat.first == second - first
        and repeat.second + repeat.length >= second + len(run)
        for repeat in find_repeats(text, SHORTEST)
    )


@settings(max_examples=300)
@given(st.text(alphabet="春茶\U00020000", max_size=80))
def test_what_is_found_stands_twice_and_no_longer(text: str) -> None:
    for repeat in find_repeats(text, SHORTEST):
        first, second, length = repeat.first, repeat.second, repeat.length
        assert text[first : first + length] == text[second : second + length]
        assert SHORTEST <= length <= second - first
        assert first == 0 or text[first - 1] != text[second - 1]
        assert second + length == len(text) or text[first + length] != text[second + length]


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
