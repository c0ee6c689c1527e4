"""What the results of pure steps depend on besides their inputs: the code itself."""

import os
import sys
from collections.abc import Iterator, Sequence
from functools import cache
from hashlib import blake2b
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent
LIBRARIES = (
    "jieba",
    "jinja2",
    "markdown",
    "msgspec",
    "nh3",
    "pillow",
    "pypinyin",
    "pyyaml",
    "rcssmin",
    "rjsmin",
    "zxing_cpp",
)
"""Names as their folders of metadata have them, in small letters."""


@cache
def program_stamp(package: Path = PACKAGE, libraries: Sequence[str] = LIBRARIES) -> str:
    """Return a digest of the program's source, of the libraries that shape its results, and of Python.

    By content and not by time: a store may come to a machine where the program was installed just now.
    """
    digest = blake2b(digest_size=16)
    digest.update(repr(sys.version_info[:3]).encode())
    for name in sorted(_metadata_folders(libraries)):
        digest.update(f"{name}\n".encode())
    for place, path in sorted(_sources(str(package), "")):
        digest.update(f"{place}\n".encode("utf-8", "surrogateescape"))
        # Hundreds of files in every run: as Path objects they take twice as long.
        with open(path, "rb", buffering=0) as file:  # noqa: PTH123
            digest.update(blake2b(file.readall(), digest_size=16).digest())
    return digest.hexdigest()


def _metadata_folders(libraries: Sequence[str]) -> Iterator[str]:
    """The folders of installed libraries that tell their versions: ``jinja2-3.1.6.dist-info``."""
    for folder in dict.fromkeys(sys.path):
        try:
            names = os.listdir(folder or ".")  # noqa: PTH208
        except OSError:
            continue
        for name in names:
            if name.endswith("-info") and name.partition("-")[0].lower() in libraries:
                yield name


def _sources(folder: str, place: str) -> Iterator[tuple[str, str]]:
    """Every file of source, with its place in the package."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.endswith(".py"):
                yield f"{place}{entry.name}", entry.path
            elif entry.is_dir() and entry.name != "__pycache__":
                yield from _sources(entry.path, f"{place}{entry.name}/")
