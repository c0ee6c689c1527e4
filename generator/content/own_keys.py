"""The keys of a site's own (``extra``): a table of anything."""

import re
from typing import Any

from generator.content.readings import doubled, read_text, shown, wrong
from generator.content.yaml_nodes import Mapping, Node, Sequence, is_null, is_plain

_WHOLE = re.compile(r"[-+]?(?:0|[1-9][0-9]{0,17})")
_DECIMAL = re.compile(
    r"[-+]?(?:(?:0|[1-9][0-9]*)\.[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?|[-+]?(?:0|[1-9][0-9]*)[eE][-+]?[0-9]+"
)
_WORDS = {
    "true": True,
    "false": False,
    ".inf": float("inf"),
    "+.inf": float("inf"),
    "-.inf": float("-inf"),
    ".nan": float("nan"),
}


def read_own_keys(node: Node) -> dict[str, Any]:
    """Return the table; values without quotes are numbers, true, false or null where they look so.

    Dates, times (``08:30``), figures that begin with 0 (``0571``) and numbers of more than 18 figures stay
    texts.
    """
    if type(node) is not Mapping:
        raise wrong(f"expected a table, found {shown(node)}", node)
    table: dict[str, Any] = {}
    for key, value in node.pairs:
        if key.value in table:
            raise doubled(key)
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
    if _DECIMAL.fullmatch(text):
        return float(text)
    return text


def read_table_of_texts(node: Node) -> dict[str, str]:
    if type(node) is not Mapping:
        raise wrong(f"expected a table, found {shown(node)}", node)
    texts: dict[str, str] = {}
    for key, value in node.pairs:
        if key.value in texts:
            raise doubled(key)
        texts[key.value] = read_text(value)
    return texts
