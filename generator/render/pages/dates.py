"""The index of dates: all years, a year as calendars, a month with its issues."""

from collections.abc import Iterator, Sequence
from functools import partial
from typing import TypeVar

from generator.model import SiteIssue, Stage
from generator.render.context_parts import Link
from generator.render.contexts import DatesContext, MonthContext, PageContext, PageKind, YearContext
from generator.render.dates import DATE_FILTERS
from generator.render.pages.calendars import Calendars, month_url, year_url
from generator.render.pages.desk import Desk
from generator.render.pages.page import Page, place_of

URL = "/dates/"

Item = TypeVar("Item")


def plan_dates(desk: Desk, calendars: Calendars) -> Iterator[Page]:
    years = sorted(calendars.by_year)
    yield _plan_all(desk, calendars, years)
    for year, before, after in _with_neighbours(years):
        key = desk.key(
            PageKind.YEAR, calendars.key_of_year(year), _article_count(calendars, year), f"{before} {after}"
        )
        make = partial(_make_year, desk, calendars, year, before, after)
        yield Page(year_url(year), PageKind.YEAR, key, Stage.INDEX, make)
    months = sorted(calendars.by_month)
    for month, before_month, after_month in _with_neighbours(months):
        yield _plan_month(desk, calendars, month, before_month, after_month)


def _with_neighbours(items: Sequence[Item]) -> Iterator[tuple[Item, Item | None, Item | None]]:
    """Yield each item with the one before it and the one after it."""
    return zip(items, [None, *items[:-1]], [*items[1:], None], strict=False)  # there may be none


def _article_count(calendars: Calendars, year: int) -> str:
    return str(sum(len(issue.articles) for issue in calendars.by_year[year]))


def _plan_all(desk: Desk, calendars: Calendars, years: Sequence[int]) -> Page:
    undated = [issue for issue in desk.site.issues if issue.date is None]
    key = desk.key(
        PageKind.DATES,
        *(calendars.key_of_year(year) + _article_count(calendars, year) for year in years),
        "undated",
        *(desk.listed_issue_key(issue) for issue in undated),
    )
    return Page(URL, PageKind.DATES, key, Stage.INDEX, partial(_make_all, desk, calendars, years, undated))


def _make_all(
    desk: Desk, calendars: Calendars, years: Sequence[int], undated: Sequence[SiteIssue]
) -> tuple[PageContext, DatesContext]:
    page = desk.page_context(PageKind.DATES, URL, desk.translate("dates"), breadcrumbs=())
    entries = tuple(calendars.year_entry(year) for year in reversed(years))
    return page, DatesContext(years=entries, undated=tuple(map(desk.listed_issue_card, undated)))


def _make_year(
    desk: Desk, calendars: Calendars, year: int, before: int | None, after: int | None
) -> tuple[PageContext, YearContext]:
    heading = _year_name(desk, year)
    issues = calendars.by_year[year]
    page = desk.page_context(
        PageKind.YEAR, year_url(year), heading, breadcrumbs=(Link(desk.translate("dates"), URL),)
    )
    content = YearContext(
        year=year,
        issue_count=len(issues),
        article_count=sum(len(issue.articles) for issue in issues),
        months=tuple(calendars.month(year, month) for month in range(1, 13)),
        previous=_year_link(desk, before),
        next=_year_link(desk, after),
    )
    return page, content


def _year_name(desk: Desk, year: int) -> str:
    return desk.translate("year-n", year=year)


def _year_link(desk: Desk, year: int | None) -> Link | None:
    return Link(_year_name(desk, year), year_url(year)) if year else None


Month = tuple[int, int]


def _plan_month(
    desk: Desk, calendars: Calendars, month: Month, before: Month | None, after: Month | None
) -> Page:
    issues = sorted(calendars.by_month[month], key=lambda issue: (str(issue.date), issue.url))
    key = desk.key(
        PageKind.MONTH,
        calendars.key_of_month(*month),
        f"{before} {after}",
        *map(desk.full_issue_key, issues),
    )
    make = partial(_make_month, desk, calendars, month, before, after, issues)
    place = place_of(issues[0].articles)
    return Page(month_url(*month), PageKind.MONTH, key, Stage.INDEX, make, place=place)


def _make_month(
    desk: Desk,
    calendars: Calendars,
    month: Month,
    before: Month | None,
    after: Month | None,
    issues: Sequence[SiteIssue],
) -> tuple[PageContext, MonthContext]:
    year = month[0]
    page = desk.page_context(
        PageKind.MONTH,
        month_url(*month),
        _month_name(desk, calendars, month),
        breadcrumbs=(Link(desk.translate("dates"), URL), Link(_year_name(desk, year), year_url(year))),
    )
    content = MonthContext(
        calendar=calendars.month(*month),
        issues=tuple(desk.issue_card(issue, issue.articles) for issue in issues),
        year_url=year_url(year),
        previous=_month_link(desk, calendars, before),
        next=_month_link(desk, calendars, after),
    )
    return page, content


def _month_name(desk: Desk, calendars: Calendars, month: Month) -> str:
    write = DATE_FILTERS[desk.settings.language]["month_name"]
    return write(calendars.month(*month).first_day)


def _month_link(desk: Desk, calendars: Calendars, month: Month | None) -> Link | None:
    return Link(_month_name(desk, calendars, month), month_url(*month)) if month else None
