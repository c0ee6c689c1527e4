"""The generated parts of docs/: the tables of keys in content.md, and schema/*.json.

``python -m generator.content.reference docs`` writes them.
"""

import re
import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from generator.config import SITE_KEYS
from generator.config import Key as ConfigKey
from generator.config.taxonomy import NAME_KEYS, TOPIC_KEYS
from generator.content.keys import (
    ARTICLE_KEYS,
    CORRECTION_KEYS,
    DOUBT_KEYS,
    EVENT_KEYS,
    ISSUE_KEYS,
    PAGE_KEYS,
)
from generator.content.schema import SCHEMAS, render_schema
from generator.content.tables import Key, KeyTable

_TABLE = re.compile(r"(<!-- table: ([a-z-]+) -->\n).*?(<!-- end of table -->)", re.DOTALL)


def fill_tables(text: str) -> str:
    """Return the page with each table between its two comments made anew; KeyError for an unknown one."""
    return _TABLE.sub(lambda found: f"{found[1]}\n{TABLES[found[2]]()}\n{found[3]}", text)


def _front_matter(keys: KeyTable) -> Callable[[], str]:
    return lambda: _table(_front_matter_row(key) for key in keys.by_name.values())


def _settings(keys: Iterable[ConfigKey]) -> Callable[[], str]:
    return lambda: _table(_setting_row(key) for key in keys)


TABLES: Mapping[str, Callable[[], str]] = {
    "article": _front_matter(ARTICLE_KEYS),
    "event": _front_matter(EVENT_KEYS),
    "doubt": _front_matter(DOUBT_KEYS),
    "correction": _front_matter(CORRECTION_KEYS),
    "issue": _front_matter(ISSUE_KEYS),
    "page": _front_matter(PAGE_KEYS),
    "site": _settings(SITE_KEYS),
    "topic": _settings(TOPIC_KEYS),
    "name": _settings(NAME_KEYS),
}


def _table(rows: Iterable[tuple[str, str, str, str, str]]) -> str:
    lines = ["| key | what it says | type | default | example |", "| --- | --- | --- | --- | --- |"]
    lines += [f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in row)} |" for row in rows]
    return "\n".join(lines)


def _front_matter_row(key: Key) -> tuple[str, str, str, str, str]:
    default = "**required**" if key.required else key.default
    return f"`{key.name}`", key.meaning, key.kind.label, default, f"`{key.name}: {key.example}`"


def _setting_row(key: ConfigKey) -> tuple[str, str, str, str, str]:
    default = "**required**" if key.required else _default(key.default)
    kind = _SETTING_TYPES.get(type(key.default), "text")
    return f"`{key.name}`", key.meaning, kind, default, f"`{key.name} = {key.example}`"


_SETTING_TYPES = {bool: "`true` or `false`", int: "whole number", tuple: "list of texts", dict: "table"}


def _default(value: object) -> str:
    if value in ("", (), {}):
        return ""
    return f"`{str(value).lower()}`" if isinstance(value, bool) else f"`{value}`"


def write_reference(docs: Path) -> None:
    """Bring the generated parts of the folder up to date."""
    page = docs / "content.md"
    page.write_text(fill_tables(page.read_text("utf-8")), "utf-8")
    for name in SCHEMAS:
        (docs / "schema" / name).write_text(render_schema(name), "utf-8")


if __name__ == "__main__":
    write_reference(Path(sys.argv[1]))
