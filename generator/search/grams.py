"""From a document to its terms: which pieces of it can be looked up, and what speaks for each.

Terms are pairs of adjacent characters; triples that hold an ASCII letter or figure (their pairs are too
common to tell much); and for the last character of a run of text, that character with GAP, so that a single
character is found by everything that begins with it. Pairs that begin with GAP mean nothing.
"""

import re
from collections.abc import Iterable, Iterator
from operator import add

from generator.search.documents import SearchDocument
from generator.search.folding import GAP, index_text

IN_TITLE = 4
BEGINS_WORD = 8
ENDS_WORD = 16
WHOLE_WORD = 32
WORD_FLAGS = BEGINS_WORD | ENDS_WORD | WHOLE_WORD
"""Bits of a payload; the two lowest say how often the term stands there (FREQUENCY_CLASSES)."""

_ASCII = re.compile("[0-9a-z]")
_TRIPLE = re.compile("(?=([0-9a-z][^ ][^ ]|[^ ][0-9a-z][^ ]|[^ ][^ ][0-9a-z]))")


def searched_text(document: SearchDocument) -> str:
    """Return everything of the document that can be found, folded, fields apart from each other."""
    fields = (document.title, document.kicker, document.subtitle, *document.byline, document.body, "")
    return index_text(GAP.join(fields))


def pairs(text: str) -> Iterable[str]:
    return map(add, text, text[1:])


def triples(text: str) -> list[str]:
    """Return every triple with an ASCII letter or figure in it, once for each place it stands at."""
    return _TRIPLE.findall(text) if _ASCII.search(text) else []


def flagged_terms(document: SearchDocument) -> Iterator[tuple[int, Iterable[str]]]:
    """Yield terms of the title, and such as are, begin or end a word, with the bits that say so.

    A term may come more than once.
    """
    title = index_text(document.title + GAP)
    yield IN_TITLE, {*pairs(title), *triples(title)}
    words = set(index_text("\n".join(document.words)).split(GAP)) - {""}
    longer = [word for word in words if len(word) > 2]
    with_ascii = [word for word in longer if _ASCII.search(word)]
    yield WORD_FLAGS, (word for word in words if len(word) <= 2)
    yield BEGINS_WORD, {word[:2] for word in longer} | {word[:3] for word in with_ascii}
    yield ENDS_WORD, {word[-2:] for word in longer} | {word[-3:] for word in with_ascii}
