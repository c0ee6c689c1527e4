"""Sitemaps (sitemaps.org): every page once, with the day its content changed."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from generator.config import SiteSettings
from generator.editions.content_dates import changes_by_url, latest
from generator.editions.source import EditionFile, EditionSource, made_file
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
    urls = sorted(set(source.urls))
    changes = changes_by_url(source.site)
    parts = [urls[start : start + MOST_URLS] for start in range(0, len(urls), MOST_URLS)]
    if len(parts) <= 1:
        yield made_file(SITEMAP_FILE, format_sitemap(urls, changes, source.settings).encode())
        return
    names = [f"sitemap-{number}.xml" for number in range(1, len(parts) + 1)]
    for name, part in zip(names, parts, strict=True):
        yield made_file(name, format_sitemap(part, changes, source.settings).encode())
    days = {f"/{name}": latest(map(changes.get, part)) for name, part in zip(names, parts, strict=True)}
    yield made_file(SITEMAP_FILE, _format("sitemapindex", "sitemap", days, source.settings).encode())


def format_sitemap(urls: Sequence[str], changes: Mapping[str, date], settings: SiteSettings) -> str:
    return _format("urlset", "url", {url: changes.get(url) for url in urls}, settings)


def _format(root: str, element: str, days: Mapping[str, date | None], settings: SiteSettings) -> str:
    lines = ['<?xml version="1.0" encoding="utf-8"?>', f'<{root} xmlns="{_NAMESPACE}">']
    for url, day in days.items():
        changed = f"<lastmod>{day.isoformat()}</lastmod>" if day else ""
        lines.append(f"<{element}><loc>{escape_xml(settings.absolute_url(url))}</loc>{changed}</{element}>")
    return "\n".join([*lines, f"</{root}>\n"])
