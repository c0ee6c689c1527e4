"""Texts that would keep the Markdown parser busy for minutes, or make it fail, are refused beforehand."""

import re

from generator.diagnostics import BulletinError, SourceSpan, error
from generator.markup.protection import readable

LONGEST_TEXT = 200_000
"""Characters of a text with markup; a long article has 10,000. Plain paragraphs may be of any length."""

MOST_TAGS = 1_000
DEEPEST = 25
"""Lists and quotes inside each other."""

# The parser's time for a block grows with its length times what stands in it; measured, about two seconds.
_HEAVIEST_BLOCK = 2_000_000_000
_STRUCTURE_WEIGHT = 50
_LIGHT_BLOCK = 5_000

_INLINE = re.compile(r"[\\`*_\[<&]")
_STRUCTURE = re.compile(
    r"^[ >]*(?:#|[-=*_][-=*_ ]*$)"  # headings and rules
    # links whose end is not near
    r"|\]\((?![^()\n]{0,500}(?:\([^()\n]{0,200}\)[^()\n]{0,200}){0,5}\))",
    re.MULTILINE,
)
_FENCE = re.compile(r"^ *(?:```|~~~)", re.MULTILINE)
_NESTING = re.compile(r"^(?=[ \t>]{20}|(?:[ \t>]*(?:[*+-]|[0-9]+\.) ){5})[ \t>*+.0-9-]+", re.MULTILINE)
_LEVEL = re.compile(r">|\t| {4}|[*+-] |[0-9]+\. ")
_TAG = re.compile(r"<[a-zA-Z]")


def check_length(text: str, path: str) -> None:
    """Raise BulletinError when the text is too long."""
    if len(text) > LONGEST_TEXT:
        message = f"the text has {len(text):,} characters, more than {LONGEST_TEXT:,}"
        raise refusal(message, path, "split it into several articles")


def check_density(text: str, path: str, *, allow_html: bool) -> None:
    """Raise BulletinError when the text is too deep or too dense; `path` stands in the message."""
    for found in _NESTING.finditer(text):
        if len(_LEVEL.findall(found[0])) > DEEPEST:
            raise too_deep(path, f': "{found[0].strip()[:20]}…"')
    if not allow_html and "<" in text and len(_TAG.findall(text)) > MOST_TAGS:
        raise refusal(f"more than {MOST_TAGS:,} HTML tags", path, "write Markdown, or split the text")
    if len(text) > _LIGHT_BLOCK:
        _check_weight(text, path)


def _check_weight(text: str, path: str) -> None:
    fences = len(_FENCE.findall(text))
    if fences * len(text) * _STRUCTURE_WEIGHT > _HEAVIEST_BLOCK:
        raise refusal(f"{fences:,} lines of ``` or ~~~ in one text", path, "split it into several articles")
    for block in text.split("\n\n"):
        if len(block) > _LIGHT_BLOCK and _weight(block) > _HEAVIEST_BLOCK:
            message = f'too much markup without an empty line, after "{readable(block[:20]).strip()}…"'
            raise refusal(message, path, "put empty lines between its parts")


def _weight(block: str) -> int:
    signs = len(_INLINE.findall(block)) + _STRUCTURE_WEIGHT * len(_STRUCTURE.findall(block))
    return len(block) * signs


def too_deep(path: str, where: str = "") -> BulletinError:
    message = f"more than {DEEPEST} lists, quotes or brackets inside each other{where}"
    return refusal(message, path, "write it flatter")


def refusal(message: str, path: str, hint: str) -> BulletinError:
    return BulletinError(error("markup", message, SourceSpan(path) if path else None, hint))
