"""Which documents hold which term, how often, and what speaks for each."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Self

import msgspec
import numpy as np
from numpy.typing import NDArray

from generator.search.arrays import distances, run_starts, run_sums
from generator.search.documents import SearchDocument
from generator.search.folding import GAP
from generator.search.terms import (
    FIELD,
    FIELD_BITS,
    FIRST,
    IN_TEXT,
    LOW_BITS,
    SECOND,
    Sightings,
    sight_terms,
)

DOCUMENTS_AT_ONCE = 1024
OFTEN_BITS = 3
OFTEN = 6
"""Occurrences in a document are counted up to here."""


class Postings(msgspec.Struct, frozen=True):
    """Terms in order, how many documents hold each; then for each term in turn its documents, ascending, and
    what it is to each: how often it stands there (three bits), above them the flags of terms.py.

    Every character has a term of its own besides, until `with_frequent_characters` drops most of them.
    """

    terms: NDArray[np.uint64]
    counts: NDArray[np.uint32]
    documents: NDArray[np.uint32]
    payloads: NDArray[np.uint8]

    def distances(self) -> NDArray[np.uint32]:
        """Of each document from the one before it in its term; of the first, its number."""
        return distances(self.documents, term_starts(self.counts))

    def of_documents(self, first: int, end: int) -> Self:
        """Return the postings of documents from `first` up to but not including `end`, numbered from 0."""
        is_theirs = (self.documents >= first) & (self.documents < end)
        if not is_theirs.any():
            return type(self)(self.terms[:0], self.counts[:0], self.documents[:0], self.payloads[:0])
        counts = run_sums(is_theirs, term_starts(self.counts))
        stays = counts > 0
        documents = self.documents[is_theirs] - np.uint32(first)
        return type(self)(self.terms[stays], counts[stays], documents, self.payloads[is_theirs])

    def cut(self, boundaries: NDArray[np.uint64]) -> list[Self]:
        """Return the parts before, between and after these terms; a boundary belongs to what follows it."""
        terms = [0, *np.searchsorted(self.terms, boundaries).tolist(), len(self.terms)]
        starts = np.concatenate(([0], np.cumsum(self.counts, dtype=np.int64)))[terms].tolist()
        return [
            type(self)(self.terms[a:b], self.counts[a:b], self.documents[c:d], self.payloads[c:d])
            for a, b, c, d in zip(terms, terms[1:], starts, starts[1:], strict=False)
        ]


NO_POSTINGS = Postings(
    np.zeros(0, np.uint64), np.zeros(0, np.uint32), np.zeros(0, np.uint32), np.zeros(0, np.uint8)
)


def collect_postings(documents: Sequence[SearchDocument]) -> Postings:
    """Take in the terms of documents, numbered from 0."""
    starts = range(0, len(documents), DOCUMENTS_AT_ONCE)
    chunks = ((documents[start : start + DOCUMENTS_AT_ONCE], start) for start in starts)
    return merge_postings(part for chunk, start in chunks for part in _collect(chunk, start))


def merge_postings(parts: Iterable[tuple[Postings, int]]) -> Postings:
    """Return several postings as one; the documents of each, later than those before, are numbered from the
    number beside it."""
    filled = [(postings, offset) for postings, offset in parts if len(postings.terms)]
    if not filled:
        return NO_POSTINGS
    if len(filled) == 1 and not filled[0][1]:
        return filled[0][0]
    return in_order(
        np.concatenate([part.terms for part, _ in filled]),
        np.concatenate([part.counts for part, _ in filled]),
        np.concatenate([part.documents + np.uint32(offset) for part, offset in filled]),
        np.concatenate([part.payloads for part, _ in filled]),
    )


def in_order(
    terms: NDArray[np.uint64],
    counts: NDArray[np.uint32],
    documents: NDArray[np.uint32],
    payloads: NDArray[np.uint8],
) -> Postings:
    """Return postings whose terms, in no order, may come several times, each time with later documents."""
    order = np.argsort(terms, kind="stable")
    terms, ordered_counts = terms[order], counts[order]
    firsts = run_starts(terms)
    shifts = term_starts(counts)[order] - term_starts(ordered_counts)
    places = np.arange(len(documents)) + np.repeat(shifts, ordered_counts)
    return Postings(
        terms[firsts],
        run_sums(ordered_counts, firsts),
        documents[places],
        payloads[places],
    )


def with_frequent_characters(postings: Postings, frequent: int) -> Postings:
    """Keep the terms of single characters that more than `frequent` documents hold.

    Looking such a character up then needs no union of all that begins with it, so its pair with GAP goes.
    """
    first, second = postings.terms >> FIRST, (postings.terms >> SECOND) & FIELD
    is_single = second == 0
    is_kept = is_single & (postings.counts > frequent)
    # A character by itself is the first of the terms that begin with it.
    starts = run_starts(first)
    is_end = (second == ord(GAP)) & np.repeat(is_kept[starts], np.diff(starts, append=len(first)))
    return _chosen(postings, ~is_end & (~is_single | is_kept))


def _chosen(postings: Postings, terms: NDArray[np.bool_]) -> Postings:
    is_chosen = np.repeat(terms, postings.counts)
    return Postings(
        postings.terms[terms],
        postings.counts[terms],
        postings.documents[is_chosen],
        postings.payloads[is_chosen],
    )


def _collect(documents: Sequence[SearchDocument], offset: int) -> Iterator[tuple[Postings, int]]:
    """Yield postings of the documents and the number of their first: in halves if need be."""
    seen = sight_terms(documents)
    if not seen.fits and len(documents) > 1:
        middle = len(documents) // 2
        yield from _collect(documents[:middle], offset)
        yield from _collect(documents[middle:], offset + middle)
    else:
        seen.rows.sort()
        yield _summed(seen), offset


def _summed(seen: Sightings) -> Postings:
    """Postings of sorted rows."""
    places = seen.rows >> np.uint64(LOW_BITS)
    starts = run_starts(places)
    often, flags = _sums(seen.rows, starts)
    is_there = often > 0
    places, often, flags = places[starts][is_there], often[is_there], flags[is_there]
    terms = places >> np.uint64(seen.document_bits)
    first_of_term = run_starts(terms)
    return Postings(
        _spelled(terms[first_of_term], seen),
        np.diff(first_of_term, append=len(terms)).astype(np.uint32),
        places.astype(np.uint32) & np.uint32((1 << seen.document_bits) - 1),
        np.minimum(often, OFTEN).astype(np.uint8) | flags << np.uint8(OFTEN_BITS),
    )


def _sums(rows: NDArray[np.uint64], starts: NDArray[np.intp]) -> tuple[NDArray[np.uint32], NDArray[np.uint8]]:
    """How many rows of each run are of the text; the flags of any of them."""
    if not len(rows):
        return np.zeros(0, np.uint32), np.zeros(0, np.uint8)
    low = rows.astype(np.uint8) & np.uint8((1 << LOW_BITS) - 1)
    return run_sums(low & np.uint8(IN_TEXT), starts), np.bitwise_or.reduceat(low, starts) >> np.uint8(1)


def _spelled(terms: NDArray[np.uint64], seen: Sightings) -> NDArray[np.uint64]:
    """Terms of places in the alphabet as terms of fields."""
    mask = np.uint64((1 << seen.character_bits) - 1)
    spelled = np.zeros(len(terms), np.uint64)
    for place in (2, 1, 0):
        ranks = (terms >> np.uint64(place * seen.character_bits)) & mask
        spelled = spelled << np.uint64(FIELD_BITS) | seen.alphabet[ranks]
    return spelled


def term_starts(counts: NDArray[np.uint32]) -> NDArray[np.intp]:
    """Where each term's documents begin."""
    return np.cumsum(counts, dtype=np.intp) - counts
