"""All a site is made from: its theme, its content read and arranged, its pictures, its files to copy."""

from collections.abc import Mapping
from functools import partial
from hashlib import blake2b

import msgspec

from generator.content import ContentFile
from generator.diagnostics import BulletinError, Diagnostic
from generator.model import Site
from generator.pipeline.contents import Contents
from generator.pipeline.inputs import Inputs
from generator.pipeline.pictures import Pictures, plan_pictures
from generator.pipeline.referring import Places, ReferringText, referring_texts
from generator.pipeline.shelf import Shelf
from generator.pipeline.site_folder import SiteFolder
from generator.pipeline.workbench import Workbench
from generator.render.assets import Assets
from generator.render.blocks import find_stray_blocks
from generator.render.contexts import PageKind
from generator.render.environment import ThemeEnvironment, ThemeSetup, make_environment
from generator.render.reach import TemplateReach, TemplateUses, uses_of_theme
from generator.render.themes import Theme
from generator.store import Store


class LoadedTheme(msgspec.Struct, frozen=True):
    """A theme with its static files made and its templates ready."""

    theme: Theme
    assets: Assets
    environment: ThemeEnvironment
    reach: TemplateReach

    @property
    def shows_related(self) -> bool:
        """Whether any page shows which articles are related."""
        return self.reach.shows(PageKind.ARTICLE.template, "related")


class TemplateStudy(msgspec.Struct, frozen=True):
    """What follows from the templates alone. Parsing them takes longer than rendering many pages."""

    uses: dict[str, TemplateUses]
    stray_blocks: list[Diagnostic]


class Materials(msgspec.Struct, frozen=True):
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


def gather_materials(bench: Workbench, inputs: Inputs, theme: LoadedTheme, contents: Contents) -> Materials:
    """Put together what was made ready and read, and look at the pictures."""
    folder, site = contents.folder, contents.site
    referring = tuple(referring_texts(site, allow_html=folder.settings.allow_html))
    pictures = plan_pictures(
        folder.root, referring, inputs.listing.images, bench.store, bench.known, bench.reader.started_ns
    )
    return Materials(
        folder,
        site,
        contents.shelf,
        contents.broken,
        referring,
        pictures,
        theme,
        inputs.root_files,
        inputs.root_digests,
    )


def prepare_theme(folder: SiteFolder, inputs: Inputs, store: Store) -> LoadedTheme:
    """Make the templates ready; BulletinError for a theme that cannot be used."""
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
    return LoadedTheme(inputs.theme, inputs.assets, environment, TemplateReach(setup, study.uses))


def _study(environment: ThemeEnvironment) -> TemplateStudy:
    return TemplateStudy(uses_of_theme(environment), list(find_stray_blocks(environment)))


def _digest_of_templates(theme: Theme) -> str:
    rows = (f"{key} {template.digest} {template.shown}" for key, template in theme.templates.items())
    return blake2b("\n".join(rows).encode(), digest_size=16).hexdigest()
