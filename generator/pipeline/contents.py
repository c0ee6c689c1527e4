"""The content of a site, read and arranged."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from itertools import chain

import msgspec

from generator.catalog import SiteParts, arrange_site
from generator.diagnostics import Diagnostic
from generator.language import printed_page_name, slug
from generator.model import ArticleColumns, RelatedArticles, Site, SiteArticle
from generator.pipeline.inputs import Inputs
from generator.pipeline.readings import Readings
from generator.pipeline.referring import Places
from generator.pipeline.relations import TermSource, relate, unrelated
from generator.pipeline.shelf import Shelf
from generator.pipeline.site_folder import SiteFolder
from generator.pipeline.workbench import Advance, Workbench
from generator.store import Store, StoreReader

SLUGS = "slug"
ADDRESSES = "address"


class Contents(msgspec.Struct, frozen=True):
    """`broken`: texts that could not be read, with the addresses they had."""

    folder: SiteFolder
    site: Site
    shelf: Shelf
    broken: Mapping[str, str]
    jobs: int
    diagnostics: tuple[Diagnostic, ...]


def read_contents(bench: Workbench, inputs: Inputs, advance: Advance, *, with_related: bool) -> Contents:
    """Read and arrange the content; problems found include the inputs'. `with_related`: pages show which
    articles are related; if not it is not worked out."""
    folder = bench.folder
    slug_of = _RememberedSlugs(bench.store)
    with_drafts = bench.options.with_drafts
    readings = bench.reader.read_all(
        inputs.listing, slug_of, with_drafts=with_drafts, with_terms=with_related, advance=advance
    )
    shelf = Shelf(folder.root, StoreReader(bench.store), allow_html=folder.settings.allow_html)
    site, problems = _arrange(bench, readings, shelf, slug_of, with_related)
    slug_of.keep()
    broken = _addresses_of_broken(bench.store, site, readings)
    bench.options.hold(readings)
    located = map(Places(folder.root).locate, problems)
    found = (*inputs.diagnostics, *readings.diagnostics, *located)
    return Contents(folder, site, shelf, broken, bench.options.jobs, found)


def _arrange(
    bench: Workbench,
    readings: Readings,
    shelf: Shelf,
    slug_of: Callable[[str], str],
    with_related: bool,
) -> tuple[Site, list[Diagnostic]]:
    folder = bench.folder
    parts = SiteParts(
        volumes=readings.volumes,
        issues=readings.issues,
        pages=readings.pages,
        topics=folder.topics,
        language=folder.settings.language,
        slug_of=slug_of,
        page_name_of=printed_page_name,
        relate=partial(_relate, bench) if with_related else unrelated,
        look_up=shelf.details,
    )
    return arrange_site(parts)


def _addresses_of_broken(store: Store, site: Site, readings: Readings) -> dict[str, str]:
    """Return the files that could not be read or placed, with the addresses they had; "" where that is not
    known, or another text has it."""
    kept = store.recall(ADDRESSES, ("all",), dict[str, str]).get("all", {})
    pages = {page.path: page.url for page in site.pages}
    lost = readings.unread | {entry.path for entry in readings.pages if entry.path not in pages}
    if len(site.articles) < sum(len(volume.columns.urls) for volume in readings.volumes):
        folders = chain.from_iterable(volume.unpacked for volume in readings.volumes)
        read = {article.path for folder in folders for article in folder}
        lost |= read - {article.path for article in site.articles}
    taken = {*site.columns.urls, *pages.values()} if lost else set()
    former = {path: readings.former.get(path) or kept.get(path, "") for path in sorted(lost)}
    broken = {path: "" if url in taken else url for path, url in former.items()}
    now = pages | broken
    if now != kept:
        store.keep(ADDRESSES, {"all": now})
    return broken


def _relate(bench: Workbench, articles: Sequence[SiteArticle], columns: ArticleColumns) -> RelatedArticles:
    source = TermSource(bench.reader.take_terms(), bench.reader.read_terms)
    return relate(articles, columns, source, bench.store, bench.options.jobs)


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
