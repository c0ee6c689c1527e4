"""Which feeds there are and what is in them, whatever their format."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from itertools import islice

import msgspec

from generator.editions.addresses import make_addresses_absolute
from generator.editions.content_dates import changed_on
from generator.editions.source import EditionFile, EditionSource, key_of
from generator.model import Group, GroupKind, SiteArticle

ATOM_FILE = "feed.xml"
JSON_FILE = "feed.json"


class FeedEntry(msgspec.Struct, frozen=True):
    """An article in a feed. `published` and `updated` differ when it was corrected."""

    article: SiteArticle
    published: date
    updated: date
    topics: tuple[Group, ...]


class Feed(msgspec.Struct, frozen=True):
    """The newest articles of the site, or of a topic. `home_url` is the page they are listed on."""

    title: str
    description: str
    home_url: str
    entries: tuple[FeedEntry, ...]

    def url(self, file_name: str) -> str:
        return f"{self.home_url}{file_name}"


def plan_feeds(
    source: EditionSource, file_name: str, write_feed: Callable[[Feed, Callable[[FeedEntry], str]], bytes]
) -> Iterator[EditionFile]:
    """Yield a file for each feed. `write_feed` gets a feed and a function that gives an entry's text."""
    # An article stands in the site's feed and in one of each of its topics.
    texts: dict[str, str] = {}

    def text_of(entry: FeedEntry) -> str:
        article = entry.article
        if article.url not in texts:
            html = source.body_html(article)
            texts[article.url] = make_addresses_absolute(html, article.url, source.settings)
        return texts[article.url]

    for feed in collect_feeds(source):

        def make(feed: Feed = feed) -> bytes:
            return write_feed(feed, text_of)

        yield EditionFile(feed.url(file_name).lstrip("/"), _key(feed, source), make)


def collect_feeds(source: EditionSource) -> Iterator[Feed]:
    """The feed of the site, then that of each topic. Articles without a date are in none."""
    settings, site = source.settings, source.site
    topics = site.groups_by_kind.get(GroupKind.TOPIC, ())
    newest = [
        _newest(articles, settings.feed_size) for articles in (site.articles, *(t.articles for t in topics))
    ]
    places = {name: place for place, topic in enumerate(topics) for name in (topic.name, topic.slug)}

    def topics_of(article: SiteArticle) -> tuple[Group, ...]:
        """The largest first; an article may name a topic by its slug."""
        named = {places[name] for name in article.outline.topics if name in places}
        return tuple(topics[place] for place in sorted(named))

    entries = [tuple(_enter(article, topics_of) for article in articles) for articles in newest]
    yield Feed(settings.title, settings.description or settings.subtitle, "/", entries[0])
    for topic, chosen in zip(topics, entries[1:], strict=True):
        yield Feed(f"{settings.title} · {topic.name}", topic.description, topic.url, chosen)


def _newest(articles: Iterable[SiteArticle], count: int) -> list[SiteArticle]:
    return list(islice((article for article in articles if article.date), count))


def _enter(article: SiteArticle, topics_of: Callable[[SiteArticle], tuple[Group, ...]]) -> FeedEntry:
    assert article.date
    updated = changed_on(article) or article.date
    return FeedEntry(article, article.date, updated, topics_of(article))


def _key(feed: Feed, source: EditionSource) -> str:
    settings = source.settings
    names = (settings.title, settings.publisher, settings.copyright)
    site = (*names, settings.base_url, settings.language, settings.timezone)
    entries = tuple(
        (
            entry.article.url,
            entry.article.digest,
            source.body_key(entry.article),
            entry.published.isoformat(),
            entry.updated.isoformat(),
            tuple((topic.name, topic.slug) for topic in entry.topics),
        )
        for entry in feed.entries
    )
    return key_of(site, feed.title, feed.description, feed.home_url, entries)
