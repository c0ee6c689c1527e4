"""Arrays of numbers: the encoding of numbers.py, distances between neighbours, runs."""

from typing import Any

import numpy as np
from numpy.typing import NDArray


def encode_array(numbers: NDArray[np.uint32]) -> tuple[bytes, NDArray[np.uint8]]:
    """Return the numbers as bytes, and how many bytes each takes."""
    widths = np.ones(len(numbers), np.uint8)
    longest = (int(numbers.max(initial=0)).bit_length() + 6) // 7
    if longest < 2:
        return numbers.astype(np.uint8).tobytes(), widths
    first, is_longer = _lowest_byte(numbers)
    places = np.flatnonzero(is_longer)
    later = []
    for place in range(1, longest):
        widths[places] += 1
        content, is_longer = _lowest_byte(numbers[places] >> np.uint32(7 * place))
        later.append((places, content))
        places = places[is_longer]
    ends = np.cumsum(widths, dtype=np.int64)
    starts = ends - widths
    encoded = np.empty(int(ends[-1]), np.uint8)
    encoded[starts] = first
    for place, (owners, content) in enumerate(later, start=1):
        encoded[starts[owners] + place] = content
    return encoded.tobytes(), widths


def _lowest_byte(numbers: NDArray[np.uint32]) -> tuple[NDArray[np.uint8], NDArray[np.bool_]]:
    """Return the lowest byte of each, and whether another one follows."""
    is_longer = numbers > 0x7F
    return numbers.astype(np.uint8) & np.uint8(0x7F) | is_longer.astype(np.uint8) << np.uint8(7), is_longer


def decode_array(encoded: NDArray[np.uint8]) -> NDArray[np.uint32]:
    """Undo `encode_array`."""
    ends = np.flatnonzero(encoded < 0x80)
    if len(ends) == len(encoded):
        return encoded.astype(np.uint32)
    starts = np.concatenate(([0], ends[:-1] + 1))
    widths = ends - starts + 1
    numbers = encoded[starts].astype(np.uint32) & np.uint32(0x7F)
    for place in range(1, int(widths.max())):
        has_byte = np.flatnonzero(widths > place)
        bits = encoded[starts[has_byte] + place].astype(np.uint32) & np.uint32(0x7F)
        numbers[has_byte] |= bits << np.uint32(7 * place)
    return numbers


def distances(numbers: NDArray[np.uint32], starts: NDArray[np.intp]) -> NDArray[np.uint32]:
    """Return each number's distance from the one before it; at `starts`, where runs begin, the number."""
    found = np.diff(numbers, prepend=np.uint32(0))
    found[starts] = numbers[starts]
    return found


def undo_distances(found: NDArray[np.uint32], starts: NDArray[np.intp]) -> NDArray[np.uint32]:
    """Return the numbers again."""
    sums = np.cumsum(found, dtype=np.int64)
    before = sums[starts] - found[starts]
    lengths = np.empty(len(starts), np.int64)
    lengths[:-1] = starts[1:] - starts[:-1]
    lengths[-1:] = len(found) - starts[-1:]
    return (sums - np.repeat(before, lengths)).astype(np.uint32)


def run_sums(numbers: NDArray[Any], starts: NDArray[np.intp]) -> NDArray[np.uint32]:
    """Return the sum of each run: reduceat takes four times as long."""
    sums = np.zeros(len(numbers) + 1, np.uint32)
    np.cumsum(numbers, dtype=np.uint32, out=sums[1:])
    return np.diff(sums[starts], append=sums[-1:])


def run_starts(numbers: NDArray[np.integer[Any]]) -> NDArray[np.intp]:
    """Return where runs of equal numbers begin."""
    is_start = np.ones(len(numbers), np.bool_)
    is_start[1:] = numbers[1:] != numbers[:-1]
    return np.flatnonzero(is_start)
