"""Kinds of values a key of front matter may hold: how each is read, written and described."""

from collections.abc import Callable, Mapping
from typing import Any

import msgspec

from generator.content import own_keys, readings
from generator.content.yaml_nodes import Node

Schema = Mapping[str, Any]


def _same(value: Any) -> Any:
    return value


class Kind(msgspec.Struct, frozen=True):
    """`read` takes a node or raises Fault, `write` gives what YAML is to hold; `label` is for people."""

    label: str
    read: Callable[[Node], Any]
    schema: Schema
    write: Callable[[Any], Any] = _same


def choice(*names: str) -> Kind:
    """One of a few words; "" may be among them."""
    label = " or ".join(f"`{name}`" for name in names if name)
    return Kind(label, readings.one_of(*names), {"enum": list(names)})


def _list_or_one(item: Schema) -> Schema:
    return {"anyOf": [item, {"type": "array", "items": item}]}


_TEXT: Schema = {"type": ["string", "number", "boolean"]}
_SLUG: Schema = {
    "type": "string",
    "pattern": f"^{readings.SLUG_PATTERN}$",
    "maxLength": readings.LONGEST_SLUG,
}
_SPAN: Schema = {"type": "string", "pattern": "^.+:[0-9]+(-[0-9]+)?$"}
_DATE: Schema = {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}

TEXT = Kind("text", readings.read_text, _TEXT)
SOME_TEXT = Kind("text", readings.read_some_text, {**_TEXT, "minLength": 1})
TEXTS = Kind("list of texts", readings.read_texts, _list_or_one(_TEXT), list)
NAMES = Kind(
    "text or list of texts",
    readings.read_texts,
    _list_or_one(_TEXT),
    lambda names: names[0] if len(names) == 1 else list(names),
)
BOOLEAN = Kind("`true` or `false`", readings.read_boolean, {"type": "boolean"})
COUNT = Kind("whole number", readings.read_count, {"type": "integer", "minimum": 0})
SHARE = Kind("number from 0 to 1", readings.read_share, {"type": "number", "minimum": 0, "maximum": 1})
DATE = Kind("date", readings.read_date, _DATE)
SLUG = Kind("slug", readings.read_slug, _SLUG)
SLUGS = Kind("list of slugs", readings.read_slugs, _list_or_one(_SLUG), list)
ALIASES = Kind("list of paths", readings.read_aliases, _list_or_one({"type": "string"}), list)
SPANS = Kind(
    "list of `file:lines`",
    readings.read_spans,
    _list_or_one(_SPAN),
    lambda spans: [str(span) for span in spans],
)
TABLE_OF_TEXTS = Kind(
    "table of texts",
    own_keys.read_table_of_texts,
    {"type": "object", "additionalProperties": _TEXT},
    dict,
)
OWN_KEYS = Kind("table", own_keys.read_own_keys, {"type": "object"}, dict)
