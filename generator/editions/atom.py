"""Atom feeds (RFC 4287) with full texts: one of the site, one per topic."""

from collections.abc import Callable, Iterator

from generator.config import SiteSettings
from generator.editions.addresses import address_of, stable_id
from generator.editions.content_dates import latest, moment
from generator.editions.feeds import ATOM_FILE, Feed, FeedEntry, plan_feeds
from generator.editions.source import EditionFile, EditionSource
from generator.editions.xml_text import escape_xml

# Atom wants a date of every feed, also of one without entries.
_NEVER = "1970-01-01T00:00:00Z"


def plan_atom(source: EditionSource) -> Iterator[EditionFile]:
    """Plan ``/feed.xml`` and ``/topics/<slug>/feed.xml``."""
    return plan_feeds(
        source, ATOM_FILE, lambda feed, text_of: format_atom(feed, source.settings, text_of).encode()
    )


def format_atom(feed: Feed, settings: SiteSettings, text_of: Callable[[FeedEntry], str]) -> str:
    updated = latest(entry.updated for entry in feed.entries)
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{settings.language}">',
        _element("id", stable_id(feed.home_url, settings)),
        _element("title", feed.title),
        _element("subtitle", feed.description),
        _element("updated", moment(updated, settings.timezone) if updated else _NEVER),
        _link("self", "application/atom+xml", address_of(feed.url(ATOM_FILE), settings)),
        _link("alternate", "text/html", address_of(feed.home_url, settings)),
        _author(settings.publisher or settings.title),
        _element("rights", settings.copyright),
        *(_format_entry(entry, settings, text_of(entry)) for entry in feed.entries),
        "</feed>\n",
    ]
    return "\n".join(line for line in lines if line)


def _format_entry(entry: FeedEntry, settings: SiteSettings, text: str) -> str:
    article = entry.article
    lines = [
        "<entry>",
        _element("id", stable_id(article.url, settings)),
        _element("title", article.head.title),
        _link("alternate", "text/html", address_of(article.url, settings)),
        _element("published", moment(entry.published, settings.timezone)),
        _element("updated", moment(entry.updated, settings.timezone)),
        *(_author(name) for name in article.head.byline),
        *(
            f'<category term="{escape_xml(topic.slug)}" label="{escape_xml(topic.name)}"/>'
            for topic in entry.topics
        ),
        _element("summary", article.summary),
        f'<content type="html">{escape_xml(text)}</content>',
        "</entry>",
    ]
    return "\n".join(line for line in lines if line)


def _element(name: str, text: str) -> str:
    return f"<{name}>{escape_xml(text)}</{name}>" if text else ""


def _author(name: str) -> str:
    return f"<author>{_element('name', name)}</author>"


def _link(relation: str, media_type: str, address: str) -> str:
    return f'<link rel="{relation}" type="{media_type}" href="{escape_xml(address)}"/>'
