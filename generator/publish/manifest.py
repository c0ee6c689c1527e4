"""What was published: every file of ours in the output folder, by path."""

import os
from collections.abc import Sequence
from hashlib import blake2b
from pathlib import Path
from stat import S_ISREG
from typing import NamedTuple

import msgspec

from generator.model import PlannedFile
from generator.publish.durable import write_durably

FORMAT = 2
DIGEST_SIZE = 16


class Entry(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A published file: the key of its plan, the digest of its bytes, and how it stood on disk."""

    key: str
    digest: str
    size: int
    mtime_ns: int


Manifest = dict[str, Entry]


class ManifestFile(msgspec.Struct, frozen=True, array_like=True):
    """The entries, with a digest of the plan that they are the whole of ("" where something is missing)."""

    format: int
    plan_digest: str
    entries: Manifest


def load_manifest(path: Path) -> ManifestFile:
    """Return what the file says; no entries when it is absent, damaged or of another format."""
    nothing = ManifestFile(FORMAT, "", {})
    try:
        content = path.read_bytes()
        if content[:DIGEST_SIZE] != _digest(content[DIGEST_SIZE:]):
            return nothing
        file = msgspec.msgpack.decode(memoryview(content)[DIGEST_SIZE:], type=ManifestFile)
    except (OSError, msgspec.DecodeError):
        return nothing
    return file if file.format == FORMAT else nothing


def write_manifest(path: Path, file: ManifestFile) -> None:
    content = msgspec.msgpack.encode(file)
    write_durably(path, _digest(content) + content)


def digest_of_plan(files: Sequence[PlannedFile]) -> str:
    """Return a digest of paths with their keys. The same site is always planned in the same order."""
    columns = ([file.path for file in files], [file.key for file in files])
    return digest_of("\0".join(map("\n".join, columns)).encode("utf-8", "surrogatepass"))


def digest_of(content: bytes) -> str:
    return blake2b(content, digest_size=DIGEST_SIZE).hexdigest()


def _digest(content: bytes) -> bytes:
    return blake2b(content, digest_size=DIGEST_SIZE).digest()


class Standing(NamedTuple):
    """A regular file as it stands on disk."""

    size: int
    mtime_ns: int


def standing_at(path: str) -> Standing | None:
    """Return how the regular file `path` stands; None for anything else, symbolic links too."""
    try:
        status = os.lstat(path)
    except (OSError, ValueError):
        return None
    if not S_ISREG(status.st_mode):
        return None
    return Standing(status.st_size, status.st_mtime_ns)


def is_intact(path: str, entry: Entry) -> bool:
    """Whether the regular file `path` stands as it was published; asked of every file in every build."""
    try:
        status = os.lstat(path)
    except OSError:
        return False
    return status.st_mtime_ns == entry.mtime_ns and status.st_size == entry.size and S_ISREG(status.st_mode)
