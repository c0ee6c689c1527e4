"""Terms in order, cut into files of a size that is quickly fetched.

Where to cut depends on the terms themselves, not on what stands before them: a changed term changes its own
file and no later one.
"""

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from generator.search.numbers import encode_array, encode_numbers
from generator.search.postings import OFTEN_BITS, Postings
from generator.search.terms import spell

FREQUENCY_CLASSES = np.array([0, 0, 1, 2, 2, 2, 3, 3], np.uint8)
"""Class of a number of occurrences: the two lowest bits of a payload byte in a file."""

_CLASS_BITS = 2
_BYTES_BESIDE_POSTINGS = 8
"""What a term takes beside its postings: its characters, a separator, its count."""
_MEAN_TERM_BYTES = 20


@dataclass(frozen=True, slots=True)
class Shard:
    """A file of terms: the first of them (by which it is found) and its bytes before compression."""

    first_term: str
    content: bytes


def cut_shards(postings: Postings, size: int) -> Iterator[Shard]:
    """Yield shards of about `size` bytes before compression, at least half and at most twice that.

    Only a term that is longer than that by itself makes a larger one.
    """
    terms, counts = spell(postings.terms), postings.counts.tolist()
    distances, widths = encode_array(postings.distances())
    payloads = _payloads(postings.payloads)
    posting_starts = np.concatenate(([0], np.cumsum(postings.counts, dtype=np.int64)))
    byte_starts = np.concatenate(([0], np.cumsum(widths, dtype=np.int64)))[posting_starts]
    ends = byte_starts[1:] + posting_starts[1:] + _BYTES_BESIDE_POSTINGS * np.arange(1, len(terms) + 1)
    for first, end in pairwise(_cuts(postings.terms, ends, size)):
        keys = "\n".join(terms[first:end]).encode()
        content = (
            encode_numbers((len(keys),)),
            keys,
            encode_numbers(counts[first:end]),
            distances[byte_starts[first] : byte_starts[end]],
            payloads[posting_starts[first] : posting_starts[end]],
        )
        yield Shard(terms[first], b"".join(content))


def _cuts(terms: NDArray[np.uint64], ends: NDArray[np.int64], size: int) -> list[int]:
    """Numbers of the terms shards begin with, and of the end; `ends` are the terms' ends in bytes."""
    if not len(terms):
        return []
    may_begin = np.flatnonzero(_may_begin(terms, max(1, size // 2 // _MEAN_TERM_BYTES)))
    starts = np.concatenate(([0], ends))
    is_long = np.flatnonzero(np.diff(starts) > size)
    cuts = [0]
    while True:
        begun = starts[cuts[-1]]
        full = np.searchsorted(ends, begun + 2 * size, "right")
        after_half = np.searchsorted(starts, begun + size // 2)
        nearest = (_next(may_begin, after_half), _next(is_long, cuts[-1] + 1), max(full, cuts[-1] + 1))
        cuts.append(int(min(*nearest, len(terms))))
        if cuts[-1] == len(terms):
            return cuts


def _next(places: NDArray[np.intp], at_least: int) -> int:
    at = np.searchsorted(places, at_least)
    return int(places[at]) if at < len(places) else sys.maxsize


def _may_begin(terms: NDArray[np.uint64], one_in: int) -> NDArray[np.bool_]:
    """Whether a term is one of those, one in so many by chance, that begin a shard."""
    mixed = terms * np.uint64(0x9E3779B97F4A7C15)
    mixed = (mixed ^ (mixed >> np.uint64(29))) * np.uint64(0xBF58476D1CE4E5B9)
    chosen: NDArray[np.bool_] = (mixed >> np.uint64(32)) % np.uint64(one_in) == 0
    return chosen


def _payloads(payloads: NDArray[np.uint8]) -> bytes:
    often = payloads & np.uint8((1 << OFTEN_BITS) - 1)
    flags = payloads >> np.uint8(OFTEN_BITS) << np.uint8(_CLASS_BITS)
    return bytes((FREQUENCY_CLASSES[often] | flags).tobytes())
