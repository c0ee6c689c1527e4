"""Readers of raw files, in the order they are asked. A new format is one file here and one entry."""

from generator.convert.readers.plain_text import PLAIN_TEXT
from generator.convert.readers.reader import Reader
from generator.model import RawFile

READERS: tuple[Reader, ...] = (PLAIN_TEXT,)


def read_raw_file(path: str, content: bytes) -> RawFile:
    """Return the file decoded; `path` (relative to the site) chooses the reader and stands in messages."""
    name = path.lower()
    reader = next(reader for reader in READERS if name.endswith(reader.suffixes))
    return reader.read(path, content)


__all__ = ["READERS", "Reader", "read_raw_file"]
