"""The keys of a site's own (``extra``): a table of anything."""

import datetime
import re
from typing import Any

from generator.content.readings import read_text, shown, wrong
from generator.content.yaml_nodes import Mapping, Node, Sequence, is_null, is_plain

_WHOLE = re.compile(r"[-+]?(?:0|[1-9][0-9]{0,99})")
_DECIMAL = re.compile(r"[-+]?(?:0|[1-9][0-9]*)?(?:\.[0-9]*)?(?:[eE][-+]?[0-9]+)?")
_WORDS = {
    "true": True,
    "false": False,
    ".inf": float("inf"),
    "+.inf": float("inf"),
    "-.inf": float("-inf"),
    ".nan": float("nan"),
}


def read_own_keys(node: Node) -> dict[str, Any]:
    """Return the table; values without quotes are numbers, dates, true, false or null where they look so.

    Times (``08:30``) and figures that begin with 0 (``0571``) stay texts.
    """
    if type(node) is not Mapping:
        raise wrong(f"expected a table, found {shown(node)}", node)
    table: dict[str, Any] = {}
    for key, value in node.pairs:
        if key.value in table:
            raise wrong(f"the key {shown(key)} stands here twice", key)
        table[key.value] = _read_any(value)
    return table


def _read_any(node: Node) -> Any:
    if type(node) is Mapping:
        return read_own_keys(node)
    if type(node) is Sequence:
        return [_read_any(item) for item in node.items]
    return None if is_null(node) else _read_scalar(read_text(node), is_plain(node))


def _read_scalar(text: str, is_bare: bool) -> Any:
    if not is_bare:
        return text
    if text.lower() in _WORDS:
        return _WORDS[text.lower()]
    if _WHOLE.fullmatch(text):
        return int(text)
    if any(figure in text for figure in "0123456789") and _DECIMAL.fullmatch(text):
        return float(text)
    return _date_or_text(text)


def _date_or_text(text: str) -> datetime.date | str:
    if len(text) == 10 and text[4] == text[7] == "-":
        try:
            return datetime.date.fromisoformat(text)
        except ValueError:
            return text
    return text


def read_table_of_texts(node: Node) -> dict[str, str]:
    if type(node) is not Mapping:
        raise wrong(f"expected a table, found {shown(node)}", node)
    return {key.value: read_text(value) for key, value in node.pairs}
