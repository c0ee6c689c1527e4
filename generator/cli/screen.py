"""What a command shows: tables and progress on a terminal, plain lines elsewhere, or one JSON document."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from typing import IO, TYPE_CHECKING, Any

import msgspec

from generator.diagnostics import Diagnostic, Severity

# rich takes longer to load than most commands take to run: it is loaded where there is a terminal to draw on.
if TYPE_CHECKING:
    from rich.console import Console

# A file name or a front matter must not be able to move the cursor or rename the window.
_CONTROLS = {code: f"\\x{code:02x}" for code in (*range(0x20), *range(0x7F, 0xA0)) if chr(code) not in "\t\n"}
_STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.NOTICE: "cyan"}

Advance = Callable[[str, int, int], None]
"""Called with the name of a step, how much of it is done, and how much there is."""


class Screen(msgspec.Struct, frozen=True):
    """Where a command writes. `quiet` leaves only problems, `as_json` only the document."""

    quiet: bool = False
    as_json: bool = False

    def say(self, text: str, style: str = "") -> None:
        if not self.quiet and not self.as_json:
            _print_line(sys.stdout, text, style)

    def show_diagnostics(self, diagnostics: Iterable[Diagnostic]) -> None:
        """Print every problem once, in the order of files and lines."""
        if self.as_json:
            return
        for diagnostic in sorted(dict.fromkeys(diagnostics), key=lambda diagnostic: diagnostic.sort_key):
            if not (self.quiet and diagnostic.severity is Severity.NOTICE):
                _print_line(sys.stderr, str(diagnostic), _STYLES[diagnostic.severity])

    def show_table(self, title: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
        """A ruled table on a terminal; tab-separated lines elsewhere."""
        if self.quiet or self.as_json:
            return
        if not _is_terminal(sys.stdout):
            for row in rows:
                print("\t".join(_shown(cell) for cell in row))
            return
        from rich.markup import escape
        from rich.table import Table

        table = Table(title=escape(title) if title else None, title_justify="left", show_edge=False)
        for column in columns:
            table.add_column(escape(column))
        for row in rows:
            table.add_row(*(escape(_shown(cell)) for cell in row))
        _console(sys.stdout).print(table)

    def show_json(self, document: object) -> None:
        if self.as_json:
            import json

            import msgspec

            plain = msgspec.to_builtins(document, enc_hook=_plain, str_keys=True)
            print(json.dumps(plain, ensure_ascii=False, indent=2))

    @contextmanager
    def progress(self) -> Iterator[Advance]:
        """Yield a function that moves a bar; without a terminal it does nothing."""
        if self.quiet or self.as_json or not sys.stderr.isatty():
            yield lambda _step, _done, _total: None
            return
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        # No refresh thread: workers are forked while a bar is shown.
        with Progress(*columns, console=_console(sys.stderr), transient=True, auto_refresh=False) as bars:
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


def _is_terminal(stream: IO[str]) -> bool:
    """Whether to draw for the stream; as rich has it, FORCE_COLOR asks for colours in a file, too."""
    return stream.isatty() or bool(os.environ.get("FORCE_COLOR"))


def _console(stream: IO[str]) -> Console:
    from rich.console import Console

    return Console(file=stream, highlight=False, soft_wrap=True, emoji=False)


def _print_line(stream: IO[str], text: str, style: str) -> None:
    line = _shown(text)
    if _is_terminal(stream):
        _console(stream).print(line, style=style or None, markup=False)
    else:
        print(line, file=stream, flush=True)  # whoever reads along must not wait for a full buffer


def _shown(value: object) -> str:
    """Text as it is printed: without control characters."""
    return str(value).translate(_CONTROLS)


def _plain(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    return str(value)
