"""When things last changed, by the dates of the content: never by a clock or a file system."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from generator.editions.source import digest_of_lines
from generator.model import Site, SiteArticle, output_path, url_of


def changed_on(article: SiteArticle) -> date | None:
    """The day of the last correction, or else the article's date."""
    corrected = article.outline.corrected
    return corrected if article.date is None else max(article.date, corrected or article.date)


def latest(days: Iterable[date | None]) -> date | None:
    return max((day for day in days if day), default=None)


def moment(day: date, timezone: str) -> str:
    """The beginning of a day as RFC 3339 writes it: ``2024-07-22T00:00:00+08:00``."""
    return datetime.combine(day, time(), ZoneInfo(timezone)).isoformat()


def days_of_pages(site: Site, sheets: Iterable[Sequence[str]]) -> list[str]:
    """Return the day the content of each page last changed, an ISO date; "" where nothing is known. `sheets`
    are the output paths of pages, those of an issue together and its own first."""
    columns, corrected = site.columns, _corrected(site)
    latest_of = {issue.id: str(issue.date or "") for issue in site.issues}
    mixed: set[str] = set()
    for place in {*columns.apart, *corrected}:
        issue_id = site.articles[place].issue_id
        latest_of[issue_id] = max(corrected.get(place, columns.days[place]), latest_of.get(issue_id, ""))
        mixed.add(issue_id)
    found = _changes_of_lists(site, corrected)
    single = list(columns.alone)
    of_one_day: dict[str, str] = {}  # most issues: their many pages need not be asked about one by one
    for issue in site.issues:
        day = found[issue.url] = found[f"{issue.url}all/"] = latest_of[issue.id]
        if issue.id in mixed:
            single += issue.articles.places
        else:
            of_one_day[output_path(issue.url)] = day
    found |= {columns.urls[place]: corrected.get(place, columns.days[place]) for place in single}
    days: list[str] = []
    for sheet in sheets:
        one = of_one_day.get(sheet[0]) if sheet else None
        days += [found.get(url_of(path), "") for path in sheet] if one is None else [one] * len(sheet)
    return days


def digest_of_changes(site: Site) -> str:
    """Return a digest of all that `days_of_pages` is made from, but for the issues of articles, which their
    addresses tell."""
    corrected = _corrected(site)
    lines = [f"{issue.url} {issue.date}" for issue in site.issues]
    lines += [f"{place} {day}" for place, day in corrected.items()]
    lines += [f"{url} {day}" for url, day in _changes_of_lists(site, corrected).items()]
    return digest_of_lines(site.columns.urls, site.columns.days, lines)


def _corrected(site: Site) -> dict[int, str]:
    """The days of articles with corrections, by their places."""
    return {place: str(changed_on(site.articles[place])) for place in site.columns.corrected}


def _changes_of_lists(site: Site, corrected: Mapping[int, str]) -> dict[str, str]:
    # Articles stand newest first in every list: the others need not be looked at.
    days = site.columns.days

    def newest(places: Sequence[int]) -> str:
        those = corrected.keys() & places if corrected else ()
        return max([*(days[place] for place in places[:1]), *map(corrected.__getitem__, those)], default="")

    found = {
        group.url: newest(group.articles.places)
        for groups in site.groups_by_kind.values()
        for group in groups
    }
    found["/"] = found["/issues/"] = newest(range(len(days)))
    return found
