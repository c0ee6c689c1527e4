"""Long lists and texts that differ little from what they were."""

from collections.abc import Sequence


def equal_at_start(one: Sequence[object], other: Sequence[object]) -> int:
    """Return with how many equal items both begin.

    Whole stretches are compared at once, by halves until the first item that differs.
    """
    same, reach = 0, min(len(one), len(other))
    while same < reach:
        middle = (same + reach + 1) // 2
        if one[same:middle] == other[same:middle]:
            same = middle
        else:
            reach = middle - 1
    return same


def equal_lines(one: str, other: str) -> int:
    """Return with how many lines both texts begin. (Each line ends with a line break.)"""
    return one.count("\n", 0, equal_at_start(one, other))


def lines_from(text: str, start: int) -> list[str]:
    """Return the lines of a text from this one on, the first being 0."""
    count = text.count("\n") - start
    return text.rsplit("\n", count + 1)[-count - 1 : -1]
