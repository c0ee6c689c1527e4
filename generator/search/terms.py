"""From documents to terms: which pieces of a text can be looked up, and what speaks for each.

Terms are pairs of adjacent characters; triples that hold an ASCII letter or figure (their pairs are too
common to tell much); single characters, of which only the frequent ones reach the index; and a last
character of a run of text with GAP, so that the other ones are found by all that begins with them.

A term is a number: its characters' places in UTF-16 order (by which a browser compares strings), 21 bits
each, the first one highest, nothing as 0.
"""

from collections.abc import Iterable, Iterator, Sequence

import msgspec
import numpy as np
from numpy.typing import NDArray

from generator.search.documents import SearchDocument
from generator.search.folding import GAP, index_codes

IN_TITLE = 1
BEGINS_WORD = 2
ENDS_WORD = 4
WHOLE_WORD = BEGINS_WORD | ENDS_WORD | 8
"""What is known of a term in a document."""

IN_TEXT = 1
LOW_BITS = 5
"""Bits of a row below the document: these four, and the lowest, IN_TEXT."""

FIELD_BITS = 21
FIRST, SECOND, FIELD = np.uint64(2 * FIELD_BITS), np.uint64(FIELD_BITS), np.uint64((1 << FIELD_BITS) - 1)
"""Where a term's fields stand: shifts of the first two, the mask of one."""
_GAP = ord(GAP)
_BELOW_SURROGATES = 0xE000
_HIGH = 0x100000
_ASTRAL = 0x2000


class Sightings(msgspec.Struct, frozen=True):
    """A row for each place a term stands at, and each word. From the highest bits on: the places of three
    characters in the alphabet (0 for none), the number of the document, what is known, whether it is text.

    The alphabet holds fields in order, after a 0. Words a tokenizer names need not stand in the text.
    """

    rows: NDArray[np.uint64]
    alphabet: NDArray[np.uint32]
    document_bits: int

    @property
    def character_bits(self) -> int:
        return len(self.alphabet).bit_length()

    @property
    def fits(self) -> bool:
        """Whether rows had bits enough; too many documents and characters at once have to be parted."""
        return 3 * self.character_bits + self.document_bits + LOW_BITS <= 64


def searched_text(document: SearchDocument) -> str:
    """Return everything of the document that can be found, fields apart from each other, title first."""
    return GAP.join((document.title, document.kicker, document.subtitle, *document.byline, document.body, ""))


def sight_terms(documents: Sequence[SearchDocument]) -> Sightings:
    """Return every term of every document; the same one often comes several times."""
    text = _stream([searched_text(document) for document in documents])
    words = _stream([GAP.join((*document.words, "")) for document in documents])
    alphabet, ranks = _alphabet(text.codes, words.codes)
    document_bits = len(documents).bit_length()
    width = len(alphabet).bit_length()
    shifts = [np.uint64(width * place + document_bits + LOW_BITS) for place in (2, 1, 0)]
    titles = np.fromiter((len(document.title) for document in documents), np.int64, len(documents))
    parts = [*_text_rows(text, ranks, shifts, titles), *_word_rows(words, ranks, shifts)]
    return Sightings(np.concatenate(parts), alphabet, document_bits)


def fields_of(codes: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """Return the places of these code points in UTF-16 order."""
    above = np.where(codes > 0xFFFF, codes - np.uint32(_ASTRAL), codes + np.uint32(_HIGH))
    return np.where(codes < _BELOW_SURROGATES, codes, above)


def codes_of(fields: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """Return the code points at these places of the UTF-16 order."""
    above = np.where(
        fields < _BELOW_SURROGATES + _HIGH, fields + np.uint32(_ASTRAL), fields - np.uint32(_HIGH)
    )
    return np.where(fields < _BELOW_SURROGATES, fields, above)


def split_terms(
    terms: NDArray[np.uint64],
) -> tuple[NDArray[np.uint32], NDArray[np.uint32], NDArray[np.uint32]]:
    """Return the three fields of each term."""
    first, second, third = terms >> FIRST, (terms >> SECOND) & FIELD, terms & FIELD
    return first.astype(np.uint32), second.astype(np.uint32), third.astype(np.uint32)


def spell(terms: NDArray[np.uint64]) -> list[str]:
    """Return the terms as text."""
    columns = [codes_of(field) for field in split_terms(terms)]
    return ["".join(chr(code) for code in codes if code) for codes in np.stack(columns, 1).tolist()]


def term_numbers(texts: Iterable[str]) -> NDArray[np.uint64]:
    """Return the numbers of terms of one to three characters, in order."""
    letters = np.array([text.ljust(3, "\0") for text in texts], "<U3").view("<u4")
    first, second, third = fields_of(letters).astype(np.uint64).reshape(-1, 3).T
    return np.sort(first << FIRST | second << SECOND | third)


class _Stream(msgspec.Struct, frozen=True):
    """The characters of all texts; the number of the text each belongs to; where each text begins."""

    codes: NDArray[np.uint32]
    numbers: NDArray[np.uint64]
    starts: NDArray[np.int64]


def _stream(texts: Sequence[str]) -> _Stream:
    lengths = np.fromiter((len(text) for text in texts), np.int64, len(texts))
    numbers = np.repeat(np.arange(len(texts), dtype=np.uint64), lengths)
    return _Stream(index_codes("".join(texts)), numbers, np.cumsum(lengths) - lengths)


def _alphabet(*streams: NDArray[np.uint32]) -> tuple[NDArray[np.uint32], NDArray[np.uint64]]:
    """Fields of all characters in order, 0 first, and the place of each code point among them."""
    highest = max(int(codes.max(initial=0)) for codes in streams)
    is_there = np.zeros(highest + 1, np.bool_)
    is_there[0] = True
    for codes in streams:
        is_there[codes] = True
    found = np.flatnonzero(is_there).astype(np.uint32)
    fields = fields_of(found)
    order = np.argsort(fields)
    ranks = np.zeros(highest + 1, np.uint64)
    ranks[found[order]] = np.arange(len(found), dtype=np.uint64)
    return fields[order], ranks


def _text_rows(
    text: _Stream, ranks: NDArray[np.uint64], shifts: Sequence[np.uint64], titles: NDArray[np.int64]
) -> Iterator[NDArray[np.uint64]]:
    """Rows of characters, pairs and triples; `titles` are lengths of what each text begins with."""
    letters, is_letter, is_ascii = ranks[text.codes], text.codes != _GAP, _is_ascii(text.codes)
    lengths = np.diff(text.starts, append=len(text.codes))
    in_title = np.arange(len(text.codes)) < np.repeat(text.starts + titles, lengths)
    low = text.numbers << np.uint64(LOW_BITS) | np.uint64(IN_TEXT)
    low |= in_title.astype(np.uint64) << np.uint64(1)
    singles = letters << shifts[0] | low
    pairs = singles[:-1] | letters[1:] << shifts[1]
    triples = pairs[:-1] | letters[2:] << shifts[2]
    has_ascii = is_ascii[:-2] | is_ascii[1:-1] | is_ascii[2:]
    yield singles[is_letter]
    yield pairs[is_letter[:-1]]
    yield triples[is_letter[:-2] & is_letter[1:-1] & is_letter[2:] & has_ascii]


def _is_ascii(codes: NDArray[np.uint32]) -> NDArray[np.bool_]:
    return ((codes >= ord("0")) & (codes <= ord("9"))) | ((codes >= ord("a")) & (codes <= ord("z")))


def _word_rows(
    words: _Stream, ranks: NDArray[np.uint64], shifts: Sequence[np.uint64]
) -> Iterator[NDArray[np.uint64]]:
    """Rows of terms that are, begin or end one of the words, gaps between them."""
    letters, is_ascii = ranks[words.codes], _is_ascii(words.codes)
    is_letter = np.concatenate(([False], words.codes != _GAP))
    edges = np.flatnonzero(is_letter[1:] != is_letter[:-1])
    starts, ends = edges[::2], edges[1::2]

    def rows(at: NDArray[np.int64], length: int, flags: int) -> NDArray[np.uint64]:
        if length == 3:
            at = at[is_ascii[at] | is_ascii[at + 1] | is_ascii[at + 2]]
        found = words.numbers[at] << np.uint64(LOW_BITS) | np.uint64(flags << 1)
        for place in range(length):
            found |= letters[at + place] << shifts[place]
        return found

    for length in (1, 2, 3):
        is_whole, is_longer = ends - starts == length, ends - starts > length
        yield rows(starts[is_whole], length, WHOLE_WORD)
        if length > 1:
            yield rows(starts[is_longer], length, BEGINS_WORD)
            yield rows(ends[is_longer] - length, length, ENDS_WORD)
