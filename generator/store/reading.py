"""Reading a store from processes forked after it was filled."""

import os
import sqlite3
from collections.abc import Hashable
from contextlib import closing
from pathlib import Path
from typing import TypeVar, cast
from zlib import crc32

import msgspec

from generator.store.memo import Store, decoder_of

Value = TypeVar("Value")

_GET = """
SELECT payload.checksum, payload.value
FROM entry JOIN payload ON payload.id = entry.id
WHERE entry.namespace = ? AND entry.key = ?
"""


class StoreReader:
    """Values of a store by key; every process has its own connection. What cannot be read is a miss."""

    def __init__(self, store: Store) -> None:
        store.flush()
        self._path = store.path
        self._stamp = store.stamp
        self._connection: sqlite3.Connection | None = None
        self._home = os.getpid()
        self._process = 0

    def get(self, namespace: str, key: str) -> bytes | None:
        """Return the bytes kept under `key`, or None."""
        try:
            row = self._connected().execute(_GET, (namespace, key)).fetchone()
            return row[1] if row is not None and crc32(row[1]) == row[0] else None
        except (sqlite3.Error, TypeError):
            return None

    def recall(self, namespace: str, key: str, kind: type[Value]) -> Value | None:
        """Return the value kept under `key`, or None."""
        content = self.get(namespace, key)
        if content is None:
            return None
        try:
            return cast("Value", decoder_of(cast("Hashable", kind)).decode(content))
        except msgspec.DecodeError:
            return None

    def _connected(self) -> sqlite3.Connection:
        if self._connection is None or self._process != os.getpid():
            # A connection made before the fork must be neither used nor closed here.
            self._connection = _open_read_only(self._path, self._stamp)
            self._process = os.getpid()
            if self._process != self._home:
                # What it is forked for was written before; in one transaction the file is locked once.
                self._connection.execute("BEGIN")
        return self._connection


def _open_read_only(path: Path, stamp: str) -> sqlite3.Connection:
    connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, check_same_thread=False)
    with closing(connection.execute("SELECT stamp FROM about")) as rows:
        if rows.fetchall() == [(stamp,)]:
            return connection
    connection.close()
    return sqlite3.connect(":memory:")
