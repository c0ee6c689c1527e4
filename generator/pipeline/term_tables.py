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
        parts = list(_recall_parts(store, name, len(marks)).values())
        if [part.mark for part in parts] != marks:
            return None
        arrays[name] = np.frombuffer(b"".join([part.content for part in parts]), kind)
    return TermTable(kept.names, **arrays)


def keep_term_table(store: Store, mark: str, table: TermTable) -> None:
    """Keep the table; parts that have these bytes already stay as they are."""
    marks: dict[str, list[str]] = {}
    for name in _TYPES:
        content = getattr(table, name).tobytes()
        cut = [content[start : start + PART_BYTES] for start in range(0, len(content), PART_BYTES)]
        known = _recall_parts(store, name, len(cut))
        parts = {
            key: known[key] if key in known and known[key].content == part else KeptPart(mark, part)
            for key, part in zip(_keys(name, len(cut)), cut, strict=True)
        }
        store.keep(PARTS, {key: part for key, part in parts.items() if known.get(key) is not part})
        marks[name] = [part.mark for part in parts.values()]
    store.keep(TABLE, {_KEY: KeptTable(mark, list(table.names), marks)})


def _recall_parts(store: Store, name: str, count: int) -> dict[str, KeptPart]:
    return store.recall(PARTS, _keys(name, count), KeptPart)


def _keys(name: str, count: int) -> list[str]:
    return [f"{name} {number}" for number in range(count)]
