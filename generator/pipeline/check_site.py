"""Look for everything that is wrong in a site's content; nothing is converted, built or published."""

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from generator.content import ContentListing, discover_content, load_bytes
from generator.convert import read_raw_file
from generator.diagnostics import BulletinError, Diagnostic, SourceSpan, notice, warning
from generator.language import use_cache_folder
from generator.model import Site, SiteIssue
from generator.pipeline.contents import read_contents
from generator.pipeline.inputs import look_at_inputs
from generator.pipeline.materials import Materials, gather_materials, prepare_theme
from generator.pipeline.new_issues import find_stale
from generator.pipeline.pictures import shown_images
from generator.pipeline.plan_site import SitePlan, complete_site, draft_site, try_make
from generator.pipeline.referring import Places, ReferringText, note_path
from generator.pipeline.search_beside import search_beside
from generator.pipeline.site_folder import SiteFolder
from generator.pipeline.workbench import Advance, BuildOptions, Workbench
from generator.publish import Ready
from generator.render.contexts import PageKind
from generator.store import Store


class CheckReport(msgspec.Struct, frozen=True):
    """What was looked at, and the number of problems by code."""

    issues: int
    articles: int
    pages: int
    problems: dict[str, int]
    diagnostics: tuple[Diagnostic, ...]


def check_site(folder: SiteFolder, options: BuildOptions, advance: Advance) -> CheckReport:
    """Take the steps of a build up to its plan, gather their problems, and look closer than a build does.

    Writes to the site's cache only. What makes a site impossible (its theme) raises BulletinError.
    """
    use_cache_folder(folder.state_path / "jieba")
    with Store.open(folder.state_path / "memo.sqlite") as store:
        bench = Workbench.set_up(folder, options, store)
        listing = discover_content(folder.root)
        raw_problems = check_raw_issues(bench, listing)
        inputs = look_at_inputs(bench, listing)
        with search_beside(bench, lambda _plan, _ready: (), 0) as begin_search:
            theme = prepare_theme(folder, inputs, store)
            contents = read_contents(bench, inputs, advance, with_related=theme.shows_related)
            search = begin_search(contents.site, Ready(frozenset(), ""))
            materials = gather_materials(bench, inputs, theme, contents)
            plan = complete_site(draft_site(materials, store), search().files)
        template_problems = check_templates(plan)
        bench.known.keep()
    site = materials.site
    closer = _look_closer(folder.root, materials)
    found = dict.fromkeys(
        [*raw_problems, *contents.diagnostics, *plan.diagnostics, *template_problems, *closer]
    )
    counts = Counter(problem.code for problem in found)
    return CheckReport(
        len(site.issues), len(site.articles), len(site.pages), dict(sorted(counts.items())), tuple(found)
    )


def _look_closer(root: Path, materials: Materials) -> Iterator[Diagnostic]:
    """Yield what a build does not mind."""
    yield from check_dates(materials.site.issues)
    yield from check_descriptions(root, materials.referring)
    yield from check_doubts(materials.site)


def check_raw_issues(bench: Workbench, listing: ContentListing) -> list[Diagnostic]:
    """Return what stands in the way of converting the raw issues that are new."""
    stale, problems = find_stale(bench, listing)
    for source in stale:
        mistakes = [mistake for path in source.paths for mistake in _raw_mistakes(bench, path)]
        problems += mistakes or [_not_converted(source.path)]
    return problems


def _raw_mistakes(bench: Workbench, path: str) -> tuple[Diagnostic, ...]:
    try:
        read_raw_file(path, load_bytes(bench.folder.root, path))
    except BulletinError as failure:
        return failure.diagnostics
    return ()


def _not_converted(path: str) -> Diagnostic:
    hint = "bulletin build converts it, and so does: bulletin convert"
    return notice("not-converted", "new or changed since it was converted", SourceSpan(path), hint)


def check_dates(issues: Iterable[SiteIssue]) -> Iterator[Diagnostic]:
    """Yield a warning for each issue whose date is a guess; arranging has warned of those without one."""
    for issue in issues:
        date = issue.issue.date
        if date.basis == "text-vote" and date.date:
            message = f"the date {date.date.isoformat()} is a guess: {date.evidence}"
            hint = "confirm it with date_basis: editor, or correct it"
            yield warning("issue-date-guess", message, SourceSpan(note_path(issue)), hint)


def check_descriptions(root: Path, texts: Iterable[ReferringText]) -> Iterator[Diagnostic]:
    """Yield a warning for each picture that says nothing to a reader who cannot see it."""
    places = Places(root)
    for text, image in shown_images(texts):
        if not image.alt.strip():
            message = f'the picture "{image.target}" has no description'
            hint = f"say what it shows: ![a bridge at dusk]({image.target})"
            yield warning("image-alt", message, places.span(text.path, image.target), hint)


def check_doubts(site: Site) -> Iterator[Diagnostic]:
    """Yield a notice for each article that conversion was not sure of."""
    for article in site.articles:
        count = article.outline.doubts
        if count:
            what = "a doubt" if count == 1 else f"{count} doubts"
            hint = f"bulletin review {article.issue_id}; take doubts out of the front matter when settled"
            yield notice("doubts", f"conversion left {what} to look at", SourceSpan(article.path), hint)


def check_templates(plan: SitePlan) -> list[Diagnostic]:
    """Return the mistakes of the theme that show when a page of each kind is made."""
    seen: set[PageKind] = set()
    problems: list[Diagnostic] = []
    for task in plan.tasks:
        if task.kinds - seen:
            seen |= task.kinds
            made = try_make(task, frozenset(file.path for file in task.files))
            problems += made.diagnostics if isinstance(made, BulletinError) else ()
    return problems
