"""The plan of a site: every file it is to have, each known by a key, and the means to make it."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import chain
from pathlib import Path

import msgspec
from msgspec.structs import replace

from generator.config import SITE_FILE, SiteSettings
from generator.content import load_bytes
from generator.diagnostics import BulletinError, Diagnostic, SourceSpan, error, warning
from generator.editions import EditionFile, EditionSource, plan_editions
from generator.model import OutputFile, PlannedFile, Site, Stage, output_path, url_of
from generator.pipeline.links import LinkCheck, LinkMap
from generator.pipeline.materials import Materials
from generator.pipeline.pictures import make_sizes
from generator.pipeline.places_taken import TakenPlaces
from generator.pipeline.referring import Places
from generator.pipeline.site_texts import SiteTexts
from generator.pipeline.workers import map_on_cores
from generator.render.contexts import PageKind, ThemeContext
from generator.render.environment import ThemeEnvironment, render_page
from generator.render.pages import (
    ANYWHERE,
    Desk,
    KeptKeys,
    Page,
    PagePlan,
    Sheet,
    VolumeKeys,
    key_of,
    plan_pages,
)
from generator.store import Store, keep_table, recall_table

PAGE_KEYS = "page-keys"
VOLUME_KEYS = "page-keys-of-volumes"
_KEY = "all"

LEAST_VOLUMES = 8
"""Volumes whose keys are worth a process of their own."""


class Task(msgspec.Struct, frozen=True):
    """Files made together, in whatever process. `make` gets the paths that are wanted; `kinds` are those of
    the pages among the files, `place` is where their articles stand (see `Page`)."""

    files: tuple[PlannedFile, ...]
    make: Callable[[frozenset[str]], Iterable[OutputFile]]
    kinds: frozenset[PageKind] = frozenset()
    place: int = ANYWHERE


class SiteDraft(msgspec.Struct, frozen=True):
    """What of a plan needs nothing of the search. The files of its tasks stay in the plan as they are."""

    materials: Materials
    desk: Desk
    links: LinkMap
    tasks: tuple[Task, ...]
    page_count: int
    redirects: tuple[Page, ...]
    diagnostics: tuple[Diagnostic, ...]


class SitePlan(msgspec.Struct, frozen=True):
    """`files` are those of the tasks, which may be done by workers, and those of the search. `later_tasks`
    are those of the tasks that the draft does not have."""

    page_count: int
    tasks: tuple[Task, ...]
    later_tasks: tuple[Task, ...]
    files: tuple[PlannedFile, ...]
    diagnostics: tuple[Diagnostic, ...]


def draft_site(materials: Materials, store: Store, jobs: int = 1) -> SiteDraft:
    """Plan the pages, the feeds and what they lead to; nothing is rendered yet."""
    folder, site = materials.folder, materials.site
    settings = folder.settings
    links = LinkMap(site, settings.base_path, materials.broken)
    translate = materials.theme.environment.text
    gap_words = translate("gap")
    texts = SiteTexts(
        materials.shelf, links, materials.pictures.plans, gap_words, settings, materials.referring
    )
    desk = _lay_desk(materials, texts, translate)
    planned = _plan_pages(desk, store, jobs)
    sheets, page_problems = _without_clashes(planned.sheets, site)
    editions = plan_editions(
        EditionSource(
            site=site,
            settings=settings,
            body_html=lambda article: texts.article(article).html,
            body_key=lambda article: key_of(texts.article_key(article), gap_words, str(settings.allow_html)),
            sheets=[[file.path for file in sheet.files] for sheet in sheets if sheet.is_indexed],
        )
    )
    tasks = (
        *(_asset_task(file) for file in materials.theme.assets.files),
        *_picture_tasks(materials),
        *(_sheet_task(desk, materials, sheet) for sheet in sheets),
        *(_edition_task(part) for part in editions.parts),
    )
    problems = (*page_problems, *editions.problems, *materials.pictures.diagnostics)
    page_count = sum(len(sheet.files) for sheet in sheets)
    return SiteDraft(materials, desk, links, tasks, page_count, tuple(planned.redirects), problems)


def complete_site(draft: SiteDraft, search: Sequence[PlannedFile]) -> SitePlan:
    """Plan every file of the site. Old addresses and the editor's own files get the places that are left
    beside the files of the draft and of the search."""
    materials = draft.materials
    taken = TakenPlaces(file.path for file in (*_files_of(draft.tasks), *search))
    redirects, redirect_problems = _free_redirects(materials, draft.redirects, taken)
    root_tasks, root_problems = _root_tasks(materials, taken)
    later = (*(_sheet_task(draft.desk, materials, Sheet.of(page)) for page in redirects), *root_tasks)
    tasks = (*draft.tasks, *later)
    problems = [*draft.diagnostics, *redirect_problems, *root_problems]
    problems += _missing_share_image(materials.folder.settings, tasks)
    files = (*_files_of(tasks), *search)
    problems += _dead_links(materials, files, draft.links)
    return SitePlan(draft.page_count + len(redirects), tasks, later, files, tuple(problems))


def _plan_pages(desk: Desk, store: Store, jobs: int) -> PagePlan:
    """Plan the pages with what the last build kept. Keys of issues lie in a table, as few of them change."""
    last = store.recall(PAGE_KEYS, (_KEY,), KeptKeys).get(_KEY, KeptKeys())
    volumes = recall_table(store, VOLUME_KEYS, VolumeKeys)
    planned = plan_pages(
        desk, replace(last, volumes=volumes), partial(map_on_cores, jobs=jobs, least_per_job=LEAST_VOLUMES)
    )
    now = replace(planned.kept, volumes={})
    if now != last:
        store.keep(PAGE_KEYS, {_KEY: now})
    keep_table(store, VOLUME_KEYS, volumes, planned.kept.volumes)
    return planned


def _files_of(tasks: Iterable[Task]) -> Iterator[PlannedFile]:
    return chain.from_iterable(task.files for task in tasks)


def _lay_desk(materials: Materials, texts: SiteTexts, translate: Callable[..., str]) -> Desk:
    theme = materials.theme
    context = ThemeContext(name=theme.theme.name, options=theme.theme.options)
    return Desk(materials.site, materials.folder.settings, texts, context, theme.reach, translate)


def _without_clashes(sheets: Sequence[Sheet], site: Site) -> tuple[Sequence[Sheet], list[Diagnostic]]:
    """Drop an article or a static page that has the address of another page, by a slug somebody chose."""
    paths = [file.path for sheet in sheets for file in sheet.files]
    if len(set(paths)) == len(paths):
        return sheets, []
    source_by_url = {text.url: text.path for text in site.texts}
    taken: set[str] = set()
    kept, problems = [], []
    for sheet in sheets:
        free = {file.path: file for file in reversed(sheet.files) if file.path not in taken}
        kept.append(replace(sheet, files=tuple(reversed(free.values()))))
        for url in list(sheet.urls):
            if output_path(url) in taken:
                span = SourceSpan(source_by_url[url]) if url in source_by_url else None
                message = f"its address {url} is that of another page of the site"
                problems.append(error("address-taken", message, span, "choose another slug for it"))
            taken.add(output_path(url))
    return kept, problems


def _free_redirects(
    materials: Materials, redirects: Iterable[Page], taken: TakenPlaces
) -> tuple[list[Page], list[Diagnostic]]:
    """Drop old addresses at which the site has something else."""
    places = Places(materials.folder.root)
    free, problems = [], []
    for page in redirects:
        if taken.take(page.path):
            free.append(page)
            continue
        name = page.url.strip("/").rpartition("/")[2]
        target = materials.site.redirects[page.url]
        source = next(text.path for text in materials.site.texts if text.url == target)
        span = places.span(source, name)
        message = f"the alias {page.url} is the address of something else on the site"
        problems.append(error("alias-taken", message, span, "remove the alias, or choose another"))
    return free, problems


def _render(
    desk: Desk, environment: ThemeEnvironment, sheet: Sheet, wanted: frozenset[str]
) -> Iterator[OutputFile]:
    waiting = {file.path for file in sheet.files if file.path in wanted}
    for page in sheet.plan():
        if page.path in waiting:
            waiting.remove(page.path)
            context, content = page.make()
            variables = desk.template_variables(context, content)
            yield OutputFile(page.path, render_page(environment, page.kind.template, variables))


def _sheet_task(desk: Desk, materials: Materials, sheet: Sheet) -> Task:
    make = partial(_render, desk, materials.theme.environment, sheet)
    return Task(sheet.files, make, sheet.kinds, sheet.place)


def _edition_task(part: EditionFile) -> Task:
    planned = PlannedFile(part.path, part.key, part.stage)
    return Task((planned,), partial(_make_edition, part.path, part.make))


def _make_edition(path: str, make: Callable[[], bytes], wanted: frozenset[str]) -> Iterator[OutputFile]:
    del wanted
    yield OutputFile(path, make())


def _asset_task(file: OutputFile) -> Task:
    planned = PlannedFile(file.path, key_of(file.content.hex()), Stage.ASSET)
    return Task((planned,), lambda _wanted: [file])


def _picture_tasks(materials: Materials) -> Iterator[Task]:
    root = materials.folder.root
    for path, plan in materials.pictures.plans.items():
        files = tuple(variant.planned for variant in plan.variants)
        yield Task(files, partial(make_sizes, root, path, plan))


def _root_tasks(materials: Materials, taken: TakenPlaces) -> tuple[list[Task], list[Diagnostic]]:
    """Files of content/static, but for those that would stand in the place of something of the site."""
    root = materials.folder.root
    tasks, problems = [], []
    for file in materials.root_files:
        path = file.path.removeprefix("content/static/")
        if not taken.take(path):
            message = "the site has a file or a folder of its own in this place"
            problems.append(error("static-taken", message, SourceSpan(file.path), "rename it, or remove it"))
        elif digest := materials.root_digests.get(file.path, ""):
            planned = PlannedFile(path, digest, Stage.ASSET)
            tasks.append(Task((planned,), partial(_copy, root, file.path, path)))
    return tasks, problems


def _copy(root: Path, source: str, path: str, wanted: frozenset[str]) -> Iterator[OutputFile]:
    del wanted
    yield OutputFile(path, load_bytes(root, source))


def _missing_share_image(settings: SiteSettings, tasks: Iterable[Task]) -> list[Diagnostic]:
    path = settings.share_image.removeprefix("/")
    if not path or any(file.path == path for task in tasks for file in task.files):
        return []
    message = f'share_image: the site has no file "{settings.share_image}"'
    return [warning("share-image", message, SourceSpan(SITE_FILE), f"put it at content/static/{path}")]


def _dead_links(materials: Materials, files: Iterable[PlannedFile], links: LinkMap) -> list[Diagnostic]:
    if not materials.referring:
        return []
    texts_by_url = {text.url: text for text in materials.site.texts}
    check = LinkCheck(
        links,
        {url_of(file.path) for file in files} | set(materials.broken.values()),
        lambda url: texts_by_url[url].facts.anchors if url in texts_by_url else None,
        Places(materials.folder.root).span,
    )
    return [
        problem
        for text in materials.referring
        for problem in check.problems(text.path, text.url, text.facts.links)
    ]


def try_make(task: Task, wanted: frozenset[str]) -> list[OutputFile] | BulletinError:
    """Make the wanted files of a task; a problem is returned, so that it costs no other file."""
    try:
        return list(task.make(wanted))
    except BulletinError as failure:
        return failure
    except RecursionError:
        span = SourceSpan(task.files[0].path)
        return BulletinError(error("template-recursion", "a template includes itself without end", span, ""))
