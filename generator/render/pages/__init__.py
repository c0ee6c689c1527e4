"""Every page of the site: where it is, what it is made from, and what its template receives."""

import msgspec
from msgspec.structs import replace

from generator.render.pages.articles import article_key, plan_article
from generator.render.pages.calendars import Calendars
from generator.render.pages.dates import plan_dates
from generator.render.pages.desk import Desk
from generator.render.pages.groups import plan_groups
from generator.render.pages.home import plan_home
from generator.render.pages.issues import plan_issue_list
from generator.render.pages.others import plan_others, plan_redirects
from generator.render.pages.page import ANYWHERE, Page, Texts, key_of
from generator.render.pages.sheets import KeptKeys, Sheet, Spread, VolumeKeys, plan_issue_sheets

__all__ = [
    "ANYWHERE",
    "Desk",
    "KeptKeys",
    "Page",
    "PagePlan",
    "Sheet",
    "Texts",
    "VolumeKeys",
    "key_of",
    "plan_pages",
]


class PagePlan(msgspec.Struct, frozen=True):
    """Every page. `redirects` are at old addresses and yield to whatever else is there; `kept` is for the
    next build."""

    sheets: tuple[Sheet, ...]
    redirects: tuple[Page, ...]
    kept: KeptKeys


def plan_pages(desk: Desk, last: KeptKeys, spread: Spread = map) -> PagePlan:
    """Plan every page. Two pages at one address are the caller's to report: addresses come from content."""
    calendars = Calendars(desk.site.issues)
    issue_sheets, kept = plan_issue_sheets(desk, calendars, last, spread)
    alone = [plan_article(desk, article, article_key(desk, article)) for article in desk.alone]
    before = (*alone, plan_issue_list(desk))
    after = (*plan_dates(desk, calendars), *plan_others(desk), plan_home(desk, calendars))
    group_sheets, lists = plan_groups(desk, last, kept)
    sheets = (*issue_sheets, *map(Sheet.of, before), *group_sheets, *map(Sheet.of, after))
    return PagePlan(sheets, tuple(plan_redirects(desk)), replace(kept, lists=lists))
