"""Files of content/static/, which go to the root of the built site under their own names."""

from pathlib import Path

from generator.diagnostics import BulletinError, Diagnostic, SourceSpan, error
from generator.model import OutputFile
from generator.render.folders import discover_files

STATIC_FOLDER = "content/static"


def discover_root_files(site_root: Path) -> tuple[dict[str, Path], list[Diagnostic]]:
    """Return the files by their path in the built site, and warnings for those left out."""
    return discover_files(site_root / STATIC_FOLDER, site_root, STATIC_FOLDER)


def load_root_file(path: str, file: Path) -> OutputFile:
    """Read a file of `discover_root_files`; BulletinError when it cannot be read."""
    try:
        return OutputFile(path, file.read_bytes())
    except OSError as failure:
        span = SourceSpan(f"{STATIC_FOLDER}/{path}")
        message = f"cannot be read: {failure.strerror}"
        raise BulletinError(error("unreadable", message, span, "check its permissions")) from None
