"""The short way for texts of plain paragraphs and headings, as most articles are.

It gives the same bytes as the long way (a property test compares them), for texts in which no character can
mean anything to Markdown or HTML.
"""

import re

from generator.markup.anchors import anchor_of
from generator.markup.joining import join_lines, one_line
from generator.model import Heading, RenderedText

# Characters that may start markup, that HTML or the parser treats specially, and all controls but line feed.
_SPECIAL = re.compile(
    "[\x00-\x09\x0b-\x1f\\\\`*_\\[\\]<>&|~\x7f-\xa0\ud800-\udfff\ufdd0-\ufdef\ufeff\ufffe\uffff]"
)
# In a text between line breaks: a space that ends a line, or what may start markup at the beginning of one.
# What begins with a plain character is found four times as fast as what may begin with several.
_SPECIAL_LINE = re.compile(r"\n(?:(?<=[^\S\n]\n)|[^\S\n]|[=+\-]|[0-9]+\.)")
_HEADING = re.compile(r"(#{1,6}) ([^\s#][^#\n]*)")


def render_plain(text: str) -> RenderedText | None:
    """Return the text rendered, or None when it is not plain enough."""
    if _SPECIAL.search(text) or _SPECIAL_LINE.search(f"\n{text}\n"):
        return None
    blocks = [stripped for block in text.split("\n\n") if (stripped := block.strip("\n"))]
    if "#" not in text:
        return _paragraphs(blocks)
    return _with_headings(blocks)


def _paragraphs(blocks: list[str]) -> RenderedText:
    joined = [join_lines(block) for block in blocks]
    html = "\n".join([f"<p>{block}</p>" for block in joined])
    return RenderedText(html, "\n".join([one_line(block) for block in joined]))


def _with_headings(blocks: list[str]) -> RenderedText | None:
    levels = [0] * len(blocks)
    texts = list(blocks)
    for number, block in enumerate(blocks):
        if block[0] == "#" or "\n#" in block:
            heading = _HEADING.fullmatch(block)
            if heading is None:
                return None
            levels[number], texts[number] = len(heading[1]), heading[2]
    return _render(levels, [join_lines(text) for text in texts])


def _render(levels: list[int], texts: list[str]) -> RenderedText:
    raise_by = min([level for level in levels if level], default=2) - 2
    taken: dict[str, int] = {}
    headings: list[Heading] = []
    parts: list[str] = []
    for level, text in zip(levels, texts, strict=True):
        if level:
            plain = one_line(text)
            heading = Heading(min(6, level - raise_by), plain, anchor_of(plain, taken))
            headings.append(heading)
            parts.append(f'<h{heading.level} id="{heading.anchor}">{text}</h{heading.level}>')
        else:
            parts.append(f"<p>{text}</p>")
    lines = "\n".join([one_line(text) for text in texts])
    anchors = tuple([heading.anchor for heading in headings])
    return RenderedText("\n".join(parts), lines, tuple(headings), anchors=anchors)
