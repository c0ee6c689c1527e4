from hypothesis import given, settings
from hypothesis import strategies as st

from generator.convert.repeats import find_repeats

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
