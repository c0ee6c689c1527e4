"""Sitemaps (sitemaps.org): every page once, with the day its content changed."""

from collections.abc import Iterator, Sequence
from functools import cache, partial
from itertools import groupby

import msgspec

from generator.config import SiteSettings
from generator.config.site import quote_address
from generator.editions.content_dates import days_of_pages, digest_of_changes
from generator.editions.source import EditionFile, EditionSource, digest_of_lines, key_of
from generator.editions.xml_text import escape_xml
from generator.model import urls_of

SITEMAP_FILE = "sitemap.xml"
MOST_URLS = 50_000
_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


class _Sitemap(msgspec.Struct, frozen=True):
    """A file by path: addresses, and the days on which they changed ("" for unknown), between elements of
    these names."""

    path: str
    root: str
    element: str
    urls: Sequence[str]
    days: Sequence[str]

    def format(self, settings: SiteSettings) -> bytes:
        locations = self.urls
        # Looked at all at once: most need no quoting, and what needs none needs no escaping either.
        if quote_address(joined := "".join(self.urls)) != joined:
            locations = [escape_xml(quote_address(url)) for url in self.urls]
        lines = [
            '<?xml version="1.0" encoding="utf-8"?>',
            f'<{self.root} xmlns="{_NAMESPACE}">',
            *self._format_lines(locations, settings),
            f"</{self.root}>\n",
        ]
        return "\n".join(lines).encode()

    def _format_lines(self, locations: Sequence[str], settings: SiteSettings) -> Iterator[str]:
        opening = f"<{self.element}><loc>{escape_xml(settings.base_url)}"
        start = 0
        for day, run in groupby(self.days):  # pages of an issue stand together, and mostly have one day
            end = start + len(list(run))
            closing = f"</loc>{f'<lastmod>{day}</lastmod>' if day else ''}</{self.element}>"
            between = f"{closing}\n{opening}"
            yield f"{opening}{between.join(locations[start:end])}{closing}"
            start = end


def plan_sitemap(source: EditionSource) -> Iterator[EditionFile]:
    """Plan ``/sitemap.xml``; of a large site it is the index of ``/sitemap-1.xml`` and so on.

    A sitemap has full addresses only: without `base_url` there is none.
    """
    settings = source.settings
    if not settings.base_url:
        return

    @cache
    def sitemaps() -> dict[str, _Sitemap]:
        return {sitemap.path: sitemap for sitemap in _sitemaps(source)}

    def content_of(path: str) -> bytes:
        return sitemaps()[path].format(settings)

    # One key for all: to see that no address and no day has changed is quicker than to sort them by files.
    pages = source.pages
    key = key_of(settings.base_url, MOST_URLS, digest_of_lines(pages), digest_of_changes(source.site))
    for path in _paths(len(pages)):
        yield EditionFile(path, key, partial(content_of, path))


def _paths(url_count: int) -> list[str]:
    numbers = range(1, -(-url_count // MOST_URLS) + 1)
    return [*(f"sitemap-{number}.xml" for number in numbers if len(numbers) > 1), SITEMAP_FILE]


def _sitemaps(source: EditionSource) -> Iterator[_Sitemap]:
    # The newest issues, which are planned first, stand last: those of old ones stay in the files they are in.
    urls = urls_of(source.pages)[::-1]
    days = days_of_pages(source.site, source.sheets)[::-1]
    *names, _ = _paths(len(urls))
    if not names:
        yield _Sitemap(SITEMAP_FILE, "urlset", "url", urls, days)
        return
    newest = []
    for name, start in zip(names, range(0, len(urls), MOST_URLS), strict=True):
        part = slice(start, start + MOST_URLS)
        yield _Sitemap(name, "urlset", "url", urls[part], days[part])
        newest.append(max(days[part]))
    yield _Sitemap(SITEMAP_FILE, "sitemapindex", "sitemap", [f"/{name}" for name in names], newest)
