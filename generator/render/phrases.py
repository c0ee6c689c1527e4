"""Headlines broken where they may be: at an inner space, or after a mark that ends a phrase."""

import functools
import re
from collections.abc import Iterator

from markupsafe import Markup, escape

# U+3000 stands between the halves of a headline (竞速科创　澎湃发展动能), a space between parts of a label.
_PHRASE_END = re.compile(r"(\u3000|(?<=[\u4e00-\u9fff]) (?=[\u4e00-\u9fff])|(?<=[，：；！？、]))")
# A line of its own is too much for fewer characters.
_LEAST_LENGTH = 4


# A headline stands on many pages.
@functools.lru_cache(maxsize=16_384)
def mark_phrases(text: str) -> Markup:
    """Return the text, its phrases in ``<span class="phrase">`` when it has several."""
    pieces = _PHRASE_END.split(text)
    if len(pieces) == 1:
        return escape(text)
    phrases = list(_join_short(pieces))
    if len(phrases) == 1:
        return escape(text)
    # A space inside a phrase would vanish at its end.
    return Markup("").join(
        Markup('<span class="phrase">{}</span>{}').format(phrase, space) for phrase, space in phrases
    )


def _join_short(pieces: list[str]) -> Iterator[tuple[str, str]]:
    """Phrases that are long enough, each with the space after it. `pieces` alternate with what parts them."""
    phrase = ""
    for place in range(0, len(pieces), 2):
        phrase += pieces[place]
        space = pieces[place + 1] if place + 1 < len(pieces) else ""
        rest = sum(map(len, pieces[place + 2 :]))
        if len(phrase) >= _LEAST_LENGTH and rest >= _LEAST_LENGTH:
            yield phrase, space
            phrase = ""
        else:
            phrase += space
    if phrase:
        yield phrase, ""
