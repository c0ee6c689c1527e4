"""What a reader of raw files is."""

from collections.abc import Callable
from dataclasses import dataclass

from generator.model import RawFile


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads the files whose name ends in one of `suffixes` ("" takes every name).

    `read` gets the path (for messages) and the bytes; it raises BulletinError when they cannot be read.
    """

    name: str
    suffixes: tuple[str, ...]
    read: Callable[[str, bytes], RawFile]
