"""From a document to its terms: which pieces of it can be looked up, and what speaks for each.

Terms are pairs of adjacent characters; triples that hold an ASCII letter or figure (their pairs are too
common to tell much); and for the last character of a run of text, that character with GAP, so that a single
character is found by everything that begins with it.
"""

import re
from collections import Counter
from collections.abc import Iterable
from operator import add

from generator.search.documents import SearchDocument
from generator.search.folding import GAP, index_text

FREQUENCY = 0b11
"""Bits of a payload: how often the term stands there (0: once, 1: twice, 2: up to five times, 3: more)."""
IN_TITLE = 4
BEGINS_WORD = 8
ENDS_WORD = 16
WHOLE_WORD = 32

_FREQUENCY_CLASSES = (0, 0, 1, 2, 2, 2)
_ASCII_RUN = re.compile("[0-9a-z]+")
_HAS_ASCII = re.compile("[0-9a-z]")


def terms_of(document: SearchDocument) -> list[tuple[str, int]]:
    """Return the document's terms, each once, with its payload."""
    title = index_text(document.title)
    others = (document.kicker, document.subtitle, *document.byline, document.body)
    text = GAP.join((title, *map(index_text, others))) + GAP
    flags = _word_flags(document.words)
    for term in {*_pairs(title + GAP), *_triples(title)}:
        flags[term] = flags.get(term, 0) | IN_TITLE
    counts = Counter(_pairs(text))
    counts.update(_triples(text))
    return [
        (term, (_FREQUENCY_CLASSES[count] if count < 6 else FREQUENCY) | flags.get(term, 0))
        for term, count in counts.items()
        if term[0] != GAP
    ]


def _pairs(text: str) -> Iterable[str]:
    return map(add, text, text[1:])


def _triples(text: str) -> list[str]:
    """Return every triple with an ASCII letter or figure in it, once for each place it stands at."""
    triples = []
    free_from = 0
    for run in _ASCII_RUN.finditer(text):
        for start in range(max(run.start() - 2, free_from), run.end()):
            triple = text[start : start + 3]
            if GAP not in triple and len(triple) == 3:
                triples.append(triple)
        free_from = run.end()
    return triples


def _word_flags(words: tuple[str, ...]) -> dict[str, int]:
    """Return which terms begin, end or are a word of the text."""
    flags: dict[str, int] = {}
    for word in set(index_text("\n".join(words)).split(GAP)):
        if len(word) == 2:
            flags[word] = flags.get(word, 0) | BEGINS_WORD | ENDS_WORD | WHOLE_WORD
        elif len(word) > 2:
            for length in (2, 3) if _HAS_ASCII.search(word) else (2,):
                flags[word[:length]] = flags.get(word[:length], 0) | BEGINS_WORD
                flags[word[-length:]] = flags.get(word[-length:], 0) | ENDS_WORD
    return flags
