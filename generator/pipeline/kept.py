"""What is kept in the store of files that were read: under which names, and in which form."""

from typing import Any

import msgspec

from generator.catalog import PlacedVolume, VolumeColumns
from generator.model import Issue, TextFacts

VOLUMES = "volumes"
TEXTS = "text"
WORDS = "words"
WORD_BREAK = "\x1f"


class KeptVolume(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """The articles of a volume as a PlacedVolume has them; `mark` is a digest of all that they and their
    places are made from."""

    mark: str
    columns: VolumeColumns
    counts: list[int]
    folders: list[memoryview]

    @classmethod
    def of(cls, mark: str, placed: PlacedVolume) -> "KeptVolume":
        return cls(mark, placed.columns, placed.counts, placed.packed)

    @property
    def placed(self) -> PlacedVolume:
        return PlacedVolume(self.columns, self.counts, self.folders)


class KeptIssue(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """An issue.md; `digest` is that of its file."""

    digest: str
    issue: Issue


class PageReading(msgspec.Struct, frozen=True, gc=False):
    title: str
    slug: str
    summary: str
    order: int
    aliases: tuple[str, ...]
    is_draft: bool
    extra: dict[str, Any]
    facts: TextFacts


def text_space(name: str, allow_html: bool) -> str:
    """The store's namespace for texts rendered under this setting."""
    return f"{name}-html" if allow_html else name


def volume_space(allow_html: bool, with_terms: bool) -> str:
    """The store's namespace for volumes whose articles were read with or without their weighted terms."""
    return text_space(VOLUMES if with_terms else f"{VOLUMES}-without-terms", allow_html)
