"""Raw issues that a build converts before it goes on: those that are new or have changed."""

from functools import partial

from msgspec.structs import replace

from generator.content import ContentListing, discover_content
from generator.diagnostics import Diagnostic
from generator.pipeline.convert_report import ConvertOptions, ConvertReport
from generator.pipeline.raw_sources import RawSource, group_raw_files, stale_sources
from generator.pipeline.workbench import Advance, Workbench, file_digests
from generator.pipeline.workers import beside


def convert_new(bench: Workbench, advance: Advance) -> tuple[ContentListing, ConvertReport]:
    """Convert the raw issues whose bytes are new; return what content/ holds afterwards."""
    folder, options = bench.folder, bench.options
    look_beside = partial(beside, options.jobs)
    listing = discover_content(folder.root, beside=look_beside)
    stale, problems = find_stale(bench, listing)
    if not stale:
        return listing, ConvertReport((), (), tuple(problems))
    # Loaded for new issues only.
    from generator.language import use_cache_folder
    from generator.pipeline.convert_issues import convert_sources

    use_cache_folder(folder.state_path / "jieba")
    conversion = ConvertOptions(today=options.today, jobs=options.jobs)
    report = convert_sources(folder, stale, conversion, advance)
    report = replace(report, diagnostics=(*problems, *report.diagnostics))
    return discover_content(folder.root, beside=look_beside), report


def find_stale(bench: Workbench, listing: ContentListing) -> tuple[list[RawSource], list[Diagnostic]]:
    """Return the raw issues to convert, and a problem for each raw file that cannot be read or placed."""
    entries, _ = bench.reader.read_issues(listing)
    issues = [entry.issue for entry in entries]
    known_ids = {raw_path: issue.id for issue in issues for raw_path in issue.raw_digests}
    sources, problems = group_raw_files((file.path for file in listing.raw), known_ids)
    digests, unreadable = file_digests(bench, "raw", listing.raw)
    readable = [source for source in sources if all(path in digests for path in source.paths)]
    stale = stale_sources(bench.folder.root, readable, issues, digests)
    return stale, [*problems, *unreadable]
