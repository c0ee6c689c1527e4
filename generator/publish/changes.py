"""What publishing would change in the output folder, found out before anything is touched."""

import os
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from stat import S_ISDIR, S_ISLNK

import msgspec

from generator.diagnostics import Diagnostic, error
from generator.publish.manifest import Entry, Manifest, Standing, digest_of, standing_at
from generator.publish.paths import Show, ancestors, fold, is_sound, parent_folders
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


@dataclass(frozen=True, slots=True)
class Inspection:
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

    With `is_clean`, foreign files where planned ones belong are replaced instead of being a problem.
    """
    problems: list[Diagnostic] = []
    writes: list[Write] = []
    standing: dict[str, Standing] = {}
    for file in staged:
        present = standing_at(output / file.path)
        if present is not None and _has_bytes(output / file.path, present, file):
            standing[file.path] = present
            continue
        if not (is_clean or file.path in manifest) and _is_obstacle(output / file.path, present):
            message = "a file that bulletin did not write stands where the site needs another"
            problems.append(error("output-foreign", message, show(file.path), CLEAN_HINT))
        writes.append(Write(file.path, Standing(file.size, file.mtime_ns), present))
    clashes = _clashes([write.path for write in writes], unplanned)
    leaving = sorted(unplanned) if is_pruning else clashes
    removals, foreign = _find_removals(output, manifest, leaving)
    clearings = tuple(removal for removal in removals if removal.path in clashes)
    changes = Changes(
        clearings, tuple(writes), tuple(removal for removal in removals if removal.path not in clashes)
    )
    problems += _folder_problems(output, changes, show)
    return Inspection(changes, standing, tuple(foreign), tuple(problems))


def _has_bytes(path: Path, present: Standing, file: StagedFile) -> bool:
    if not file.is_waiting:
        return True
    if present.size != file.size:
        return False
    try:
        return digest_of(path.read_bytes()) == file.digest
    except OSError:
        return False


def _is_obstacle(path: Path, present: Standing | None) -> bool:
    """Whether something stands at `path`; a folder is looked at later, it may be one of ours."""
    return present is not None or (os.path.lexists(path) and not _is_folder(path))


def _is_folder(path: Path) -> bool:
    return path.is_dir() and not path.is_symlink()


def _clashes(writes: Iterable[str], unplanned: Iterable[str]) -> list[str]:
    """Return unplanned files that are a folder of a new file, stand below one, or differ by case only."""
    targets = {fold(path) for path in writes}
    taken = targets | parent_folders(targets)
    return sorted(
        path
        for path in unplanned
        if fold(path) in taken or any(folder in targets for folder in ancestors(fold(path)))
    )


def _find_removals(
    output: Path, manifest: Manifest, leaving: Iterable[str]
) -> tuple[list[Removal], list[str]]:
    removals: list[Removal] = []
    foreign: list[str] = []
    for path in leaving:
        if not is_sound(path) or _is_beyond_link(output, path):
            continue
        present = standing_at(output / path)
        if present is None:
            continue
        if _is_ours(output / path, present, manifest[path]):
            removals.append(Removal(path, present))
        else:
            foreign.append(path)
    return removals, foreign


def _is_ours(path: Path, present: Standing, entry: Entry) -> bool:
    if present == Standing(entry.size, entry.mtime_ns):
        return True
    try:
        return present.size == entry.size and digest_of(path.read_bytes()) == entry.digest
    except OSError:
        return False


def _is_beyond_link(output: Path, path: str) -> bool:
    return any((output / folder).is_symlink() for folder in ancestors(path))


def _folder_problems(output: Path, changes: Changes, show: Show) -> Iterator[Diagnostic]:
    cleared = {removal.path for removal in changes.clearings}
    for folder in sorted(parent_folders(write.path for write in changes.writes)):
        yield from _parent_problems(output, folder, cleared, show)
    for removal in changes.removals:
        parent = (output / removal.path).parent
        if not os.access(parent, os.W_OK | os.X_OK):
            message = "cannot be removed: its folder cannot be written to"
            yield error("output-folder", message, show(removal.path), "make the folder writable")
    for write in changes.writes:
        if _is_folder(output / write.path):
            yield from _occupants(output, write.path, cleared, show)


def _parent_problems(output: Path, folder: str, cleared: set[str], show: Show) -> Iterator[Diagnostic]:
    try:
        mode = (output / folder).lstat().st_mode
    except (FileNotFoundError, NotADirectoryError):
        return
    except OSError as failure:
        message = f"cannot be looked into: {failure.strerror or failure}"
        yield error("output-folder", message, show(folder), "make the folder readable")
        return
    if S_ISLNK(mode):
        message = "is a symbolic link where the site has a folder; links are not followed"
        yield error("output-symlink", message, show(folder), "remove the link")
    elif S_ISDIR(mode):
        if not os.access(output / folder, os.W_OK | os.X_OK):
            message = "the folder cannot be written to"
            yield error("output-folder", message, show(folder), "make it writable for this user")
    elif folder not in cleared:
        message = "a file that bulletin did not write stands where the site has a folder"
        yield error("output-foreign", message, show(folder), "move it away")


def _occupants(output: Path, path: str, cleared: set[str], show: Show) -> Iterator[Diagnostic]:
    """Yield a problem for the first file that is in the way, in a folder where the file `path` belongs."""
    for found, folders, files in os.walk(output / path):
        folders.sort()
        links = [name for name in folders if (Path(found) / name).is_symlink()]
        for name in sorted([*files, *links]):
            inside = (Path(found) / name).relative_to(output).as_posix()
            if inside not in cleared:
                message = f"stands in a folder where the site has a file named {path}"
                yield error("output-foreign", message, show(inside), "move it away")
                return
