"""Text as numbers: groups of characters that are compared and looked up more quickly than texts."""

_UNIT = 2
"""Bytes of a unit of UTF-16."""


def units_of(text: str) -> bytes:
    """Return the text in units of UTF-16; a character beyond 16 bits has two."""
    return text.encode("utf-16-le", "surrogatepass")


def groups_of(units: bytes, size: int, shift: int = 0) -> memoryview:
    """Return each group of `size` units (2 or 4), one behind the other from unit `shift` on, as a number."""
    end = len(units) - (len(units) - _UNIT * shift) % (_UNIT * size)
    return memoryview(units)[_UNIT * shift : end].cast("I" if size == 2 else "Q")
