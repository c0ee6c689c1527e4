"""Long lists that differ little from what they were."""

from collections.abc import Sequence


def equal_at_start(*columns: tuple[Sequence[object], Sequence[object]]) -> int:
    """Return how many rows both sides begin with alike, the rows being given as pairs of columns.

    Whole stretches are compared at once, by halves until the first row that differs.
    """
    same, reach = 0, min(len(side) for pair in columns for side in pair)
    while same < reach:
        middle = (same + reach + 1) // 2
        if all(one[same:middle] == other[same:middle] for one, other in columns):
            same = middle
        else:
            reach = middle - 1
    return same


def equal_lines(one: str, other: str) -> tuple[int, int]:
    """Return with how many lines both texts begin, and where the last ends. (Each ends with a line break.)"""
    same, reach = 0, min(len(one), len(other))
    while same < reach:
        middle = (same + reach + 1) // 2
        if one[same:middle] == other[same:middle]:
            same = middle
        else:
            reach = middle - 1
    return one.count("\n", 0, same), one.rfind("\n", 0, same) + 1
