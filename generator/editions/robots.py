"""robots.txt: everything may be read, and where the sitemap is."""

from collections.abc import Iterator

from generator.editions.sitemap import SITEMAP_FILE
from generator.editions.source import EditionFile, EditionSource, made_file


def plan_robots(source: EditionSource) -> Iterator[EditionFile]:
    """Plan ``/robots.txt``. Under a base path crawlers do not look for it there; it does no harm."""
    lines = ["User-agent: *", "Allow: /"]
    if source.settings.base_url:
        lines += ["", f"Sitemap: {source.settings.absolute_url(f'/{SITEMAP_FILE}')}"]
    yield made_file("robots.txt", ("\n".join(lines) + "\n").encode())
