"""Keeping the store from growing for ever."""

import sqlite3

BUILDS_KEPT = 1000
BYTES_KEPT = 4 * 1024 * 1024 * 1024
"""An archive of 100,000 articles takes 1.2 GB; a smaller limit would lose its own texts."""
BUILDS_BETWEEN = 8
"""Looking through all entries takes a while, and little ages from one build to the next."""
# A file is made smaller only when much of it is empty: rewriting it costs as much as reading it all.
EMPTY_SHARE = 0.5

UNUSED = "SELECT id FROM entry WHERE used < ?"
# The longest unused entries, beyond the bytes that may stay.
SURPLUS = """
SELECT id FROM (SELECT id, sum(size) OVER (ORDER BY used DESC, id DESC) AS total FROM entry) WHERE total > ?
"""


def prune(
    connection: sqlite3.Connection,
    build: int,
    builds_kept: int = BUILDS_KEPT,
    bytes_kept: int = BYTES_KEPT,
) -> None:
    """Delete what the last `builds_kept` builds did not use, and the longest unused beyond `bytes_kept`."""
    with connection:
        _delete(connection, UNUSED, build - builds_kept)
        (total,) = connection.execute("SELECT coalesce(sum(size), 0) FROM entry").fetchone()
        if total > bytes_kept:
            _delete(connection, SURPLUS, bytes_kept)
    (pages,) = connection.execute("PRAGMA page_count").fetchone()
    (empty,) = connection.execute("PRAGMA freelist_count").fetchone()
    if empty > pages * EMPTY_SHARE:
        connection.execute("VACUUM")


def _delete(connection: sqlite3.Connection, chosen: str, argument: int) -> None:
    numbers = connection.execute(chosen, (argument,)).fetchall()
    connection.executemany("DELETE FROM payload WHERE id = ?", numbers)
    connection.executemany("DELETE FROM entry WHERE id = ?", numbers)
