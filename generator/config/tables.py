"""A TOML table against the list of keys it may hold: every problem gathered, each with its line."""

import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import msgspec

from generator.diagnostics import BulletinError, Diagnostic, SourceSpan, error, nearest_name_hint

_TOML_POSITION = re.compile(r"\(at line (\d+), column (\d+)\)")


class Key(msgspec.Struct, frozen=True):
    """A key a table may hold. `check` returns the value to keep or raises ValueError."""

    name: str
    check: Callable[[object], Any]
    default: Any
    meaning: str
    example: str = ""
    required: bool = False


def parse_toml(text: str, path: str) -> dict[str, Any]:
    """Return the table of a TOML file, or raise BulletinError naming the line of the first mistake."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as mistake:
        position = _TOML_POSITION.search(str(mistake))
        line, column = (int(position[1]), int(position[2])) if position else (0, 0)
        message = _TOML_POSITION.sub("", str(mistake)).strip()
        hint = "strings stand in double quotes, one key = value a line; see https://toml.io"
        raise BulletinError(error("toml", message, SourceSpan(path, line, column), hint)) from None


def check_table(
    table: Mapping[str, Any], keys: Sequence[Key], text: str, path: str, code: str, first_line: int = 1
) -> tuple[dict[str, Any], list[Diagnostic]]:
    """Return the checked values (defaults where absent) and every problem of the table.

    `text` is the whole file, used to find the line of a key from `first_line` on.
    """
    values: dict[str, Any] = {key.name: key.default for key in keys}
    known = {key.name: key for key in keys}
    problems: list[Diagnostic] = []
    for name, value in table.items():
        if name not in known:
            span = SourceSpan(path, line_of_key(text, name, first_line))
            hint = nearest_name_hint(name, known)
            problems.append(error(f"{code}-key", f'unknown key "{name}"', span, hint))
            continue
        try:
            values[name] = known[name].check(value)
        except ValueError as mistake:
            example = known[name].example
            span = SourceSpan(path, line_of_key(text, name, first_line))
            hint = f"write {name} = {example}" if example else known[name].meaning
            problems.append(error(f"{code}-value", f"{name}: {mistake}", span, hint))
    for key in keys:
        if key.required and key.name not in table:
            hint = f"add {key.name} = {key.example}"
            problems.append(
                error(f"{code}-missing", f'key "{key.name}" is missing', SourceSpan(path, first_line), hint)
            )
    return values, problems


def line_of_key(text: str, name: str, first_line: int = 1) -> int:
    """Return the line (from 1) on or after `first_line` where `name` is set or opens a table; 0 if none."""
    bare = re.escape(name)
    pattern = re.compile(rf'^\s*(?:["\']?{bare}["\']?\s*[=.]|\[+\s*["\']?{bare}["\']?\s*[\].])')
    for number, line in enumerate(text.splitlines(), start=1):
        if number >= first_line and pattern.match(line):
            return number
    return 0
