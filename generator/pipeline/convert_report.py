"""What converting raw issues did, and what it is told."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

from generator.diagnostics import Diagnostic


@dataclass(frozen=True, slots=True)
class ArticleOutcome:
    """What became of one article file.

    `action` is ``written``, ``unchanged``, ``kept`` (edited by hand), ``deleted`` (by hand, not written
    again) or ``removed`` (the raw issue no longer has it). `difference` is a unified diff from the file to
    what conversion would have written, for kept ones.
    """

    name: str
    title: str
    action: str
    difference: str = ""


@dataclass(frozen=True, slots=True)
class IssueOutcome:
    """What converting one raw issue did. `repairs` and `removals` are counted by kind."""

    id: str
    source: str
    date: datetime.date | None
    date_basis: str
    date_confidence: float
    encodings: tuple[str, ...]
    articles: tuple[ArticleOutcome, ...]
    repairs: Mapping[str, int]
    removals: Mapping[str, int]
    doubts: int


@dataclass(frozen=True, slots=True)
class ConvertReport:
    """The issues converted, in the order of their ids, every problem, and raw files copied into the site."""

    issues: tuple[IssueOutcome, ...]
    copied: tuple[str, ...]
    diagnostics: tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True)
class ConvertOptions:
    """`date` is the editor's word on the issue's date, `today` the latest date a guess may give."""

    today: datetime.date
    date: datetime.date | None = None
    is_forced: bool = False
    jobs: int = 1
