"""Raw text → Markdown that shows exactly that text."""

import re

# What Python-Markdown lets a backslash escape is escaped so; the rest becomes a character reference.
_SIGNS = r"\\`*_\[\]{}<>&|"
_INLINE = re.compile(rf"[{_SIGNS}]|~(?=~)|(?<=~)~")
_PLAIN = re.compile(rf"[^{_SIGNS}~\s\d#+=:-][^{_SIGNS}~\n]*")
"""Most texts: one line without anything to be escaped."""
_REFERENCES = {"&": "&amp;", "<": "&lt;", "|": "&#124;", "~": "&#126;"}
_INDENT = re.compile(r"(?m)^[ \t]+")
_LINE_START = re.compile(
    r"(?m)^(?P<mark>#{1,6}|[+-](?=\s|$)|[-=]+(?=[-= \t]*$)|:(?=[: \t]))"
    r"|^(?P<number>\d+)(?P<point>[.)])(?=\s|$)"
)


def escape_markdown(text: str) -> str:
    """Return Markdown that renders as `text`, in one paragraph; line breaks stay line breaks of the source.

    Spaces at the beginning of a line go: four of them would make it code.
    """
    if _PLAIN.fullmatch(text):
        return text
    return _LINE_START.sub(_escape_start, _INLINE.sub(_escape_inline, _INDENT.sub("", text)))


def hard_breaks(markdown: str) -> str:
    """Make every line break of `markdown` one that readers see."""
    return "  \n".join(markdown.split("\n"))


def _escape_inline(match: re.Match[str]) -> str:
    character = match.group()
    return _REFERENCES.get(character, f"\\{character}")


def _escape_start(match: re.Match[str]) -> str:
    if match["number"]:
        return f"{match['number']}\\{match['point']}"
    mark = match["mark"]
    if mark[0] in "=:":
        return f"&#{ord(mark[0])};{mark[1:]}"
    return f"\\{mark}"
