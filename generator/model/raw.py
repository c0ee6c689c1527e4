"""A raw issue: text as the newsroom has it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RawFile:
    """One raw file, decoded. `text` keeps every character; its lines count from 1.

    `path` is relative to the site (``content/raw/2024-07-22.txt``), `encoding` is what the bytes were
    decoded with, `digest` is of the bytes.
    """

    path: str
    text: str
    encoding: str
    digest: str


@dataclass(frozen=True, slots=True)
class RawIssue:
    """One raw file, or a folder of them (its pages, in name order)."""

    id: str
    files: tuple[RawFile, ...]
