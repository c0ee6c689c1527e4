"""A memo of pure steps on disk. All of it can be made again, so a bad store is a miss, never an error."""

from generator.store.memo import Store
from generator.store.notes import Notes, NotesTaken, keep_notes
from generator.store.reading import StoreReader
from generator.store.stamp import program_stamp

__all__ = ["Notes", "NotesTaken", "Store", "StoreReader", "keep_notes", "program_stamp"]
