"""Make a new site from the starter files that come with the program."""

from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

import msgspec

from generator.diagnostics import BulletinError, error

_FOLDERS = ("content/raw", "content/articles", "content/pages", "content/images", "themes", "output")
_KEPT_FILE = "output/.gitkeep"


class NewSiteReport(msgspec.Struct, frozen=True):
    """The folder of the new site and the files written into it, by path."""

    folder: str
    files: tuple[str, ...]


def create_site(folder: Path) -> NewSiteReport:
    """Write a ready site into `folder`, which must be missing or empty; raise BulletinError otherwise."""
    starter = _starter_files(files("generator.pipeline") / "starter")
    try:
        _demand_empty(folder)
        for name in _FOLDERS:
            (folder / name).mkdir(parents=True, exist_ok=True)
        for path, source in starter.items():
            _write_file(folder / path, source.read_bytes())
        _write_file(folder / _KEPT_FILE, b"")
    except OSError as failure:
        message = f"cannot write {failure.filename}: {failure.strerror}"
        raise BulletinError(error("unwritable", message, None, "choose a folder you may write to")) from None
    return NewSiteReport(str(folder), (*starter, _KEPT_FILE))


def _write_file(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def _demand_empty(folder: Path) -> None:
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        raise BulletinError(error("not-a-folder", f"{folder} is not a folder", None, "choose another name"))
    if folder.is_dir() and any(folder.iterdir()):
        hint = "choose a new or an empty folder; nothing was changed"
        raise BulletinError(error("not-empty", f"{folder} is not empty", None, hint))


def _starter_files(folder: Traversable, prefix: str = "") -> dict[str, Traversable]:
    found: dict[str, Traversable] = {}
    for entry in folder.iterdir():
        if entry.name == "__pycache__":
            continue
        if entry.is_dir():
            found |= _starter_files(entry, f"{prefix}{entry.name}/")
        else:
            name = ".gitignore" if entry.name == "gitignore" else entry.name
            found[prefix + name] = entry
    return dict(sorted(found.items()))
