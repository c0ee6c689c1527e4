"""A memo of pure steps on disk. All of it can be made again, so a bad store is a miss, never an error."""

from generator.store.memo import Store
from generator.store.notes import Notes, NotesTaken, keep_notes
from generator.store.reading import StoreReader
from generator.store.stamp import program_stamp
from generator.store.tables import keep_table, recall_table

__all__ = [
    "Notes",
    "NotesTaken",
    "Store",
    "StoreReader",
    "keep_notes",
    "keep_table",
    "program_stamp",
    "recall_table",
]
