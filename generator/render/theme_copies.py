"""A site's copies of single templates, and what has changed in the originals since.

The original as it was when it was copied is kept in ``themes/<name>/.origins/``: changes can be shown.
"""

from collections.abc import Iterator
from difflib import unified_diff
from pathlib import Path

import msgspec

from generator.diagnostics import BulletinError, Diagnostic, SourceSpan, error, nearest_name_hint
from generator.render.theme_layers import THEMES_FOLDER, ThemeShelf, builtin_themes_folder, read_text
from generator.render.themes import PARENT, Theme, ThemeTemplate, load_theme

ORIGINS_FOLDER = ".origins"


class ThemeEntry(msgspec.Struct, frozen=True):
    """A theme that can be chosen. `shown` is its folder; `is_builtin`: it comes with the program."""

    name: str
    title: str
    description: str
    extends: str
    shown: str
    is_builtin: bool


class UpstreamChange(msgspec.Struct, frozen=True):
    """A copy whose original is no longer what it was. `diff` leads from the old original to the new.

    `is_gone`: the original no longer exists. `is_unrecorded`: nobody knows what the copy was made from, and
    `diff` leads from the copy to the original.
    """

    template: str
    shown: str
    diff: str
    is_gone: bool = False
    is_unrecorded: bool = False


def list_themes(
    site_root: Path, builtin: Path | None = None
) -> tuple[tuple[ThemeEntry, ...], tuple[Diagnostic, ...]]:
    """Return every theme that can be chosen, by name, and what is wrong with the others."""
    shelf = ThemeShelf(site_root, builtin or builtin_themes_folder())
    entries: list[ThemeEntry] = []
    problems: list[Diagnostic] = []
    for name in shelf.names():
        try:
            layers = shelf.layers_of(name)
        except BulletinError as mistake:
            problems.extend(mistake.diagnostics)
            continue
        layer = next(layer for layer in layers if layer.settings)
        assert layer.settings
        settings = layer.settings
        is_builtin = layer.folder.resolve().parent == shelf.builtin.resolve()
        entries.append(
            ThemeEntry(name, settings.name, settings.description, settings.extends, layer.shown, is_builtin)
        )
    return tuple(entries), tuple(problems)


def copy_template(site_root: Path, theme_name: str, template: str, builtin: Path | None = None) -> Path:
    """Copy a template of a theme into the site's folder of that theme, where it replaces the original.

    Returns the path of the copy. BulletinError when there is no such template or the copy is there already.
    """
    theme = load_theme(site_root, theme_name, builtin)
    original = theme.templates.get(template)
    if original is None or original.name != template:
        hint = nearest_name_hint(template, theme.template_names())
        message = f'the theme "{theme_name}" has no template "{template}"'
        raise BulletinError(error("template-missing", message, None, hint))
    copy = _copies(site_root, theme_name) / template
    if copy.exists():
        span = SourceSpan(copy.relative_to(site_root).as_posix())
        hint = "edit it, or delete it first to begin again from the original"
        raise BulletinError(error("template-copied", "the site has this template already", span, hint))
    _write(_origins(site_root, theme_name) / template, original.source, site_root)
    _write(copy, original.source, site_root)
    return copy


def changed_upstream(
    site_root: Path, theme_name: str, builtin: Path | None = None
) -> tuple[UpstreamChange, ...]:
    """Return the site's templates whose originals have changed since they were copied."""
    theme = load_theme(site_root, theme_name, builtin)
    return tuple(_changes(site_root, theme_name, theme))


def accept_upstream(site_root: Path, theme_name: str, template: str, builtin: Path | None = None) -> None:
    """Record that the copy of `template` has been brought up to date with the original."""
    theme = load_theme(site_root, theme_name, builtin)
    original = theme.templates.get(theme.resolve(f"{PARENT}{template}", template))
    if original is None:
        hint = nearest_name_hint(template, theme.template_names())
        raise BulletinError(error("template-missing", f'"{template}" replaces no other template', None, hint))
    _write(_origins(site_root, theme_name) / template, original.source, site_root)


def _changes(site_root: Path, theme_name: str, theme: Theme) -> Iterator[UpstreamChange]:
    own = f"{THEMES_FOLDER}/{theme_name}/templates/"
    for name in theme.template_names():
        copy = theme.templates[name]
        if copy.shown != own + name:
            continue
        original = theme.templates.get(theme.resolve(f"{PARENT}{name}", name))
        origin = _origins(site_root, theme_name) / name
        if origin.is_file():
            shown = origin.relative_to(site_root).as_posix()
            change = _compare(copy, read_text(origin, shown), original)
            if change:
                yield change
        elif original and original.source != copy.source:
            diff = _diff(copy.source, original.source, copy.shown, original.shown)
            yield UpstreamChange(name, copy.shown, diff, is_unrecorded=True)


def _compare(copy: ThemeTemplate, old: str, original: ThemeTemplate | None) -> UpstreamChange | None:
    if original is None:
        return UpstreamChange(copy.name, copy.shown, "", is_gone=True)
    if original.source == old:
        return None
    diff = _diff(old, original.source, f"{original.shown} (when copied)", original.shown)
    return UpstreamChange(copy.name, copy.shown, diff)


def _diff(old: str, new: str, old_name: str, new_name: str) -> str:
    lines = unified_diff(old.splitlines(), new.splitlines(), old_name, new_name, lineterm="")
    return "\n".join(lines)


def _copies(site_root: Path, theme_name: str) -> Path:
    return site_root / THEMES_FOLDER / theme_name / "templates"


def _origins(site_root: Path, theme_name: str) -> Path:
    return site_root / THEMES_FOLDER / theme_name / ORIGINS_FOLDER


def _write(path: Path, text: str, site_root: Path) -> None:
    """Write a whole file or none, inside the site."""
    shown = SourceSpan(path.relative_to(site_root).as_posix())
    if not path.resolve().is_relative_to(site_root.resolve()):
        hint = "replace the link by a folder"
        raise BulletinError(error("outside", "a link on this path leads out of the site", shown, hint))
    unfinished = path.with_name(f".{path.name}.new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished.write_text(text, encoding="utf-8", newline="\n")
        unfinished.replace(path)
    except OSError as failure:
        message = f"cannot be written: {failure.strerror}"
        raise BulletinError(error("unwritable", message, shown, "check the folder's permissions")) from None
