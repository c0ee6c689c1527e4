"""What was published: every file of ours in the output folder, by path."""

import os
from array import array
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import cached_property
from hashlib import blake2b
from pathlib import Path
from stat import S_ISREG
from types import MappingProxyType
from typing import NamedTuple

import msgspec

from generator.publish.durable import write_durably

FORMAT = 3
FORMER_FORMAT = 2
DIGEST_SIZE = 16
_NUMBER = "q"
"""Sizes and times lie in arrays of 64 bits each."""

_ROOM = array(_NUMBER, [0])

_STRETCH = 1000
"""Keys that are compared at once."""


class Entry(NamedTuple):
    """A published file: the key of its plan, the digest of its bytes, and how it stood on disk."""

    key: str
    digest: str
    size: int
    mtime_ns: int


class _File(msgspec.Struct, frozen=True, array_like=True):
    """A manifest on disk, as columns: a large site has hundreds of thousands of files, and most builds look
    at the paths and the keys alone."""

    format: int
    plan_digest: str
    paths: list[str]
    keys: list[str]
    digests: bytes
    sizes: bytes
    times: bytes


class _FormerFile(msgspec.Struct, frozen=True, array_like=True):
    """A manifest as it was written before: what was published then has to be known, lest it stay for ever."""

    format: int
    plan_digest: str
    entries: dict[str, tuple[str, str, int, int]]


class Manifest(Mapping[str, Entry]):
    """The published files by path, in the order of the plan; `plan_digest` is that of the plan that they are
    the whole of ("" where something is missing)."""

    def __init__(self, plan_digest: str = "", entries: Mapping[str, Entry] = MappingProxyType({})) -> None:
        self.plan_digest = plan_digest
        self.paths = list(entries)
        self.plan_keys = [entry.key for entry in entries.values()]
        self._digests = b"".join([bytes.fromhex(entry.digest) for entry in entries.values()])
        self._sizes = array(_NUMBER, [entry.size for entry in entries.values()])
        self._times = array(_NUMBER, [_within_reach(entry.mtime_ns) for entry in entries.values()])
        self._looked_up: tuple[Sequence[str], Sequence[tuple[int, int]]] = (), ()
        self._outdated: dict[str, int] = {}

    @classmethod
    def decode(cls, content: memoryview) -> "Manifest":
        """Raises ValueError or msgspec.DecodeError for bytes that are no manifest of this format."""
        with suppress(msgspec.DecodeError):
            former = msgspec.msgpack.decode(content, type=_FormerFile)
            if former.format == FORMER_FORMAT:
                return cls("", {path: Entry(*entry) for path, entry in former.entries.items()})
        file = msgspec.msgpack.decode(content, type=_File)
        manifest = cls(file.plan_digest)
        manifest.paths, manifest.plan_keys, manifest._digests = file.paths, file.keys, file.digests
        manifest._sizes.frombytes(file.sizes)
        manifest._times.frombytes(file.times)
        columns = (manifest._sizes, manifest._times, file.keys, range(len(file.digests) // DIGEST_SIZE))
        if file.format != FORMAT or any(len(column) != len(file.paths) for column in columns):
            raise ValueError("a manifest of another format")
        return manifest

    def encode(self) -> bytes:
        arrays = (self._digests, self._sizes.tobytes(), self._times.tobytes())
        return msgspec.msgpack.encode(_File(FORMAT, self.plan_digest, self.paths, self.plan_keys, *arrays))

    def updated(self, plan_digest: str, paths: Sequence[str], entries: Mapping[str, Entry]) -> "Manifest":
        """Return the manifest of these paths, as far as something is known of them: the new entries, or else
        those there were."""
        if not self.paths:  # nothing was: one made of entries alone takes half the time
            return Manifest(plan_digest, {path: entries[path] for path in paths if path in entries})
        manifest = self._rearranged(paths, entries)
        manifest.plan_digest = plan_digest
        digests = bytearray(manifest._digests)
        numbers = {path: number for number, path in enumerate(manifest.paths) if path in entries}
        for path, entry in entries.items():
            number = numbers[path]
            manifest.plan_keys[number] = entry.key
            digests[number * DIGEST_SIZE : (number + 1) * DIGEST_SIZE] = bytes.fromhex(entry.digest)
            manifest._sizes[number], manifest._times[number] = entry.size, _within_reach(entry.mtime_ns)
        manifest._digests = bytes(digests)
        return manifest

    def _rearranged(self, paths: Sequence[str], fresh: Container[str]) -> "Manifest":
        """Return one with these paths in this order, as far as they are known here or are `fresh` ones."""
        manifest = Manifest()
        unknown = {path for path in self.missing(paths) if path not in fresh}
        paths = [path for path in paths if path not in unknown] if unknown else paths
        manifest.paths = list(paths)
        runs = self._runs(paths)
        for start, end in runs:
            is_known = start >= 0
            manifest.plan_keys += self.plan_keys[start:end] if is_known else [""]
            manifest._sizes += self._sizes[start:end] if is_known else _ROOM
            manifest._times += self._times[start:end] if is_known else _ROOM
        manifest._digests = b"".join(
            self._digests[start * DIGEST_SIZE : end * DIGEST_SIZE] if start >= 0 else bytes(DIGEST_SIZE)
            for start, end in runs
        )
        return manifest

    def standings(self, part: int, parts: int) -> Iterator[tuple[str, int, int]]:
        """Yield the paths of one of equal parts (from 0) with the sizes and the times of their files."""
        start, end = (len(self) * number // parts for number in (part, part + 1))
        return zip(self.paths[start:end], self._sizes[start:end], self._times[start:end], strict=True)

    def outdated(self, paths: Sequence[str], keys: Sequence[str]) -> list[int]:
        """Return the places of files that were not published, or planned with another key. Where they stand
        here is remembered, as they are asked for next: to make numbers of all paths takes longer.
        """
        outdated: list[int] = []
        place = 0
        for start, end in self._runs(paths):
            if start < 0:
                outdated.append(place)
                self._outdated[paths[place]] = start
                place += 1
                continue
            for number in self._differing(start, keys[place : place + end - start]):
                outdated.append(place + number - start)
                self._outdated[self.paths[number]] = number
            place += end - start
        return outdated

    def _differing(self, start: int, keys: Sequence[str]) -> Iterator[int]:
        """Yield the numbers, from `start` on, of files planned with other keys than these."""
        for first in range(0, len(keys), _STRETCH):
            now = keys[first : first + _STRETCH]
            before = self.plan_keys[start + first : start + first + len(now)]
            if now != before:  # few stretches of an archive
                for number, (one, other) in enumerate(zip(before, now, strict=True), start + first):
                    if one != other:
                        yield number

    def missing(self, paths: Sequence[str]) -> list[str]:
        """Return those of the paths at which nothing was published, in their order."""
        missing, place = [], 0
        for start, end in self._runs(paths):
            if start < 0:
                missing.append(paths[place])
            place += end - start
        return missing

    def without(self, paths: Sequence[str]) -> set[str]:
        """Return what was published besides the files with these paths."""
        others, end = set[str](), 0
        for start, after in sorted(run for run in self._runs(paths) if run[0] >= 0):
            others.update(self.paths[end:start])
            end = after
        return others.union(self.paths[end:])

    def _runs(self, paths: Sequence[str]) -> Sequence[tuple[int, int]]:
        """Return the first number of each run of paths that follow each other here, too, and the one after
        its last; (-1, 0) for a path that is not here. Those of the same list are remembered.
        """
        if paths is not self._looked_up[0]:
            self._looked_up = paths, list(self._find_runs(paths))
        return self._looked_up[1]

    def _find_runs(self, paths: Sequence[str]) -> Iterator[tuple[int, int]]:
        """Most files follow the one they followed before, and long runs are compared as a whole."""
        here, place, number = self.paths, 0, 0
        while place < len(paths):
            if number >= len(here) or here[number] != paths[place]:
                found = self._numbers.get(paths[place])
                if found is None:
                    yield -1, 0
                    place += 1
                    continue
                number = found
            start, step = number, 1
            while step := min(step, len(here) - number, len(paths) - place):
                if here[number : number + step] == paths[place : place + step]:
                    number, place, step = number + step, place + step, 2 * step
                else:
                    step //= 2
            yield start, number

    def _number(self, path: str) -> int:
        """The number of a path, -1 if it is not here."""
        number = self._outdated.get(path)
        return self._numbers.get(path, -1) if number is None else number

    @cached_property
    def _numbers(self) -> dict[str, int]:
        return dict(zip(self.paths, range(len(self.paths)), strict=True))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Manifest) and self.encode() == other.encode()

    __hash__ = None  # type: ignore[assignment]

    def __contains__(self, path: object) -> bool:
        return isinstance(path, str) and self._number(path) >= 0

    def __getitem__(self, path: str) -> Entry:
        number = self._number(path)
        if number < 0:
            raise KeyError(path)
        digest = self._digests[number * DIGEST_SIZE : (number + 1) * DIGEST_SIZE].hex()
        return Entry(self.plan_keys[number], digest, self._sizes[number], self._times[number])

    def __iter__(self) -> Iterator[str]:
        return iter(self.paths)

    def __len__(self) -> int:
        return len(self.paths)


def _within_reach(mtime_ns: int) -> int:
    """A time for an array. One of the 23rd century is kept as another: such a file looks changed."""
    return max(-(2**63), min(mtime_ns, 2**63 - 1))


def load_manifest(path: Path) -> Manifest:
    """Return what the file says; an empty one when it is absent, damaged or of another format."""
    with suppress(OSError, ValueError, msgspec.DecodeError):
        content = memoryview(path.read_bytes())  # no part of it is copied: it may have many megabytes
        if content[:DIGEST_SIZE] == _digest(content[DIGEST_SIZE:]):
            return Manifest.decode(content[DIGEST_SIZE:])
    return Manifest()


def write_manifest(path: Path, manifest: Manifest) -> None:
    content = manifest.encode()
    write_durably(path, _digest(content), content)


def digest_of_plan(paths: Iterable[str], keys: Iterable[str]) -> str:
    """Return a digest of paths with their keys. The same site is always planned in the same order."""
    digest = blake2b(digest_size=DIGEST_SIZE)
    for mark, column in (("", paths), ("\0", keys)):
        digest.update(mark.encode())
        digest.update("\n".join(column).encode("utf-8", "surrogatepass"))
    return digest.hexdigest()


def digest_of(content: bytes) -> str:
    return blake2b(content, digest_size=DIGEST_SIZE).hexdigest()


def _digest(content: bytes | memoryview) -> bytes:
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


def is_intact(path: str, size: int, mtime_ns: int) -> bool:
    """Whether the regular file `path` stands as it was published; asked of every file in every build."""
    try:
        status = os.lstat(path)
    except OSError:
        return False
    return status.st_mtime_ns == mtime_ns and status.st_size == size and S_ISREG(status.st_mode)
