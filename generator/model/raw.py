"""A raw issue: text as the newsroom has it."""

import msgspec


class RawFile(msgspec.Struct, frozen=True):
    """One raw file, decoded. `text` keeps every character; its lines count from 1.

    `path` is relative to the site (``content/raw/2024-07-22.txt``), `encoding` is what the bytes were
    decoded with, `digest` is of the bytes.
    """

    path: str
    text: str
    encoding: str
    digest: str


class RawIssue(msgspec.Struct, frozen=True):
    """One raw file, or a folder of them (its pages, in name order)."""

    id: str
    files: tuple[RawFile, ...]
