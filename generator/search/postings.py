"""Which documents of a volume hold which term."""

from array import array
from collections.abc import Iterator
from operator import sub

from generator.search.folding import GAP
from generator.search.grams import FREQUENCY
from generator.search.numbers import encode_numbers

_PAYLOAD_BITS = 8
_PAYLOAD_MASK = (1 << _PAYLOAD_BITS) - 1


class Postings:
    """Collects terms document by document, then gives them up in order, encoded.

    A posting is a document number (from 0, oldest first, so that a new document lengthens lists and changes
    none of their beginning) and a payload byte. Terms of one document are kept as a bare number: in Chinese
    text they are half of all terms.
    """

    __slots__ = ("_by_term",)

    def __init__(self) -> None:
        self._by_term: dict[str, array[int] | int] = {}

    def add(self, document: int, terms: list[tuple[str, int]]) -> None:
        by_term = self._by_term
        base = document << _PAYLOAD_BITS
        for term, payload in terms:
            known = by_term.get(term)
            if known is None:
                by_term[term] = base | payload
            elif type(known) is int:
                by_term[term] = array("I", (known, base | payload))
            else:
                known.append(base | payload)  # type: ignore[union-attr]

    def encoded_terms(self, heavy: int) -> Iterator["EncodedTerm"]:
        """Yield terms in UTF-16 order and forget them.

        A character whose terms hold more than `heavy` postings gets a term of its own, so that looking it up
        needs no union of all of them.
        """
        by_term = self._by_term
        ordered = sorted(by_term, key=utf16_order)
        start = 0
        while start < len(ordered):
            first = ordered[start][0]
            end = start
            postings = 0
            while end < len(ordered) and ordered[end][0] == first:
                values = by_term[ordered[end]]
                postings += 1 if isinstance(values, int) else len(values)
                end += 1
            terms = ordered[start:end]
            if postings > heavy:
                yield _encode(first, self._union(terms))
                terms = [term for term in terms if term[1] != GAP]
            for term in terms:
                values = by_term.pop(term)
                yield _encode(term, array("I", (values,)) if isinstance(values, int) else values)
            start = end

    def _union(self, terms: list[str]) -> "array[int]":
        """Return one list of the documents that hold any of the terms, payload bits united."""
        payloads: dict[int, int] = {}
        for term in terms:
            values = self._by_term[term]
            for value in (values,) if isinstance(values, int) else values:
                document = value >> _PAYLOAD_BITS
                known = payloads.get(document, 0)
                frequency = max(known & FREQUENCY, value & FREQUENCY)
                payloads[document] = (known | value & _PAYLOAD_MASK) & ~FREQUENCY | frequency
        return array("I", (payloads[document] | document << _PAYLOAD_BITS for document in sorted(payloads)))


class EncodedTerm:
    """A term, the number of documents that hold it, their distances as numbers, a payload byte for each."""

    __slots__ = ("count", "distances", "payloads", "term")

    def __init__(self, term: str, count: int, distances: bytes, payloads: bytes) -> None:
        self.term = term
        self.count = count
        self.distances = distances
        self.payloads = payloads


def utf16_order(text: str) -> bytes:
    """Sort key: the order in which a browser compares strings."""
    return text.encode("utf-16-be", "surrogatepass")


def _encode(term: str, values: "array[int]") -> EncodedTerm:
    documents = [value >> _PAYLOAD_BITS for value in values]
    distances = [documents[0], *map(sub, documents[1:], documents)]
    is_short = max(distances) < 0x80
    return EncodedTerm(
        term,
        len(values),
        bytes(distances) if is_short else encode_numbers(distances),
        bytes([value & _PAYLOAD_MASK for value in values]),
    )
