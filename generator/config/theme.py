"""theme.toml: what a theme is called and which theme it builds on."""

from collections.abc import Mapping
from typing import Any

import msgspec

from generator.config import checks
from generator.config.tables import Key, check_table, parse_toml
from generator.diagnostics import BulletinError

THEME_FILE = "theme.toml"

THEME_KEYS: tuple[Key, ...] = (
    Key("name", checks.some_text, "", "name of the theme for people", '"Gazette"', required=True),
    Key(
        "extends", checks.text, "", "theme whose templates and files it takes where it has none", '"default"'
    ),
    Key("description", checks.text, "", "what the theme is for, in one sentence", '"…"'),
    Key("options", checks.table, {}, "values handed to templates as theme.options", "{ columns = 3 }"),
)


class ThemeSettings(msgspec.Struct, frozen=True, kw_only=True):
    """The checked values of a theme.toml; THEME_KEYS says what each means."""

    name: str
    extends: str
    description: str
    options: Mapping[str, Any]


def parse_theme_settings(text: str, path: str) -> ThemeSettings:
    """Return the settings, or raise BulletinError with every problem of the file."""
    values, problems = check_table(parse_toml(text, path), THEME_KEYS, text, path, "theme")
    if problems:
        raise BulletinError(problems)
    return ThemeSettings(**values)
