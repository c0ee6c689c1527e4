"""Postings as bytes, few enough to be kept for every article; stretches of terms can be read apart."""

from collections.abc import Iterator, Sequence
from hashlib import blake2b
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from generator.search.arrays import decode_array, distances, encode_array, run_starts, undo_distances
from generator.search.postings import NO_POSTINGS, Postings, in_order, term_starts
from generator.search.terms import FIRST, SECOND, split_terms

_COLUMNS = 4
"""Numbers of a term: distances of its first and second character, the third, how many documents."""


class PackedPostings:
    """For each stretch where its terms, its postings, and the bytes of both begin; numbers of the terms;
    distances of the documents; payloads."""

    __slots__ = ("_distances", "_head", "_numbers", "_payloads", "content")

    def __init__(self, content: bytes) -> None:
        self.content = content
        (rows,) = np.frombuffer(content, "<u4", 1).tolist()
        self._head = np.frombuffer(content, "<u4", 4 * rows, 4).reshape(rows, 4).astype(np.int64)
        _, postings, numbers, found = self._head[-1].tolist()
        start = 4 + 16 * rows
        self._numbers = np.frombuffer(content, np.uint8, numbers, start)
        self._distances = np.frombuffer(content, np.uint8, found, start + numbers)
        self._payloads = np.frombuffer(content, np.uint8, postings, start + numbers + found)

    def sizes(self) -> NDArray[np.int64]:
        """Return how many terms, postings, and bytes of both each stretch has."""
        return np.diff(self._head, axis=0)

    def columns(self, first: int, end: int) -> tuple[NDArray[np.uint8], NDArray[np.uint8], NDArray[np.uint8]]:
        """Return the bytes of stretches from `first` up to but not including `end`: of their terms, of their
        documents, the payloads."""
        _, posting, number, distance = self._head[first].tolist()
        _, last_posting, last_number, last_distance = self._head[end].tolist()
        return (
            self._numbers[number:last_number],
            self._distances[distance:last_distance],
            self._payloads[posting:last_posting],
        )

    def digests(self) -> NDArray[np.uint64]:
        """Return a number for each stretch that changes with what it holds; 0 where that is nothing."""
        numbers, found, payloads = (bytes(part) for part in (self._numbers, self._distances, self._payloads))
        digests = np.zeros(len(self._head) - 1, np.uint64)
        for place, (start, end) in enumerate(pairwise(self._head.tolist())):
            if start[0] < end[0]:
                digest = blake2b(numbers[start[2] : end[2]], digest_size=8)
                digest.update(found[start[3] : end[3]])
                digest.update(payloads[start[1] : end[1]])
                digests[place] = int.from_bytes(digest.digest(), "little")
        return digests


def unpack_stretches(parts: Sequence[tuple[PackedPostings, int]], places: Sequence[int]) -> Postings:
    """Return the postings of the stretches at these places, ascending, of all parts as one; the documents of
    each part, later than those before, are numbered from the number beside it."""
    at = np.array(places, np.intp)
    sizes = np.stack([packed.sizes()[at] for packed, _ in parts])
    terms_of_stretch = sizes[:, :, 0].ravel()
    if not terms_of_stretch.any():
        return NO_POSTINGS
    runs = list(_runs(places))
    columns = [packed.columns(first, end) for packed, _ in parts for first, end in runs]
    numbers, found, payloads = (np.concatenate(column) for column in zip(*columns, strict=True))
    numbers = decode_array(numbers).reshape(-1, _COLUMNS)
    starts = (np.cumsum(terms_of_stretch) - terms_of_stretch)[terms_of_stretch > 0]
    firsts = undo_distances(numbers[:, 0], starts)
    seconds = undo_distances(numbers[:, 1], _second_starts(firsts, starts)).astype(np.uint64)
    counts = numbers[:, 3]
    documents = undo_distances(decode_array(found), term_starts(counts))
    offsets = np.array([offset for _, offset in parts], np.uint32)
    return in_order(
        (firsts.astype(np.uint64) << FIRST) | (seconds << SECOND) | numbers[:, 2],
        counts,
        documents + np.repeat(offsets, sizes[:, :, 1].sum(axis=1)),
        payloads,
    )


def _runs(places: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield neighbouring places together, as first and end."""
    start = 0
    for here in range(1, len(places) + 1):
        if here == len(places) or places[here] != places[here - 1] + 1:
            yield places[start], places[here - 1] + 1
            start = here


def pack_postings(postings: Postings, boundaries: NDArray[np.uint64]) -> PackedPostings:
    """Pack the postings; stretches lie before, between and after these terms."""
    edges = np.concatenate(([0], np.searchsorted(postings.terms, boundaries), [len(postings.terms)])).astype(
        np.int64
    )
    starts = edges[edges < len(postings.terms)]
    starts = starts[run_starts(starts)]
    first, second, third = split_terms(postings.terms)
    columns = (
        distances(first, starts),
        distances(second, _second_starts(first, starts)),
        third,
        postings.counts,
    )
    numbers, widths = encode_array(np.stack(columns, axis=1).ravel())
    found, found_widths = encode_array(postings.distances())
    posting_edges = _ends(postings.counts)[edges]
    head = (edges, posting_edges, _ends(widths)[edges * _COLUMNS], _ends(found_widths)[posting_edges])
    rows = np.array([len(edges)], "<u4").tobytes() + np.stack(head, axis=1).astype("<u4").tobytes()
    return PackedPostings(b"".join((rows, numbers, found, postings.payloads.tobytes())))


def _second_starts(first: NDArray[np.uint32], starts: NDArray[np.int64]) -> NDArray[np.int64]:
    """Where distances of second characters begin anew: with each first character, and in each stretch."""
    begins = np.zeros(len(first), np.bool_)
    begins[run_starts(first)] = True
    begins[starts] = True
    return np.flatnonzero(begins)


def _ends(counts: NDArray[np.uint32] | NDArray[np.uint8]) -> NDArray[np.int64]:
    """Sums of the first none, one, two … of them."""
    return np.concatenate((np.zeros(1, np.int64), np.cumsum(counts, dtype=np.int64)))
