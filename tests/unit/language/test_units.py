import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.language import groups_of, single_units_of, units_of


@pytest.mark.parametrize("size", [2, 4])
@given(st.text(max_size=14), st.integers(0, 3))
def test_groups_are_the_units_one_behind_the_other(size: int, text: str, shift: int) -> None:
    units = units_of(text)
    starts = range(2 * shift, len(units) - 2 * size + 1, 2 * size)
    expected = [int.from_bytes(units[start : start + 2 * size], "little") for start in starts]
    assert list(groups_of(units, size, shift)) == expected


@given(st.text(max_size=14))
def test_single_units_stand_where_their_characters_do(text: str) -> None:
    expected = "".join(letter if letter <= "\uffff" else "\uffff" for letter in text)
    assert single_units_of(text) == units_of(expected)
