"""Text as numbers: groups of characters that are compared and looked up more quickly than texts."""

import re

_BEYOND = re.compile("[\U00010000-\U0010ffff]")
"""Characters that are no single unit of UTF-16."""
_UNIT = 2
"""Bytes of a unit of UTF-16."""


def units_of(text: str) -> bytes:
    """Return the text in units of UTF-16; a character beyond 16 bits has two."""
    return text.encode("utf-16-le", "surrogatepass")


def single_units_of(text: str) -> bytes:
    """Return one unit for each character, so that places are the same: U+FFFF for one that needs two."""
    units = units_of(text)
    return units if len(units) == _UNIT * len(text) else units_of(_BEYOND.sub("\uffff", text))


def groups_of(units: bytes, size: int, shift: int = 0) -> memoryview:
    """Return each group of `size` units (2 or 4), one behind the other from unit `shift` on, as a number."""
    end = len(units) - (len(units) - _UNIT * shift) % (_UNIT * size)
    return memoryview(units)[_UNIT * shift : end].cast("I" if size == 2 else "Q")
