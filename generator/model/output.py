"""Files of the built site: planned (known by key) and made (known by content)."""

from collections.abc import Sequence
from enum import IntEnum

import msgspec

_INDEX = "index.html"


class Stage(IntEnum):
    """Order of publishing: what others link to comes before what links to it."""

    ASSET = 0
    ARTICLE = 1
    ISSUE = 2
    INDEX = 3
    HOME = 4


class PlannedFile(msgspec.Struct, frozen=True, gc=False):
    """A file the site is to have. Equal `key` means equal bytes, so a kept file need not be made again.

    `path` is relative to the output folder, with forward slashes (``issues/2024-07-22/index.html``).
    """

    path: str
    key: str
    stage: Stage


class OutputFile(msgspec.Struct, frozen=True, gc=False):
    """A made file: the path of its PlannedFile, and its bytes."""

    path: str
    content: bytes


def output_path(url: str) -> str:
    """Return the path of the file that stands at an address of the site (``/issues/2024-07-22/``)."""
    return url[1:] + _INDEX if url[-1] == "/" else url[1:]


def output_paths(urls: Sequence[str]) -> list[str]:
    """Return the path of the file at each address, those of many at once."""
    lines = "\n".join([*urls, ""])
    paths = lines.replace("/\n", f"/{_INDEX}\n").replace("\n/", "\n")[1:-1].split("\n")
    return paths if len(paths) == len(urls) else list(map(output_path, urls))


def url_of(path: str) -> str:
    """Return the address at which the file with this output path stands."""
    return f"/{path}".removesuffix(_INDEX)


def urls_of(paths: Sequence[str]) -> list[str]:
    """Return the address of each file, those of many at once: a large site has hundreds of thousands."""
    lines = "\n/".join(paths)
    urls = f"/{lines}\n".replace(f"{_INDEX}\n", "\n")[:-1].split("\n")
    return urls if len(urls) == len(paths) else list(map(url_of, paths))
