"""What two long lists or texts begin with."""

from hypothesis import given
from hypothesis import strategies as st

from generator.pipeline.sequences import equal_at_start, equal_lines, lines_from

LINES = st.lists(st.text(alphabet="ab", max_size=3), max_size=12)


@given(LINES, LINES, LINES)
def test_lines_that_both_begin_with_and_those_behind_them(
    common: list[str], one: list[str], other: list[str]
) -> None:
    one, other = common + one, common + other
    same = next(
        (n for n, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1]),
        min(len(one), len(other)),
    )
    assert equal_at_start(one, other) == same
    text, beside = ("".join(f"{line}\n" for line in lines) for lines in (one, other))
    assert equal_lines(text, beside) == same
    assert lines_from(text, same) == one[same:]
