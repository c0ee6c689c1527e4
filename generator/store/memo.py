"""The memo: values by namespace and key, kept from build to build."""

import sqlite3
import threading
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar, cast
from zlib import crc32

import msgspec

from generator.store.database import delete_database, is_busy, open_database, open_in_memory
from generator.store.pruning import BUILDS_BETWEEN, prune
from generator.store.stamp import program_stamp

Value = TypeVar("Value")

KEYS_PER_QUERY = 500
# Little at a time, so that nobody who hands over values waits for long; in few transactions, as each of them
# writes the pages of the index again.
PORTION_BYTES = 2 * 1024 * 1024
TRANSACTION_BYTES = 16 * 1024 * 1024
# Use is noted only once it is this many builds old, so that most builds rewrite nothing.
USE_GRAIN = 8

GET = """
SELECT entry.id, entry.key, entry.used, payload.checksum, payload.value
FROM entry JOIN payload ON payload.id = entry.id
WHERE entry.namespace = ? AND entry.key IN (SELECT value FROM json_each(?))
"""
FIND = "SELECT id FROM entry WHERE namespace = ? AND key = ?"
FIND_OLD = FIND + " AND used <= ?"
DELETE_ENTRY = "DELETE FROM entry WHERE id = ?"
DELETE_PAYLOAD = "DELETE FROM payload WHERE id = ?"
PUT_ENTRY = "INSERT INTO entry VALUES (?, ?, ?, ?, ?)"
PUT_PAYLOAD = "INSERT INTO payload VALUES (?, ?, ?)"
TOUCH = "UPDATE entry SET used = ? WHERE id = ?"


class Store:
    """Bytes by namespace and key. No method fails for the sake of the file: what cannot be read is a miss,
    what cannot be written is forgotten at the end of the run.

    Safe to use from several threads, not from forked workers.
    """

    def __init__(self, path: Path, stamp: str) -> None:
        self.path = path
        self.stamp = stamp
        self._lock = threading.RLock()
        self._connection = open_database(path, stamp)
        (self._build,) = self._connection.execute("SELECT build FROM about").fetchone()
        self._pending: dict[tuple[str, str], bytes] = {}
        self._pending_bytes = 0
        self._uncommitted_bytes = 0
        self._used: set[int] = set()

    @classmethod
    @contextmanager
    def open(cls, path: Path, stamp: str | None = None) -> Iterator["Store"]:
        """Open the store at `path`; its entries survive only as long as `stamp` (of the program) is the same.

        What was put is kept even when the block ends with an exception: pure steps stay true.
        """
        store = cls(path, program_stamp() if stamp is None else stamp)
        try:
            yield store
        finally:
            store._close()

    def get(self, namespace: str, key: str) -> bytes | None:
        return self.get_many(namespace, (key,)).get(key)

    def get_many(self, namespace: str, keys: Iterable[str]) -> dict[str, bytes]:
        """Return the values that are there, in the order of `keys`."""
        wanted = list(dict.fromkeys(keys))
        with self._lock:
            found = {
                key: self._pending[namespace, key] for key in wanted if (namespace, key) in self._pending
            }
            found |= self._read(namespace, [key for key in wanted if key not in found])
        return {key: found[key] for key in wanted if key in found}

    def put(self, namespace: str, key: str, value: bytes) -> None:
        self.put_many(namespace, {key: value})

    def put_many(self, namespace: str, values: Mapping[str, bytes]) -> None:
        with self._lock:
            for key, value in values.items():
                self._pending[namespace, key] = value
                self._pending_bytes += len(value)
            if self._pending_bytes > PORTION_BYTES:
                self._write_pending(is_last=self._uncommitted_bytes > TRANSACTION_BYTES)

    def recall(self, namespace: str, keys: Iterable[str], kind: type[Value]) -> dict[str, Value]:
        """Return the values of type `kind` that are there; one that does not decode is a miss."""
        decoder: msgspec.msgpack.Decoder[Value] = decoder_of(cast("Hashable", kind))
        recalled: dict[str, Value] = {}
        for key, content in self.get_many(namespace, keys).items():
            with suppress(msgspec.DecodeError):
                recalled[key] = decoder.decode(content)
        return recalled

    def keep(self, namespace: str, values: Mapping[str, Any]) -> None:
        """Put values of any type msgspec can encode: structs, tuples, dates, text, numbers."""
        self.put_many(namespace, {key: _ENCODER.encode(value) for key, value in values.items()})

    def remember(self, namespace: str, key: str, kind: type[Value], make: Callable[[], Value]) -> Value:
        """Return the value kept under `key`, or make it and keep it."""
        found = self.recall(namespace, (key,), kind)
        if key in found:
            return found[key]
        made = make()
        self.keep(namespace, {key: made})
        return made

    def note_use(self, places: Iterable[tuple[str, str]]) -> None:
        """Note that values (namespace, key) were read from the file by others."""
        with self._lock, suppress(sqlite3.Error):
            for place in places:
                rows = self._connection.execute(FIND_OLD, (*place, self._build - USE_GRAIN))
                self._used.update(number for (number,) in rows)

    def flush(self) -> None:
        """Write what was put, for processes that read the file; forked ones would have the cache, too."""
        with self._lock, suppress(sqlite3.Error):
            if self._pending or self._uncommitted_bytes:
                self._write_pending()
            self._connection.execute("PRAGMA shrink_memory")

    def _read(self, namespace: str, keys: list[str]) -> dict[str, bytes]:
        found: dict[str, bytes] = {}
        stale = self._build - USE_GRAIN
        waiting = iter(keys)
        try:
            while some := list(islice(waiting, KEYS_PER_QUERY)):
                rows = self._connection.execute(GET, (namespace, _json(some)))
                for number, key, used, checksum, value in rows:
                    if crc32(value) == checksum:
                        found[key] = value
                    if used <= stale:
                        self._used.add(number)
        except (sqlite3.Error, TypeError) as failure:
            self._lose_file(failure)
        return found

    def _write_pending(self, *, is_last: bool = True) -> None:
        """Write what was put and used since this was last called, `is_last`: as the end of a transaction."""
        pending, self._pending = self._pending, {}
        self._uncommitted_bytes += self._pending_bytes
        self._pending_bytes = 0
        used, self._used = sorted(self._used), set()
        try:
            self._connection.executemany(TOUCH, ((self._build, number) for number in used))
            _replace(self._connection, pending, self._build)
            if is_last:
                self._connection.commit()
                self._uncommitted_bytes = 0
        except sqlite3.Error as failure:
            self._lose_file(failure)
        except BaseException:  # interrupted: half a portion must not be committed with what comes later
            self._connection.rollback()
            self._uncommitted_bytes = 0
            raise

    def _lose_file(self, failure: Exception) -> None:
        """Go on in memory; a file found broken is deleted, so that the next run starts a new one."""
        with suppress(sqlite3.Error):
            self._connection.close()
        if not is_busy(failure) and isinstance(failure, sqlite3.DatabaseError):
            with suppress(OSError):
                delete_database(self.path)
        self._connection = open_in_memory(self.stamp)
        self._uncommitted_bytes = 0
        self._used.clear()

    def _close(self) -> None:
        with self._lock:
            if self._pending or self._used or self._uncommitted_bytes:
                self._write_pending()
            with closing(self._connection), suppress(sqlite3.Error):
                if self._build % BUILDS_BETWEEN == 0:
                    prune(self._connection, self._build)


def _replace(connection: sqlite3.Connection, values: Mapping[tuple[str, str], bytes], build: int) -> None:
    """Put values in; most are new, and to look for each before would take as long as to put it in."""
    connection.execute("SAVEPOINT put")
    try:
        _insert(connection, values, build)
    except sqlite3.IntegrityError:
        connection.execute("ROLLBACK TO put")
        old = [row for place in values for row in connection.execute(FIND, place)]
        connection.executemany(DELETE_ENTRY, old)
        connection.executemany(DELETE_PAYLOAD, old)
        _insert(connection, values, build)
    connection.execute("RELEASE put")


def _insert(connection: sqlite3.Connection, values: Mapping[tuple[str, str], bytes], build: int) -> None:
    (last,) = connection.execute("SELECT coalesce(max(id), 0) FROM entry").fetchone()
    numbered = list(enumerate(values.items(), start=last + 1))
    connection.executemany(
        PUT_ENTRY,
        ((number, namespace, key, build, len(value)) for number, ((namespace, key), value) in numbered),
    )
    connection.executemany(PUT_PAYLOAD, ((number, crc32(value), value) for number, (_, value) in numbered))


_ENCODER = msgspec.msgpack.Encoder()
_json = msgspec.json.Encoder().encode


@cache
def decoder_of(kind: Hashable) -> msgspec.msgpack.Decoder[Any]:
    return msgspec.msgpack.Decoder(cast("Any", kind))
