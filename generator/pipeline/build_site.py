"""Build a site: convert what is new, read, arrange, plan, render what is outdated, publish."""

from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING

import msgspec

from generator.diagnostics import Diagnostic, Severity
from generator.pipeline.collection import paused_collection
from generator.pipeline.convert_report import ConvertReport
from generator.pipeline.inputs import Inputs, digest_of_inputs, look_at_inputs
from generator.pipeline.kept_plan import KeptPlan, keep_plan, recall_plan
from generator.pipeline.new_issues import convert_new
from generator.pipeline.site_folder import SiteFolder
from generator.pipeline.workbench import Advance, BuildOptions, Workbench
from generator.pipeline.workers import Shared
from generator.publish import Publication, PublishReport, Ready, StagedFile, write_staged
from generator.store import Store

if TYPE_CHECKING:
    from generator.search import SearchPlan


class BuildReport(msgspec.Struct, frozen=True, kw_only=True):
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


def build_site(folder: SiteFolder, options: BuildOptions, advance: Advance) -> BuildReport:
    """Bring the output folder up to date with the site. Problems of single files are in the report.

    What makes a site impossible (its theme, its output folder, another build at work) raises BulletinError.
    """
    output = options.output or folder.output_path
    # Looking at a large output folder takes as long as looking at the content. One other process begins with
    # it, and gives way to what is needed earlier; more would each load the record of what was published.
    share_look = partial(Shared, jobs=min(2, options.jobs), gives_way=True)
    with (
        paused_collection(),
        Publication.open(
            output, folder.state_path, is_clean=options.is_clean, share=share_look
        ) as publication,
        Store.open(folder.state_path / "memo.sqlite") as store,
    ):
        bench = Workbench.set_up(folder, options, store)
        listing, converted = convert_new(bench, advance)
        inputs = look_at_inputs(bench, listing)
        plan = recall_plan(store, digest_of_inputs(bench, inputs))
        render_problems: list[Diagnostic] = []
        if plan is None or not publication.is_complete(plan.digest):
            plan, render_problems = make_outdated(bench, inputs, publication, advance)
        bench.known.keep()
        problems = [*converted.diagnostics, *plan.diagnostics, *render_problems]
        worst = max((problem.severity for problem in problems), default=Severity.NOTICE)
        is_held_back = bool(render_problems) or (options.is_strict and worst >= Severity.WARNING)
        published = None if is_held_back else publication.apply(is_pruning=worst < Severity.ERROR)
        options.hold((bench, publication, inputs))
        return _report(publication, plan, converted, published, problems)


def make_outdated(
    bench: Workbench, inputs: Inputs, publication: Publication, advance: Advance
) -> tuple[KeptPlan, list[Diagnostic]]:
    """Plan the site, make what is outdated and stage it; return the plan, and what went wrong in making."""
    # What reading and rendering need takes long to load, and a site without changes needs none of it. First
    # the search is begun, which has most to load.
    from generator.language import use_cache_folder
    from generator.pipeline.search_beside import search_beside

    use_cache_folder(bench.folder.state_path / "jieba")
    unread = bench.reader.see_articles(inputs.listing).unread
    with search_beside(bench, partial(stage_search, publication), len(unread)) as begin_search:
        from generator.pipeline.contents import read_contents
        from generator.pipeline.materials import gather_materials, prepare_theme

        theme = prepare_theme(bench.folder, inputs, bench.store)
        contents = read_contents(bench, inputs, advance, with_related=theme.shows_related)
        search = begin_search(contents.site, publication.get_ready())
        # Loaded while the search is at work.
        from generator.pipeline.make_files import Maker
        from generator.pipeline.plan_site import complete_site, draft_site

        materials = gather_materials(bench, inputs, theme, contents)
        draft = draft_site(materials, bench.store, bench.options.jobs)
        maker = Maker(publication, bench.options.jobs, advance)
        maker.stage_draft(draft.tasks, search)
        planned = complete_site(draft, search().files)
        maker.stage_rest(planned, search())
        plan = KeptPlan(
            digest=publication.plan_digest,
            issues=len(contents.site.issues),
            articles=len(contents.site.articles),
            pages=planned.page_count,
            diagnostics=[*contents.diagnostics, *planned.diagnostics],
        )
        keep_plan(bench.store, digest_of_inputs(bench, inputs), plan)
        bench.options.hold((contents, draft, planned))
        return plan, maker.problems


def stage_search(publication: Publication, plan: "SearchPlan", ready: Ready) -> list[StagedFile]:
    """Make and stage the files of the search that are outdated."""
    outdated, staging = publication.staging_of(plan.files, ready)
    return [write_staged(staging, file) for file in plan.render(outdated)]


def _report(
    publication: Publication,
    plan: KeptPlan,
    converted: ConvertReport,
    published: PublishReport | None,
    problems: Iterable[Diagnostic],
) -> BuildReport:
    return BuildReport(
        output=str(publication.output),
        issues=plan.issues,
        articles=plan.articles,
        pages=plan.pages,
        converted=converted,
        written=published.written if published else (),
        unchanged=published.unchanged if published else 0,
        removed=published.removed if published else (),
        kept_foreign=published.kept_foreign if published else (),
        is_published=published is not None,
        was_interrupted=publication.was_interrupted,
        diagnostics=tuple(problems),
    )
