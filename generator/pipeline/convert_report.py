"""What converting raw issues did, and what it is told."""

import datetime
from collections.abc import Mapping

import msgspec

from generator.diagnostics import Diagnostic


class ArticleOutcome(msgspec.Struct, frozen=True):
    """What became of one article file.

    `action` is ``written``, ``unchanged``, ``kept`` (edited by hand), ``deleted`` (by hand, not written
    again) or ``removed`` (the raw issue no longer has it). `difference` is a unified diff from the file to
    what conversion would have written, for kept ones.
    """

    name: str
    title: str
    action: str
    difference: str = ""


class IssueOutcome(msgspec.Struct, frozen=True):
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


class ConvertReport(msgspec.Struct, frozen=True):
    """The issues converted, in the order of their ids, every problem, and raw files copied into the site."""

    issues: tuple[IssueOutcome, ...]
    copied: tuple[str, ...]
    diagnostics: tuple[Diagnostic, ...]


class ConvertOptions(msgspec.Struct, frozen=True):
    """`date` is the editor's word on the issue's date, `today` the latest date a guess may give."""

    today: datetime.date
    date: datetime.date | None = None
    is_forced: bool = False
    jobs: int = 1
