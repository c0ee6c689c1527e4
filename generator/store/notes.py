"""What a process beside the one that has the store reads there, and what it wants to be kept."""

import os
from typing import BinaryIO

import msgspec

from generator.store.memo import Store
from generator.store.reading import StoreReader

Place = tuple[int, int]
"""Where a value begins in the file of the notes, and how many bytes it has."""

Key = tuple[str, str]
"""Namespace and key."""


class NotesTaken(msgspec.Struct, frozen=True):
    """The notes as they are handed over; the values stand in the file both processes have open."""

    kept: dict[Key, Place]
    used: set[Key]


class Notes(msgspec.Struct):
    """A memo over `reader`. Values put are written to `file`: together they may be large. The process that
    calls begin() takes the notes; others forked from it only read the store.
    """

    reader: StoreReader
    file: BinaryIO
    _taken: NotesTaken = msgspec.field(default_factory=lambda: NotesTaken({}, set()))
    _process: int = 0

    def begin(self) -> None:
        """Begin in this process, with nothing of what one that failed may have noted."""
        self._process = os.getpid()
        self.file.truncate(0)

    def get(self, namespace: str, key: str) -> bytes | None:
        place = self._taken.kept.get((namespace, key))
        if place and self._process == os.getpid():
            return _read(self.file, place)
        found = self.reader.get(namespace, key)
        if found is not None:
            self._taken.used.add((namespace, key))
        return found

    def put(self, namespace: str, key: str, value: bytes) -> None:
        if self._process != os.getpid():
            return
        start = self.file.seek(0, 2)
        self.file.write(value)
        self._taken.kept[namespace, key] = (start, len(value))

    def hand_over(self) -> NotesTaken:
        self.file.flush()
        return self._taken


def keep_notes(store: Store, taken: NotesTaken, file: BinaryIO) -> None:
    """Keep in the store what was put, and note there what was used."""
    for (namespace, key), place in taken.kept.items():
        store.put(namespace, key, _read(file, place))
    store.note_use(taken.used)


def _read(file: BinaryIO, place: Place) -> bytes:
    file.seek(place[0])
    return file.read(place[1])
