"""Tables: many small values wanted together by every build, of which few change between two builds.

A table is kept in pieces. Reading them all takes little longer than reading one value, and a change rewrites
its piece alone.
"""

from collections.abc import Mapping
from typing import Any
from zlib import crc32

from generator.store.memo import Store

PIECES = 64


def recall_table(store: Store, namespace: str, kind: Any) -> dict[str, Any]:
    """Return the values of type `kind` by their keys; those of a piece that was lost are missing."""
    names = [str(number) for number in range(PIECES)]
    table: dict[str, Any] = {}
    for piece in store.recall(namespace, names, dict[str, kind]).values():
        table |= piece
    return table


def keep_table(store: Store, namespace: str, before: Mapping[str, Any], now: Mapping[str, Any]) -> None:
    """Keep the table `now`. What it has taken over from `before` (the very same values) is not written."""
    known = before.get
    changed = {_piece_of(key) for key, value in now.items() if known(key) is not value}
    changed |= {_piece_of(key) for key in before.keys() - now.keys()}
    if not changed:
        return
    pieces: dict[int, dict[str, Any]] = {number: {} for number in changed}
    for key, value in now.items():
        number = _piece_of(key)
        if number in pieces:
            pieces[number][key] = value
    store.keep(namespace, {str(number): piece for number, piece in pieces.items()})


def _piece_of(key: str) -> int:
    return crc32(key.encode("utf-8", "surrogatepass")) % PIECES
