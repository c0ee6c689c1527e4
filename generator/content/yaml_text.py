"""Values → YAML that people like to read and every reader of front matter understands alike.

Texts are plain where that is safe for readers of YAML 1.1 and 1.2, in double quotes otherwise; a text of
several lines is a block. Tables and lists stand in the order given.
"""

import datetime
import functools
import re
from collections.abc import Mapping
from typing import Any

# What some reader takes for null, a truth value, a number, a time or a merge: SafeLoader (YAML 1.1), the core
# schema of YAML 1.2, and Psych (Jekyll), which allows commas in numbers.
_NOT_TEXT = re.compile(
    r"~|null|<<|=|y|n|yes|no|on|off|true|false|[-+]?\.inf|\.nan"
    r"|[-+]?(?:0x[0-9a-f_]+|0o[0-7_]+|0b[01_]+)"
    r"|[-+]?[0-9_,]*+\.?[0-9_,]*+(?:e[-+]?[0-9]+)?"
    r"|[-+]?[0-9_]++(?::[0-9_]++)+(?:\.[0-9_]*)?"
    r"|[0-9]+-[0-9]+-[0-9]+(?:(?:t|[ \t]+)[0-9].*)?",
    re.IGNORECASE,
)
_SAFE_START = re.compile(r"[^\s\-?:,\[\]{}#&*!|>'\"%@`]|[-?:](?=[^\s\-?:,\[\]{}])")
_UNSAFE_INSIDE = re.compile(r":(?=\s|\Z)|\s#")
_UNPRINTABLE = "\x00-\x1f\x7f-\xa0\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff"
_CHINESE = re.compile("[\u3400-\u9fff][\u3400-\u9fff，。、；：？！…“”《》（）·0-9A-Za-z]*")
"""Most texts: what every reader takes for a text at once."""
_ONE_LINE = re.compile(f"[^{_UNPRINTABLE}]+")
_BLOCK = re.compile(
    f"[^\\s{_UNPRINTABLE}][^{_UNPRINTABLE}]*(?:\n+[^\\s{_UNPRINTABLE}][^{_UNPRINTABLE}]*)+\n?"
)
_ESCAPED = re.compile(f'["\\\\{_UNPRINTABLE}]')
_MOST_REMEMBERED = 4096
"""Texts: keys, and names and words that stand in many files."""
_STEP = "  "
_SCALARS = frozenset((str, int, float, bool, datetime.date, type(None)))
"""Types of most values that are no collection."""
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}


def format_yaml(table: Mapping[str, Any]) -> str:
    """Return the table as YAML lines; "" for an empty one.

    Values are texts, truth values, numbers, dates, None, lists (or tuples) and tables of these.
    """
    return "\n".join([*_table_lines(table, ""), ""]) if table else ""


def _table_lines(table: Mapping[str, Any], indent: str) -> list[str]:
    lines: list[str] = []
    for key, value in table.items():
        opening = f"{indent}{_text(str(key))}:"
        if _is_collection(value):
            lines.append(opening)
            lines += _collection_lines(value, indent + _STEP)
        else:
            lines += _entry(opening, value, indent)
    return lines


def _is_collection(value: Any) -> bool:
    """Say whether the value has lines of its own; an empty list or table has none."""
    # To ask whether a value is a Mapping takes longer than to write it.
    return type(value) not in _SCALARS and isinstance(value, (list, tuple, Mapping)) and bool(value)


def _collection_lines(value: Any, indent: str) -> list[str]:
    return _table_lines(value, indent) if isinstance(value, Mapping) else _list_lines(value, indent)


def _list_lines(items: Any, indent: str) -> list[str]:
    lines: list[str] = []
    opening = f"{indent}-"
    for item in items:
        if _is_collection(item):
            inner = indent + _STEP
            first, *rest = _collection_lines(item, inner)
            lines += [f"{opening} {first[len(inner) :]}", *rest]
        else:
            lines += _entry(opening, item, indent)
    return lines


def _entry(opening: str, value: Any, indent: str) -> list[str]:
    """One line, or a block: ``|`` and the lines of the text, indented."""
    if type(value) is str and "\n" not in value:  # most are
        return [f"{opening} {_text(value)}"]
    if isinstance(value, str) and "\n" in value and _BLOCK.fullmatch(value):
        mark = "|" if value.endswith("\n") else "|-"
        inner = value.removesuffix("\n").split("\n")
        return [f"{opening} {mark}", *[f"{indent}{_STEP}{line}" if line else "" for line in inner]]
    return [f"{opening} {_scalar(value)}"]


def _scalar(value: Any) -> str:
    if isinstance(value, str):
        return _text(value)
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return _float(value)
    if isinstance(value, (int, datetime.date)):
        return str(value)
    return "{}" if isinstance(value, Mapping) else "[]"


@functools.lru_cache(maxsize=_MOST_REMEMBERED)
def _text(text: str) -> str:
    return text if _is_plain(text) else f'"{_ESCAPED.sub(_escape, text)}"'


def _is_plain(text: str) -> bool:
    return _CHINESE.fullmatch(text) is not None or (
        _ONE_LINE.fullmatch(text) is not None
        and text == text.strip()
        and _SAFE_START.match(text) is not None
        and _UNSAFE_INSIDE.search(text) is None
        and _NOT_TEXT.fullmatch(text) is None
    )


def _escape(found: re.Match[str]) -> str:
    character = found[0]
    code = ord(character)
    return _ESCAPES.get(character) or (f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}")


def _float(value: float) -> str:
    text = repr(value)
    if text in ("inf", "-inf", "nan"):
        return text.replace("inf", ".inf").replace("nan", ".nan")
    if "e" in text and "." not in text:
        return text.replace("e", ".0e")  # YAML 1.1 knows no 1e-05
    return text
