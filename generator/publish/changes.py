"""What publishing would change in the output folder, found out before anything is touched."""

# ruff: noqa: PTH112, PTH114
# Paths are text here: making 100,000 Path objects costs more than all that is done with them.

import os
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Set
from contextlib import suppress
from pathlib import Path
from stat import S_ISDIR, S_ISLNK

import msgspec

from generator.diagnostics import Diagnostic, error
from generator.publish.manifest import Entry, Manifest, Standing, digest_of, standing_at
from generator.publish.paths import PAGE, Show, ancestors, fold, is_sound, parent_folders
from generator.publish.staging import StagedFile

CLEAN_HINT = "move it away, or let bulletin replace it: bulletin build --clean"


class Write(msgspec.Struct, frozen=True, array_like=True):
    """A staged file to be renamed to `path`; `before` is the regular file it replaces."""

    path: str
    after: Standing
    before: Standing | None


class Removal(msgspec.Struct, frozen=True, array_like=True):
    path: str
    before: Standing


class Changes(msgspec.Struct, frozen=True, array_like=True):
    """In the order they are made. `clearings` are removals that make room for a write."""

    clearings: tuple[Removal, ...]
    writes: tuple[Write, ...]
    removals: tuple[Removal, ...]

    @property
    def is_empty(self) -> bool:
        return not (self.clearings or self.writes or self.removals)


class Inspection(msgspec.Struct, frozen=True):
    """`standing`: staged files whose bytes are in place already. `foreign`: files of ours somebody changed,
    not part of the site any more and therefore left to whoever changed them.
    """

    changes: Changes
    standing: Mapping[str, Standing]
    foreign: tuple[str, ...]
    problems: tuple[Diagnostic, ...]


def inspect_output(
    output: Path,
    manifest: Manifest,
    staged: Sequence[StagedFile],
    unplanned: Collection[str],
    show: Show,
    *,
    is_pruning: bool,
    is_clean: bool,
) -> Inspection:
    """Compare the staged files (in the order of publishing) and those no longer planned with the disk.

    With `is_clean`, foreign files where planned ones belong are replaced instead of being a problem. So they
    are where nothing is known of the folder and a page of this very site stands in it: then the folder is
    ours, and only the record of it was lost.
    """
    problems: list[Diagnostic] = []
    missing: list[tuple[StagedFile, Standing | None]] = []
    standing: dict[str, Standing] = {}
    root = str(output)
    folders = parent_folders(file.path for file in staged)
    absent = _absent_folders(root, folders)
    for file in staged:
        present = None if _folder(file.path) in absent else standing_at(f"{root}/{file.path}")
        if present is not None and _has_bytes(f"{root}/{file.path}", present, file):
            standing[file.path] = present
        else:
            missing.append((file, present))
    is_replacing = is_clean or (not manifest and any(path.endswith(PAGE) for path in standing))
    for file, present in missing:
        if is_replacing or file.path in manifest or _folder(file.path) in absent:
            continue
        if _is_obstacle(f"{root}/{file.path}", present):
            message = "a file that bulletin did not write stands where the site needs another"
            problems.append(error("output-foreign", message, show(file.path), CLEAN_HINT))
    writes = [Write(file.path, Standing(file.size, file.mtime_ns), present) for file, present in missing]
    clashes = _clashes([write.path for write in writes], unplanned)
    leaving = sorted(unplanned) if is_pruning else clashes
    removals, foreign = _find_removals(root, manifest, leaving)
    clearings = tuple(removal for removal in removals if removal.path in clashes)
    later = tuple(removal for removal in removals if removal.path not in clashes)
    changes = Changes(clearings, tuple(writes), later)
    if len(writes) < len(staged):
        folders = parent_folders(write.path for write in writes)
    problems += _folder_problems(root, changes, folders - absent, absent, show)
    return Inspection(changes, standing, tuple(foreign), tuple(problems))


def _folder(path: str) -> str:
    return path.rpartition("/")[0]


def _absent_folders(root: str, folders: Iterable[str]) -> set[str]:
    """Those that are not there: in a first build nearly all, and nothing in them need be looked for."""
    absent: set[str] = set()
    for folder in sorted(folders):
        if _folder(folder) in absent or not os.path.lexists(f"{root}/{folder}"):
            absent.add(folder)
    return absent


def _has_bytes(path: str, present: Standing, file: StagedFile) -> bool:
    if not file.is_waiting:
        return True
    return present.size == file.size and _digest_at(path) == file.digest


def _digest_at(path: str) -> str:
    """Return the digest of a file's bytes; "" when it cannot be read."""
    try:
        return digest_of(Path(path).read_bytes())
    except OSError:
        return ""


def _is_obstacle(path: str, present: Standing | None) -> bool:
    """Whether something stands at `path`; a folder is looked at later, it may be one of ours."""
    return present is not None or (os.path.lexists(path) and not _is_folder(path))


def _is_folder(path: str) -> bool:
    return os.path.isdir(path) and not os.path.islink(path)


def _clashes(writes: Iterable[str], unplanned: Collection[str]) -> list[str]:
    """Return unplanned files that are a folder of a new file, stand below one, or differ by case only."""
    if not unplanned:
        return []
    targets = {fold(path) for path in writes}
    taken = targets | parent_folders(targets)
    return sorted(
        path
        for path in unplanned
        if fold(path) in taken or any(folder in targets for folder in ancestors(fold(path)))
    )


def _find_removals(root: str, manifest: Manifest, leaving: Iterable[str]) -> tuple[list[Removal], list[str]]:
    removals: list[Removal] = []
    foreign: list[str] = []
    for path in leaving:
        if not is_sound(path) or any(os.path.islink(f"{root}/{folder}") for folder in ancestors(path)):
            continue
        present = standing_at(f"{root}/{path}")
        if present is None:
            continue
        if _is_ours(f"{root}/{path}", present, manifest[path]):
            removals.append(Removal(path, present))
        else:
            foreign.append(path)
    return removals, foreign


def _is_ours(path: str, present: Standing, entry: Entry) -> bool:
    if present == (entry.size, entry.mtime_ns):
        return True
    return present.size == entry.size and _digest_at(path) == entry.digest


def _folder_problems(
    root: str, changes: Changes, present: Iterable[str], absent: Set[str], show: Show
) -> Iterator[Diagnostic]:
    """Yield what is wrong with folders: `present` are those above files to be written that are there."""
    cleared = {removal.path for removal in changes.clearings}
    for folder in sorted(present):
        with suppress(FileNotFoundError):  # removed meanwhile
            yield from _parent_problems(root, folder, cleared, show)
    for folder in sorted(parent_folders(removal.path for removal in changes.removals)):
        if not os.access(f"{root}/{folder}", os.W_OK | os.X_OK):
            message = "the folder cannot be written to, and files in it are to be removed"
            yield error("output-folder", message, show(folder), "make it writable for this user")
    for write in changes.writes:
        is_new = write.before is None and _folder(write.path) not in absent
        if is_new and _is_folder(f"{root}/{write.path}"):
            yield from _occupants(root, write.path, cleared, show)


def _parent_problems(root: str, folder: str, cleared: set[str], show: Show) -> Iterator[Diagnostic]:
    """Yield what is wrong with a folder that is to be written to."""
    mode = os.lstat(f"{root}/{folder}").st_mode
    if S_ISLNK(mode):
        message = "is a symbolic link where the site has a folder; links are not followed"
        yield error("output-symlink", message, show(folder), "remove the link")
    elif not S_ISDIR(mode):
        if folder not in cleared:
            message = "a file that bulletin did not write stands where the site has a folder"
            yield error("output-foreign", message, show(folder), "move it away")
    elif not os.access(f"{root}/{folder}", os.W_OK | os.X_OK):
        message = "the folder cannot be written to"
        yield error("output-folder", message, show(folder), "make it writable for this user")


def _occupants(root: str, path: str, cleared: set[str], show: Show) -> Iterator[Diagnostic]:
    """Yield a problem for the first file that is in the way, in a folder where the file `path` belongs."""
    for found, folders, files in os.walk(f"{root}/{path}"):
        folders.sort()
        links = [name for name in folders if os.path.islink(f"{found}/{name}")]
        for name in sorted([*files, *links]):
            inside = f"{found}/{name}".removeprefix(f"{root}/")
            if inside not in cleared:
                message = f"stands in a folder where the site has a file named {path}"
                yield error("output-foreign", message, show(inside), "move it away")
                return
