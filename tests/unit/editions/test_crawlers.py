"""What crawlers are told: sitemaps (sitemaps.org) and robots.txt (RFC 9309)."""

from datetime import date
from pathlib import Path
from urllib.robotparser import RobotFileParser
from xml.etree import ElementTree

import pytest

from generator.editions import sitemap as module
from tests.support.sites import build, write_site

NAMESPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
BASE = "https://example.org/weekly"


def entries(file: Path) -> dict[str, str]:
    """The day of the last change by address, "" where none is told."""
    root = ElementTree.parse(file).getroot()
    assert root.tag in (f"{NAMESPACE}urlset", f"{NAMESPACE}sitemapindex")
    return {each.findtext(f"{NAMESPACE}loc", ""): each.findtext(f"{NAMESPACE}lastmod", "") for each in root}


def file_of(address: str, output: Path) -> Path:
    path = address.removeprefix(f"{BASE}/")
    return output / (f"{path}index.html" if not path or path.endswith("/") else path)


def test_the_sitemap_names_every_page_once_by_its_full_address(tmp_path: Path) -> None:
    root = write_site(tmp_path)
    build(root)
    output = root / "output"
    found = entries(output / "sitemap.xml")
    assert all(address.startswith(f"{BASE}/") for address in found)
    pages = {file for file in output.rglob("*.html") if file.name != "404.html"}
    assert {file_of(address, output) for address in found} == pages
    assert all(date.fromisoformat(day) for day in found.values() if day)
    assert found[f"{BASE}/issues/2025-03-03/stage/"] == "2025-03-05"  # the day of its correction
    assert found[f"{BASE}/issues/2025-03-03/"] == "2025-03-05"
    assert found[f"{BASE}/"] == "2025-04-07"


def test_a_large_site_has_several_sitemaps_and_an_index_of_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = write_site(tmp_path)
    build(root)
    whole = entries(root / "output/sitemap.xml")
    monkeypatch.setattr(module, "MOST_URLS", 7)
    build(root)
    index = entries(root / "output/sitemap.xml")
    parts = [entries(file_of(address, root / "output")) for address in index]
    assert all(len(part) <= 7 for part in parts)
    assert {address: day for part in parts for address, day in part.items()} == whole
    assert all(day == max(part.values()) for day, part in zip(index.values(), parts, strict=True))


@pytest.mark.parametrize("base_url", [BASE, ""])
def test_robots_may_read_everything_and_learn_where_the_sitemap_is(tmp_path: Path, base_url: str) -> None:
    root = write_site(tmp_path)
    build(root, base_url=base_url)
    robots = RobotFileParser()
    robots.parse((root / "output/robots.txt").read_text("utf-8").splitlines())
    assert robots.can_fetch("AnyBot", f"{BASE}/issues/2025-03-03/")
    assert robots.site_maps() == ([f"{BASE}/sitemap.xml"] if base_url else None)
    assert (root / "output/sitemap.xml").exists() == bool(base_url)
