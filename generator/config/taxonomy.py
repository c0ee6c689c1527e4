"""content/topics.toml and content/names.toml: the topics and names an editor keeps."""

import re
from collections import Counter
from typing import Any

from generator.config import checks
from generator.config.tables import Key, check_table, parse_toml
from generator.diagnostics import BulletinError, Diagnostic, SourceSpan, error, nearest_name_hint
from generator.model import KnownName, KnownNames, Topic

TOPICS_FILE = "content/topics.toml"
NAMES_FILE = "content/names.toml"

TOPIC_KEYS: tuple[Key, ...] = (
    Key("name", checks.some_text, "", "what readers see", '"教育"', required=True),
    Key("slug", checks.slug, "", "last part of the topic's address", '"education"', required=True),
    Key("description", checks.text, "", "one sentence on the topic's page", '"…"'),
    Key("triggers", checks.texts, (), "words that speak for the topic", '["学校", "教师"]'),
    Key("strong", checks.texts, (), "words that count double", '["教育局"]'),
)

NAME_KEYS: tuple[Key, ...] = (
    Key("name", checks.some_text, "", "the name as it should be shown", '"王春"', required=True),
    Key("aliases", checks.texts, (), "other forms it is printed in", '["王 春"]'),
)

_NAME_LISTS = ("people", "places", "organisations")


def parse_topics(text: str, path: str = TOPICS_FILE) -> tuple[Topic, ...]:
    """Return the topics in the file's order, or raise BulletinError with every problem."""
    document = parse_toml(text, path)
    problems = _unknown_tables(document, ("topic",), path)
    rows, row_problems = _check_rows(document, "topic", TOPIC_KEYS, text, path)
    problems += row_problems
    topics = tuple(Topic(**row) for row in rows)
    for field in ("slug", "name"):
        counts = Counter(getattr(topic, field) for topic in topics)
        problems += [
            error("topic-duplicate", f'two topics have the {field} "{value}"', SourceSpan(path))
            for value, count in sorted(counts.items())
            if value and count > 1
        ]
    if problems:
        raise BulletinError(problems)
    return topics


def parse_names(text: str, path: str = NAMES_FILE) -> KnownNames:
    """Return the editor's names, or raise BulletinError with every problem."""
    document = parse_toml(text, path)
    problems = _unknown_tables(document, (*_NAME_LISTS, "not"), path)
    lists: dict[str, tuple[KnownName, ...]] = {}
    for kind in _NAME_LISTS:
        rows, row_problems = _check_rows(document, kind, NAME_KEYS, text, path)
        problems += row_problems
        lists[kind] = tuple(KnownName(row["name"], row["aliases"]) for row in rows)
    try:
        not_names = checks.texts(document.get("not", []))
    except ValueError as mistake:
        problems.append(error("names-value", f"not: {mistake}", SourceSpan(path), 'write not = ["东亭"]'))
        not_names = ()
    if problems:
        raise BulletinError(problems)
    return KnownNames(lists["people"], lists["places"], lists["organisations"], not_names)


def _unknown_tables(document: dict[str, Any], known: tuple[str, ...], path: str) -> list[Diagnostic]:
    return [
        error("toml-table", f'unknown table "{name}"', SourceSpan(path), nearest_name_hint(name, known))
        for name in document
        if name not in known
    ]


def _check_rows(
    document: dict[str, Any], name: str, keys: tuple[Key, ...], text: str, path: str
) -> tuple[list[dict[str, Any]], list[Diagnostic]]:
    rows = document.get(name, [])
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        hint = f"begin each with a line [[{name}]]"
        return [], [error("toml-table", f'"{name}" must be a list of tables', SourceSpan(path), hint)]
    checked, problems = [], []
    for row, line in zip(rows, _lines_of_rows(text, name, len(rows)), strict=True):
        values, row_problems = check_table(row, keys, text, path, name, line)
        checked.append(values)
        problems += row_problems
    return checked, problems


def _lines_of_rows(text: str, name: str, count: int) -> list[int]:
    opening = re.compile(rf"\s*\[\[\s*{re.escape(name)}\s*\]\]")
    lines = [number for number, line in enumerate(text.splitlines(), start=1) if opening.match(line)]
    return (lines + [1] * count)[:count]
