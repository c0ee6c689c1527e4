"""Pagefind as the search of a site: the results page is the theme's, the index Pagefind's."""

from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

import pytest

from tests.support.hosting import POLICY, hosted
from tests.support.sites import TODAY, build, write_site

pytestmark = pytest.mark.browser

OpenPage = Callable[..., Any]
SITE_TOML = """
title = "溪口周报"
base_url = "https://example.org/weekly"
search = "pagefind"
"""
WITH_WEBASSEMBLY = f"{POLICY}; script-src 'self' 'wasm-unsafe-eval'"


def article(number: int) -> str:
    byline = ("何青禾", "周知远")[number % 2]
    text = f"河道两岸的步道修到第{number}段，居民晚饭后沿着河岸散步。"
    return f"---\ntitle: 步道第{number}段\nbyline: {byline}\ntopics: [民生]\n---\n{text}\n"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    pytest.importorskip("pagefind", reason="the optional package pagefind is not installed")
    articles = {f"{2024 + n % 2}-0{n // 2 % 6 + 4}-07/p{n:02}.md": article(n) for n in range(24)}
    root = write_site(tmp_path_factory.mktemp("pagefind"), {"site.toml": SITE_TOML}, articles)
    assert build(root, today=TODAY).is_published
    with hosted(root / "output", "/weekly", WITH_WEBASSEMBLY) as address:
        yield address


class ResultsPage:
    """The results page in a browser, with what it complains of."""

    def __init__(self, page: Any) -> None:
        self.page = page
        self.mistakes: list[str] = []
        page.on("pageerror", lambda mistake: self.mistakes.append(str(mistake)))
        page.on("console", lambda line: self.mistakes.append(line.text) if line.type == "error" else None)

    def answered(self, count: int) -> list[str]:
        """Headlines shown, once the page says that it found so many."""
        self.page.wait_for_function(
            "text => document.querySelector('.search-status').textContent === text", arg=f"{count} 篇"
        )
        return [str(title) for title in self.page.locator(".search-title").all_inner_texts()]

    def asked(self) -> dict[str, list[str]]:
        return parse_qs(urlsplit(self.page.url).query)


@pytest.fixture
def results(site: str, open_page: OpenPage) -> Iterator[ResultsPage]:
    found = ResultsPage(open_page(f"{site}/search/?q={quote('步道')}"))
    yield found
    assert found.mistakes == []


def test_a_query_in_the_address_is_answered_with_links_to_the_articles(results: ResultsPage) -> None:
    titles = results.answered(24)
    assert len(titles) == 10 and all(title.startswith("步道第") for title in titles)
    excerpt = results.page.locator(".search-excerpt").first.inner_text()
    assert "步道修到" in excerpt and "民生" not in excerpt
    results.page.locator(".search-title a").first.click()
    results.page.wait_for_load_state()
    assert results.page.locator("main h1").first.inner_text() == titles[0]


def test_results_can_be_narrowed_and_ordered_and_the_back_button_undoes_it(results: ResultsPage) -> None:
    results.answered(24)
    results.page.locator(".search-facets summary").click()
    results.page.locator(".search-facet a", has_text="何青禾").click()
    results.answered(12)
    assert results.asked() == {"q": ["步道"], "by": ["何青禾"]}
    results.page.locator(".search-tools a").nth(1).click()
    results.page.wait_for_url("**sort=date**")
    results.answered(12)
    results.page.go_back()
    results.page.go_back()
    results.answered(24)
    assert results.asked() == {"q": ["步道"]}


def test_further_pages_have_addresses(results: ResultsPage) -> None:
    first = results.answered(24)
    results.page.locator(".search-pages a", has_text="3").click()
    results.page.wait_for_function("() => document.querySelectorAll('.search-title').length === 4")
    assert results.asked() == {"q": ["步道"], "page": ["3"]}
    assert not {*first} & {*results.answered(24)}


def test_nothing_found_says_what_was_asked(results: ResultsPage) -> None:
    results.answered(24)
    box = results.page.locator("main input[name=q]")
    box.fill("qwertz")
    box.press("Enter")
    results.page.wait_for_function(
        "() => document.querySelector('.search-status').textContent.includes('qwertz')"
    )
    assert results.page.locator(".search-title").count() == 0


def test_arrows_lead_from_the_box_through_the_results_and_back(results: ResultsPage) -> None:
    titles = results.answered(24)
    results.page.locator("main input[name=q]").focus()
    results.page.keyboard.press("Escape")
    for _ in range(2):
        results.page.keyboard.press("ArrowDown")
    assert results.page.evaluate("() => document.activeElement.textContent") == titles[1]
    results.page.keyboard.press("Escape")
    assert results.page.evaluate("() => document.activeElement.name") == "q"


def test_what_failed_to_load_is_loaded_at_the_next_query(site: str, open_page: OpenPage) -> None:
    page = open_page(f"{site}/search/")
    page.route("**/pagefind.js*", lambda route: route.abort())
    box = page.locator("main input[name=q]")
    box.fill("步道")
    box.press("Enter")
    page.get_by_text("读不到检索文件").wait_for()
    page.unroute("**/pagefind.js*")
    box.fill("河道")
    box.press("Enter")
    assert len(ResultsPage(page).answered(24)) == 10


def test_suggestions_are_offered(site: str, open_page: OpenPage) -> None:
    page = open_page(f"{site}/")
    page.keyboard.press("/")
    page.wait_for_function("() => document.activeElement.name === 'q'")
    page.keyboard.type("民生")
    page.get_by_role("option").filter(has_text="民生").first.wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/topics/minsheng/")
