"""The journal of a publication: written before the first change, so that whoever comes next can finish it."""

# ruff: noqa: PTH102, PTH104, PTH105, PTH106, PTH108, PTH112, PTH114
# Paths are text here: making 100,000 Path objects costs more than all that is done with them.

import os
from collections.abc import Callable, Iterable
from contextlib import suppress
from errno import EEXIST, EISDIR, ENOTDIR, ENOTEMPTY
from pathlib import Path

import msgspec

from generator.diagnostics import BulletinError, SourceSpan, error
from generator.publish.changes import Changes, Removal, Write
from generator.publish.durable import write_durably
from generator.publish.manifest import standing_at
from generator.publish.paths import ancestors, is_sound, parent_folders
from generator.publish.staging import staged_place

FORMAT = 2
PLACE_TAKEN = (EEXIST, EISDIR, ENOTDIR, ENOTEMPTY)

Step = Callable[[str], None]


def ignore_step(_step: str) -> None:
    """For who need not know the steps."""


class Journal(msgspec.Struct, frozen=True, array_like=True):
    """`staging_name` is the name of the staging folder; where it may be is known, and nobody else's say."""

    format: int
    staging_name: str
    changes: Changes


def write_journal(path: Path, staging_name: str, changes: Changes) -> Journal:
    journal = Journal(FORMAT, staging_name, changes)
    write_durably(path, msgspec.msgpack.encode(journal))
    return journal


def load_journal(path: Path) -> Journal | None:
    """Return the journal of an interrupted publication; None when there is none that can be trusted."""
    try:
        journal = msgspec.msgpack.decode(path.read_bytes(), type=Journal)
    except (OSError, msgspec.DecodeError):
        return None
    changes = journal.changes
    paths = [removal.path for removal in (*changes.clearings, *changes.removals)]
    paths += [write.path for write in changes.writes]
    return journal if journal.format == FORMAT and all(map(is_sound, paths)) else None


def apply_journal(journal: Journal, staging_folder: str, output: Path, on_step: Step) -> list[str]:
    """Make every change not made yet; return the paths that could not be written.

    These are files whose staged bytes are gone, or whose place somebody has taken since. `on_step` is told
    each change before it is made. Doing it all again changes nothing.
    """
    changes = journal.changes
    root = str(output)
    for removal in changes.clearings:
        on_step(f"clear {removal.path}")
        _remove(root, removal)
    _remove_empty_folders(root, changes.clearings)
    lost = []
    folders = _Folders(staging_folder, root)
    for write in changes.writes:
        on_step(f"write {write.path}")
        if folders.bring(write.path):
            is_there = _is_whole(f"{root}/{write.path}", write)
        else:
            is_there = _write(staging_folder, root, write, folders)
        if not is_there:
            lost.append(write.path)
    for removal in changes.removals:
        on_step(f"remove {removal.path}")
        _remove(root, removal)
    _remove_empty_folders(root, changes.removals)
    return lost


def _is_whole(target: str, write: Write) -> bool:
    """Whether a file that came with its folder is as it was staged; one that is not goes again."""
    if standing_at(target) == write.after:
        return True
    with suppress(OSError):
        os.unlink(target)
    return False


def _write(staging_folder: str, root: str, write: Write, folders: "_Folders") -> bool:
    target = f"{root}/{write.path}"
    present = standing_at(target)
    staged = staged_place(staging_folder, write.path)
    if standing_at(staged) != write.after:
        return present == write.after
    if present not in (write.before, write.after):
        return False
    try:
        folders.make(write.path.rpartition("/")[0])
        if present is None and os.path.isdir(target) and not os.path.islink(target):
            _remove_hollow(Path(target))
        os.replace(staged, target)
    except OSError as failure:
        if failure.errno in PLACE_TAKEN:
            return False
        message = f"cannot be written: {failure.strerror or failure}"
        hint = "mend that and build again: the publication goes on where it stopped"
        raise BulletinError(error("output-write", message, SourceSpan(write.path), hint)) from None
    return True


class _Folders:
    """Folders of the output: those that are new come whole, in one rename, with all the files staged in them;
    others are made step by step. No symbolic link is followed."""

    def __init__(self, staging_folder: str, root: str) -> None:
        self._staging_folder = staging_folder
        self._root = root
        self._there: set[str] = set()
        self._brought: set[str] = set()

    def bring(self, path: str) -> bool:
        """Whether the file of this path came with a new folder, now or before."""
        for folder in reversed([*ancestors(path)]):
            if folder in self._brought:
                return True
            if folder in self._there:
                continue
            place = f"{self._root}/{folder}"
            if not os.path.lexists(place):
                return self._bring_folder(folder, place)
            if os.path.islink(place):
                return False
            self._there.add(folder)
        return False

    def _bring_folder(self, folder: str, place: str) -> bool:
        try:
            os.rename(staged_place(self._staging_folder, folder), place)
        except OSError:
            return False  # its place was taken meanwhile, or an interrupted publication has left but a part
        self._brought.add(folder)
        return True

    def make(self, folder: str) -> None:
        """Make a folder and those above it."""
        if not folder or folder in self._there:
            return
        self.make(folder.rpartition("/")[0])
        place = f"{self._root}/{folder}"
        try:
            os.mkdir(place)
        except FileExistsError:
            if os.path.islink(place):
                raise NotADirectoryError(ENOTDIR, "a symbolic link, and links are not followed") from None
        self._there.add(folder)


def _remove(root: str, removal: Removal) -> None:
    if any(os.path.islink(f"{root}/{folder}") for folder in ancestors(removal.path)):
        return
    if standing_at(f"{root}/{removal.path}") == removal.before:
        with suppress(OSError):
            os.unlink(f"{root}/{removal.path}")


def _remove_empty_folders(root: str, removals: Iterable[Removal]) -> None:
    """Remove the folders that the removals left empty, the deepest first."""
    folders = parent_folders(removal.path for removal in removals)
    for folder in sorted(folders, key=lambda path: (-path.count("/"), path)):
        with suppress(OSError):  # most of all: it is not empty
            os.rmdir(f"{root}/{folder}")


def _remove_hollow(folder: Path) -> None:
    """Remove a folder that holds nothing but empty folders; OSError when it holds more."""
    for inside in folder.iterdir():
        if inside.is_symlink() or not inside.is_dir():
            break
        _remove_hollow(inside)
    folder.rmdir()
