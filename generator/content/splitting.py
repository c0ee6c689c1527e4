"""The bytes of a Markdown file → its front matter and its body."""

import re
from collections.abc import Mapping
from typing import Any

import msgspec

from generator.diagnostics import BulletinError, SourceSpan, error

LONGEST_FRONT_MATTER = 1_000_000
"""Characters; that of a long article has about 2,000."""

_BOM = b"\xef\xbb\xbf"
_OPENING = re.compile(r"---[ \t]*\r?\n")
_CLOSING = re.compile(r"\n---[ \t]*(?:\r?\n|\Z)")
_BEGIN_HINT = "begin the file with a line ---, then title: …, then a line ---, then the text"


class SplitFile(msgspec.Struct, frozen=True):
    """`yaml` is what stands between the two lines of ``---``; its first line is line 2 of the file."""

    yaml: str
    body: str


def split_front_matter(content: bytes, path: str) -> SplitFile:
    """Return the two parts of a file, or raise BulletinError naming the line (or the byte) of the mistake.

    One line end after the closing ``---`` and one at the end of the file are not part of the body. A file
    whose first line ends in CR LF is read as if all of its lines ended in LF.
    """
    text = decode_utf8(content, path)
    opening = _OPENING.match(text)
    if opening is None:
        raise BulletinError(error("front-matter", _what_stands_there(text), SourceSpan(path, 1), _BEGIN_HINT))
    if opening[0].endswith("\r\n"):
        text = text.replace("\r\n", "\n")
        opening = _OPENING.match(text) or opening
    closing = _CLOSING.search(text, opening.end() - 1)
    if closing is None:
        hint = "put a line --- between the front matter and the text"
        message = "the front matter that begins here has no end"
        raise BulletinError(error("front-matter-end", message, SourceSpan(path, 1), hint))
    if closing.start() > LONGEST_FRONT_MATTER:
        message = f"the front matter has more than {LONGEST_FRONT_MATTER:,} characters"
        hint = "the text of the article belongs after the second line ---"
        raise BulletinError(error("front-matter-long", message, SourceSpan(path, 1), hint))
    body = text[closing.end() :].removeprefix("\n").removesuffix("\n")
    return SplitFile(text[opening.end() : closing.start() + 1], body)


def join_front_matter(table: Mapping[str, Any], body: str) -> bytes:
    """Return the bytes of a file with this front matter; `split_front_matter` gives its YAML and the body."""
    from generator.content.yaml_text import format_yaml  # most builds write no file of content

    yaml = format_yaml(table)
    return (f"---\n{yaml}---\n\n{body}\n" if body else f"---\n{yaml}---\n").encode()


def decode_utf8(content: bytes, path: str) -> str:
    """Return UTF-8 text without its byte order mark, or raise BulletinError naming the byte."""
    try:
        return content.removeprefix(_BOM).decode()
    except UnicodeDecodeError as failure:
        start = failure.start + len(_BOM) * content.startswith(_BOM)
        line = content.count(b"\n", 0, start) + 1
        message = f"not UTF-8: byte {start + 1} of the file is 0x{content[start]:02x}"
        hint = "save the file as UTF-8 (in the editor: save with encoding)"
        raise BulletinError(error("not-utf-8", message, SourceSpan(path, line), hint)) from None


def _what_stands_there(text: str) -> str:
    if not text.strip():
        return "the file is empty"
    if text.startswith("+++"):
        return "the front matter is TOML; here it is YAML between lines of ---"
    if text.lstrip().startswith("---"):
        return "the file must begin with ---: something stands before it, or on the same line"
    return "the file has no front matter"
