"""The terms of all articles, kept from build to build. It loads numpy.

The table of a large archive has many megabytes, of which most builds change few: arrays are kept in parts.
"""

from collections.abc import Mapping
from typing import Any

import msgspec
import numpy as np

from generator.catalog.related import TermTable
from generator.store import Store

TABLE = "relations-table"
PARTS = "relations-table-parts"
_KEY = "all"

PART_BYTES = 500_000

_TYPES = {"lengths": np.int32, "ids": np.int32, "weights": np.float32}
"""The arrays of a table."""


class KeptTable(msgspec.Struct, frozen=True, gc=False):
    """A table and what it was kept for. Of each array, `marks` has those with which its parts were written:
    a part with another mark is of another time."""

    mark: str
    names: list[str]
    marks: Mapping[str, list[str]]


class KeptPart(msgspec.Struct, frozen=True, gc=False, array_like=True):
    mark: str
    content: bytes


def recall_term_table(store: Store, mark: str) -> TermTable | None:
    """Return the table kept with this mark; None when it or a part of it was lost."""
    kept = store.recall(TABLE, (_KEY,), KeptTable).get(_KEY)
    if kept is None or kept.mark != mark:
        return None
    arrays: dict[str, Any] = {}
    for name, kind in _TYPES.items():
        marks = kept.marks.get(name, [])
        keys = [_part_key(name, number) for number in range(len(marks))]
        parts = list(store.recall(PARTS, keys, KeptPart).values())
        if [part.mark for part in parts] != marks:
            return None
        arrays[name] = np.frombuffer(b"".join([part.content for part in parts]), kind)
    return TermTable(kept.names, **arrays)


def keep_term_table(store: Store, mark: str, table: TermTable, before: TermTable | None) -> None:
    """Keep the table; parts with the bytes they had in the one recalled `before` stay as they are."""
    kept = store.recall(TABLE, (_KEY,), KeptTable).get(_KEY) if before else None
    marks: dict[str, list[str]] = {}
    for name in _TYPES:
        content, former = (getattr(each, name).tobytes() if each else b"" for each in (table, before))
        former_marks = kept.marks[name] if kept else []
        marks[name] = []
        for number, start in enumerate(range(0, len(content), PART_BYTES)):
            part = content[start : start + PART_BYTES]
            is_known = number < len(former_marks) and part == former[start : start + PART_BYTES]
            if not is_known:
                store.keep(PARTS, {_part_key(name, number): KeptPart(mark, part)})
            marks[name].append(former_marks[number] if is_known else mark)
    store.keep(TABLE, {_KEY: KeptTable(mark, list(table.names), marks)})


def _part_key(name: str, number: int) -> str:
    return f"{name} {number}"
