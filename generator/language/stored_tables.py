"""Large tables kept in a private folder in a form that loads faster than the text they come from.

A file that is missing, cut short, altered or of another release is a miss: the table is made anew.
"""

import hashlib
import os
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

import msgspec

Table = TypeVar("Table")

_DIGEST_SIZE = 16
_folder: Path | None = None


def use_cache_folder(path: str | os.PathLike[str]) -> None:
    """Keep the tables of jieba in the folder `path`, made when missing; without this call nothing is kept.

    Several processes may use the same folder: files are written aside and renamed into place.
    """
    global _folder
    _folder = Path(path)


def stored_table(name: str, table_type: type[Table], make: Callable[[], Table]) -> Table:
    """Return the table kept under `name`, or else make it and keep it if that is possible."""
    if _folder is None:
        return make()
    path = _folder / f"{name}.table"
    with suppress(OSError, msgspec.DecodeError):
        return _parse_table(path.read_bytes(), table_type)
    table = make()
    with suppress(OSError):
        _write_table(path, _format_table(table))
    return table


def _format_table(table: object) -> bytes:
    content = msgspec.msgpack.encode(table)
    return _digest(content) + content


def _parse_table(stored: bytes, table_type: type[Table]) -> Table:
    digest, content = stored[:_DIGEST_SIZE], stored[_DIGEST_SIZE:]
    if _digest(content) != digest:
        raise msgspec.DecodeError("the table was altered or cut short")
    return msgspec.msgpack.decode(content, type=table_type)


def _digest(content: bytes) -> bytes:
    return hashlib.blake2b(content, digest_size=_DIGEST_SIZE).digest()


def _write_table(path: Path, content: bytes) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, aside = tempfile.mkstemp(prefix=f"{path.name}.", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(aside).replace(path)
    except OSError:
        Path(aside).unlink(missing_ok=True)
        raise
