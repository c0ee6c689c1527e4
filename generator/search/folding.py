"""Text as it is compared: width and case folded, one character for one character.

The browser's script folds the same way (themes/default/static/search/results.js), so offsets found in folded
text are offsets in the text itself.
"""

import unicodedata

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


class _IndexTable(dict[int, str]):
    """Translation table of ``str.translate`` that fills itself as characters turn up."""

    def __missing__(self, code: int) -> str:
        folded = fold_character(chr(code))
        self[code] = GAP if is_gap(folded) else folded
        return self[code]


_INDEX_TABLE = _IndexTable()


def index_text(text: str) -> str:
    """Return the text folded, every gap character as GAP. Same length as `text`."""
    return text.translate(_INDEX_TABLE)
