"""Digests of articles, volume by volume: most volumes are as they were, and nothing of them is looked up.

Known are what discovery found of each folder, packed: while that is the same in all folders of a volume, no
file of it is looked at by itself.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import chain

import msgspec
from msgspec.structs import replace

from generator.content import ContentFile, article_files, digest_of_texts, pack_articles
from generator.model import begins_volume
from generator.pipeline.known_files import NEVER
from generator.store import Store, keep_table, recall_table

TABLE = "known-articles"


class KnownVolume(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What a build saw of a volume: its files, and a line for each with the digest of its bytes, "" where it
    could not be read. `mark` is a digest of all paths and digests."""

    mark: str
    folders: dict[str, bytes]
    digests: str


class SeenArticles:
    """The articles of a listing beside what earlier builds saw of them. Volumes are named by their first
    folder. Those that are not as they were are open: `digests`, by path, are of their files, and whoever
    reads one puts its digest there. A file without one has still to be read, or could not be.
    """

    def __init__(self, store: Store, folders: Mapping[str, bytes], is_settled: Callable[[str], bool]) -> None:
        """`is_settled` tells of a file whether a change of it will be seen by its size or time."""
        self.volumes = dict(_bind(folders))
        self.digests: dict[str, str] = {}
        self._store = store
        self._is_settled = is_settled
        self._kept: dict[str, KnownVolume] = recall_table(store, TABLE, KnownVolume)
        self._opened: dict[str, dict[str, list[ContentFile]]] = {}
        changed = {
            first: volume
            for first, volume in self.volumes.items()
            if first not in self._kept or self._kept[first].folders != volume
        }
        left = [known for first, known in self._kept.items() if first in changed or first not in self.volumes]
        before = {file: digest for known in left for file, digest in _digests_of(known)}
        for first in changed:
            self._open(first, before)

    @property
    def unread(self) -> list[ContentFile]:
        """The files without a digest."""
        return [
            file
            for folders in self._opened.values()
            for file in chain.from_iterable(folders.values())
            if file.path not in self.digests
        ]

    def open(self, first: str) -> Mapping[str, Sequence[ContentFile]]:
        """Open a volume; return its files by folder."""
        if first not in self._opened:
            self._open(first, dict(_digests_of(self._kept[first])))
        return self._opened[first]

    def mark(self, first: str) -> str:
        """Return a digest of the paths and the digests of a volume, as far as there are any."""
        if first not in self._opened:
            return self._kept[first].mark
        paths = self._paths(first)
        return digest_of_texts([*paths, *[self.digests.get(path, "") for path in paths]])

    def keep(self) -> None:
        now = self._kept | {first: self._known(first) for first in self._opened}
        keep_table(self._store, TABLE, self._kept, {first: now[first] for first in self.volumes})

    def _open(self, first: str, before: Mapping[ContentFile, str]) -> None:
        folders = self.volumes[first]
        self._opened[first] = {folder: article_files(folder, packed) for folder, packed in folders.items()}
        files = chain.from_iterable(self._opened[first].values())
        self.digests |= {file.path: before[file] for file in files if before.get(file)}

    def _paths(self, first: str) -> list[str]:
        return [file.path for file in chain.from_iterable(self._opened[first].values())]

    def _known(self, first: str) -> KnownVolume:
        folders = {
            folder: pack_articles(folder, map(self._as_seen, files))
            for folder, files in self._opened[first].items()
        }
        digests = "".join([f"{self.digests.get(path, '')}\n" for path in self._paths(first)])
        known = KnownVolume(self.mark(first), folders, digests)
        before = self._kept.get(first)
        return before if before == known else known

    def _as_seen(self, file: ContentFile) -> ContentFile:
        is_known = file.path in self.digests and self._is_settled(file.path)
        return file if is_known else replace(file, mtime_ns=NEVER)


def _bind(folders: Mapping[str, bytes]) -> Iterator[tuple[str, dict[str, bytes]]]:
    """Yield volumes of folders with the first folder of each."""
    volume: dict[str, bytes] = {}
    for folder, packed in folders.items():
        if volume and begins_volume(folder):
            yield next(iter(volume)), volume
            volume = {}
        volume[folder] = packed
    if volume:
        yield next(iter(volume)), volume


def _digests_of(known: KnownVolume) -> Iterator[tuple[ContentFile, str]]:
    files = chain.from_iterable(article_files(*folder) for folder in known.folders.items())
    return zip(files, known.digests.split("\n"), strict=False)
