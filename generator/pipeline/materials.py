"""All a site is made from: its theme, its content read and arranged, its pictures, its files to copy."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from hashlib import blake2b

import msgspec

from generator.catalog import SiteParts, arrange_site
from generator.content import ContentFile
from generator.diagnostics import BulletinError, Diagnostic
from generator.language import printed_page_name, slug
from generator.model import Site, SiteArticle
from generator.pipeline.inputs import Inputs
from generator.pipeline.pictures import Pictures, plan_pictures
from generator.pipeline.readings import Readings
from generator.pipeline.referring import Places, ReferringText, referring_texts
from generator.pipeline.relations import relate
from generator.pipeline.shelf import Shelf
from generator.pipeline.site_folder import SiteFolder
from generator.pipeline.workbench import Advance, Workbench
from generator.render.assets import Assets
from generator.render.blocks import find_stray_blocks
from generator.render.environment import ThemeEnvironment, ThemeSetup, make_environment
from generator.render.reach import TemplateUses, uses_of_theme
from generator.render.themes import Theme
from generator.store import Store, StoreReader

SLUGS = "slug"
ADDRESSES = "address"


@dataclass(frozen=True, slots=True)
class LoadedTheme:
    """A theme with its static files made and its templates ready."""

    theme: Theme
    assets: Assets
    setup: ThemeSetup
    environment: ThemeEnvironment
    uses: Mapping[str, TemplateUses]


class TemplateStudy(msgspec.Struct, frozen=True):
    """What follows from the templates alone. Parsing them takes longer than rendering many pages."""

    uses: dict[str, TemplateUses]
    stray_blocks: list[Diagnostic]


@dataclass(frozen=True, slots=True)
class Materials:
    """All a site is made from. `broken`: texts that could not be read, with the addresses they had."""

    folder: SiteFolder
    site: Site
    shelf: Shelf
    broken: Mapping[str, str]
    referring: tuple[ReferringText, ...]
    pictures: Pictures
    theme: LoadedTheme
    root_files: tuple[ContentFile, ...]
    root_digests: dict[str, str]
    jobs: int


def gather_materials(
    bench: Workbench, inputs: Inputs, advance: Advance
) -> tuple[Materials, list[Diagnostic]]:
    """Read and arrange the content, look at the pictures; those found include the inputs' problems."""
    folder, listing = bench.folder, inputs.listing
    loaded = _prepare_theme(folder, inputs, bench.store)
    readings = bench.reader.read_all(listing, with_drafts=bench.options.with_drafts, advance=advance)
    shelf = Shelf(folder.root, StoreReader(bench.store), allow_html=folder.settings.allow_html)
    site, arrange_problems = arrange_readings(bench, readings, shelf)
    broken = _addresses_of_broken(bench.store, site, readings)
    referring = tuple(referring_texts(site, allow_html=folder.settings.allow_html))
    pictures = plan_pictures(
        folder.root, referring, listing.images, bench.store, bench.known, bench.reader.started_ns
    )
    located = map(Places(folder.root).locate, arrange_problems)
    problems = [*inputs.diagnostics, *readings.diagnostics, *located]
    materials = Materials(
        folder,
        site,
        shelf,
        broken,
        referring,
        pictures,
        loaded,
        inputs.root_files,
        inputs.root_digests,
        bench.options.jobs,
    )
    return materials, problems


def _prepare_theme(folder: SiteFolder, inputs: Inputs, store: Store) -> LoadedTheme:
    setup = ThemeSetup(
        theme=inputs.theme,
        asset_urls=inputs.assets.urls,
        language=folder.settings.language,
        base_path=folder.settings.base_path,
        bytecode=folder.state_path / "templates",
    )
    try:
        environment = make_environment(setup)
    except BulletinError as failure:
        raise BulletinError(map(Places(folder.root).locate, failure.diagnostics)) from None
    study = store.remember(
        "templates", _digest_of_templates(inputs.theme), TemplateStudy, partial(_study, environment)
    )
    if study.stray_blocks:
        raise BulletinError(study.stray_blocks)
    return LoadedTheme(inputs.theme, inputs.assets, setup, environment, study.uses)


def _study(environment: ThemeEnvironment) -> TemplateStudy:
    return TemplateStudy(uses_of_theme(environment), list(find_stray_blocks(environment)))


def _digest_of_templates(theme: Theme) -> str:
    rows = (f"{key} {template.digest} {template.shown}" for key, template in theme.templates.items())
    return blake2b("\n".join(rows).encode(), digest_size=16).hexdigest()


def arrange_readings(bench: Workbench, readings: Readings, shelf: Shelf) -> tuple[Site, list[Diagnostic]]:
    folder = bench.folder
    slug_of = _RememberedSlugs(bench.store)
    parts = SiteParts(
        articles=readings.articles,
        issues=readings.issues,
        pages=readings.pages,
        topics=folder.topics,
        language=folder.settings.language,
        slug_of=slug_of,
        page_name_of=printed_page_name,
        relate=partial(_relate, bench),
        look_up=shelf.details,
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


def _relate(bench: Workbench, articles: Sequence[SiteArticle]) -> dict[str, tuple[str, ...]]:
    return relate(articles, bench.reader.terms_of, bench.store, bench.options.jobs)


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
