"""Watching the site's sources: batches of changed files, once they have come to rest."""

import logging
import os
import queue
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver, ObservedWatch
from watchdog.observers.polling import PollingObserver

QUIET_SECONDS = 0.1
LONGEST_BATCH_SECONDS = 2.0
POLLING_SECONDS = 0.5

# It logs an error when it is stopped in the middle of an event; without a handler that goes to the screen.
logging.getLogger("watchdog").addHandler(logging.NullHandler())

TELLING_EVENTS = frozenset({"created", "modified", "moved", "deleted"})

Report = Callable[[str], None]
Signature = tuple[int, int] | None


class Watcher:
    """Changes of the watched files and folders, from an observer's threads to whoever asks for them."""

    def __init__(self, watched: Iterable[Path]) -> None:
        self.watched = tuple(dict.fromkeys(Path(os.path.abspath(path)) for path in watched))  # noqa: PTH100
        self._changes: queue.SimpleQueue[Path] = queue.SimpleQueue()
        self._own: dict[Path, Signature] = {}

    def note(self, path: Path) -> None:
        """Take a change of `path`, if it is one that a site can be made from."""
        if any(_is_source(path, watched) for watched in self.watched):
            self._changes.put(path)

    def note_all(self, folder: Path) -> None:
        """Take every file in `folder` as changed."""
        for inside in folder.rglob("*"):
            if inside.is_file():
                self.note(inside)

    def ignore_own(self, paths: Iterable[Path]) -> None:
        """Do not report these files as long as they stay as they are now: the build wrote them."""
        self._own.update((Path(os.path.abspath(path)), _signature(path)) for path in paths)  # noqa: PTH100

    def next_batch(self, timeout: float) -> frozenset[Path]:
        """Return the files changed, when nothing has changed for a moment; none when `timeout` is over."""
        try:
            batch = {self._changes.get(timeout=timeout)}
        except queue.Empty:
            return frozenset()
        end = time.monotonic() + LONGEST_BATCH_SECONDS
        with suppress(queue.Empty):
            while time.monotonic() < end:
                batch.add(self._changes.get(timeout=QUIET_SECONDS))
        return frozenset(path for path in batch if not self._is_own(path))

    def _is_own(self, path: Path) -> bool:
        if path not in self._own:
            return False
        if self._own[path] == _signature(path):
            return True
        del self._own[path]
        return False


@contextmanager
def watch_files(watcher: Watcher, report: Report, *, is_polling: bool = False) -> Iterator["Watching"]:
    """Feed the watcher while the block runs: by the system's notices, or by looking again and again.

    Polling is for network drives, where no notices come, and for systems that have run out of them.
    """
    watching = None if is_polling else _try_notices(watcher, report)
    if watching is None:
        watching = Watching(PollingObserver(timeout=POLLING_SECONDS), watcher)
    try:
        yield watching
    finally:
        watching.stop()


class Watching:
    """A running observer of a watcher's files and folders. OSError when the system has no more notices."""

    def __init__(self, observer: BaseObserver, watcher: Watcher) -> None:
        self._observer = observer
        self._watcher = watcher
        self._listener = _Listener(watcher)
        self._watches: dict[Path, tuple[int, ObservedWatch]] = {}
        try:
            for folder, is_recursive in sorted(_folders_to_watch(watcher.watched).items()):
                self._watch(folder, is_recursive)
            observer.start()
        except OSError:
            self.stop()
            raise

    def refresh(self) -> None:
        """Watch what has appeared since, or was replaced: what is in there counts as changed."""
        for folder, is_recursive in sorted(_folders_to_watch(self._watcher.watched).items()):
            known = self._watches.get(folder)
            if known is not None and known[0] == _inode(folder):
                continue
            if known is not None:
                with suppress(KeyError, OSError):
                    self._observer.unschedule(known[1])
            with suppress(OSError):
                self._watch(folder, is_recursive)
                if is_recursive:
                    self._watcher.note_all(folder)

    def stop(self) -> None:
        with suppress(RuntimeError):  # it may not have come as far as a thread
            self._observer.stop()
            self._observer.join()

    def _watch(self, folder: Path, is_recursive: bool) -> None:
        watch = self._observer.schedule(self._listener, str(folder), recursive=is_recursive)
        self._watches[folder] = (_inode(folder), watch)


def is_editors_own(name: str) -> bool:
    """Whether a file or folder of this name is an editor's or a system's, never a part of a site."""
    return (
        name.startswith((".", "#", "~$"))
        or name.endswith(
            ("~", ".swp", ".swx", ".tmp", ".part", ".crdownload", "___jb_tmp___", "___jb_old___")
        )
        or name in ("4913", "Thumbs.db", "desktop.ini")
    )


def _is_source(path: Path, watched: Path) -> bool:
    if not path.is_relative_to(watched):
        return False
    return not any(is_editors_own(part) for part in path.relative_to(watched).parts)


class _Listener(FileSystemEventHandler):
    def __init__(self, watcher: Watcher) -> None:
        self._watcher = watcher

    def on_any_event(self, event: FileSystemEvent) -> None:
        if event.event_type not in TELLING_EVENTS:
            return
        if event.is_directory and event.event_type == "modified":
            return  # its files tell more
        for name in (event.src_path, event.dest_path):
            if name:
                self._note(Path(os.fsdecode(name)), is_new_folder=event.is_directory)

    def _note(self, path: Path, is_new_folder: bool) -> None:
        if is_new_folder and path.is_dir():
            # What is in it may have been there before the system began to watch it.
            self._watcher.note_all(path)
        else:
            self._watcher.note(path)


def _try_notices(watcher: Watcher, report: Report) -> Watching | None:
    try:
        return Watching(Observer(), watcher)
    except OSError as failure:
        reason = failure.strerror or str(failure)
        report(f"the system cannot tell of changes ({reason}); looking for them every {POLLING_SECONDS} s")
        return None


def _folders_to_watch(watched: Iterable[Path]) -> dict[Path, bool]:
    """Return the folders to watch, and whether with all below: a file is seen by its folder, and so is a
    folder that is not there yet or may be replaced.
    """
    folders: dict[Path, bool] = {}
    for path in watched:
        if path.is_dir():
            folders[path] = True
        parent = next(parent for parent in path.parents if parent.is_dir())
        folders.setdefault(parent, False)
    return folders


def _inode(folder: Path) -> int:
    try:
        return folder.stat().st_ino
    except OSError:
        return 0


def _signature(path: Path) -> Signature:
    try:
        status = path.stat()
    except OSError:
        return None
    return (status.st_mtime_ns, status.st_size)
