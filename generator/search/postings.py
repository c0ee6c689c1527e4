"""Which documents hold which term, how often, and what speaks for each."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from generator.search.arrays import distances, run_starts
from generator.search.documents import SearchDocument
from generator.search.folding import GAP
from generator.search.terms import (
    FIELD,
    FIELD_BITS,
    FIRST,
    SECOND,
    Sightings,
    fields_of,
    sight_terms,
)

DOCUMENTS_AT_ONCE = 1024
OFTEN_BITS = 3
OFTEN = 6
"""Occurrences in a document are counted up to here."""

_PAYLOAD_BITS = 8
_OFTEN_MASK = np.uint8((1 << OFTEN_BITS) - 1)
_TEXT = 1
_FLAGS = 4


@dataclass(frozen=True, slots=True)
class Postings:
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
    """Return several postings as one; the documents of each are numbered from the number beside it."""
    filled = [(postings, offset) for postings, offset in parts if len(postings.terms)]
    if not filled:
        return NO_POSTINGS
    if len(filled) == 1 and not filled[0][1]:
        return filled[0][0]
    terms, ranks = np.unique(np.concatenate([part.terms for part, _ in filled]), return_inverse=True)
    counts = np.concatenate([part.counts for part, _ in filled])
    documents = np.concatenate(
        [part.documents.astype(np.uint64) + np.uint64(offset) for part, offset in filled]
    )
    document_bits = int(documents.max(initial=0)).bit_length()
    rows = np.repeat(ranks.astype(np.uint64), counts) << np.uint64(document_bits + _PAYLOAD_BITS)
    rows |= documents << np.uint64(_PAYLOAD_BITS)
    rows |= np.concatenate([part.payloads for part, _ in filled])
    rows.sort()
    return Postings(
        terms,
        np.bincount(ranks, counts, len(terms)).astype(np.uint32),
        (rows >> np.uint64(_PAYLOAD_BITS)).astype(np.uint32) & np.uint32((1 << document_bits) - 1),
        rows.astype(np.uint8),
    )


def with_frequent_characters(postings: Postings, frequent: int) -> Postings:
    """Keep the terms of single characters that more than `frequent` documents hold.

    Looking such a character up then needs no union of all that begins with it, so its pair with GAP goes.
    """
    first, second = postings.terms >> FIRST, (postings.terms >> SECOND) & FIELD
    is_single = second == 0
    is_kept = is_single & (postings.counts > frequent)
    is_end = (second == ord(GAP)) & np.isin(first, first[is_kept])
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
    """Yield postings of the documents and the number of their first: in halves if a row exceeds 64 bits."""
    seen = sight_terms(documents)
    alphabet, ranks = _alphabet(seen)
    character_bits, document_bits = len(alphabet).bit_length(), len(documents).bit_length()
    if 3 * character_bits + document_bits + _FLAGS + 1 > 64 and len(documents) > 1:
        middle = len(documents) // 2
        yield from _collect(documents[:middle], offset)
        yield from _collect(documents[middle:], offset + middle)
        return
    rows = np.zeros(len(seen.documents), np.uint64)
    for characters in seen.characters:
        rows = rows << np.uint64(character_bits) | ranks[characters]
    rows = rows << np.uint64(document_bits) | seen.documents
    rows = rows << np.uint64(_FLAGS) | seen.flags
    rows = rows << np.uint64(_TEXT) | seen.in_text
    rows.sort()
    yield _summed(rows, alphabet, character_bits, document_bits), offset


def _alphabet(seen: Sightings) -> tuple[NDArray[np.uint32], NDArray[np.uint32]]:
    """Fields of the characters in order, nothing (0) first, and the place of each code point among them."""
    highest = max(int(characters.max(initial=0)) for characters in seen.characters)
    is_there = np.zeros(highest + 1, np.bool_)
    is_there[0] = True
    for characters in seen.characters:
        is_there[characters] = True
    codes = np.flatnonzero(is_there).astype(np.uint32)
    fields = fields_of(codes)
    order = np.argsort(fields)
    ranks = np.zeros(highest + 1, np.uint32)
    ranks[codes[order]] = np.arange(len(codes), dtype=np.uint32)
    return fields[order], ranks


def _summed(
    rows: NDArray[np.uint64], alphabet: NDArray[np.uint32], character_bits: int, document_bits: int
) -> Postings:
    """Postings of sorted rows: characters, document, flags, whether in text."""
    places = rows >> np.uint64(_FLAGS + _TEXT)
    starts = run_starts(places)
    often = np.add.reduceat(rows & np.uint64(_TEXT), starts) if len(rows) else rows
    flags = np.bitwise_or.reduceat(rows, starts) if len(rows) else rows
    payloads = np.minimum(often, OFTEN).astype(np.uint8)
    payloads |= ((flags >> np.uint64(_TEXT)) & np.uint64(15)).astype(np.uint8) << np.uint8(OFTEN_BITS)
    places = places[starts]
    terms = places >> np.uint64(document_bits)
    is_there = often > 0
    terms, places, payloads = terms[is_there], places[is_there], payloads[is_there]
    first_of_term = run_starts(terms)
    mask = np.uint64((1 << character_bits) - 1)
    spelled = np.zeros(len(first_of_term), np.uint64)
    for place in (2, 1, 0):
        ranks = (terms[first_of_term] >> np.uint64(place * character_bits)) & mask
        spelled = spelled << np.uint64(FIELD_BITS) | alphabet[ranks]
    return Postings(
        spelled,
        np.diff(first_of_term, append=len(terms)).astype(np.uint32),
        places.astype(np.uint32) & np.uint32((1 << document_bits) - 1),
        payloads,
    )


def term_starts(counts: NDArray[np.uint32]) -> NDArray[np.intp]:
    """Where each term's documents begin."""
    return np.cumsum(counts, dtype=np.intp) - counts
