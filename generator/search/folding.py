"""Text as it is compared: width and case folded, one character for one character.

The browser's script folds the same way (themes/default/static/search/results.js), so offsets found in folded
text are offsets in the text itself.
"""

import sys
import unicodedata

import numpy as np
from numpy.typing import NDArray

GAP = " "
"""Stands in index text for everything that cannot be looked up by itself: spaces, punctuation, controls."""

_SIGNS_LOOKED_UP = frozenset("%‰&#@")


def fold_character(character: str) -> str:
    """Return the character in normal width and small case where that is one character, else unchanged."""
    folded = unicodedata.normalize("NFKC", character)
    if len(folded) != 1:
        return character
    small = folded.lower()
    return small if len(small) == 1 else folded


def is_gap(character: str) -> bool:
    """Tell whether a folded character separates runs of indexed text."""
    category = unicodedata.category(character)
    is_separator = category[0] in "PZ" or category in ("Cc", "Cf", "Cs")
    return is_separator and character not in _SIGNS_LOOKED_UP


class _Table:
    """What every character becomes in index text, by code point; filled as characters turn up."""

    def __init__(self) -> None:
        self._codes = np.zeros(sys.maxunicode + 1, np.uint32)
        self._seen = np.zeros(sys.maxunicode + 1, np.bool_)

    def fold(self, codes: NDArray[np.uint32]) -> NDArray[np.uint32]:
        fresh = codes[~self._seen[codes]]
        for code in set(fresh.tolist()):
            folded = fold_character(chr(code))
            self._codes[code] = ord(GAP if is_gap(folded) else folded)
            self._seen[code] = True
        return self._codes[codes]


_TABLE = _Table()


def index_codes(text: str) -> NDArray[np.uint32]:
    """Return the code points of the text folded, every gap character as GAP. As many as `text` has."""
    return _TABLE.fold(np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.dtype("<u4")))


def index_text(text: str) -> str:
    """Return the text folded, every gap character as GAP. Same length as `text`."""
    return index_codes(text).tobytes().decode("utf-32-le")
