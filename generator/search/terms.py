"""From documents to terms: which pieces of a text can be looked up, and what speaks for each.

Terms are pairs of adjacent characters; triples that hold an ASCII letter or figure (their pairs are too
common to tell much); single characters, of which only the frequent ones reach the index; and a last
character of a run of text with GAP, so that the other ones are found by all that begins with them.

A term is a number: its characters' places in UTF-16 order (by which a browser compares strings), 21 bits
each, the first one highest, nothing as 0.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from generator.search.documents import SearchDocument
from generator.search.folding import GAP, index_codes

IN_TITLE = 1
BEGINS_WORD = 2
ENDS_WORD = 4
WHOLE_WORD = BEGINS_WORD | ENDS_WORD | 8
"""What is known of a term in a document."""

FIELD_BITS = 21
FIRST, SECOND, FIELD = np.uint64(2 * FIELD_BITS), np.uint64(FIELD_BITS), np.uint64((1 << FIELD_BITS) - 1)
"""Where a term's fields stand: shifts of the first two, the mask of one."""
_GAP = ord(GAP)
_BELOW_SURROGATES = 0xE000
_HIGH = 0x100000
_ASTRAL = 0x2000


@dataclass(frozen=True, slots=True)
class Sightings:
    """Where terms stand: three characters of each (0 for none), the document, what is known, whether in text.

    Words a tokenizer names need not stand in the text; `in_text` is False for what only they speak of.
    """

    characters: tuple[NDArray[np.uint32], NDArray[np.uint32], NDArray[np.uint32]]
    documents: NDArray[np.uint32]
    flags: NDArray[np.uint8]
    in_text: NDArray[np.bool_]


def searched_text(document: SearchDocument) -> str:
    """Return everything of the document that can be found, fields apart from each other, title first."""
    return GAP.join((document.title, document.kicker, document.subtitle, *document.byline, document.body, ""))


def sight_terms(documents: Sequence[SearchDocument]) -> Sightings:
    """Return every term of every document; the same one often comes several times."""
    texts = [searched_text(document) for document in documents]
    codes, numbers, starts = _stream(texts)
    ends_of_titles = starts + np.fromiter((len(d.title) for d in documents), np.int64, len(texts))
    in_title = np.arange(len(codes)) < np.repeat(ends_of_titles, np.diff(starts, append=len(codes)))
    flags = in_title.astype(np.uint8) * np.uint8(IN_TITLE)
    parts = [_singles(codes, numbers, flags), _pairs(codes, numbers, flags), _triples(codes, numbers, flags)]
    words, numbers, _ = _stream([GAP.join((*document.words, "")) for document in documents])
    return _join(parts, list(_word_terms(words, numbers)))


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
    numbers = []
    for text in texts:
        fields = fields_of(np.array([ord(letter) for letter in text], np.uint32)).tolist()
        numbers.append(sum(field << FIELD_BITS * (2 - place) for place, field in enumerate(fields)))
    return np.array(sorted(numbers), np.uint64)


_Part = tuple[tuple[NDArray[np.uint32], ...], NDArray[np.uint32], NDArray[np.uint8]]


def _stream(texts: Sequence[str]) -> tuple[NDArray[np.uint32], NDArray[np.uint32], NDArray[np.int64]]:
    """The characters of all texts, the number of the text each belongs to, where each text begins."""
    lengths = np.fromiter((len(text) for text in texts), np.int64, len(texts))
    starts = np.cumsum(lengths) - lengths
    numbers = np.repeat(np.arange(len(texts), dtype=np.uint32), lengths)
    return index_codes("".join(texts)), numbers, starts


def _singles(codes: NDArray[np.uint32], numbers: NDArray[np.uint32], flags: NDArray[np.uint8]) -> _Part:
    at = np.flatnonzero(codes != _GAP)
    nothing = np.zeros(len(at), np.uint32)
    return (codes[at], nothing, nothing), numbers[at], flags[at]


def _pairs(codes: NDArray[np.uint32], numbers: NDArray[np.uint32], flags: NDArray[np.uint8]) -> _Part:
    at = np.flatnonzero(codes[:-1] != _GAP)
    return (codes[at], codes[at + 1], np.zeros(len(at), np.uint32)), numbers[at], flags[at]


def _triples(codes: NDArray[np.uint32], numbers: NDArray[np.uint32], flags: NDArray[np.uint8]) -> _Part:
    is_letter = codes != _GAP
    is_ascii = _is_ascii(codes)
    at = np.flatnonzero(
        is_letter[:-2] & is_letter[1:-1] & is_letter[2:] & (is_ascii[:-2] | is_ascii[1:-1] | is_ascii[2:])
    )
    return (codes[at], codes[at + 1], codes[at + 2]), numbers[at], flags[at]


def _is_ascii(codes: NDArray[np.uint32]) -> NDArray[np.bool_]:
    return ((codes >= ord("0")) & (codes <= ord("9"))) | ((codes >= ord("a")) & (codes <= ord("z")))


def _word_terms(codes: NDArray[np.uint32], numbers: NDArray[np.uint32]) -> Iterator[_Part]:
    """Terms that are, begin or end one of the words that stand in the stream, gaps between them."""
    is_letter = np.concatenate(([False], codes != _GAP))
    edges = np.flatnonzero(is_letter[1:] != is_letter[:-1])
    starts, ends = edges[::2], edges[1::2]
    for length in (1, 2, 3):
        is_whole, is_longer = ends - starts == length, ends - starts > length
        yield _terms_at(codes, numbers, starts[is_whole], length, WHOLE_WORD)
        if length > 1:
            yield _terms_at(codes, numbers, starts[is_longer], length, BEGINS_WORD)
            yield _terms_at(codes, numbers, ends[is_longer] - length, length, ENDS_WORD)


def _terms_at(
    codes: NDArray[np.uint32], numbers: NDArray[np.uint32], at: NDArray[np.int64], length: int, flags: int
) -> _Part:
    if length == 3:
        at = at[_is_ascii(codes[at]) | _is_ascii(codes[at + 1]) | _is_ascii(codes[at + 2])]
    nothing = np.zeros(len(at), np.uint32)
    second, third = (codes[at + place] if place < length else nothing for place in (1, 2))
    return (codes[at], second, third), numbers[at], np.full(len(at), flags, np.uint8)


def _join(in_text: Sequence[_Part], of_words: Sequence[_Part]) -> Sightings:
    parts = [*in_text, *of_words]
    first, second, third = (np.concatenate([part[0][place] for part in parts]) for place in range(3))
    documents = np.concatenate([part[1] for part in parts])
    is_in_text = np.zeros(len(documents), np.bool_)
    is_in_text[: sum(len(part[1]) for part in in_text)] = True
    return Sightings(
        (first, second, third), documents, np.concatenate([part[2] for part in parts]), is_in_text
    )
