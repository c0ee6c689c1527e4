"""YAML → nodes that know their place. The only module that loads yaml.

Scalars stay as they are written: what ``1`` or ``no`` means is for the key to say under which they stand.
"""

import re
from collections.abc import Callable
from typing import Any, NamedTuple, TypeAlias

import yaml
import yaml.reader
from yaml.events import (
    AliasEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from generator.content.faults import Fault, Finding

_Parser: Any = yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader

DEEPEST = 24
"""Levels of lists and tables inside each other."""

Scalar: TypeAlias = ScalarEvent
"""A scalar as the parser gives it: `value`, `implicit`, `start_mark`."""

NULLS = frozenset(("", "~", "null", "Null", "NULL"))
"""What a scalar without quotes says when it says nothing."""

_REFERENCE_SIGN = re.compile("[&*!]")
# What is forbidden and not all that is allowed: an expression of the whole range takes 6 ms to compile.
_NOT_YAML = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufeff\ufffe\uffff]")
_UNSPACED_COLON = re.compile(r"\s*(?:- )?[\w-]+(?:：|:(?=[^\s:]))")
_HINT = 'one "key: value" a line; put a value that holds ": " or " #" in double quotes'
_COLON_HINT = 'after a key stands ":" and a space'


class Sequence(NamedTuple):
    """A list. `start_mark` has `line` and `column`, both from 0, like that of a scalar."""

    items: "list[Node]"
    start_mark: Any


class Mapping(NamedTuple):
    """A table: its keys and values in the order of the file, doubled ones included."""

    pairs: "list[tuple[Scalar, Node]]"
    start_mark: Any


Node: TypeAlias = Scalar | Sequence | Mapping


def is_plain(node: Node) -> bool:
    """Whether a node is a scalar written without quotes."""
    return type(node) is Scalar and bool(node.implicit[0])


def is_null(node: Node) -> bool:
    return type(node) is Scalar and node.value in NULLS and bool(node.implicit[0])


def finding(code: str, message: str, node: Node, hint: str = "") -> Finding:
    mark: Any = node.start_mark
    return Finding(code, message, mark.line, mark.column, hint)


def parse_yaml(text: str) -> Node | None:
    """Return the one document in `text`, None when there is none; raise Fault for the first mistake."""
    try:
        if _REFERENCE_SIGN.search(text):
            _refuse_references(text)
        parser: Any = _Parser(text)
        return _read_document(parser.get_event)
    except yaml.MarkedYAMLError as mistake:
        raise Fault(_syntax_finding(mistake, text)) from None
    except yaml.reader.ReaderError as mistake:
        raise Fault(_character_finding(text, mistake)) from None


def _refuse_references(text: str) -> None:
    """Raise Fault for the first anchor, alias or tag."""
    parser: Any = _Parser(text)
    while type(event := parser.get_event()) is not StreamEndEvent:
        kind = type(event)
        is_node = kind is ScalarEvent or kind is SequenceStartEvent or kind is MappingStartEvent
        if kind is AliasEvent or (is_node and (event.anchor or event.tag)):
            raise Fault(_refusal(event))


def _read_document(next_event: Callable[[], Any]) -> Node | None:
    next_event()  # the start of the stream
    if type(next_event()) is StreamEndEvent:
        return None
    first = next_event()
    node = first if type(first) is ScalarEvent else _read_collection(first, next_event, 1)
    next_event()  # the end of the document
    after = next_event()
    if type(after) is not StreamEndEvent:
        raise Fault(finding("front-matter-yaml", "a second document begins here", after, "remove this line"))
    return node


def _read_collection(start: Any, next_event: Callable[[], Any], depth: int) -> Sequence | Mapping:
    if depth > DEEPEST:
        message = f"more than {DEEPEST} lists and tables inside each other"
        raise Fault(finding("front-matter-deep", message, start, "write it flatter"))
    if type(start) is SequenceStartEvent:
        return Sequence(_read_items(next_event, depth), start.start_mark)
    return Mapping(_read_pairs(next_event, depth), start.start_mark)


def _read_items(next_event: Callable[[], Any], depth: int) -> list[Node]:
    items: list[Node] = []
    while type(event := next_event()) is not SequenceEndEvent:
        is_scalar = type(event) is ScalarEvent
        items.append(event if is_scalar else _read_collection(event, next_event, depth + 1))
    return items


def _read_pairs(next_event: Callable[[], Any], depth: int) -> list[tuple[Scalar, Node]]:
    pairs: list[tuple[Scalar, Node]] = []
    while type(key := next_event()) is not MappingEndEvent:
        if type(key) is not ScalarEvent:
            raise Fault(finding("front-matter-yaml", "a key must be a text", key, _HINT))
        value = next_event()
        is_scalar = type(value) is ScalarEvent
        pairs.append((key, value if is_scalar else _read_collection(value, next_event, depth + 1)))
    return pairs


def _refusal(event: Any) -> Finding:
    if type(event) is AliasEvent or event.anchor:
        what = "*" if type(event) is AliasEvent else "&"
        message = f"references ({what}{event.anchor}) are not read"
        hint = f"write the value out; a text that begins with {what} stands in double quotes"
        return finding("front-matter-reference", message, event, hint)
    hint = "remove it; a text that begins with ! stands in double quotes"
    return finding("front-matter-tag", f"tags ({event.tag}) are not read", event, hint)


def _syntax_finding(mistake: yaml.MarkedYAMLError, text: str) -> Finding:
    mark = mistake.problem_mark or mistake.context_mark
    if "end of stream" in (mistake.problem or ""):
        mark = mistake.context_mark or mark  # where that began which has no end
    line, column = (mark.line, mark.column) if mark else (0, 0)
    message = ", ".join(part for part in (mistake.problem, mistake.context) if part)
    lines = text.split("\n")
    for number in (line - 1, line):
        if 0 <= number < len(lines) and _UNSPACED_COLON.match(lines[number]):
            return Finding("front-matter-yaml", message, number, 0, _COLON_HINT)
    return Finding("front-matter-yaml", message, line, column, _HINT)


def _character_finding(text: str, mistake: yaml.reader.ReaderError) -> Finding:
    found = _NOT_YAML.search(text)
    start = found.start() if found else 0
    line = text.count("\n", 0, start)
    column = start - (text.rfind("\n", 0, start) + 1)
    character = f"U+{ord(text[start]):04X}" if found else str(mistake.reason)
    message = f"the character {character} may not stand in front matter"
    return Finding("front-matter-character", message, line, column, "remove it")
