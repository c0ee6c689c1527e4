"""Mistakes inside front matter, before it is known which file they are in."""

from collections.abc import Iterable
from typing import NamedTuple

from generator.diagnostics import Diagnostic, SourceSpan, error


class Finding(NamedTuple):
    """One mistake. `line` and `column` count from 0 within the YAML text."""

    code: str
    message: str
    line: int
    column: int
    hint: str = ""


class Fault(Exception):
    """A value that cannot be read, with everything wrong inside it."""

    def __init__(self, *findings: Finding) -> None:
        super().__init__(*findings)
        self.findings = findings


def diagnostics_of(findings: Iterable[Finding], path: str) -> list[Diagnostic]:
    """Return the findings as problems of a file whose YAML begins on its second line."""
    return [
        error(found.code, found.message, SourceSpan(path, found.line + 2, found.column + 1), found.hint)
        for found in findings
    ]
