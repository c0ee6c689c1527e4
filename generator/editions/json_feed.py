"""JSON feeds (jsonfeed.org, version 1.1) with full texts: one of the site, one per topic."""

import json
from collections.abc import Callable, Iterator, Mapping

from generator.config import SiteSettings
from generator.editions.addresses import address_of, stable_id
from generator.editions.content_dates import moment
from generator.editions.feeds import JSON_FILE, Feed, FeedEntry, plan_feeds
from generator.editions.source import EditionFile, EditionSource


def plan_json_feed(source: EditionSource) -> Iterator[EditionFile]:
    """Plan ``/feed.json`` and ``/topics/<slug>/feed.json``."""
    return plan_feeds(
        source, JSON_FILE, lambda feed, text_of: format_json_feed(feed, source.settings, text_of).encode()
    )


def format_json_feed(feed: Feed, settings: SiteSettings, text_of: Callable[[FeedEntry], str]) -> str:
    members = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "description": feed.description,
        "home_page_url": address_of(feed.home_url, settings),
        "feed_url": address_of(feed.url(JSON_FILE), settings),
        "language": settings.language,
        "authors": [{"name": settings.publisher or settings.title}],
    }
    items = [_format_item(entry, settings, text_of(entry)) for entry in feed.entries]
    whole = {**_said(members), "items": items}
    # A lone surrogate cannot be encoded; as an escape it does no harm.
    return json.dumps(whole, ensure_ascii=False, indent=1).encode("utf-8", "backslashreplace").decode() + "\n"


def _format_item(entry: FeedEntry, settings: SiteSettings, text: str) -> dict[str, object]:
    article = entry.article
    return _said(
        {
            "id": stable_id(article.url, settings),
            "url": address_of(article.url, settings),
            "title": article.head.title,
            "summary": article.summary,
            "content_html": text,
            "date_published": moment(entry.published, settings.timezone),
            "date_modified": moment(entry.updated, settings.timezone),
            "authors": [{"name": name} for name in article.head.byline],
            "tags": [topic.name for topic in entry.topics],
        }
    )


def _said(members: Mapping[str, object]) -> dict[str, object]:
    """The members that say something; an item's text may be empty but must be there."""
    return {name: value for name, value in members.items() if value or name == "content_html"}
