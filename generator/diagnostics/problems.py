"""Diagnostic, SourceSpan and the one exception tree."""

from collections.abc import Iterable
from enum import IntEnum

import msgspec


class Severity(IntEnum):
    """How bad a problem is; higher is worse. Errors make a command exit with 1."""

    NOTICE = 1
    WARNING = 2
    ERROR = 3

    @property
    def label(self) -> str:
        return self.name.lower()


class SourceSpan(msgspec.Struct, frozen=True, order=True):
    """A place in a file. `path` is relative to the site, with forward slashes.

    `line` and `column` count from 1; 0 means the file (or the line) as a whole.
    """

    path: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        parts = [self.path]
        if self.line:
            parts.append(str(self.line))
            if self.column:
                parts.append(str(self.column))
        return ":".join(parts)


class Diagnostic(msgspec.Struct, frozen=True):
    """One problem: what (`message`), where (`span`), what to do (`hint`).

    `code` is a stable kebab-case name of the kind of problem, e.g. ``front-matter-key``.
    """

    severity: Severity
    code: str
    message: str
    span: SourceSpan | None = None
    hint: str = ""

    def __str__(self) -> str:
        where = f"{self.span}: " if self.span else ""
        hint = f" · hint: {self.hint}" if self.hint else ""
        line = f"{where}{self.severity.label}[{self.code}]: {self.message}{hint}"
        return line.replace("\r", " ").replace("\n", " ")

    @property
    def sort_key(self) -> tuple[str, int, int, int, str, str]:
        """File, line, column, worst first, code, message: the order in which problems are shown."""
        span = self.span or SourceSpan("")
        return (span.path, span.line, span.column, -self.severity, self.code, self.message)


class BulletinError(Exception):
    """Work that cannot go on, for reasons the user can mend. Never empty."""

    def __init__(self, diagnostics: Diagnostic | Iterable[Diagnostic]) -> None:
        found = (diagnostics,) if isinstance(diagnostics, Diagnostic) else tuple(diagnostics)
        self.diagnostics: tuple[Diagnostic, ...] = found
        super().__init__("\n".join(str(diagnostic) for diagnostic in found))

    def __reduce__(self) -> tuple[type["BulletinError"], tuple[tuple[Diagnostic, ...]]]:
        return (type(self), (self.diagnostics,))


def error(code: str, message: str, span: SourceSpan | None = None, hint: str = "") -> Diagnostic:
    return Diagnostic(Severity.ERROR, code, message, span, hint)


def warning(code: str, message: str, span: SourceSpan | None = None, hint: str = "") -> Diagnostic:
    return Diagnostic(Severity.WARNING, code, message, span, hint)


def notice(code: str, message: str, span: SourceSpan | None = None, hint: str = "") -> Diagnostic:
    return Diagnostic(Severity.NOTICE, code, message, span, hint)
