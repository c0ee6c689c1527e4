"""Writing that survives a crash: the old bytes or the new ones, never half of either."""

import os
from pathlib import Path


def write_durably(path: Path, *parts: bytes) -> None:
    """Replace what is at `path` by these parts, one behind the other, on the disk when this returns."""
    fresh = path.with_name(path.name + ".new")
    with fresh.open("wb") as file:
        file.writelines(parts)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Make renames in `folder` durable, where the system can."""
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
