"""Anchors of headings: their own words, so that a link to one can be typed."""

import re

_LONGEST = 60
_NOT_WORD = re.compile(r"[^\w]+")


def anchor_of(text: str, taken: dict[str, int]) -> str:
    """Return an id for a heading with this text that is not among those `taken`, and add it to them.

    `taken` holds for each id the number its last namesake got.
    """
    base = _NOT_WORD.sub("-", text.casefold())[:_LONGEST].strip("-") or "section"
    if base not in taken:
        taken[base] = 1
        return base
    number = taken[base] + 1
    while f"{base}-{number}" in taken:
        number += 1
    taken[base] = number
    taken[f"{base}-{number}"] = 1
    return f"{base}-{number}"
