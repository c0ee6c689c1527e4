"""An issue: its date and number, the order of its articles, the editor's note."""

import datetime
from collections.abc import Mapping

import msgspec


class IssueDate(msgspec.Struct, frozen=True):
    """When an issue appeared, how that is known, and how surely.

    `date` is None when nothing decides it. `basis` is one of ``option``, ``file-name``, ``masthead``,
    ``text-vote``, ``editor`` or ``none``; `confidence` runs from 0 (unknown) to 1 (stated). `evidence` says
    in words what was seen.
    """

    date: datetime.date | None
    basis: str
    confidence: float
    evidence: str = ""


class ConvertedFile(msgspec.Struct, frozen=True):
    """An article as conversion last wrote it: file name in the issue's folder, slug, digest of the bytes.

    `source_key` tells which article of the raw issue it was made from, so that a file keeps its name and
    slug when the raw issue changes.
    """

    name: str
    slug: str
    digest: str
    source_key: str


class Issue(msgspec.Struct, frozen=True, kw_only=True):
    """An issue, as ``issue.md`` in its folder of articles says. `articles` are slugs in reading order."""

    id: str
    date: IssueDate
    title: str = ""
    number: str = ""
    total_number: str = ""
    articles: tuple[str, ...] = ()
    note_markdown: str = ""
    raw_digests: Mapping[str, str] = msgspec.field(default_factory=dict)
    """Digest of each raw file (by path) this issue was converted from; empty for one written by hand."""
    converted: tuple[ConvertedFile, ...] = ()
    extra: Mapping[str, object] = msgspec.field(default_factory=dict)


class IssueFile(msgspec.Struct, frozen=True):
    """An ``issue.md`` on disk; `path` is relative to the site."""

    path: str
    digest: str
    issue: Issue
