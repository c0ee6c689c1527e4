"""The command ``bulletin``: a group of commands, each loaded when it is called."""

import gc
import importlib
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from io import TextIOWrapper
from pathlib import Path

import click

from generator import __version__
from generator.cli import exit_codes
from generator.cli.command import Invocation

COMMANDS = {
    "new": "Make a new site in DIR: settings, a sample issue, topics, pages.",
    "convert": "Turn raw issues into Markdown articles.",
    "build": "Convert what is new, then build the site into output/.",
    "serve": "Show the site while you write: build, watch, reload the open page.",
    "check": "Look for what is wrong in the content; write nothing.",
    "review": "Show what conversion did to an issue, in the order of its raw lines.",
    "theme": "List themes, copy a template to change it, see what changed in the originals since.",
}
"""Name → what it does, in one sentence: one module of generator.cli.commands each, with its ``command``.

The sentences stand here, too, so that ``bulletin --help`` need not load the commands.
"""


class LazyCommands(click.Group):
    """Imports a command's module when it is asked for, so that start-up stays quick."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        del ctx
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        del ctx
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"generator.cli.commands.{cmd_name}")
        command: click.Command = module.command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        del ctx
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        from generator.diagnostics import nearest_name_hint

        name = args[0] if args else ""
        if name and not name.startswith("-") and name not in COMMANDS:
            ctx.fail(f'no such command "{name}"; {nearest_name_hint(name, COMMANDS)}')
        return super().resolve_command(ctx, args)


@click.group(
    cls=LazyCommands,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Example:  bulletin --site my-bulletin build",
)
@click.option(
    "--site",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="Folder of the site. Default: this folder, or the nearest one above it with a site.toml.",
)
@click.version_option(__version__, prog_name="bulletin")
@click.pass_context
def bulletin(context: click.Context, site: Path | None) -> None:
    """Raw bulletin issues in, a clean and searchable static site out."""
    context.obj = Invocation(site)


def main() -> None:
    """Run the command line and end the process with its exit code."""
    gc.disable()  # loading modules makes no garbage
    # An issue leaves a thousand objects of garbage behind and makes a million: to look every 700 of them, as
    # Python does, takes a twentieth of a conversion.
    gc.set_threshold(50_000)
    # numpy would start a thread on every core for products of matrices, which nobody asks for. They wait for
    # work in a loop at first: two processes that load it at once would hold each other up.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            # A file name or a terminal that knows no Chinese must not end a build.
            stream.reconfigure(errors="backslashreplace")
    code = run(sys.argv[1:])
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError):
            stream.flush()
    # Not sys.exit: taking down what a build of a large archive has made takes as long as some of its steps.
    os._exit(code)


def run(arguments: Sequence[str]) -> int:
    """Return the exit code; a bug ends with 70, one line, and the whole story in a file."""
    try:
        code = bulletin.main(list(arguments), prog_name="bulletin", standalone_mode=False)
        sys.stdout.flush()
        return int(code or exit_codes.FINE)
    except click.ClickException as mistake:
        _explain(mistake).show()
        return exit_codes.USAGE
    except (click.Abort, KeyboardInterrupt):
        return exit_codes.INTERRUPTED
    except BrokenPipeError:
        # Whoever read the output has gone; what is left in the buffer must not fail at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return exit_codes.USER_CAN_FIX
    except Exception as bug:
        print(_bug_line(bug), file=sys.stderr)
        return exit_codes.BUG


def _explain(mistake: click.ClickException) -> click.ClickException:
    if isinstance(mistake, click.NoSuchOption) and mistake.option_name == "--site":
        message = "--site stands before the command: bulletin --site DIR COMMAND"
        return click.UsageError(message, mistake.ctx)
    return mistake


def _bug_line(bug: Exception) -> str:
    import traceback
    from tempfile import NamedTemporaryFile

    with NamedTemporaryFile(
        "w", prefix="bulletin-bug-", suffix=".txt", delete=False, encoding="utf-8", errors="backslashreplace"
    ) as story:
        traceback.print_exc(file=story)
    message = " ".join(str(bug).split())
    return f"error[bug]: {type(bug).__name__}: {message} · hint: please report it with the file {story.name}"
