"""What editions are made from, and what they plan."""

from collections.abc import Callable, Iterable, Sequence
from hashlib import blake2b
from itertools import chain
from typing import Protocol

import msgspec

from generator.config import SiteSettings
from generator.diagnostics import Diagnostic
from generator.model import Site, SiteArticle, Stage


class EditionSource(msgspec.Struct, frozen=True, kw_only=True):
    """`body_html` gives an article's text as it stands on its page, `body_key` a digest of all that text is
    made from (its Markdown, its pictures). `sheets` are the output paths of the pages search engines may
    list, those of an issue together, its own first.
    """

    site: Site
    settings: SiteSettings
    body_html: Callable[[SiteArticle], str]
    body_key: Callable[[SiteArticle], str]
    sheets: Sequence[Sequence[str]]

    @property
    def pages(self) -> list[str]:
        """The pages of all sheets."""
        return list(chain.from_iterable(self.sheets))


class EditionFile(msgspec.Struct, frozen=True):
    """A file an edition is to have. `make` returns its bytes and is asked only when `key` is new."""

    path: str
    key: str
    make: Callable[[], bytes]
    stage: Stage = Stage.INDEX


class Edition(Protocol):
    """Plans the files of one edition."""

    def __call__(self, source: EditionSource) -> Iterable[EditionFile]: ...


class EditionPlan(msgspec.Struct, frozen=True):
    """The files of all editions, with the means to make them."""

    parts: tuple[EditionFile, ...]
    problems: tuple[Diagnostic, ...]


def made_file(path: str, content: bytes) -> EditionFile:
    """A file so cheap that it is made at once: its key is the digest of its bytes."""
    return EditionFile(path, _digest(content), lambda: content)


def digest_of_lines(*columns: Iterable[str]) -> str:
    """Return a digest of columns of texts without line breaks, as long as those of an archive."""
    lines = "\x1f".join(map("\n".join, columns))
    return _digest(lines.encode("utf-8", "surrogatepass"))


def key_of(*parts: object) -> str:
    """Return a digest of plain values: texts, numbers, dates, and tuples of them."""
    return _digest(repr(parts).encode())


def _digest(content: bytes) -> str:
    return blake2b(content, digest_size=16).hexdigest()
