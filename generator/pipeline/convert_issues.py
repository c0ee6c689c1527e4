"""Convert raw issues into Markdown articles, leaving alone what an editor has changed."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from msgspec.structs import replace

from generator.content import (
    ARTICLES_FOLDER,
    ISSUE_FILE,
    LARGEST_RAW,
    RECORD_FILE,
    ContentListing,
    decode_utf8,
    digest_of,
    discover_content,
    format_article,
    format_issue,
    format_record,
    load_bytes,
    make_folder,
    parse_issue,
    write_atomically,
)
from generator.convert import ConversionSettings, Fix, convert_issue, parse_fix, read_raw_file
from generator.diagnostics import BulletinError, Diagnostic, SourceSpan, notice, warning
from generator.model import ConvertedIssue, Issue, RawFileRecord, RawIssue
from generator.pipeline.convert_report import ConvertOptions, ConvertReport, IssueOutcome
from generator.pipeline.raw_sources import RawSource, adopt_raw_files, choose_sources, group_raw_files
from generator.pipeline.reconcile import FolderPlan, plan_folder
from generator.pipeline.site_folder import SiteFolder
from generator.pipeline.workers import map_on_cores

PROPOSALS_FOLDER = ".bulletin/proposals"

Advance = Callable[[str, int, int], None]


def convert_issues(
    site: SiteFolder, wanted: Sequence[Path], options: ConvertOptions, advance: Advance
) -> ConvertReport:
    """Convert the raw issues `wanted` (all of content/raw when empty) and write their articles.

    A raw file that cannot be converted is a problem of the report and never stops the others.
    """
    adopted, copied = adopt_raw_files(wanted, site.root)
    listing = discover_content(site.root)
    sources, source_problems = find_sources(site, listing)
    chosen, choice_problems = choose_sources(sources, adopted, site.root)
    report = convert_sources(site, chosen, options, advance)
    problems = (*listing.diagnostics, *source_problems, *choice_problems, *report.diagnostics)
    return replace(report, copied=tuple(copied), diagnostics=problems)


def find_sources(site: SiteFolder, listing: ContentListing) -> tuple[list[RawSource], list[Diagnostic]]:
    """Return the raw issues of the site; one converted before keeps the id it got then."""
    known_ids = {
        raw_path: issue.id for issue in _load_issues(site.root, listing) for raw_path in issue.raw_digests
    }
    return group_raw_files((file.path for file in listing.raw), known_ids)


def convert_sources(
    site: SiteFolder, sources: Sequence[RawSource], options: ConvertOptions, advance: Advance
) -> ConvertReport:
    """Convert and write the given raw issues, on all cores; one at a time stays in memory."""
    outcomes: list[IssueOutcome] = []
    problems: list[Diagnostic] = []
    results = _convert_each(site, sources, options)
    for number, (source, result) in enumerate(zip(sources, results, strict=True), start=1):
        try:
            if isinstance(result, BulletinError):
                raise result
            outcome, found = _write_issue(site, source, result, options)
            outcomes.append(outcome)
            problems += found
        except BulletinError as failure:
            problems += failure.diagnostics
        advance("converting", number, len(sources))
    return ConvertReport(tuple(outcomes), (), tuple(problems))


def _convert_each(
    site: SiteFolder, sources: Sequence[RawSource], options: ConvertOptions
) -> Iterator[ConvertedIssue | BulletinError]:
    def convert(source: RawSource) -> ConvertedIssue | BulletinError:
        try:
            return _convert_source(site, source, options)
        except BulletinError as failure:
            return failure

    return map_on_cores(convert, sources, options.jobs, least_per_job=2)


def _convert_source(site: SiteFolder, source: RawSource, options: ConvertOptions) -> ConvertedIssue:
    files = tuple(read_raw_file(path, load_bytes(site.root, path, LARGEST_RAW)) for path in source.paths)
    fix, fix_records = _load_fix(site.root, source)
    settings = ConversionSettings(
        topics=site.topics, names=site.names, date_option=options.date, latest=options.today, fix=fix
    )
    converted = convert_issue(RawIssue(source.issue_id, files), settings)
    record = replace(converted.record, files=(*converted.record.files, *fix_records))
    return replace(converted, record=record)


def _load_fix(root: Path, source: RawSource) -> tuple[Fix | None, tuple[RawFileRecord, ...]]:
    """The editor's corrections of the structure; they belong to the files an issue is made from."""
    path = source.fix_path
    if not (root / path).is_file():
        return None, ()
    content = load_bytes(root, path)
    return parse_fix(decode_utf8(content, path), path), (RawFileRecord(path, "utf-8", digest_of(content)),)


def _write_issue(
    site: SiteFolder, source: RawSource, converted: ConvertedIssue, options: ConvertOptions
) -> tuple[IssueOutcome, list[Diagnostic]]:
    folder = f"{ARTICLES_FOLDER}/{source.issue_id}"
    previous = _load_issue(site.root, folder)
    on_disk = _load_articles(site.root, folder)
    plan = plan_folder(converted, previous, on_disk, format_article, is_forced=options.is_forced)
    _apply_plan(site, source, plan, converted, folder)
    record = converted.record
    outcome = IssueOutcome(
        id=source.issue_id,
        source=source.path,
        date=plan.issue.date.date,
        date_basis=plan.issue.date.basis,
        date_confidence=plan.issue.date.confidence,
        encodings=tuple(file.encoding for file in record.files),
        articles=plan.outcomes,
        repairs=dict(sorted(Counter(repair.kind for repair in record.repairs).items())),
        removals=dict(sorted(Counter(removal.kind for removal in record.removals).items())),
        doubts=len(record.doubts),
    )
    return outcome, [*_date_problems(plan.issue, source), *_kept_notices(plan, source)]


def _apply_plan(
    site: SiteFolder, source: RawSource, plan: FolderPlan, converted: ConvertedIssue, path: str
) -> None:
    """Articles first, the record of them last: a run cut short is simply done again."""
    folder = make_folder(site.root, path)
    for name, content in plan.writes.items():
        write_atomically(folder / name, content)
    if plan.proposals:
        proposals = make_folder(site.root, f"{PROPOSALS_FOLDER}/{source.issue_id}")
        for name, content in plan.proposals.items():
            write_atomically(proposals / name, content)
    for name in plan.removals:
        (folder / name).unlink(missing_ok=True)
    _write_changed(folder / RECORD_FILE, format_record(converted.record))
    _write_changed(folder / ISSUE_FILE, format_issue(plan.issue))


def _write_changed(path: Path, content: bytes) -> None:
    if not path.is_file() or path.read_bytes() != content:
        write_atomically(path, content)


def _load_articles(root: Path, folder: str) -> dict[str, bytes]:
    return {
        path.name: load_bytes(root, f"{folder}/{path.name}")
        for path in sorted((root / folder).glob("*.md"))
        if path.name != ISSUE_FILE and path.is_file()
    }


def _load_issue(root: Path, folder: str) -> Issue | None:
    path = f"{folder}/{ISSUE_FILE}"
    return parse_issue(load_bytes(root, path), path).issue if (root / path).is_file() else None


def _load_issues(root: Path, listing: ContentListing) -> Iterator[Issue]:
    for file in listing.issues:
        try:
            yield parse_issue(load_bytes(root, file.path), file.path).issue
        except BulletinError:
            continue  # reported where the issue is used


def _date_problems(issue: Issue, source: RawSource) -> list[Diagnostic]:
    path = f"{ARTICLES_FOLDER}/{source.issue_id}/{ISSUE_FILE}"
    if issue.date.date is None:
        hint = f"write date: YYYY-MM-DD into it, or: bulletin convert --date YYYY-MM-DD {source.path}"
        return [warning("issue-date", "no date could be decided for this issue", SourceSpan(path), hint)]
    if issue.date.basis == "text-vote":
        message = f"the date {issue.date.date.isoformat()} is a guess: {issue.date.evidence}"
        hint = "confirm it with date_basis: editor, or correct it"
        return [warning("issue-date-guess", message, SourceSpan(path), hint)]
    return []


def _kept_notices(plan: FolderPlan, source: RawSource) -> list[Diagnostic]:
    folder = f"{ARTICLES_FOLDER}/{source.issue_id}"
    notices = []
    for outcome in plan.outcomes:
        span = SourceSpan(f"{folder}/{outcome.name}")
        if outcome.action == "kept":
            hint = f"compare with {PROPOSALS_FOLDER}/{source.issue_id}/{outcome.name}; --force takes that"
            notices.append(notice("edited", "edited by hand, left as it is", span, hint))
        elif outcome.action == "deleted":
            notices.append(notice("deleted", "deleted by hand, not written again", span, "--force writes it"))
    return notices
