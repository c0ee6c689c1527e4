"""Terms in order, cut into files of a size that is quickly fetched.

Where to cut depends on the terms themselves, not on what stands before them: a changed term changes its own
file and no later one.
"""

import sys
from collections.abc import Iterator, Sequence
from itertools import pairwise
from zlib import MAX_WBITS, Z_BLOCK, Z_RLE, Z_SYNC_FLUSH, adler32, compressobj

import msgspec
import numpy as np
from numpy.typing import NDArray

from generator.search.arrays import encode_array
from generator.search.numbers import encode_numbers
from generator.search.postings import OFTEN_BITS, Postings
from generator.search.terms import FIRST, codes_of, spell, split_terms

FREQUENCY_CLASSES = np.array([0, 0, 1, 2, 2, 2, 3, 3], np.uint8)
"""Class of a number of occurrences: the two lowest bits of a payload byte in a file."""

_CLASS_BITS = 2
_BYTES_BESIDE_POSTINGS = 3
"""What a term takes beside its postings: mostly one character, a count."""
_MEAN_TERM_BYTES = 20


class Shard(msgspec.Struct, frozen=True):
    """A file of terms, before compression in three sections: the terms; how many documents hold each and
    their distances; their payloads.

    `key`, by which it is found, is the first term, or its first character where no term before has that.
    """

    key: str
    terms: bytes
    numbers: bytes
    payloads: bytes

    @property
    def content(self) -> bytes:
        return self.terms + self.numbers + self.payloads


def cut_shards(postings: Postings, size: int, boundary: int = 0) -> Iterator[Shard]:
    """Yield shards of about `size` bytes before compression, at least half and at most twice that.

    Only a term that is longer than that by itself makes a larger one. No term before these is as high as
    `boundary`.
    """
    counts = postings.counts.tolist()
    distances, widths = encode_array(postings.distances())
    payloads = _payloads(postings.payloads)
    posting_starts = np.concatenate(([0], np.cumsum(postings.counts, dtype=np.int64)))
    byte_starts = np.concatenate(([0], np.cumsum(widths, dtype=np.int64)))[posting_starts]
    ends = byte_starts[1:] + posting_starts[1:] + _BYTES_BESIDE_POSTINGS * np.arange(1, len(counts) + 1)
    cuts = _cuts(postings.terms, ends, size)
    keys = _keys(postings.terms, cuts, boundary)
    texts = _texts(postings.terms, cuts)
    for (first, end), key, text in zip(pairwise(cuts), keys, texts, strict=True):
        yield Shard(
            key,
            encode_numbers((len(text),)) + text,
            encode_numbers(counts[first:end]) + distances[byte_starts[first] : byte_starts[end]],
            payloads[posting_starts[first] : posting_starts[end]],
        )


def pack_shard(shard: Shard) -> bytes:
    """Compress a shard, its sections apart, as they have little in common.

    Numbers hold no repetitions worth looking for; leaving that out is four times as fast.
    """
    of_terms = compressobj(wbits=-MAX_WBITS)
    of_numbers = compressobj(wbits=-MAX_WBITS, strategy=Z_RLE)
    return b"".join(
        (
            b"\x78\x9c",
            of_terms.compress(shard.terms),
            of_terms.flush(Z_SYNC_FLUSH),
            of_numbers.compress(shard.numbers),
            of_numbers.flush(Z_BLOCK),
            of_numbers.compress(shard.payloads),
            of_numbers.flush(),
            adler32(shard.content).to_bytes(4, "big"),
        )
    )


def _keys(terms: NDArray[np.uint64], cuts: Sequence[int], boundary: int) -> list[str]:
    before = np.concatenate((np.array([boundary - 1 if boundary else 0], np.uint64), terms))
    starts = np.array(cuts[:-1], np.intp)
    is_new = before[starts] >> FIRST != terms[starts] >> FIRST
    return [term[0] if new else term for term, new in zip(spell(terms[starts]), is_new.tolist(), strict=True)]


def _texts(terms: NDArray[np.uint64], cuts: Sequence[int]) -> Iterator[bytes]:
    """Yield the terms of each shard as UTF-16: a line for each first character, after it second characters.

    A tab stands for none. A third character follows SOH, the second being the last one named; a shard that
    begins with three characters has the second after STX.
    """
    if not len(terms):
        return
    first, second, third = split_terms(terms)
    begins = np.zeros(len(terms), np.bool_)
    begins[list(cuts[:-1])] = True
    is_new = begins.copy()
    is_new[1:] |= first[1:] != first[:-1]
    is_triple, is_cut_off = third > 0, begins & (third > 0)
    columns = (
        np.where(is_new & ~begins, ord("\n"), 0),
        np.where(is_new, codes_of(first), 0),
        np.where(is_cut_off, 2, 0),
        np.where(is_cut_off, codes_of(second), 0),
        np.where(is_triple, 1, 0),
        np.where(is_triple, codes_of(third), np.where(second > 0, codes_of(second), ord("\t"))),
    )
    letters = np.stack(columns, axis=1).astype("<u4")
    ends = np.concatenate(([0], np.cumsum(np.count_nonzero(letters, axis=1))))[list(cuts)]
    flat = letters[letters > 0]
    for start, end in pairwise(ends.tolist()):
        yield flat[start:end].tobytes().decode("utf-32-le").encode("utf-16-le")


def _cuts(terms: NDArray[np.uint64], ends: NDArray[np.int64], size: int) -> list[int]:
    """Numbers of the terms shards begin with, and of the end; `ends` are the terms' ends in bytes."""
    if not len(terms):
        return [0]
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
