"""Headlines broken where they may be: after an inner space, or after a mark that ends a phrase."""

import re
from collections.abc import Iterator

from markupsafe import Markup, escape

# U+3000 stands between the halves of a headline (竞速科创　澎湃发展动能).
_PHRASE_END = re.compile(r"(?<=[\u3000，：；！？、])")
# A line of its own is too much for fewer characters.
_LEAST_LENGTH = 4


def mark_phrases(text: str) -> Markup:
    """Return the text, its phrases in ``<span class="phrase">`` when it has several."""
    phrases = list(_join_short(_PHRASE_END.split(text)))
    if len(phrases) < 2:
        return escape(text)
    return Markup("").join(Markup('<span class="phrase">{}</span>').format(phrase) for phrase in phrases)


def _join_short(pieces: list[str]) -> Iterator[str]:
    phrase = ""
    for place, piece in enumerate(pieces):
        phrase += piece
        rest = sum(map(len, pieces[place + 1 :]))
        if len(phrase) >= _LEAST_LENGTH and rest >= _LEAST_LENGTH:
            yield phrase
            phrase = ""
    if phrase:
        yield phrase
