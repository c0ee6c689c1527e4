"""The command ``bulletin``: a group of commands, each loaded when it is called."""

import importlib
import sys
import traceback
from pathlib import Path
from tempfile import NamedTemporaryFile

import click

from generator import __version__
from generator.cli import exit_codes
from generator.cli.command import Invocation

COMMANDS = ("new", "convert", "build", "serve", "check", "review", "theme")
"""One module of generator.cli.commands each, which names its command ``command``."""


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
    """Run the command line; a bug ends with exit code 70, one line, and the whole story in a file."""
    try:
        bulletin.main(prog_name="bulletin", standalone_mode=True)
    except KeyboardInterrupt:
        sys.exit(exit_codes.INTERRUPTED)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(exit_codes.FINE)
    except Exception as bug:
        print(_bug_line(bug), file=sys.stderr)
        sys.exit(exit_codes.BUG)


def _bug_line(bug: Exception) -> str:
    with NamedTemporaryFile("w", prefix="bulletin-bug-", suffix=".txt", delete=False) as story:
        traceback.print_exc(file=story)
    message = " ".join(str(bug).split())
    return f"error[bug]: {type(bug).__name__}: {message} · hint: please report it with the file {story.name}"
