"""When things last changed, by the dates of the content: never by a clock or a file system."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from generator.model import Site, SiteArticle


def changed_on(article: SiteArticle) -> date | None:
    """The day of the last correction, or else the article's date."""
    corrected = article.outline.corrected
    return corrected if article.date is None else max(article.date, corrected or article.date)


def latest(days: Iterable[date | None]) -> date | None:
    return max((day for day in days if day), default=None)


def moment(day: date, timezone: str) -> str:
    """The beginning of a day as RFC 3339 writes it: ``2024-07-22T00:00:00+08:00``."""
    return datetime.combine(day, time(), ZoneInfo(timezone)).isoformat()


def changes_by_url(site: Site) -> Mapping[str, date]:
    """The day each page's content last changed; pages about which nothing is known are left out."""
    # Corrections are few, so what else says a date is asked first: articles stand newest first in every list.
    corrected = {article.url: changed_on(article) for article in site.articles if article.outline.corrected}

    def newest(articles: Sequence[SiteArticle]) -> date | None:
        urls = corrected.keys() & {article.url for article in articles} if corrected else ()
        return latest([*(article.date for article in articles[:1]), *map(corrected.get, urls)])

    found: dict[str, date | None] = {article.url: article.date for article in site.articles}
    for issue in site.issues:
        day = latest([issue.date, *(found[article.url] for article in issue.articles)])
        found[issue.url] = found[f"{issue.url}all/"] = latest([day, newest(issue.articles)])
    for groups in site.groups_by_kind.values():
        found |= {group.url: newest(group.articles) for group in groups}
    found["/"] = found["/issues/"] = newest(site.articles)
    found |= corrected
    return {url: day for url, day in found.items() if day}
