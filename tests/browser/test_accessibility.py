"""axe-core finds nothing on any kind of page, in every colour scheme, on a phone and on a desk."""

from collections.abc import Callable, Sequence
from typing import Any

import pytest

from generator.render.contexts import PageKind
from tests.support.node_tools import node_tool

pytestmark = [pytest.mark.browser, pytest.mark.node]

WIDTHS = (360, 1280)
SCHEMES = ("light", "dark", "contrast")
SETTLE_MILLISECONDS = 20


def findings(page: Any) -> list[str]:
    """What axe has against the page as it is now: rule and place."""
    result = page.evaluate(
        "axe.run(document, {rules: {'target-size': {enabled: true}}, resultTypes: ['violations']})"
    )
    return [
        f"{finding['id']}: {node['target']} {node['failureSummary']}"
        for finding in result["violations"]
        for node in finding["nodes"]
    ]


def findings_in_every_scheme(page: Any, widths: Sequence[int] = WIDTHS) -> dict[str, list[str]]:
    page.evaluate(node_tool("axe-core", "axe.min.js").read_text(encoding="utf-8"))
    found: dict[str, list[str]] = {}
    for width in widths:
        page.set_viewport_size({"width": width, "height": 800})
        for scheme in SCHEMES:
            page.evaluate(f"document.documentElement.setAttribute('data-scheme', '{scheme}')")
            page.wait_for_timeout(SETTLE_MILLISECONDS)
            found[f"{width} {scheme}"] = findings(page)
    return {where: what for where, what in found.items() if what}


def open_for_axe(open_page: Callable[..., Any], address: str) -> Any:
    # axe is brought in from outside, which the pages' own policy would not allow.
    page = open_page(address, options={"bypass_csp": True})
    # What is folded away is looked at too.
    page.evaluate("document.querySelectorAll('main details').forEach(details => { details.open = true })")
    return page


@pytest.mark.parametrize("kind", PageKind)
def test_axe_finds_nothing_in_the_default_theme(
    kind: PageKind, hosted_paper: Any, open_page: Callable[..., Any]
) -> None:
    if kind is PageKind.REDIRECT:
        pytest.skip("a redirect leaves before it can be looked at")
    page = open_for_axe(open_page, hosted_paper.page(kind))
    assert findings_in_every_scheme(page) == {}


@pytest.mark.parametrize("kind", PageKind)
def test_axe_finds_nothing_in_the_gazette(
    kind: PageKind, hosted_gazette: Any, open_page: Callable[..., Any]
) -> None:
    if kind is PageKind.REDIRECT:
        pytest.skip("a redirect leaves before it can be looked at")
    page = open_for_axe(open_page, hosted_gazette.page(kind))
    assert findings_in_every_scheme(page) == {}


def test_axe_finds_nothing_in_open_panels(hosted_paper: Any, open_page: Callable[..., Any]) -> None:
    page = open_for_axe(open_page, hosted_paper.page("article"))
    for panel in (".settings", ".finder"):
        page.set_viewport_size({"width": 360, "height": 800})
        page.click(f"{panel} > summary")
        assert findings_in_every_scheme(page, (360,)) == {}


def test_axe_finds_nothing_in_suggestions_and_results(
    hosted_paper: Any, open_page: Callable[..., Any]
) -> None:
    page = open_for_axe(open_page, hosted_paper.page("home"))
    page.focus("#q")
    page.keyboard.type("书")
    page.wait_for_selector(".search-suggestions li")
    page.keyboard.press("ArrowDown")
    assert findings_in_every_scheme(page, (1280,)) == {}
    page.goto(f"{hosted_paper.page('search')}?q=书")
    page.wait_for_selector(".search-result")
    page.click(".search-facets > summary")
    page.wait_for_selector(".search-facet a")
    assert findings_in_every_scheme(page) == {}
