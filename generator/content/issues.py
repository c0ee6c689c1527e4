"""``issue.md``: parse and format, each the inverse of the other."""

import datetime
from pathlib import PurePosixPath
from typing import Any

from generator.content.files import digest_of
from generator.content.keys import ISSUE_KEYS
from generator.content.reading import read_front_matter
from generator.content.splitting import join_front_matter
from generator.model import Issue, IssueDate, IssueFile


def parse_issue(content: bytes, path: str) -> IssueFile:
    """Return the issue, whose id is the name of its folder; raise BulletinError with every mistake."""
    values, body = read_front_matter(content, path, ISSUE_KEYS)
    issue = Issue(
        id=PurePosixPath(path).parent.name,
        date=_date(values),
        title=values.get("title", ""),
        number=values.get("number", ""),
        total_number=values.get("total_number", ""),
        articles=values.get("articles", ()),
        note_markdown=body,
        raw_digests=values.get("raw", {}),
        converted=values.get("converted", ()),
        extra=values.get("extra", {}),
    )
    return IssueFile(path, digest_of(content), issue)


def format_issue(issue: Issue) -> bytes:
    """Return the file: keys that differ from their defaults, in the order of the documentation."""
    date = issue.date
    assumed = assumed_date(date.date)
    basis = date.basis if date.basis != assumed.basis else ""
    confidence = date.confidence if date.confidence != assumed.confidence else None
    values: dict[str, Any] = {
        "date": date.date,
        "date_basis": basis,
        "date_confidence": confidence,
        "date_evidence": date.evidence,
        "title": issue.title,
        "number": issue.number,
        "total_number": issue.total_number,
        "articles": issue.articles,
        "raw": issue.raw_digests,
        "converted": issue.converted,
        "extra": issue.extra,
    }
    keys = ISSUE_KEYS.by_name
    table = {name: keys[name].kind.write(value) for name, value in values.items() if value not in _EMPTY}
    return join_front_matter(table, issue.note_markdown)


_EMPTY: tuple[Any, ...] = (None, "", (), {})


def assumed_date(date: datetime.date | None) -> IssueDate:
    """What is meant by a date of which nothing more is said: the editor's word, or no date at all."""
    return IssueDate(date, "editor", 1.0) if date else IssueDate(None, "none", 0.0)


def _date(values: dict[str, Any]) -> IssueDate:
    assumed = assumed_date(values.get("date"))
    return IssueDate(
        assumed.date,
        values.get("date_basis", assumed.basis),
        values.get("date_confidence", assumed.confidence),
        values.get("date_evidence", ""),
    )
