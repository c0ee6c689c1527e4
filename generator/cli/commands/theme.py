"""bulletin theme"""

from pathlib import Path

import click
import msgspec

from generator.cli.command import Ending, Invocation, bulletin_command
from generator.cli.screen import Screen
from generator.pipeline.site_folder import find_site_root, load_site
from generator.render.theme_copies import (
    ThemeEntry,
    UpstreamChange,
    accept_upstream,
    changed_upstream,
    copy_template,
    list_themes,
)


class ThemesReport(msgspec.Struct, frozen=True):
    """Every theme that can be chosen, and which one the site uses."""

    used: str
    themes: tuple[ThemeEntry, ...]


class CopyReport(msgspec.Struct, frozen=True):
    """The template that was copied or brought up to date."""

    theme: str
    template: str
    path: str


class ChangesReport(msgspec.Struct, frozen=True):
    """Copies of templates whose originals have changed since."""

    theme: str
    changes: tuple[UpstreamChange, ...]


@bulletin_command(
    "theme",
    example="bulletin theme --copy parts/masthead.html",
    epilog="Without options it lists the themes. docs/themes.md says how to make one.",
)
@click.option("--theme", "name", metavar="NAME", help="Theme to work on. Default: the one in site.toml.")
@click.option(
    "--copy", "copied", metavar="TEMPLATE", help="Copy a template into the site, to be changed there."
)
@click.option(
    "--changes", is_flag=True, help="Show what changed in the originals of copied templates since the copy."
)
@click.option(
    "--accept", "accepted", metavar="TEMPLATE", help="Note that a copy has taken these changes over."
)
def command(
    screen: Screen,
    invocation: Invocation,
    name: str | None,
    copied: str | None,
    changes: bool,
    accepted: str | None,
) -> Ending:
    """List themes, copy a template to change it, see what changed in the originals since."""
    if sum((copied is not None, changes, accepted is not None)) > 1:
        raise click.UsageError("use one of --copy, --changes and --accept at a time")
    root = find_site_root(invocation.site, Path.cwd())
    used = load_site(root).settings.theme
    theme = name or used
    if copied is not None:
        return _copy(screen, root, theme, copied)
    if accepted is not None:
        return _accept(screen, root, theme, accepted)
    return _show_changes(screen, root, theme) if changes else _list(screen, root, used)


def _list(screen: Screen, root: Path, used: str) -> Ending:
    themes, problems = list_themes(root)
    rows = [
        ("*" if theme.name == used else "", theme.name, theme.extends, theme.shown, theme.description)
        for theme in themes
    ]
    screen.show_table("", ("", "theme", "extends", "folder", "description"), rows)
    return Ending(ThemesReport(used, themes), problems)


def _copy(screen: Screen, root: Path, theme: str, template: str) -> Ending:
    path = copy_template(root, theme, template).relative_to(root).as_posix()
    screen.say(f"copied to {path}: change it there")
    return Ending(CopyReport(theme, template, path))


def _accept(screen: Screen, root: Path, theme: str, template: str) -> Ending:
    accept_upstream(root, theme, template)
    path = f"themes/{theme}/templates/{template}"
    screen.say(f"{path} is up to date with its original")
    return Ending(CopyReport(theme, template, path))


def _show_changes(screen: Screen, root: Path, theme: str) -> Ending:
    changes = changed_upstream(root, theme)
    if not changes:
        screen.say("no original of a copied template has changed")
    for change in changes:
        screen.say(f"{change.shown}: {_what_changed(change)}", "bold")
        if change.diff:
            screen.say(change.diff)
    return Ending(ChangesReport(theme, changes))


def _what_changed(change: UpstreamChange) -> str:
    if change.is_gone:
        return "its original no longer exists"
    if change.is_unrecorded:
        return "differs from the original; when it was copied is not recorded"
    return f"its original has changed; then: bulletin theme --accept {change.template}"
