"""What a process beside notes is kept by the one that has the store."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryFile

import pytest

from generator.store import Notes, Store, StoreReader, keep_notes


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / ".bulletin" / "memo.sqlite3"


@contextmanager
def taking_notes(path: Path) -> Iterator[tuple[Store, Notes]]:
    """A store with the word "old", and notes begun over it."""
    with Store.open(path, "one") as store, TemporaryFile() as file:
        store.put("words", "old", b"before")
        notes = Notes(StoreReader(store), file)
        notes.begin()
        yield store, notes


def in_another_process(work: Callable[[], None]) -> None:
    child = os.fork()
    if child == 0:
        status = 1
        try:
            work()
            status = 0
        finally:
            os._exit(status)
    _, status = os.waitpid(child, 0)
    assert status == 0


def test_what_was_noted_is_at_hand_at_once_and_in_the_store_when_it_is_handed_over(path: Path) -> None:
    with taking_notes(path) as (store, notes):
        notes.put("words", "new", b"noted")
        notes.put("words", "empty", b"")
        assert [notes.get("words", key) for key in ("old", "new", "empty", "none")] == [
            b"before",
            b"noted",
            b"",
            None,
        ]
        keep_notes(store, notes.hand_over(), notes.file)
    with Store.open(path, "one") as store:
        assert store.get_many("words", ["old", "new", "empty"]) == {
            "old": b"before",
            "new": b"noted",
            "empty": b"",
        }


def test_processes_forked_from_the_one_that_notes_only_read(path: Path) -> None:
    with taking_notes(path) as (store, notes):
        notes.put("words", "first", b"1")

        def read_and_put() -> None:
            notes.put("words", "stray", b"lost")
            assert notes.get("words", "old") == b"before"
            assert notes.get("words", "first") is None

        in_another_process(read_and_put)
        notes.put("words", "second", b"2")
        keep_notes(store, notes.hand_over(), notes.file)
        assert store.get_many("words", ["first", "stray", "second"]) == {"first": b"1", "second": b"2"}


def test_what_is_read_beside_counts_as_used(path: Path) -> None:
    with Store.open(path, "one") as store:
        store.put("words", "old", b"before")
    for _ in range(12):
        with Store.open(path, "one"):
            pass
    with Store.open(path, "one") as store:
        notes = Notes(StoreReader(store), BytesIO())
        notes.begin()
        notes.get("words", "old")
        keep_notes(store, notes.hand_over(), notes.file)
    with Store.open(path, "one") as store:
        (used,) = store._connection.execute("SELECT used FROM entry WHERE key = 'old'").fetchone()
        (build,) = store._connection.execute("SELECT build FROM about").fetchone()
    assert used >= build - 1
