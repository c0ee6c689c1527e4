"""Files of content/static/, which go to the root of the built site under their own names."""

from pathlib import Path

from generator.diagnostics import Diagnostic
from generator.render.folders import discover_files

STATIC_FOLDER = "content/static"


def discover_root_files(site_root: Path) -> tuple[dict[str, Path], list[Diagnostic]]:
    """Return the files by their path in the built site, and problems of those left out."""
    return discover_files(site_root / STATIC_FOLDER, site_root, STATIC_FOLDER)
