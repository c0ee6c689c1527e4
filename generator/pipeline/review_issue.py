"""What conversion did to an issue, line by line, from the record kept beside its articles."""

from collections.abc import Iterator
from pathlib import Path

import msgspec

from generator.content import (
    ARTICLES_FOLDER,
    ISSUE_FILE,
    RECORD_FILE,
    digest_of,
    load_bytes,
    parse_article,
    parse_issue,
    parse_record,
)
from generator.diagnostics import BulletinError, Diagnostic, SourceSpan, error, nearest_name_hint
from generator.model import ConversionRecord, IssueDate, LineSpan
from generator.pipeline.convert_issues import PROPOSALS_FOLDER
from generator.pipeline.reconcile import difference
from generator.pipeline.site_folder import SiteFolder


class Remark(msgspec.Struct, frozen=True):
    """One thing said about the raw issue: `kind` is ``decision``, ``repair``, ``doubt`` or ``left out``."""

    span: LineSpan
    kind: str
    what: str
    before: str
    after: str
    reasons: tuple[str, ...]
    article: int


class ReviewReport(msgspec.Struct, frozen=True):
    """Everything recorded of an issue in the order of its raw lines, and how edited articles differ."""

    issue_id: str
    date: IssueDate
    files: tuple[tuple[str, str], ...]
    """Raw files with the encoding they were read in."""
    articles: tuple[str, ...]
    remarks: tuple[Remark, ...]
    edited: tuple[tuple[str, str], ...]
    """Articles edited by hand, with a unified diff to what conversion would write where that is known."""


def review_issue(site: SiteFolder, issue_id: str) -> ReviewReport:
    """Return what conversion recorded of the issue; raise BulletinError when there is no such record."""
    folder = f"{ARTICLES_FOLDER}/{issue_id}"
    record_path, issue_path = f"{folder}/{RECORD_FILE}", f"{folder}/{ISSUE_FILE}"
    if not (site.root / record_path).is_file():
        raise BulletinError(_no_record(site.root, issue_id))
    record = parse_record(load_bytes(site.root, record_path), record_path)
    issue = parse_issue(load_bytes(site.root, issue_path), issue_path).issue
    edited = []
    for file in issue.converted:
        path = f"{folder}/{file.name}"
        if (site.root / path).is_file() and digest_of(load_bytes(site.root, path)) != file.digest:
            proposal = site.root / PROPOSALS_FOLDER / issue_id / file.name
            edited.append((file.name, _difference(site.root / path, proposal)))
    return ReviewReport(
        issue_id=issue_id,
        date=issue.date,
        files=tuple((file.path, file.encoding) for file in record.files),
        articles=tuple(_titles(site.root, folder, [file.name for file in issue.converted])),
        remarks=tuple(sorted(_remarks(record), key=lambda remark: (remark.span, remark.kind))),
        edited=tuple(edited),
    )


def _remarks(record: ConversionRecord) -> Iterator[Remark]:
    for decision in record.decisions:
        yield Remark(
            decision.lines,
            "decision",
            decision.role,
            decision.excerpt,
            "",
            decision.reasons,
            decision.article,
        )
    for repair in record.repairs:
        span = repair.lines[0] if repair.lines else LineSpan("", 0, 0)
        yield Remark(span, "repair", repair.kind, repair.before, repair.after, repair.reasons, repair.article)
    first_file = record.files[0].path if record.files else ""
    for doubt in record.doubts:
        span = LineSpan(first_file, doubt.line, doubt.line)
        yield Remark(span, "doubt", doubt.code, doubt.message, "", (), 0)
    for removal in record.removals:
        for span in removal.lines[:1]:
            yield Remark(span, "left out", removal.kind, removal.text, "", (removal.reason,), 0)


def _titles(root: Path, folder: str, names: list[str]) -> Iterator[str]:
    for name in names:
        path = f"{folder}/{name}"
        if not (root / path).is_file():
            yield f"{name} (deleted by hand)"
            continue
        try:
            yield parse_article(load_bytes(root, path), path).article.head.title
        except BulletinError:
            yield f"{name} (cannot be read; see bulletin check)"


def _difference(path: Path, proposal: Path) -> str:
    if not proposal.is_file():
        return ""
    return difference(path.read_bytes(), proposal.read_bytes(), path.name)


def _no_record(root: Path, issue_id: str) -> Diagnostic:
    folder = root / ARTICLES_FOLDER
    known = [path.parent.name for path in folder.glob(f"*/{RECORD_FILE}")] if folder.is_dir() else []
    hint = nearest_name_hint(issue_id, known) if known else "convert a raw issue first: bulletin convert"
    return error("no-record", f'no converted issue "{issue_id}"', SourceSpan(f"{ARTICLES_FOLDER}/"), hint)
