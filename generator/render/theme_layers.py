"""Which folders a theme consists of: the site's and the program's, along `extends`."""

from collections.abc import Iterator
from pathlib import Path

import msgspec

import generator
from generator.config import parse_theme_settings
from generator.config.theme import THEME_FILE, ThemeSettings
from generator.diagnostics import BulletinError, Diagnostic, SourceSpan, error, nearest_name_hint
from generator.render.folders import shown_path

THEMES_FOLDER = "themes"


class ThemeLayer(msgspec.Struct, frozen=True):
    """A folder with a theme's files, or with single ones that replace those of the layer below.

    `boundary` is the folder no link inside may lead out of; `shown` is what messages call `folder`.
    """

    theme: str
    folder: Path
    shown: str
    boundary: Path
    settings: ThemeSettings | None
    """None for a folder without theme.toml, which only replaces files of the program's theme of that name."""


class ThemeShelf(msgspec.Struct, frozen=True):
    """Where themes are looked for: the site's folder of themes first, then the program's."""

    site_root: Path
    builtin: Path

    def names(self) -> list[str]:
        """Every theme that can be named, sorted."""
        own = self.site_root / THEMES_FOLDER
        return sorted(
            {folder.parent.name for root in (own, self.builtin) for folder in root.glob("*/theme.toml")}
        )

    def layers_of(self, name: str) -> tuple[ThemeLayer, ...]:
        """Return the layers of a theme, nearest first; BulletinError for a missing theme or a cycle."""
        layers: list[ThemeLayer] = []
        asked_by: SourceSpan | None = None
        while name:
            found = tuple(self._own_layers(name, {layer.folder for layer in layers}, asked_by))
            layers += found
            settings = found[-1].settings
            assert settings is not None
            asked_by = SourceSpan(f"{found[-1].shown}/{THEME_FILE}")
            name = settings.extends
        return tuple(layers)

    def _own_layers(self, name: str, used: set[Path], asked_by: SourceSpan | None) -> Iterator[ThemeLayer]:
        """The layers `name` stands for. A site's theme may extend the program's theme of its own name."""
        if name not in self.names():
            raise BulletinError(self._unknown(name, asked_by))
        for root in self._roots():
            folder = root / name
            if folder in used or not folder.is_dir():
                continue
            layer = self._load_layer(name, folder, root)
            yield layer
            if layer.settings:
                return
        hint = "take the line extends out of one of these themes"
        raise BulletinError(
            error("theme-cycle", f'the theme extends "{name}", which extends it', asked_by, hint)
        )

    def _roots(self) -> list[Path]:
        own = self.site_root / THEMES_FOLDER
        # In a checkout of the program the site's themes are the program's.
        return [own] if own.resolve() == self.builtin.resolve() else [own, self.builtin]

    def _load_layer(self, name: str, folder: Path, root: Path) -> ThemeLayer:
        shown = shown_path(folder, self.site_root)
        boundary = self.site_root if folder.is_relative_to(self.site_root) else root
        settings_file = folder / THEME_FILE
        settings = None
        if settings_file.is_file():
            text = read_text(settings_file, f"{shown}/{THEME_FILE}")
            settings = parse_theme_settings(text, f"{shown}/{THEME_FILE}")
        return ThemeLayer(name, folder, shown, boundary, settings)

    def _unknown(self, name: str, asked_by: SourceSpan | None) -> Diagnostic:
        if (self.site_root / THEMES_FOLDER / name).is_dir() and "/" not in name:
            span = SourceSpan(f"{THEMES_FOLDER}/{name}/{THEME_FILE}")
            return error(
                "theme-unknown",
                f'the theme "{name}" has no {THEME_FILE}',
                span,
                'write one with the line name = "…" and, to build on another theme, extends = "default"',
            )
        span = asked_by or SourceSpan("site.toml")
        return error(
            "theme-unknown", f'there is no theme "{name}"', span, nearest_name_hint(name, self.names())
        )


def builtin_themes_folder() -> Path:
    """Return the folder of the themes that come with the program: in the wheel, or beside the package."""
    package = Path(generator.__file__).resolve().parent
    packaged = package / THEMES_FOLDER
    return packaged if packaged.is_dir() else package.parent / THEMES_FOLDER


def read_text(path: Path, shown: str) -> str:
    """Read a UTF-8 file, without a byte order mark; BulletinError when it cannot be read."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as mistake:
        message = f"not UTF-8: byte {mistake.start} is 0x{mistake.object[mistake.start]:02x}"
        raise BulletinError(error("encoding", message, SourceSpan(shown), "save it as UTF-8")) from None
    except OSError as failure:
        message = f"cannot be read: {failure.strerror}"
        raise BulletinError(
            error("unreadable", message, SourceSpan(shown), "check its permissions")
        ) from None
