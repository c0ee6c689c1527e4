"""The output folder and the lock: whether a publication may begin."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import blake2b
from pathlib import Path

from filelock import FileLock, Timeout

from generator.diagnostics import BulletinError, SourceSpan, error

KEPT_FOLDERS = ("content", "themes", ".bulletin", ".git")


def prepare_output_folder(named: Path, site_root: Path) -> Path:
    """Return the real output folder, made if need be. A symbolic link to a folder stands for that folder.

    Raises BulletinError when publishing there would endanger the site's own files, or cannot work.
    """
    root = site_root.resolve()
    folder = _resolve(named)
    span = SourceSpan(shown_path(folder, root))
    hint = "name an empty folder, or one only bulletin writes to, with --output"
    if folder == root or folder in root.parents:
        message = "the output folder holds the site itself"
        raise BulletinError(error("output-folder", message, span, hint))
    for name in KEPT_FOLDERS:
        if folder.is_relative_to(root / name):
            message = f"the output folder is inside {name}/, which is the site's own"
            raise BulletinError(error("output-folder", message, span, hint))
    _make_writable(folder, span, hint)
    return folder


def shown_path(path: Path, root: Path) -> str:
    """Return `path` for messages: relative to the site when inside it."""
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else path.as_posix()


def name_of_output(folder: Path, site_root: Path) -> str:
    """Return a name for what is known of this output folder; the same after the site has moved as a whole."""
    relative = os.path.relpath(folder, site_root.resolve())
    return blake2b(os.fsencode(relative), digest_size=8).hexdigest()


@contextmanager
def locked(state_dir: Path, site_root: Path) -> Iterator[None]:
    """Hold the site's build lock; BulletinError when another build has it. The system frees it on a crash."""
    span = SourceSpan(shown_path(state_dir, site_root))
    lock = FileLock(state_dir / "build.lock")
    try:
        with state_errors(state_dir, site_root):
            state_dir.mkdir(parents=True, exist_ok=True)
            lock.acquire(timeout=0)
    except Timeout:
        hint = "wait until it has ended, or stop it, and start again"
        message = "another build of this site is running"
        raise BulletinError(error("build-running", message, span, hint)) from None
    try:
        yield
    finally:
        lock.release()


@contextmanager
def state_errors(state_dir: Path, site_root: Path) -> Iterator[None]:
    """Turn an OSError, as of a full disk, into one that names the folder of the build's state."""
    try:
        yield
    except Timeout:  # an OSError, too
        raise
    except OSError as failure:
        message = f"the folder of the build's state cannot be written: {failure.strerror or failure}"
        hint = "make it writable for this user, and room on its disk"
        span = SourceSpan(shown_path(state_dir, site_root))
        raise BulletinError(error("state-folder", message, span, hint)) from None


def _resolve(named: Path) -> Path:
    try:
        return named.resolve()
    except (OSError, RuntimeError, ValueError) as failure:
        message = f"{str(named)!r} cannot be the output folder: {failure}"
        raise BulletinError(error("output-folder", message, None, "name another with --output")) from None


def _make_writable(folder: Path, span: SourceSpan, hint: str) -> None:
    if folder.exists() and not folder.is_dir():
        message = "the output folder is a file"
        raise BulletinError(error("output-folder", message, span, f"remove it, or {hint}"))
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as failure:
        message = f"the output folder cannot be made: {failure.strerror or failure}"
        raise BulletinError(error("output-folder", message, span, hint)) from None
    if not os.access(folder, os.W_OK | os.X_OK, effective_ids=os.access in os.supports_effective_ids):
        message = "the output folder cannot be written to"
        hint = "make it writable for this user, or name another with --output"
        raise BulletinError(error("output-folder", message, span, hint))
