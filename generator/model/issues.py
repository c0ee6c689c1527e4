"""An issue: its date and number, the order of its articles, the editor's note."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class IssueDate:
    """When an issue appeared, how that is known, and how surely.

    `date` is None when nothing decides it. `basis` is one of ``option``, ``file-name``, ``masthead``,
    ``text-vote``, ``editor`` or ``none``; `confidence` runs from 0 (unknown) to 1 (stated). `evidence` says
    in words what was seen.
    """

    date: datetime.date | None
    basis: str
    confidence: float
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class ConvertedFile:
    """An article as conversion last wrote it: file name in the issue's folder, slug, digest of the bytes.

    `source_key` tells which article of the raw issue it was made from, so that a file keeps its name and
    slug when the raw issue changes.
    """

    name: str
    slug: str
    digest: str
    source_key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """An issue, as ``issue.md`` in its folder of articles says. `articles` are slugs in reading order."""

    id: str
    date: IssueDate
    title: str = ""
    number: str = ""
    total_number: str = ""
    articles: tuple[str, ...] = ()
    note_markdown: str = ""
    raw_digests: Mapping[str, str] = field(default_factory=dict)
    """Digest of each raw file (by path) this issue was converted from; empty for one written by hand."""
    converted: tuple[ConvertedFile, ...] = ()
    extra: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class IssueFile:
    """An ``issue.md`` on disk; `path` is relative to the site."""

    path: str
    digest: str
    issue: Issue
