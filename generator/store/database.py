"""The SQLite file behind the memo: its layout, and opening it whatever state it is in."""

import sqlite3
from pathlib import Path

# "bltn": tells a store of ours from a foreign database that happens to stand at its place.
APPLICATION_ID = 0x626C746E
FORMAT = 1
BUSY_SECONDS = 0.25

# `used` changes in most builds and values are large: apart, marking use rewrites small rows only.
LAYOUT = """
CREATE TABLE about (stamp TEXT NOT NULL, build INTEGER NOT NULL);
CREATE TABLE entry (
    id INTEGER PRIMARY KEY,
    namespace TEXT NOT NULL,
    key TEXT NOT NULL,
    used INTEGER NOT NULL,
    size INTEGER NOT NULL,
    UNIQUE (namespace, key)
);
CREATE TABLE payload (id INTEGER PRIMARY KEY, checksum INTEGER NOT NULL, value BLOB NOT NULL);
"""


def open_database(path: Path, stamp: str) -> sqlite3.Connection:
    """Return a writable store stamped `stamp`: the one at `path`, a new one there, or one in memory only."""
    for attempt in (_open_existing, _open_new):
        try:
            return attempt(path, stamp)
        except (sqlite3.Error, OSError, ValueError) as failure:
            if is_busy(failure):
                break
    return open_in_memory(stamp)


def open_in_memory(stamp: str) -> sqlite3.Connection:
    return _lay_out(_connect(":memory:"), stamp)


def delete_database(path: Path) -> None:
    for suffix in ("", "-wal", "-shm", "-journal"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def is_busy(failure: BaseException) -> bool:
    """Whether another process holds the database: it is sound, and not ours to replace."""
    code = getattr(failure, "sqlite_errorcode", 0)
    return (code & 0xFF) in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)


def _open_existing(path: Path, stamp: str) -> sqlite3.Connection:
    if not path.is_file():
        raise ValueError("there is no store yet")
    connection = _connect(str(path))
    try:
        if _pragma(connection, "application_id") != APPLICATION_ID:
            raise ValueError("not a store")
        if not _is_current(connection, stamp):
            return _lay_out_again(connection, stamp)
        # Counting the build is also the proof that the file can be written.
        connection.execute("UPDATE about SET build = build + 1")
        connection.commit()
    except BaseException:
        connection.close()
        raise
    return connection


def _is_current(connection: sqlite3.Connection, stamp: str) -> bool:
    if _pragma(connection, "user_version") != FORMAT:
        return False
    return bool(connection.execute("SELECT stamp FROM about").fetchall() == [(stamp,)])


def _lay_out_again(connection: sqlite3.Connection, stamp: str) -> sqlite3.Connection:
    """Empty a store in place: deleting the file would pull it from under a process that still reads it."""
    tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    for (table,) in tables:
        connection.execute(f'DROP TABLE "{table}"')
    connection.commit()
    connection.execute("VACUUM")
    return _lay_out(connection, stamp)


def _open_new(path: Path, stamp: str) -> sqlite3.Connection:
    path.parent.mkdir(parents=True, exist_ok=True)
    delete_database(path)
    connection = _connect(str(path))
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        return _lay_out(connection, stamp)
    except BaseException:
        connection.close()
        raise


def _connect(name: str) -> sqlite3.Connection:
    # One store may be used from several threads; Store holds a lock around every use.
    connection = sqlite3.connect(name, timeout=BUSY_SECONDS, check_same_thread=False)
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute("PRAGMA cache_size = -16384")
    return connection


def _lay_out(connection: sqlite3.Connection, stamp: str) -> sqlite3.Connection:
    connection.executescript(LAYOUT)
    connection.execute("INSERT INTO about VALUES (?, 1)", (stamp,))
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {FORMAT}")
    connection.commit()
    return connection


def _pragma(connection: sqlite3.Connection, name: str) -> int:
    (value,) = connection.execute(f"PRAGMA {name}").fetchone()
    return int(value)
