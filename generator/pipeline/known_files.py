"""Digests of files, read again only where size or time have changed."""

from collections.abc import Sequence
from dataclasses import dataclass

from generator.content import ContentFile
from generator.store import Store, keep_table, recall_table

NAMESPACE = "known-files"

# Two writes within the grain of a file system's clock (2 s on FAT) leave the same time: a file so young may
# change once more without looking changed.
GRAIN_NS = 2_000_000_000

_Known = tuple[int, int, str]
_Table = dict[str, _Known]


@dataclass(slots=True)
class KnownFiles:
    """What earlier builds saw of each file: size, time, digest."""

    _store: Store
    _before: _Table
    _now: _Table
    _asked: dict[int, tuple[Sequence[ContentFile], dict[str, str], list[ContentFile]]]
    _is_changed: bool = False

    @classmethod
    def load(cls, store: Store) -> "KnownFiles":
        return cls(store, recall_table(store, NAMESPACE, _Known), {}, {})

    def split(self, files: Sequence[ContentFile]) -> tuple[dict[str, str], list[ContentFile]]:
        """Return the digests of files that are as they were, by path, and the files to be read. The digests
        of those can be added to what was returned: whoever asks for the very same sequence again gets it.
        """
        asked = self._asked.get(id(files))
        if asked and asked[0] is files:
            _, digests, unread = asked
            digests |= {file.path: self._now[file.path][2] for file in unread if file.path in self._now}
            return digests, [file for file in unread if file.path not in self._now]
        digests, unread = {}, []
        now, known_now, known_before = self._now, self._now.get, self._before.get
        for file in files:
            path = file.path
            known = known_now(path) or known_before(path)
            if known and known[1] == file.mtime_ns and known[0] == file.size:
                digests[path] = known[2]
                now[path] = known
            else:
                unread.append(file)
        self._asked[id(files)] = files, digests, unread
        return digests, unread

    def note(self, file: ContentFile, digest: str, started_ns: int) -> None:
        """Remember what was read, unless the file is so young that its time says nothing yet."""
        if file.mtime_ns < started_ns - GRAIN_NS:
            self._is_changed = True
            self._now[file.path] = (file.size, file.mtime_ns, digest)

    def keep(self) -> None:
        if len(self._now) < len(self._before) or self._is_changed:
            keep_table(self._store, NAMESPACE, self._before, self._now)
