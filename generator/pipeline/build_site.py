"""Build a site: convert what is new, read, arrange, plan, render what is outdated, publish."""

import datetime
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from hashlib import blake2b
from pathlib import Path

from generator.catalog import SiteParts, arrange_site
from generator.content import ContentFile, ContentListing, discover_content, load_bytes
from generator.diagnostics import BulletinError, Diagnostic, Severity
from generator.language import slug, use_cache_folder
from generator.model import Site, SiteArticle
from generator.pipeline.convert_issues import (
    ConvertOptions,
    ConvertReport,
    convert_sources,
    stale_sources,
)
from generator.pipeline.known_files import KnownFiles
from generator.pipeline.pictures import plan_pictures
from generator.pipeline.plan_site import (
    LoadedTheme,
    Materials,
    SitePlan,
    Task,
    load_site_theme,
    plan_site,
    try_make,
)
from generator.pipeline.raw_sources import RawSource, group_raw_files
from generator.pipeline.readings import Reader, Readings
from generator.pipeline.referring import Places, referring_texts
from generator.pipeline.relations import relate
from generator.pipeline.site_folder import SiteFolder
from generator.pipeline.workers import map_on_cores
from generator.publish import Publication, PublishReport, StagedFile, Staging, write_staged
from generator.render.assets import load_assets
from generator.render.blocks import find_stray_blocks
from generator.render.root_files import discover_root_files
from generator.render.themes import load_theme
from generator.store import Store

SLUGS = "slug"
ADDRESSES = "address"

Advance = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildOptions:
    """`today` is the latest day a guessed date of an issue may be; `is_strict`: warnings count as errors, and
    a site with problems is not published."""

    today: datetime.date
    output: Path | None = None
    is_clean: bool = False
    with_drafts: bool = False
    is_strict: bool = False
    jobs: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildReport:
    """What the site holds and what was done. `written` and `removed` are paths in the output folder."""

    output: str
    issues: int
    articles: int
    pages: int
    converted: ConvertReport
    written: tuple[str, ...]
    unchanged: int
    removed: tuple[str, ...]
    kept_foreign: tuple[str, ...]
    is_published: bool
    was_interrupted: bool
    diagnostics: tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True)
class Workbench:
    """What the steps of one build or check share."""

    folder: SiteFolder
    options: BuildOptions
    store: Store
    known: KnownFiles
    reader: Reader

    @classmethod
    def set_up(cls, folder: SiteFolder, options: BuildOptions, store: Store) -> "Workbench":
        settings = folder.settings
        known = KnownFiles.load(store)
        reader = Reader(
            folder.root,
            store,
            known,
            settings.allow_html,
            settings.search == "builtin",
            time.time_ns(),
            options.jobs,
        )
        return cls(folder, options, store, known, reader)


def build_site(folder: SiteFolder, options: BuildOptions, advance: Advance) -> BuildReport:
    """Bring the output folder up to date with the site. Problems of single files are in the report.

    What makes a site impossible (its theme, its output folder, another build at work) raises BulletinError.
    """
    use_cache_folder(folder.state_path / "jieba")
    output = options.output or folder.output_path
    with (
        Publication.open(output, folder.state_path, is_clean=options.is_clean) as publication,
        Store.open(folder.state_path / "memo.sqlite") as store,
    ):
        bench = Workbench.set_up(folder, options, store)
        listing, converted = convert_new(bench, advance)
        materials, site_problems = gather_materials(bench, listing, advance)
        plan = plan_site(materials, store)
        problems = [*converted.diagnostics, *site_problems, *plan.diagnostics]
        render_problems = stage_outdated(publication, plan, options.jobs, advance)
        bench.known.keep()
        problems += render_problems
        worst = max((problem.severity for problem in problems), default=Severity.NOTICE)
        is_held_back = bool(render_problems) or (options.is_strict and worst >= Severity.WARNING)
        published = None if is_held_back else publication.apply(is_pruning=worst < Severity.ERROR)
        return _report(publication, materials.site, plan, converted, published, problems)


def convert_new(bench: Workbench, advance: Advance) -> tuple[ContentListing, ConvertReport]:
    """Convert the raw issues whose bytes are new; return what content/ holds afterwards."""
    folder, options = bench.folder, bench.options
    listing = discover_content(folder.root)
    stale, problems = find_stale(bench, listing)
    conversion = ConvertOptions(today=options.today, jobs=options.jobs)
    report = convert_sources(folder, stale, conversion, advance)
    report = replace(report, diagnostics=(*problems, *report.diagnostics))
    return discover_content(folder.root) if stale else listing, report


def find_stale(bench: Workbench, listing: ContentListing) -> tuple[list[RawSource], list[Diagnostic]]:
    """Return the raw issues to convert, and a problem for each raw file that cannot be read or placed."""
    entries, _ = bench.reader.read_issues(listing)
    issues = [entry.issue for entry in entries]
    known_ids = {raw_path: issue.id for issue in issues for raw_path in issue.raw_digests}
    sources, problems = group_raw_files((file.path for file in listing.raw), known_ids)
    digests, unreadable = file_digests(bench, listing.raw)
    readable = [source for source in sources if all(path in digests for path in source.paths)]
    stale = stale_sources(bench.folder.root, readable, issues, digests)
    return stale, [*problems, *unreadable]


def file_digests(bench: Workbench, files: Iterable[ContentFile]) -> tuple[dict[str, str], list[Diagnostic]]:
    """Return the digests of files by path, and a problem for each that cannot be read."""
    digests, unread = bench.known.split(files)
    problems: list[Diagnostic] = []
    for file in unread:
        try:
            content = load_bytes(bench.folder.root, file.path)
        except BulletinError as failure:
            problems += failure.diagnostics
            continue
        digests[file.path] = blake2b(content, digest_size=16).hexdigest()
        bench.known.note(file, digests[file.path], bench.reader.started_ns)
    return digests, problems


def gather_materials(
    bench: Workbench, listing: ContentListing, advance: Advance
) -> tuple[Materials, list[Diagnostic]]:
    """Load the theme, read and arrange the content, look at the pictures."""
    folder = bench.folder
    places = Places(folder.root)
    loaded = _load_theme(folder, places)
    readings = bench.reader.read_all(listing, with_drafts=bench.options.with_drafts, advance=advance)
    site, arrange_problems = arrange_readings(bench, readings)
    broken = _addresses_of_broken(bench.store, site, readings)
    referring = tuple(referring_texts(site, allow_html=folder.settings.allow_html))
    pictures = plan_pictures(
        folder.root, referring, listing.images, bench.store, bench.known, bench.reader.started_ns
    )
    root_files, root_problems = _discover_root(folder.root)
    digests, unreadable = file_digests(bench, root_files)
    problems = [
        *listing.diagnostics,
        *loaded.theme.problems,
        *readings.diagnostics,
        *map(places.locate, arrange_problems),
        *root_problems,
        *unreadable,
    ]
    return Materials(folder, site, broken, referring, pictures, loaded, root_files, digests), problems


def _load_theme(folder: SiteFolder, places: Places) -> LoadedTheme:
    try:
        theme = load_theme(folder.root, folder.settings.theme)
    except BulletinError as failure:
        raise BulletinError(map(places.locate, failure.diagnostics)) from None
    loaded = load_site_theme(folder, theme, load_assets(theme))
    stray_blocks = tuple(find_stray_blocks(loaded.environment))
    if stray_blocks:
        raise BulletinError(stray_blocks)
    return loaded


def arrange_readings(bench: Workbench, readings: Readings) -> tuple[Site, list[Diagnostic]]:
    folder = bench.folder
    slug_of = _RememberedSlugs(bench.store)
    parts = SiteParts(
        articles=readings.articles,
        issues=readings.issues,
        pages=readings.pages,
        topics=folder.topics,
        language=folder.settings.language,
        slug_of=slug_of,
        relate=partial(_relate, bench, readings),
    )
    arranged = arrange_site(parts)
    slug_of.keep()
    return arranged


def _addresses_of_broken(store: Store, site: Site, readings: Readings) -> dict[str, str]:
    """Return the files that could not be read or placed, with the addresses they had, "" where not known."""
    before = store.recall(ADDRESSES, ("all",), dict[str, str]).get("all", {})
    now = {text.path: text.url for text in site.texts}
    read = {entry.path for entry in readings.articles} | {entry.path for entry in readings.pages}
    broken = {path: before.get(path, "") for path in sorted(readings.unread | (read - now.keys()))}
    now |= {path: url for path, url in broken.items() if url}
    if now != before:
        store.keep(ADDRESSES, {"all": now})
    return broken


def _relate(
    bench: Workbench, readings: Readings, articles: Sequence[SiteArticle]
) -> dict[str, tuple[str, ...]]:
    terms_by_path = {entry.path: entry.terms for entry in readings.articles}
    return relate(articles, terms_by_path, bench.reader.terms_of, bench.store, bench.options.jobs)


class _RememberedSlugs:
    """Slugs of names, worked out once: the tables of pinyin are large."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._slugs = store.recall(SLUGS, ("all",), dict[str, str]).get("all", {})
        self._is_changed = False

    def __call__(self, text: str) -> str:
        found = self._slugs.get(text)
        if found is None:
            found = self._slugs[text] = slug(text)
            self._is_changed = True
        return found

    def keep(self) -> None:
        if self._is_changed:
            self._store.keep(SLUGS, {"all": self._slugs})


def _discover_root(root: Path) -> tuple[tuple[ContentFile, ...], list[Diagnostic]]:
    files, problems = discover_root_files(root)
    found = []
    for path, place in files.items():
        status = place.stat()
        found.append(ContentFile(f"content/static/{path}", status.st_size, status.st_mtime_ns))
    return tuple(found), problems


def stage_outdated(publication: Publication, plan: SitePlan, jobs: int, advance: Advance) -> list[Diagnostic]:
    """Make what is outdated, on all cores, and stage it; return what went wrong, each mistake once."""
    outdated = frozenset(file.path for file in publication.outdated(plan.files))
    waiting = [task for task in plan.tasks if any(file.path in outdated for file in task.files)]
    problems: dict[Diagnostic, None] = {}
    if waiting:
        work = partial(_stage, publication.staging, outdated)
        for number, result in enumerate(map_on_cores(work, waiting, jobs, 16, 16), start=1):
            if isinstance(result, BulletinError):
                problems |= dict.fromkeys(result.diagnostics)
            else:
                for staged in result:
                    publication.accept(staged)
            if number % 64 == 0 or number == len(waiting):
                advance("rendering", number, len(waiting))
    for file in plan.search.render(outdated):
        publication.stage(file)
    return list(problems)


def _stage(staging: Staging, wanted: frozenset[str], task: Task) -> list[StagedFile] | BulletinError:
    made = try_make(task, wanted)
    if isinstance(made, BulletinError):
        return made
    try:
        return [write_staged(staging, file) for file in made]
    except BulletinError as failure:
        return failure


def _report(
    publication: Publication,
    site: Site,
    plan: SitePlan,
    converted: ConvertReport,
    published: PublishReport | None,
    problems: Iterable[Diagnostic],
) -> BuildReport:
    return BuildReport(
        output=str(publication.output),
        issues=len(site.issues),
        articles=len(site.articles),
        pages=len(plan.pages),
        converted=converted,
        written=published.written if published else (),
        unchanged=published.unchanged if published else 0,
        removed=published.removed if published else (),
        kept_foreign=published.kept_foreign if published else (),
        is_published=published is not None,
        was_interrupted=publication.was_interrupted,
        diagnostics=tuple(problems),
    )
