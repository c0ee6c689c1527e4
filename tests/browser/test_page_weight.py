"""Pages are small: what a reader on a slow link waits for."""

import gzip
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from generator.render.contexts import PageKind

KILOBYTE = 1024
ARTICLE_LIMIT = 25 * KILOBYTE
PAGE_LIMIT = 60 * KILOBYTE
HTML_LIMIT = 20 * KILOBYTE
REQUESTS = 5
SETTLE_MILLISECONDS = 100
_LOADED = re.compile(r'<(?:script|link rel="(?:stylesheet|icon)"|img)\b[^>]*?\s(?:src|href)="([^"]*)"')
_IS_TEXT = (".html", ".css", ".js", ".svg")


def wire_size(file: Path) -> int:
    content = file.read_bytes()
    return len(gzip.compress(content, 6)) if file.suffix in _IS_TEXT else len(content)


def files_of(site: Any, page: Path) -> set[Path]:
    """The page and the files it names that a browser loads; pictures of the text are not counted."""
    named = _LOADED.findall(page.read_text(encoding="utf-8"))
    inside = (target.removeprefix(site.base_path) for target in named if "/images/" not in target)
    return {page, *(site.output / path.removeprefix("/") for path in inside)}


@pytest.fixture(params=["paper", "gazette"])
def site(request: pytest.FixtureRequest) -> Any:
    return request.getfixturevalue(request.param)


def test_no_page_is_larger_than_20_kilobytes_of_html(site: Any) -> None:
    sizes = {site.address_of(file): wire_size(file) for file in site.html_files()}
    assert {address: size for address, size in sizes.items() if size > HTML_LIMIT} == {}


def test_an_article_with_all_it_needs_is_at_most_25_kilobytes_and_other_pages_60(site: Any) -> None:
    heavy = {}
    for page in site.html_files():
        is_article = 'class="kind-article"' in page.read_text(encoding="utf-8")
        files = files_of(site, page)
        size = sum(map(wire_size, files))
        if size > (ARTICLE_LIMIT if is_article else PAGE_LIMIT) or (is_article and len(files) > REQUESTS):
            heavy[site.address_of(page)] = (size, len(files))
    assert heavy == {}


@pytest.mark.browser
@pytest.mark.parametrize("kind", [kind for kind in PageKind if kind is not PageKind.REDIRECT])
def test_a_page_asks_its_own_host_for_at_most_five_files_and_complains_of_nothing(
    kind: PageKind, hosted_paper: Any, open_page: Callable[..., Any]
) -> None:
    page = open_page("about:blank")
    asked: list[str] = []
    complaints: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda failure: complaints.append(str(failure)))
    page.goto(hosted_paper.page(kind), wait_until="load")
    page.wait_for_timeout(SETTLE_MILLISECONDS)
    assert {urlsplit(url).netloc for url in asked} == {urlsplit(hosted_paper.address).netloc}
    needed = [url for url in asked if "/images/" not in url]
    # The search page needs its two scripts besides, and reads the directory of the index ahead.
    assert len(needed) <= REQUESTS + 3 * (kind is PageKind.SEARCH)
    assert complaints == []
