"""Arrays of numbers: the encoding of numbers.py, distances between neighbours, runs."""

from typing import Any

import numpy as np
from numpy.typing import NDArray


def encode_array(numbers: NDArray[np.uint32]) -> tuple[bytes, NDArray[np.uint8]]:
    """Return the numbers as bytes, and how many bytes each takes."""
    widths = np.ones(len(numbers), np.uint8)
    longest = (int(numbers.max(initial=0)).bit_length() + 6) // 7
    for place in range(1, longest):
        widths += numbers >= np.uint32(1 << 7 * place)
    if longest < 2:
        return numbers.astype(np.uint8).tobytes(), widths
    starts = np.cumsum(widths, dtype=np.int64) - widths
    encoded = np.zeros(int(starts[-1]) + int(widths[-1]), np.uint8)
    for place in range(longest):
        has_byte = np.flatnonzero(widths > place)
        low = (numbers[has_byte] >> np.uint32(7 * place)).astype(np.uint8) & np.uint8(0x7F)
        more = (widths[has_byte] > place + 1).astype(np.uint8) << np.uint8(7)
        encoded[starts[has_byte] + place] = low | more
    return encoded.tobytes(), widths


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


def run_starts(numbers: NDArray[np.integer[Any]]) -> NDArray[np.intp]:
    """Return where runs of equal numbers begin."""
    is_start = np.ones(len(numbers), np.bool_)
    is_start[1:] = numbers[1:] != numbers[:-1]
    return np.flatnonzero(is_start)
