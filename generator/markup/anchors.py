"""Anchors of headings: their own words, so that a link to one can be typed."""

import re
from collections.abc import Collection

_LONGEST = 60
_NOT_WORD = re.compile(r"[^\w]+")


def anchor_of(text: str, taken: Collection[str]) -> str:
    """Return the id of a heading with this text that is not among the ids `taken`."""
    base = _NOT_WORD.sub("-", text.casefold())[:_LONGEST].strip("-") or "section"
    candidate, number = base, 1
    while candidate in taken:
        number += 1
        candidate = f"{base}-{number}"
    return candidate
