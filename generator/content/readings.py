"""Single values of front matter: each function returns the value of a node or raises Fault."""

import datetime
import re
from collections.abc import Callable

from generator.content.faults import Fault
from generator.content.yaml_nodes import NULLS, Mapping, Node, Scalar, Sequence, finding, is_null, is_plain
from generator.diagnostics import nearest_name
from generator.model import LineSpan

LONGEST_SLUG = 150
"""Characters; file systems take names of 255 bytes."""

SLUG_PATTERN = "[a-z0-9]+(?:-[a-z0-9]+)*"

_SLUG = re.compile(SLUG_PATTERN)
_SHARE = re.compile(r"(?:[01]|[01]?\.[0-9]+|[01]\.|[0-9]+(?:\.[0-9]+)?[eE]-[0-9]+)")
_COUNT = re.compile(r"[0-9]{1,9}")
_UNSAFE_IN_ALIAS = frozenset('\\:*?"<>|#%')


def wrong(message: str, node: Node) -> Fault:
    """A wrong value; what to write instead is added where the key is known."""
    return Fault(finding("front-matter-value", message, node))


def doubled(key: Scalar) -> Fault:
    message = f"the key {shown(key)} stands here twice"
    return Fault(finding("front-matter-duplicate", message, key, "keep one"))


def read_text(node: Node) -> str:
    """A text as written: ``1``, ``2024-07-22`` and ``no`` are texts under a key that wants one."""
    if type(node) is Scalar:
        return node.value
    raise wrong(f"expected a text, found {shown(node)}", node)


def read_some_text(node: Node) -> str:
    text = read_text(node)
    if not text.strip():
        raise wrong("must not be empty", node)
    return text


def items_of(node: Node) -> list[Node]:
    """The entries of a list that are not empty; a value alone is a list of one."""
    return [item for item in node.items if not is_null(item)] if type(node) is Sequence else [node]


def read_texts(node: Node) -> tuple[str, ...]:
    """As `items_of` and `read_text` have it; written out because most of front matter is lists of texts."""
    texts: list[str] = []
    for item in node.items if type(node) is Sequence else (node,):
        if type(item) is not Scalar:
            raise wrong(f"expected a text, found {shown(item)}", item)
        if item.value not in NULLS or not item.implicit[0]:
            texts.append(item.value)
    return tuple(texts)


def read_boolean(node: Node) -> bool:
    word = node.value.lower() if type(node) is Scalar and is_plain(node) else ""
    if word not in ("true", "false"):
        raise wrong(f"expected true or false, found {shown(node)}", node)
    return word == "true"


def read_count(node: Node) -> int:
    """A whole number from 0."""
    value = node.value if type(node) is Scalar else ""
    if not _COUNT.fullmatch(value):
        raise wrong(f"expected a whole number, found {shown(node)}", node)
    return int(value)


def read_share(node: Node) -> float:
    """A number from 0 to 1."""
    value = node.value if type(node) is Scalar else ""
    if not _SHARE.fullmatch(value) or float(value) > 1:
        raise wrong(f"expected a number from 0 to 1, found {shown(node)}", node)
    return float(value)


def read_date(node: Node) -> datetime.date:
    value = node.value if type(node) is Scalar else ""
    if len(value) == 10 and value[4] == value[7] == "-":
        try:
            return datetime.date.fromisoformat(value)
        except ValueError as mistake:
            raise wrong(f"{shown(node)} is no date: {mistake}", node) from None
    raise wrong(f"expected a date as YYYY-MM-DD, found {shown(node)}", node)


def read_slug(node: Node) -> str:
    slug = read_text(node)
    if not _SLUG.fullmatch(slug):
        message = f"{shown(node)} is no slug: small letters a-z, figures, and single hyphens between them"
        raise wrong(message, node)
    if len(slug) > LONGEST_SLUG:
        raise wrong(f"the slug has more than {LONGEST_SLUG} characters", node)
    return slug


def read_slugs(node: Node) -> tuple[str, ...]:
    return tuple([read_slug(item) for item in items_of(node)])


def read_aliases(node: Node) -> tuple[str, ...]:
    """Paths under the site's root, or beside the page; none may lead out of the site."""
    return tuple([_read_alias(item) for item in items_of(node)])


def _read_alias(node: Node) -> str:
    alias = read_text(node)
    segments = [segment for segment in alias.split("/") if segment]
    if ".." in segments or "." in segments:
        raise wrong(f"{shown(node)} may not contain . or .. as a folder", node)
    is_inside = not alias.startswith("//") and alias.isprintable() and _UNSAFE_IN_ALIAS.isdisjoint(alias)
    if not segments or not is_inside:
        raise wrong(f"{shown(node)} is no path inside the site", node)
    return alias


def read_spans(node: Node) -> tuple[LineSpan, ...]:
    return tuple([_read_span(item) for item in items_of(node)])


def _read_span(node: Node) -> LineSpan:
    file, _, lines = read_text(node).rpartition(":")
    first, dash, last = lines.partition("-")
    if not dash:
        last = first
    if not (file and _COUNT.fullmatch(first) and _COUNT.fullmatch(last)):
        raise wrong(f"expected FILE:LINES, found {shown(node)}", node)
    if int(first) > int(last):
        raise wrong(f"{shown(node)}: the first line comes after the last", node)
    return LineSpan(file, int(first), int(last))


def one_of(*choices: str) -> Callable[[Node], str]:
    def read(node: Node) -> str:
        chosen = read_text(node)
        if chosen not in choices:
            nearest = nearest_name(chosen, choices)
            guess = f'; did you mean "{nearest}"?' if nearest else ""
            listed = ", ".join(choice for choice in choices if choice)
            raise wrong(f"{shown(node)} is not one of {listed}{guess}", node)
        return chosen

    return read


def shown(node: Node) -> str:
    """A node in a message: its text, shortened, or what it is."""
    if type(node) is Sequence:
        return "a list"
    if type(node) is Mapping:
        return "a table"
    text = node.value if type(node) is Scalar else ""
    return f'"{text}"' if len(text) <= 60 else f'"{text[:60]}…"'
