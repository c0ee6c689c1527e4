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


def changes_by_url(site: Site) -> Mapping[str, date | None]:
    """The day each page's content last changed; pages about which nothing is known have none."""
    # Articles stand newest first in every list, and corrections are few: the others need not be looked at.
    articles = site.articles
    corrected = {
        place: changed_on(article) for place, article in enumerate(articles) if article.outline.corrected
    }

    def newest(places: Sequence[int]) -> date | None:
        those = corrected.keys() & places if corrected else ()
        return latest([*(articles[place].date for place in places[:1]), *map(corrected.get, those)])

    found: dict[str, date | None] = {article.url: article.date for article in articles}
    found |= {articles[place].url: day for place, day in corrected.items()}
    for issue in site.issues:
        days = {found[article.url] for article in issue.articles}
        found[issue.url] = found[f"{issue.url}all/"] = latest({issue.date, *days})
    for groups in site.groups_by_kind.values():
        found |= {group.url: newest(group.articles.places) for group in groups}
    found["/"] = found["/issues/"] = newest(range(len(articles)))
    return found
