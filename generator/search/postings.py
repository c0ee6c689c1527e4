"""Which documents of a volume hold which term."""

from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter, sub

from generator.search.documents import SearchDocument
from generator.search.folding import GAP
from generator.search.grams import WORD_FLAGS, flagged_terms, pairs, searched_text, triples
from generator.search.numbers import encode_numbers

FREQUENCY_CLASSES = (0, 0, 1, 2, 2, 2)
"""Class of a number of occurrences; more than these have class MOST_FREQUENT."""
MOST_FREQUENT = 3
_FLAG_BITS = 8


@dataclass(frozen=True, slots=True)
class EncodedTerm:
    """A term, how many documents hold it, their distances as numbers, a payload byte for each."""

    term: str
    count: int
    distances: bytes
    payloads: bytes


class Postings:
    """Collects terms document by document, then gives them up in order, encoded.

    Documents are numbered from 0, oldest first, so that a new document lengthens lists and changes none of
    their beginnings. A term's list has a number for each occurrence; flags are kept apart, as few have any.
    """

    __slots__ = ("_flagged", "_occurrences", "count")

    def __init__(self) -> None:
        self.count = 0
        self._occurrences: dict[str, array[int]] = {}
        self._flagged: dict[str, array[int]] = {}

    def add(self, document: SearchDocument) -> None:
        """Number the document next and take in its terms."""
        text = searched_text(document)
        _append(self._occurrences, pairs(text), self.count)
        _append(self._occurrences, triples(text), self.count)
        for flags, terms in flagged_terms(document):
            _append(self._flagged, terms, self.count << _FLAG_BITS | flags)
        self.count += 1

    def encoded_terms(self, heavy: int) -> Iterator[EncodedTerm]:
        """Yield terms in UTF-16 order and forget them.

        A character whose pairs hold more than `heavy` occurrences gets a term of its own, so that looking it
        up needs no union of all of them.
        """
        ordered = sorted(self._occurrences, key=utf16_order)
        for character, group in groupby(ordered, key=itemgetter(0)):
            terms = list(group)
            if character == GAP:
                continue
            beginning = [term for term in terms if len(term) == 2]
            if sum(len(self._occurrences[term]) for term in beginning) > heavy:
                yield self._union(character, beginning)
                terms = [term for term in terms if term[1] != GAP]
            for term in terms:
                yield _encode(term, self._occurrences.pop(term), self._flagged.pop(term, ()))

    def _union(self, character: str, terms: Sequence[str]) -> EncodedTerm:
        together: array[int] = array("I")
        flags: array[int] = array("I", self._flagged.get(character, ()))
        for term in terms:
            together.extend(self._occurrences[term])
            flags.extend(value & ~WORD_FLAGS for value in self._flagged.get(term, ()))
        return _encode(character, sorted(together), flags)


def _append(lists: "dict[str, array[int]]", terms: Iterable[str], value: int) -> None:
    # Where an index is made, half of the time goes here: a plain dict and an exception for the rare new term
    # take half as long as a defaultdict does.
    for term in terms:
        try:
            lists[term].append(value)
        except KeyError:
            lists[term] = array("I", (value,))


def utf16_order(text: str) -> bytes:
    """Sort key: the order in which a browser compares strings."""
    return text.encode("utf-16-be")


def _encode(term: str, occurrences: Sequence[int], flagged: Sequence[int]) -> EncodedTerm:
    counts = Counter(occurrences)
    documents = list(counts)
    distances = [documents[0], *map(sub, documents[1:], documents)]
    return EncodedTerm(
        term,
        len(documents),
        bytes(distances) if max(distances) < 0x80 else encode_numbers(distances),
        _payloads(counts, flagged),
    )


def _payloads(counts: Counter[int], flagged: Sequence[int]) -> bytes:
    known = len(FREQUENCY_CLASSES)
    classes = [FREQUENCY_CLASSES[n] if n < known else MOST_FREQUENT for n in counts.values()]
    if not flagged:
        return bytes(classes)
    payloads = dict(zip(counts, classes, strict=True))
    for value in flagged:
        document = value >> _FLAG_BITS
        if document in payloads:
            payloads[document] |= value & ((1 << _FLAG_BITS) - 1)
    return bytes(payloads.values())
