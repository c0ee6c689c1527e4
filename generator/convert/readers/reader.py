"""What a reader of raw files is."""

from collections.abc import Callable

import msgspec

from generator.model import RawFile


class Reader(msgspec.Struct, frozen=True):
    """Reads the files whose name ends in one of `suffixes` ("" takes every name).

    `read` gets the path (for messages) and the bytes; it raises BulletinError when they cannot be read.
    """

    name: str
    suffixes: tuple[str, ...]
    read: Callable[[str, bytes], RawFile]
