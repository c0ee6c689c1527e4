"""When things last changed, by the dates of the content: never by a clock or a file system."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time
from functools import cache
from zoneinfo import ZoneInfo

from generator.editions.source import key_of
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
    articles = site.articles
    corrected = _corrected(articles)
    found: dict[str, date | None] = {article.url: article.date for article in articles}
    found |= {articles[place].url: day for place, day in corrected.items()}
    for issue in site.issues:
        days = {found[article.url] for article in issue.articles}
        found[issue.url] = found[f"{issue.url}all/"] = latest({issue.date, *days})
    return found | _changes_of_lists(site, corrected)


def digest_of_changes(site: Site) -> str:
    """Return a digest of all that `changes_by_url` is made from."""
    corrected = _corrected(site.articles)
    written = cache(str)  # there are more articles than days
    lines = [f"{article.url} {written(article.date)}" for article in site.articles]
    lines += [f"{issue.url} {written(issue.date)}" for issue in site.issues]
    lines += [f"{place} {day}" for place, day in corrected.items()]
    lines += [f"{url} {day}" for url, day in _changes_of_lists(site, corrected).items()]
    return key_of("\n".join(lines))


def _corrected(articles: Sequence[SiteArticle]) -> dict[int, date | None]:
    """The days of articles with corrections, by their places; they are few."""
    return {place: changed_on(article) for place, article in enumerate(articles) if article.outline.corrected}


def _changes_of_lists(site: Site, corrected: Mapping[int, date | None]) -> dict[str, date | None]:
    # Articles stand newest first in every list: the others need not be looked at.
    articles = site.articles

    def newest(places: Sequence[int]) -> date | None:
        those = corrected.keys() & places if corrected else ()
        return latest([*(articles[place].date for place in places[:1]), *map(corrected.get, those)])

    found = {
        group.url: newest(group.articles.places)
        for groups in site.groups_by_kind.values()
        for group in groups
    }
    found["/"] = found["/issues/"] = newest(range(len(articles)))
    return found
