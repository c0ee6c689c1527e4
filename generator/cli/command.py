"""What every command has: --quiet, --json, an example in its help, one way to end."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable
from functools import wraps
from pathlib import Path
from typing import Any

import click
import msgspec

from generator.cli import exit_codes
from generator.cli.screen import Screen
from generator.diagnostics import BulletinError, Diagnostic, Severity


class Invocation(msgspec.Struct, frozen=True):
    """What the command group knows: the folder named by --site, or None to look for one."""

    site: Path | None


class Ending(msgspec.Struct, frozen=True):
    """How a command ended: the report for --json, its problems, whether warnings count as errors."""

    report: object
    diagnostics: tuple[Diagnostic, ...] = ()
    is_strict: bool = False

    @property
    def exit_code(self) -> int:
        limit = Severity.WARNING if self.is_strict else Severity.ERROR
        worst = max((diagnostic.severity for diagnostic in self.diagnostics), default=Severity.NOTICE)
        return exit_codes.USER_CAN_FIX if worst >= limit else exit_codes.FINE


def bulletin_command(
    name: str, *, example: str, epilog: str = "", collects_garbage: bool = True
) -> Callable[[Callable[..., Ending]], click.Command]:
    """Make a command of a function (screen, invocation, **options) → Ending. Python looks for garbage
    meanwhile, unless the command is over so soon that nothing is gained by it."""

    def decorate(function: Callable[..., Ending]) -> click.Command:
        @click.pass_context
        @wraps(function)
        def run(context: click.Context, /, quiet: bool, as_json: bool, **options: Any) -> None:
            if collects_garbage:
                gc.enable()
            context.exit(_run(function, Screen(quiet, as_json), context.obj, options))

        footer = f"Example:  {example}" + (f"\n\n{epilog}" if epilog else "")
        command = click.command(name, epilog=footer)(run)
        command.params += _common_options()
        return command

    return decorate


def _common_options() -> list[click.Option]:
    return [
        click.Option(["--quiet", "-q"], is_flag=True, help="Show problems only."),
        click.Option(["--json", "as_json"], is_flag=True, help="Print the report as JSON."),
    ]


def _run(
    function: Callable[..., Ending], screen: Screen, invocation: Invocation, options: dict[str, Any]
) -> int:
    try:
        ending = function(screen, invocation, **options)
    except BulletinError as failure:
        screen.show_diagnostics(failure.diagnostics)
        screen.show_json({"ok": False, "report": None, "diagnostics": _as_rows(failure.diagnostics)})
        return exit_codes.USER_CAN_FIX
    screen.show_diagnostics(ending.diagnostics)
    document = {"ok": ending.exit_code == exit_codes.FINE, "report": _bare(ending.report)}
    screen.show_json({**document, "diagnostics": _as_rows(ending.diagnostics)})
    return ending.exit_code


def _bare(report: object) -> object:
    """A report without its diagnostics: in the document they stand beside it."""
    if not isinstance(report, msgspec.Struct):
        return report
    names = [name for name in report.__struct_fields__ if name != "diagnostics"]
    return {name: _bare(getattr(report, name)) for name in names}


def _as_rows(diagnostics: Iterable[Diagnostic]) -> list[dict[str, object]]:
    return [
        {
            "severity": diagnostic.severity.label,
            "code": diagnostic.code,
            "message": diagnostic.message,
            "path": diagnostic.span.path if diagnostic.span else "",
            "line": diagnostic.span.line if diagnostic.span else 0,
            "column": diagnostic.span.column if diagnostic.span else 0,
            "hint": diagnostic.hint,
        }
        for diagnostic in sorted(dict.fromkeys(diagnostics), key=lambda diagnostic: diagnostic.sort_key)
    ]
