"""What must not reach the Markdown parser as it is: comments, and ``<`` and ``[`` that open nothing.

They are replaced by marks the parser takes for plain characters; `restore_text` and `restore_attribute` turn
the marks into HTML afterwards. The marks are noncharacters, which a text has no use for.
"""

import re
from html import escape

import msgspec

from generator.markup.tags import TAG

_COMMENT_OPEN, _COMMENT_CLOSE, _ANGLE, _BRACKET, _APART = "\ufdd0", "\ufdd1", "\ufdd2", "\ufdd3", "\ufdd4"
_MARKS = re.compile(f"[{_COMMENT_OPEN}-{_APART}]")
_MARK = re.compile(f"{_COMMENT_OPEN}([0-9]+){_COMMENT_CLOSE}|{_APART}(?:\n\n)?|[{_ANGLE}{_BRACKET}]")
# Not closed before the next one or the end; declarations and instructions are no part of a text.
_STRAY_ANGLE = re.compile(r"<(?=[!?]|[^<>]*(?:<|\Z))")
_EMPTY_PARAGRAPH = re.compile(r"<p>\s*</p>\n?")
_GAP = re.compile(r"\s*gap\s*(?::\s*(.*?))?\s*", re.DOTALL)

MOST_BRACKETS = 20
"""Brackets inside each other, and brackets without a partner, in one block."""


class Protected(msgspec.Struct, frozen=True):
    """`text` is fit for the parser; `comments` are what stood between ``<!--`` and ``-->``."""

    text: str
    comments: tuple[str, ...]


def protect(text: str, *, allow_html: bool) -> Protected:
    text = _MARKS.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    text, comments = _take_comments(text)
    if not allow_html and "<" in text:
        text = _STRAY_ANGLE.sub(_ANGLE, text)
    if text.count("[") > MOST_BRACKETS:
        text = "\n\n".join([_protect_brackets(block) for block in text.split("\n\n")])
    return Protected(text, tuple(comments))


def _take_comments(text: str) -> tuple[str, list[str]]:
    comments: list[str] = []
    parts: list[str] = []
    position = 0
    while (start := text.find("<!--", position)) >= 0 and (end := text.find("-->", start + 4)) >= 0:
        comment = text[start + 4 : end]
        parts += (text[position:start], f"{_COMMENT_OPEN}{len(comments)}{_COMMENT_CLOSE}")
        comments.append(comment)
        position = end + 3
        is_alone = text[start - 1 : start] in ("", "\n") and text[position : position + 1] == "\n"
        if is_alone and not _GAP.fullmatch(comment):
            parts.append(f"{_APART}\n\n")
            position += 1
    return "".join((*parts, text[position:])), comments


def _protect_brackets(block: str) -> str:
    """Mark the brackets that cannot be links: the parser looks for the partner of each to the end."""
    if block.count("[") <= MOST_BRACKETS:
        return block
    opened: list[int] = []
    too_deep: list[int] = []
    for place, character in enumerate(block):
        if character == "[":
            (opened if len(opened) < MOST_BRACKETS else too_deep).append(place)
        elif character == "]" and opened:
            opened.pop()
    characters = list(block)
    for place in too_deep:
        characters[place] = _BRACKET
    return "".join(characters)


def readable(text: str) -> str:
    """Protected text in a message."""
    return _MARK.sub(lambda found: {_ANGLE: "<", _BRACKET: "["}.get(found[0], ""), text)


def restore(html: str, comments: tuple[str, ...]) -> str:
    """Return HTML with its marks turned back; a comment is seen in code, elsewhere only if it marks a gap."""
    if not _MARKS.search(html):
        return html
    parts: list[str] = []
    position = 0
    code_depth = 0
    for tag in TAG.finditer(html):
        parts.append(_restore_text(html[position : tag.start()], comments, is_code=code_depth > 0))
        parts.append(_MARK.sub(_restore_sign, tag[0]))
        position = tag.end()
        if tag["name"] in ("code", "pre"):
            code_depth += -1 if tag["end"] else 1
    parts.append(_restore_text(html[position:], comments, is_code=code_depth > 0))
    return _EMPTY_PARAGRAPH.sub("", "".join(parts))


def _restore_text(html: str, comments: tuple[str, ...], *, is_code: bool) -> str:
    def restore_mark(found: re.Match[str]) -> str:
        if not found[1]:
            return _restore_sign(found)
        comment = comments[int(found[1])]
        return escape(f"<!--{comment}-->", quote=False) if is_code else _gap_html(comment)

    return _MARK.sub(restore_mark, html)


def _restore_sign(found: re.Match[str]) -> str:
    """What a mark stands for where no comment can be: in an attribute."""
    mark = found[0]
    if mark[0] == _APART:
        return "\n" * (len(mark) > 1)
    return {_ANGLE: "&lt;", _BRACKET: "["}.get(mark, "")


def _gap_html(comment: str) -> str:
    gap = _GAP.fullmatch(comment)
    if gap is None:
        return ""
    why = " ".join((gap[1] or "").split())
    return f'<span class="gap" title="{escape(why)}"></span>' if why else '<span class="gap"></span>'
