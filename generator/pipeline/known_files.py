"""Digests of files, read again only where size or time have changed."""

from collections.abc import Mapping, Sequence
from itertools import chain

import msgspec

from generator.content import ContentFile
from generator.pipeline.sequences import equal_at_start
from generator.store import Store

NAMESPACE = "known-files"

# Two writes within the grain of a file system's clock (2 s on FAT) leave the same time: a file so young may
# change once more without looking changed.
GRAIN_NS = 2_000_000_000
PIECE = 2000
"""Files in a piece of a list."""

NEVER = -1
"""Stands for the time of a file that has to be read again whatever its time is."""


class KnownList(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What a build saw of a list of files, in their order. Kept as columns: an archive has a hundred thousand
    files, and whole columns are compared at once."""

    paths: list[str]
    sizes: list[int]
    times: list[int]
    digests: list[str]

    def piece(self, start: int) -> "KnownList":
        return self._cut(slice(start, start + PIECE))

    def after(self, place: int) -> "KnownList":
        return self._cut(slice(place, None))

    def _cut(self, part: slice) -> "KnownList":
        return KnownList(self.paths[part], self.sizes[part], self.times[part], self.digests[part])


class _Asked(msgspec.Struct, frozen=True):
    """Files of a list. The first `same` have the paths of those of the last build; `changed` are the places
    of unread ones among them."""

    files: Sequence[ContentFile]
    digests: dict[str, str]
    unread: list[ContentFile]
    same: int
    changed: list[int]


class KnownFiles(msgspec.Struct, frozen=True):
    """What earlier builds saw of files, list by list: size, time, digest."""

    _store: Store
    _before: dict[str, KnownList] = msgspec.field(default_factory=dict)
    _asked: dict[str, _Asked] = msgspec.field(default_factory=dict)
    _noted: dict[str, tuple[ContentFile, str, bool]] = msgspec.field(default_factory=dict)

    def split(self, name: str, files: Sequence[ContentFile]) -> tuple[dict[str, str], list[ContentFile]]:
        """Return the digests of files that are as they were, by path, and the files to be read. `name` is
        that of the list, of which a build may have several states. The digests of read files can be added to
        what was returned: whoever asks for the very same sequence again gets it.
        """
        asked = self._asked.get(name)
        if asked is None or asked.files is not files:
            asked = self._asked[name] = _compare(files, self._last(name))
        read = {file.path for file in asked.unread if self._is_noted(file)}
        asked.digests.update((path, self._noted[path][1]) for path in read)
        return asked.digests, [file for file in asked.unread if file.path not in read]

    def note(self, file: ContentFile, digest: str, started_ns: int) -> None:
        """Note what was read; a later build takes it over unless the file is so young that its time says
        nothing yet."""
        self._noted[file.path] = file, digest, file.mtime_ns < started_ns - GRAIN_NS

    def is_settled(self, path: str) -> bool:
        """Whether a change of a file will be seen by its size or time; of one that was noted it may be too
        early to tell."""
        return path not in self._noted or self._noted[path][2]

    def keep(self) -> None:
        for name, asked in self._asked.items():
            last = self._last(name)
            if not asked.unread and len(asked.files) == len(last.paths):
                continue
            files = self._read(asked)
            if len(files) != len(last.paths):
                self._store.keep(NAMESPACE, {name: len(files)})
            # What lies in one piece changes together, and most edits change one piece.
            pieces = _pieces(name, len(files))
            if files is asked.files:
                first = asked.same // PIECE
                wanted = {place // PIECE for place in asked.changed} | set(range(first, len(pieces)))
                pieces = {key: start for key, start in pieces.items() if start // PIECE in wanted}
            for key, start in pieces.items():
                piece = self._seen(files[start : start + PIECE], asked.digests)
                if piece != last.piece(start):
                    self._store.keep(NAMESPACE, {key: piece})

    def _read(self, asked: _Asked) -> Sequence[ContentFile]:
        """The files that were read at some time."""
        if len(asked.digests) == len(asked.files):
            return asked.files
        return [file for file in asked.files if file.path in asked.digests or file.path in self._noted]

    def _last(self, name: str) -> KnownList:
        if name not in self._before:
            self._before[name] = self._recall(name)
        return self._before[name]

    def _recall(self, name: str) -> KnownList:
        nothing = KnownList([], [], [], [])
        count = self._store.recall(NAMESPACE, (name,), int).get(name, 0)
        keys = _pieces(name, count)
        pieces = self._store.recall(NAMESPACE, keys, KnownList)
        if len(pieces) < len(keys):
            return nothing
        columns = zip(*map(msgspec.structs.astuple, pieces.values()), strict=True)
        return KnownList(*(list(chain.from_iterable(column)) for column in columns)) if pieces else nothing

    def _is_noted(self, file: ContentFile) -> bool:
        return file.path in self._noted and self._noted[file.path][0] == file

    def _seen(self, files: Sequence[ContentFile], digests: Mapping[str, str]) -> KnownList:
        rows = [self._noted.get(file.path, (file, digests.get(file.path, ""), True)) for file in files]
        return KnownList(
            [file.path for file in files],
            [file.size for file in files],
            [
                file.mtime_ns if is_settled else NEVER
                for file, (_, _, is_settled) in zip(files, rows, strict=True)
            ],
            [digest for _, digest, _ in rows],
        )


def _pieces(name: str, count: int) -> dict[str, int]:
    """Keys of the pieces of a list with the place of the first file of each."""
    return {f"{name} {start // PIECE}": start for start in range(0, count, PIECE)}


def _compare(files: Sequence[ContentFile], last: KnownList) -> _Asked:
    paths = [file.path for file in files]
    same = equal_at_start(paths, last.paths)
    digests = dict(zip(paths[:same], last.digests[:same], strict=True))
    sizes = [file.size for file in files[:same]]
    times = [file.mtime_ns for file in files[:same]]
    changed: list[int] = []
    if sizes != last.sizes[:same] or times != last.times[:same]:
        rows = enumerate(zip(sizes, last.sizes, times, last.times, strict=False))
        changed = [place for place, (size, old, time, then) in rows if time != then or size != old]
    unread = [files[place] for place in changed]
    for file in unread:
        del digests[file.path]
    if same < len(paths):
        unread += _look_up(files[same:], last.after(same), digests)
    return _Asked(files, digests, unread, same, changed)


def _look_up(files: Sequence[ContentFile], last: KnownList, digests: dict[str, str]) -> list[ContentFile]:
    """Return the files that were not there, or other ones; the digests of the others are noted."""
    rows: Mapping[str, tuple[int, int, str]] = dict(
        zip(last.paths, zip(last.sizes, last.times, last.digests, strict=True), strict=True)
    )
    unread: list[ContentFile] = []
    for file in files:
        known = rows.get(file.path)
        if known and known[1] == file.mtime_ns and known[0] == file.size:
            digests[file.path] = known[2]
        else:
            unread.append(file)
    return unread
