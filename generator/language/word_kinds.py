"""What the words of a text may be, one bit for each kind: the kinds of all its words are a row of bytes.

A row is made once for all who ask, and asked as a whole: word by word that takes ten times as long.
"""

import functools
from collections.abc import Iterator
from itertools import compress

from generator.language.remembered import Remembered
from generator.language.word_lists import word_list
from generator.language.words import cut_by_line, tag_of

WHOLE = 1
"""A part of a compound."""
QUALIFIER = 2
"""A part that others follow."""
HEAD = 4
"""The last part."""
VERBAL_NOUN = 8
"""The last part, behind some others (`BEFORE_VERBAL_NOUN`)."""
BEFORE_VERBAL_NOUN = 16
NOUN = 32
"""A keyword by itself."""
PLACE_SUFFIX = 64
"""A word that ends the name of an administrative place."""
ORGANISATION_END = 128
"""A word that is, or ends with, what ends the name of an organisation."""

_MOST_REMEMBERED = 32_768
"""Words whose kinds are kept."""
_NOUN_TAGS = frozenset(("n", "nz", "nt", "ns", "nl", "ng", "vn", "an", "j", "l", "b", "x", "eng"))
_QUALIFIER_TAGS = frozenset(
    ("n", "nz", "nt", "ns", "nl", "ng", "vn", "an", "j", "b", "x", "eng", "a", "nr", "nrt")
)
_HEAD_TAGS = frozenset(("n", "nz", "nt", "nl", "vn", "j", "x", "ns"))
# jieba tags some nouns as verbs (检测, 治理); such a word may end a compound, never begin one.
_PLAIN_VERBS = frozenset(("v", "vd", "vi"))
_VERBAL_NOUN_FOLLOWS = frozenset(("n", "nz", "x", "vn"))
_ROWS = {1 << bit: bytes(kinds >> bit & 1 for kinds in range(256)) for bit in range(8)}
"""For each kind the table that translates a row of kinds into 1 where a word is of it, and 0 elsewhere."""


@functools.lru_cache(maxsize=512)
def kinds_of(text: str) -> bytes:
    """Return the kinds of each word of `cut_by_line`."""
    return bytes(map(_KINDS.__getitem__, cut_by_line(text)))


def row_of(kinds: bytes, kind: int) -> bytes:
    """Return 1 for each word that is of a kind, 0 for the others."""
    return kinds.translate(_ROWS[kind])


def places_of(kinds: bytes, kind: int) -> Iterator[int]:
    """Return the places of the words of a kind."""
    return compress(range(len(kinds)), row_of(kinds, kind))


@functools.lru_cache(maxsize=_MOST_REMEMBERED)
def organisation_suffix(word: str) -> str:
    """Return the longest end of a word that ends the names of organisations, or ""."""
    suffixes = word_list("organisation_suffixes")
    return next((word[start:] for start in range(len(word)) if word[start:] in suffixes), "")


def _kinds_of_word(word: str) -> int:
    tag = tag_of(word)
    is_whole = len(word) > 1 and word not in word_list("generic_words")
    is_stop_word = word.lower() in word_list("english_stop_words")
    kinds = (
        (WHOLE, is_whole),
        (QUALIFIER, is_whole and tag in _QUALIFIER_TAGS),
        (HEAD, is_whole and tag in _HEAD_TAGS),
        (VERBAL_NOUN, is_whole and tag in _PLAIN_VERBS and word in word_list("verbal_nouns")),
        (BEFORE_VERBAL_NOUN, tag in _VERBAL_NOUN_FOLLOWS),
        (NOUN, is_whole and tag in _NOUN_TAGS and not is_stop_word),
        (PLACE_SUFFIX, word in word_list("place_suffixes")),
        (ORGANISATION_END, organisation_suffix(word) != ""),
    )
    return sum(kind for kind, holds in kinds if holds)


_KINDS: Remembered[str, int] = Remembered(_kinds_of_word, _MOST_REMEMBERED)
