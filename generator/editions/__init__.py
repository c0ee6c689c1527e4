"""Other forms of the site's content, for programs and for taking away: one file here per form."""

from generator.config import SITE_FILE
from generator.diagnostics import Diagnostic, SourceSpan, warning
from generator.editions.atom import plan_atom
from generator.editions.feeds import ATOM_FILE, JSON_FILE
from generator.editions.json_feed import plan_json_feed
from generator.editions.robots import plan_robots
from generator.editions.sitemap import plan_sitemap
from generator.editions.source import Edition, EditionFile, EditionPlan, EditionSource

__all__ = [
    "ATOM_FILE",
    "EDITIONS",
    "JSON_FILE",
    "Edition",
    "EditionFile",
    "EditionPlan",
    "EditionSource",
    "plan_editions",
]

EDITIONS: tuple[Edition, ...] = (plan_atom, plan_json_feed, plan_sitemap, plan_robots)
"""Every form, in the order in which they are planned."""


def plan_editions(source: EditionSource) -> EditionPlan:
    """Plan the files of every edition."""
    files = tuple(file for edition in EDITIONS for file in edition(source))
    return EditionPlan(files, _problems(source))


def _problems(source: EditionSource) -> tuple[Diagnostic, ...]:
    if source.settings.base_url:
        return ()
    return (
        warning(
            "base-url-missing",
            "without base_url the feeds have relative addresses only, and there is no sitemap",
            SourceSpan(SITE_FILE),
            'add the address of the site: base_url = "https://…"',
        ),
    )
