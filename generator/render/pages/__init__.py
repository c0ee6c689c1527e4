"""Every page of the site: where it is, what it is made from, and what its template receives."""

from generator.render.pages.articles import plan_articles
from generator.render.pages.calendars import Calendars
from generator.render.pages.dates import plan_dates
from generator.render.pages.desk import Desk
from generator.render.pages.groups import plan_groups
from generator.render.pages.home import plan_home
from generator.render.pages.issues import plan_issues
from generator.render.pages.others import plan_others
from generator.render.pages.page import Page, Texts, key_of, output_path

__all__ = ["Desk", "Page", "Texts", "key_of", "output_path", "plan_pages"]


def plan_pages(desk: Desk) -> list[Page]:
    """Plan every page. Two pages at one address are the caller's to report: addresses come from content."""
    calendars = Calendars(desk.site.issues)
    return [
        *plan_articles(desk),
        *plan_issues(desk, calendars),
        *plan_groups(desk),
        *plan_dates(desk, calendars),
        *plan_others(desk),
        plan_home(desk, calendars),
    ]
