"""Calendars: which days have issues."""

import calendar
import datetime
from collections.abc import Iterable, Sequence

from generator.model import SiteIssue
from generator.render.context_parts import CalendarDay, Link, MonthCalendar, MonthEntry, YearEntry
from generator.render.pages.page import key_of

_WEEKS = calendar.Calendar(firstweekday=calendar.MONDAY)


class Calendars:
    """The dated issues by year, month and day."""

    def __init__(self, issues: Iterable[SiteIssue]) -> None:
        self._by_day: dict[datetime.date, list[SiteIssue]] = {}
        self.by_month: dict[tuple[int, int], list[SiteIssue]] = {}
        self.by_year: dict[int, list[SiteIssue]] = {}
        self._month_keys: dict[tuple[int, int], str] = {}
        for issue in issues:
            if issue.date:
                self._by_day.setdefault(issue.date, []).append(issue)
                self.by_month.setdefault((issue.date.year, issue.date.month), []).append(issue)
                self.by_year.setdefault(issue.date.year, []).append(issue)

    def issues_of(self, day: datetime.date) -> Sequence[SiteIssue]:
        return self._by_day.get(day, ())

    def month_of(self, day: datetime.date) -> MonthCalendar:
        return self.month(day.year, day.month)

    def month(self, year: int, month: int) -> MonthCalendar:
        days = [
            self._day(datetime.date(*day), month)
            for day in _WEEKS.itermonthdays3(year, month)
            if day[0] <= datetime.MAXYEAR  # the week of the last day there is
        ]
        weeks = tuple(tuple(days[start : start + 7]) for start in range(0, len(days), 7))
        count = len(self.by_month.get((year, month), ()))
        return MonthCalendar(
            datetime.date(year, month, 1), month_url(year, month) if count else "", weeks, count
        )

    def _day(self, day: datetime.date, month: int) -> CalendarDay:
        is_in_month = day.month == month
        issues = self.issues_of(day) if is_in_month else ()
        return CalendarDay(day, is_in_month, tuple(Link(issue.label, issue.url) for issue in issues))

    def year_entry(self, year: int) -> YearEntry:
        issues = self.by_year[year]
        return YearEntry(
            year,
            year_url(year),
            len(issues),
            sum(len(issue.articles) for issue in issues),
            tuple(self._month_entry(year, month) for month in range(1, 13)),
        )

    def _month_entry(self, year: int, month: int) -> MonthEntry:
        count = len(self.by_month.get((year, month), ()))
        return MonthEntry(datetime.date(year, month, 1), month_url(year, month) if count else "", count)

    def key_of_day(self, day: datetime.date | None) -> str:
        """Return a digest of the calendar of the day's month."""
        return self.key_of_month(day.year, day.month) if day else ""

    def key_of_month(self, year: int, month: int) -> str:
        found = self._month_keys.get((year, month))
        if found is None:
            issues = self.by_month.get((year, month), ())
            shown = (f"{issue.date}\n{issue.url}\n{issue.label}" for issue in issues)
            found = self._month_keys[year, month] = key_of(f"{year}-{month}", *shown)
        return found

    def key_of_year(self, year: int) -> str:
        return key_of(*(self.key_of_month(year, month) for month in range(1, 13)))


def year_url(year: int) -> str:
    return f"/dates/{year:04}/"


def month_url(year: int, month: int) -> str:
    return f"/dates/{year:04}/{month:02}/"
