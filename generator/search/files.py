"""What all files of the index have in common: where they stand, their keys, how they are compressed."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from hashlib import blake2b
from typing import Protocol
from zlib import compress

import msgspec

from generator.model import OutputFile, PlannedFile, Stage

FORMAT = "5"
"""Goes up whenever files are laid out differently: everything is made anew, and the script must follow."""

ROOT = "search"


class SearchPlan(Protocol):
    """Files the search adds to the site, and the means to make them."""

    @property
    def files(self) -> tuple[PlannedFile, ...]: ...

    def render(self, paths: Collection[str]) -> Iterator[OutputFile]:
        """Yield the files of these paths; paths of other parts of the site are passed over."""
        ...


class Part(msgspec.Struct, frozen=True):
    """Files made together. `make` returns their bytes by path; `stage` says when they are published."""

    keys: Mapping[str, str]
    make: Callable[[], Mapping[str, bytes]]
    stage: Stage = Stage.ASSET


class PlannedParts(msgspec.Struct, frozen=True):
    """A SearchPlan of parts."""

    parts: tuple[Part, ...]

    @property
    def files(self) -> tuple[PlannedFile, ...]:
        return tuple(
            PlannedFile(path, key, part.stage) for part in self.parts for path, key in part.keys.items()
        )

    def render(self, paths: Collection[str]) -> Iterator[OutputFile]:
        wanted = frozenset(paths)
        for part in self.parts:
            needed = [path for path in part.keys if path in wanted]
            if needed:
                contents = part.make()
                yield from (OutputFile(path, contents[path]) for path in needed)


def single_file(path: str, content: bytes, stage: Stage = Stage.ASSET) -> Part:
    return Part({path: key_of(content)}, lambda: {path: pack(content)}, stage)


def pack(content: bytes) -> bytes:
    """Compress as every browser and the script's own decoder can read it (zlib)."""
    return compress(content, 6)


def key_of(content: bytes) -> str:
    return blake2b(content, digest_size=12, key=FORMAT.encode()).hexdigest()


def stamp_of(keys: Iterable[str]) -> str:
    """Return four characters that change when one of the keys does."""
    return blake2b("\n".join(keys).encode(), digest_size=2).hexdigest()
