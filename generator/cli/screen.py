"""What a command shows: tables and progress on a terminal, plain lines elsewhere, or one JSON document."""

import json
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any

import msgspec
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from generator.diagnostics import Diagnostic, Severity

# A file name or a front matter must not be able to move the cursor or rename the window.
_CONTROLS = {code: f"\\x{code:02x}" for code in (*range(0x20), *range(0x7F, 0xA0)) if chr(code) not in "\t\n"}
_STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.NOTICE: "cyan"}

Advance = Callable[[str, int, int], None]
"""Called with the name of a step, how much of it is done, and how much there is."""


@dataclass(frozen=True, slots=True)
class Screen:
    """Where a command writes. `quiet` leaves only problems, `as_json` only the document."""

    quiet: bool = False
    as_json: bool = False

    @property
    def out(self) -> Console:
        return Console(file=sys.stdout, highlight=False, soft_wrap=True, emoji=False)

    @property
    def err(self) -> Console:
        return Console(file=sys.stderr, highlight=False, soft_wrap=True, emoji=False)

    def say(self, text: str, style: str = "") -> None:
        if not self.quiet and not self.as_json:
            self.out.print(_shown(text), style=style or None)

    def show_diagnostics(self, diagnostics: Iterable[Diagnostic]) -> None:
        """Print every problem once, in the order of files and lines."""
        if self.as_json:
            return
        err = self.err
        shown = sorted(dict.fromkeys(diagnostics), key=lambda diagnostic: diagnostic.sort_key)
        for diagnostic in shown:
            if not (self.quiet and diagnostic.severity is Severity.NOTICE):
                err.print(_shown(str(diagnostic)), style=_STYLES[diagnostic.severity])

    def show_table(self, title: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
        """A ruled table on a terminal; tab-separated lines elsewhere."""
        if self.quiet or self.as_json:
            return
        out = self.out
        if not out.is_terminal:
            for row in rows:
                print("\t".join(str(cell).translate(_CONTROLS) for cell in row))
            return
        table = Table(title=escape(title) if title else None, title_justify="left", show_edge=False)
        for column in columns:
            table.add_column(escape(column))
        for row in rows:
            table.add_row(*(_shown(str(cell)) for cell in row))
        out.print(table)

    def show_json(self, document: object) -> None:
        if self.as_json:
            plain = msgspec.to_builtins(document, enc_hook=_plain, str_keys=True)
            print(json.dumps(plain, ensure_ascii=False, indent=2))

    @contextmanager
    def progress(self) -> Iterator[Advance]:
        """Yield a function that moves a bar; without a terminal it does nothing."""
        if self.quiet or self.as_json or not sys.stderr.isatty():
            yield lambda _step, _done, _total: None
            return
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        # No refresh thread: workers are forked while a bar is shown.
        with Progress(*columns, console=self.err, transient=True, auto_refresh=False) as bars:
            tasks: dict[str, Any] = {}

            def advance(step: str, done: int, total: int) -> None:
                if step not in tasks:
                    tasks[step] = bars.add_task(step, total=total)
                bars.update(tasks[step], completed=done, total=total)
                if done == total or done % 16 == 0:
                    bars.refresh()

            yield advance


def counted(count: int, noun: str) -> str:
    """Return "1 issue", "2 issues"."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def _shown(text: str) -> str:
    """Text as it is printed: without markup, without control characters."""
    return escape(text.translate(_CONTROLS))


def _plain(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    return str(value)
