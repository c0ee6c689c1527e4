"""Single files of content: read whole, written whole or not at all."""

import errno
import os
import stat
from collections.abc import Iterable
from hashlib import blake2b
from pathlib import Path

from generator.descriptors import write_all
from generator.diagnostics import BulletinError, Diagnostic, SourceSpan, error

LARGEST_TEXT = 20_000_000
"""Bytes of a Markdown file."""

LARGEST_RAW = 64_000_000
"""Bytes of a raw file."""

_SAFELY = getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
# A named pipe must not keep us waiting, a link is looked at before it is followed.
_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0) | _SAFELY


def digest_of(content: bytes) -> str:
    """The digest by which files are known."""
    return blake2b(content, digest_size=16).hexdigest()


def digest_of_texts(texts: Iterable[str]) -> str:
    """Return a digest of texts; where one ends and the next begins counts."""
    return digest_of("\x1f".join(texts).encode("utf-8", "surrogatepass"))


def load_bytes(root: Path, path: str, largest: int = LARGEST_TEXT) -> bytes:
    """Return the content of the file at `path` (under the site's `root`, with forward slashes).

    Raises BulletinError when it cannot be read, is no regular file, leads out of the site or has more than
    `largest` bytes.
    """
    try:
        descriptor = _open(root, path)
    except OSError as failure:
        raise BulletinError(_unreadable(path, failure)) from None
    try:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            message, hint = "this is no regular file", "put a file in its place, or remove it"
            raise BulletinError(error("not-a-file", message, SourceSpan(path), hint))
        if status.st_size > largest:
            raise BulletinError(_too_large(path, status.st_size, largest))
        return _read_all(descriptor, status.st_size)
    except OSError as failure:
        raise BulletinError(_unreadable(path, failure)) from None
    finally:
        os.close(descriptor)


def _read_all(descriptor: int, size: int) -> bytes:
    """Read to the end; by descriptor, as an object for each file takes longer than to read most of them."""
    parts = [os.read(descriptor, size + 1)]
    while parts[-1]:
        parts.append(os.read(descriptor, size + 1))
    return b"".join(parts)


def _open(root: Path, path: str) -> int:
    full = f"{root}/{path}"
    try:
        return os.open(full, _FLAGS)
    except OSError as failure:
        if failure.errno != errno.ELOOP:
            raise
    target = os.path.realpath(full)
    if not is_inside(target, os.path.realpath(root)):
        raise BulletinError(leads_out(path))
    return os.open(target, _FLAGS)


def is_inside(path: str, folder: str) -> bool:
    """Whether a path lies in a folder; both without links."""
    return path == folder or path.startswith(folder.rstrip(os.sep) + os.sep)


def leads_out(path: str) -> Diagnostic:
    hint = "put the file itself there: nothing outside the site is read"
    return error("link-outside", "this link leads out of the site", SourceSpan(path), hint)


def _unreadable(path: str, failure: OSError) -> Diagnostic:
    reason = failure.strerror or str(failure)
    hint = "make it readable for the user who runs bulletin"
    return error("unreadable", f"cannot be read: {reason}", SourceSpan(path), hint)


def _too_large(path: str, size: int, largest: int) -> Diagnostic:
    message = f"the file has {size:,} bytes, more than {largest:,}"
    return error("too-large", message, SourceSpan(path), "is this a text? split it, or remove it")


def make_folder(root: Path, path: str) -> Path:
    """Return the folder at `path` under the site's `root`, made where it is missing.

    Raises BulletinError when that cannot be, or when links lead out of the site.
    """
    folder = root / path
    has_links = any(place.is_symlink() for place in (folder, *folder.parents[: path.count("/")]))
    if has_links and not is_inside(os.path.realpath(folder), os.path.realpath(root)):
        raise BulletinError(leads_out(path))
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as failure:
        raise BulletinError(_unwritable(folder, failure)) from None
    return folder


def write_atomically(path: Path, content: bytes) -> None:
    """Write the file in one step into its folder; raise BulletinError when that cannot be."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        try:
            _write_new(temporary, content)
            temporary.replace(path)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise
    except OSError as failure:
        raise BulletinError(_unwritable(path, failure)) from None


def _write_new(path: Path, content: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | _SAFELY, 0o666)
    try:
        write_all(descriptor, content)
    finally:
        os.close(descriptor)


def _unwritable(path: Path, failure: OSError) -> Diagnostic:
    message = f"cannot write {path}: {failure.strerror or failure}"
    hint = "make the folder writable, and see that the disk has room"
    return error("unwritable", message, None, hint)
