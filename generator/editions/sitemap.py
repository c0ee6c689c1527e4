"""Sitemaps (sitemaps.org): every page once, with the day its content changed."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cache

from generator.config import SiteSettings
from generator.editions.content_dates import changes_by_url, latest
from generator.editions.source import EditionFile, EditionSource, key_of
from generator.editions.xml_text import escape_xml

SITEMAP_FILE = "sitemap.xml"
MOST_URLS = 50_000
_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


def plan_sitemap(source: EditionSource) -> Iterator[EditionFile]:
    """Plan ``/sitemap.xml``; of a large site it is the index of ``/sitemap-1.xml`` and so on.

    A sitemap has full addresses only: without `base_url` there is none.
    """
    if not source.settings.base_url:
        return
    urls = sorted(source.urls)
    changes = changes_by_url(source.site)
    parts = [urls[start : start + MOST_URLS] for start in range(0, len(urls), MOST_URLS)]
    if len(parts) <= 1:
        yield _sitemap(SITEMAP_FILE, "urlset", "url", _days(urls, changes), source.settings)
        return
    names = [f"sitemap-{number}.xml" for number in range(1, len(parts) + 1)]
    for name, part in zip(names, parts, strict=True):
        yield _sitemap(name, "urlset", "url", _days(part, changes), source.settings)
    days = {f"/{name}": latest(map(changes.get, part)) for name, part in zip(names, parts, strict=True)}
    yield _sitemap(SITEMAP_FILE, "sitemapindex", "sitemap", days, source.settings)


def _days(urls: Sequence[str], changes: Mapping[str, date | None]) -> dict[str, date | None]:
    return {url: changes.get(url) for url in urls}


def _sitemap(
    path: str, root: str, element: str, days: Mapping[str, date | None], settings: SiteSettings
) -> EditionFile:
    written = cache(str)  # there are more pages than days
    lines = [f"{url} {written(day)}" for url, day in days.items()]
    key = key_of(root, settings.base_url, "\n".join(lines))
    return EditionFile(path, key, lambda: _format(root, element, days, settings).encode())


def _format(root: str, element: str, days: Mapping[str, date | None], settings: SiteSettings) -> str:
    lines = ['<?xml version="1.0" encoding="utf-8"?>', f'<{root} xmlns="{_NAMESPACE}">']
    for url, day in days.items():
        changed = f"<lastmod>{day.isoformat()}</lastmod>" if day else ""
        lines.append(f"<{element}><loc>{escape_xml(settings.absolute_url(url))}</loc>{changed}</{element}>")
    return "\n".join([*lines, f"</{root}>\n"])
