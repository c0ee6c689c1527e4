"""A memo of pure steps on disk. All of it can be made again, so a bad store is a miss, never an error."""

from generator.store.memo import Store
from generator.store.reading import StoreReader
from generator.store.stamp import program_stamp

__all__ = ["Store", "StoreReader", "program_stamp"]
