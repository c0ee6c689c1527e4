"""Made files waiting to be renamed into the output folder."""

# ruff: noqa: PTH102, PTH103
# Paths are text here: making 100,000 Path objects costs more than all that is done with them.

import os
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

import msgspec

from generator.descriptors import write_all
from generator.diagnostics import BulletinError, SourceSpan, error
from generator.model import OutputFile
from generator.publish.manifest import digest_of
from generator.publish.paths import PAGE, RESERVED_FOLDER

TREE = "tree"
_NEW_FILE = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0)

# Up to here files are flushed one by one; above, flushing the whole system is quicker.
FEW_FILES = 64


class Staging(msgspec.Struct, frozen=True):
    """Where made files wait. `standing` has the digests of files that stand in the output folder already."""

    folder: str
    standing: Mapping[str, str]


class StagedFile(msgspec.Struct, frozen=True):
    """A made file: digest of its bytes; size and time of its file when it waits in the staging folder.

    `is_waiting` is False when equal bytes stand in the output folder, so that nothing was written.
    """

    path: str
    digest: str
    size: int
    mtime_ns: int
    is_waiting: bool


def write_staged(staging: Staging, file: OutputFile) -> StagedFile:
    """Write `file` to the staging folder, unless it stands already. Any thread or process may do this."""
    digest = digest_of(file.content)
    if staging.standing.get(file.path) == digest:
        return StagedFile(file.path, digest, 0, 0, is_waiting=False)
    place = staged_place(staging.folder, file.path)
    try:
        status = _write(place, file.content)
    except OSError as failure:
        message = f"cannot be staged in {staging.folder}: {failure.strerror or failure}"
        hint = "make room on the disk, or make that folder writable"
        raise BulletinError(error("staging", message, SourceSpan(file.path), hint)) from None
    return StagedFile(file.path, digest, status.st_size, status.st_mtime_ns, is_waiting=True)


def _write(place: str, content: bytes) -> os.stat_result:
    """Write a file; return how it stands then."""
    descriptor = _create(place)
    try:
        write_all(descriptor, content)
        return os.fstat(descriptor)
    finally:
        os.close(descriptor)


def _create(place: str) -> int:
    if place.endswith(PAGE):
        # Most pages have a folder of their own, and nothing was staged there before.
        with suppress(OSError):
            os.mkdir(place.removesuffix(PAGE))
    try:
        return os.open(place, _NEW_FILE, 0o666)
    except FileNotFoundError:
        os.makedirs(place.rpartition("/")[0], exist_ok=True)
        return os.open(place, _NEW_FILE, 0o666)


def staged_place(folder: str, path: str) -> str:
    """Return where the file of output path `path` waits: below the staging folder as below the output folder,
    so that a folder that is new to the output can be renamed with all that is in it."""
    return f"{folder}/{TREE}/{path}"


def staging_places(output: Path, state_dir: Path, name: str) -> tuple[Path, ...]:
    """Return the places a publication may be staged at, the best first."""
    return (
        state_dir / f"staging-{name}",
        output.parent / f".{output.name}-staging-{name}",
        output / RESERVED_FOLDER,
    )


def make_staging_folder(output: Path, state_dir: Path, name: str) -> Path:
    """Return a new folder from which files can be renamed into `output`."""
    for place in staging_places(output, state_dir, name):
        with suppress(OSError):
            place.mkdir(exist_ok=True)
            _prove_rename(place, output)
            return place
        remove_staging_folder(place)
    message = "no file can be written to the output folder"
    hint = "make it writable for this user, or make room on its disk"
    raise BulletinError(error("output-folder", message, SourceSpan(output.as_posix()), hint))


def remove_staging_folder(folder: Path) -> None:
    if os.path.lexists(folder):
        import shutil  # takes a while to load, and most builds change nothing

        shutil.rmtree(folder, ignore_errors=True)


def flush(places: Sequence[str]) -> None:
    """Bring staged files to the disk before they replace anything."""
    if len(places) > FEW_FILES and hasattr(os, "sync"):
        os.sync()
        return
    for place in places:
        descriptor = os.open(place, os.O_RDWR)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _prove_rename(place: Path, output: Path) -> None:
    """Raise OSError unless the two are on one file system; device numbers do not tell (bind mounts)."""
    probe = place / "probe"
    probe.touch()
    arrived = output / f"{RESERVED_FOLDER}-probe"
    try:
        probe.rename(arrived)
        arrived.unlink()
    finally:
        probe.unlink(missing_ok=True)
