"""A table of front matter against the keys it may hold: every problem gathered, each with its place."""

from collections.abc import Callable, Mapping
from typing import Any

import msgspec

from generator.content.faults import Fault, Finding
from generator.content.kinds import Kind
from generator.content.readings import doubled, items_of, shown
from generator.content.yaml_nodes import NULLS, Node, Scalar, finding, is_null
from generator.content.yaml_nodes import Mapping as TableNode
from generator.diagnostics import nearest_name, nearest_name_hint

MOST_FINDINGS = 20
"""Of one table; who has made more sees the rest when these are mended."""


class Key(msgspec.Struct, frozen=True):
    """A key a table may hold. `default` and `example` are shown to people, the example as it is typed."""

    name: str
    kind: Kind
    meaning: str
    example: str
    default: str = ""
    required: bool = False


class KeyTable(msgspec.Struct, frozen=True):
    """The keys of one table, in the order they are written in."""

    by_name: Mapping[str, Key]
    required: frozenset[str]


def key_table(*keys: Key) -> KeyTable:
    return KeyTable({key.name: key for key in keys}, frozenset(key.name for key in keys if key.required))


def read_table(node: Node | None, keys: KeyTable) -> tuple[dict[str, Any], list[Finding]]:
    """Return the values that are there (null is as good as absent) and everything wrong with the table."""
    if (node is None or is_null(node)) and not keys.required:
        return {}, []
    if type(node) is not TableNode:
        return {}, [_no_table(node, keys)]
    values: dict[str, Any] = {}
    findings: list[Finding] = []
    seen: set[str] = set()
    by_name = keys.by_name
    for name_node, value in node.pairs:
        if len(findings) >= MOST_FINDINGS:
            break
        name = name_node.value
        key = by_name.get(name)
        if key is None or name in seen:
            findings.append(_unusable(name_node, keys))
            continue
        seen.add(name)
        if type(value) is Scalar and value.value in NULLS and is_null(value):
            continue
        try:
            values[name] = key.kind.read(value)
        except Fault as mistake:
            findings += [_in_key(found, key) for found in mistake.findings]
            values[name] = None  # there, though of no use
    if not keys.required <= values.keys() and len(findings) < MOST_FINDINGS:
        missing = keys.required - values.keys()
        findings += [_missing(key, node) for key in by_name.values() if key.name in missing]
    return values, findings


def table_list(keys: KeyTable, make: Callable[..., Any]) -> Callable[[Node], tuple[Any, ...]]:
    """Return a reader of lists of tables; `make` builds each entry from the values that are there."""

    def read(node: Node) -> tuple[Any, ...]:
        made, findings = [], []
        for item in items_of(node):
            values, found = read_table(item, keys)
            findings += found
            if not found:
                made.append(make(**values))
        if findings:
            raise Fault(*findings)
        return tuple(made)

    return read


def _unusable(name_node: Scalar, keys: KeyTable) -> Finding:
    if name_node.value in keys.by_name:
        return doubled(name_node).findings[0]
    name = name_node.value[:60]
    hint = nearest_name_hint(name, keys.by_name)
    if "extra" in keys.by_name and not nearest_name(name, keys.by_name):
        hint += "; keys of your own go below extra:"
    return finding("front-matter-key", f"unknown key {shown(name_node)}", name_node, hint)


def _in_key(found: Finding, key: Key) -> Finding:
    """A finding inside a value, said with its key; one of an inner key keeps its own words."""
    if found.hint:
        return found
    return found._replace(message=f"{key.name}: {found.message}", hint=f"write {key.name}: {key.example}")


def _missing(key: Key, node: Node) -> Finding:
    message = f'the key "{key.name}" is missing or empty'
    return finding("front-matter-missing", message, node, f"add {key.name}: {key.example}")


def _no_table(node: Node | None, keys: KeyTable) -> Finding:
    wanted = next((f"{key.name}: {key.example}" for key in keys.by_name.values()), "")
    if node is None or is_null(node):
        return Finding("front-matter-missing", "the front matter is empty", 0, 0, f"add {wanted}")
    hint = f'write one "key: value" a line, as in {wanted}'
    if type(node) is Scalar and "：" in node.value:
        hint = 'write the colon as ":" and a space, not as "：" ' + f"({wanted})"
    return finding("front-matter-yaml", "expected keys and values", node, hint)
