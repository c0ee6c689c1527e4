"""The pages as readers use them: by keyboard, without scripts, on narrow screens, in large type, on paper."""

import itertools
import json
import re
from collections.abc import Callable
from typing import Any

import pytest

from generator.model import GroupKind
from generator.render.contexts import PageKind

pytestmark = pytest.mark.browser

OpenPage = Callable[..., Any]
KINDS = [kind for kind in PageKind if kind is not PageKind.REDIRECT]
TARGET = 44

# What sticks out of the page, with the part of it that does.
_TOO_WIDE = """() => document.documentElement.scrollWidth > document.documentElement.clientWidth
  ? [...document.querySelectorAll('body *')].filter(each => {
      const box = each.getBoundingClientRect();
      return box.right > document.documentElement.clientWidth + 1 && box.width > 0;
    }).map(each => each.outerHTML.slice(0, 120)).concat('page is wider than the window')
  : []"""

_SMALL_TARGETS = f"""() => [...document.querySelectorAll('a[href], button, summary, input')].filter(each => {{
    const box = each.getBoundingClientRect();
    if (!box.width || each.matches('.skip, [tabindex="-1"]') || each.closest('p, .prose')) return false;
    const after = getComputedStyle(each, '::after');
    const reach = after.position === 'absolute' ? -2 * parseFloat(after.top) : 0;
    return box.height + reach < {TARGET} - 0.5 || box.width < {TARGET} - 0.5 && each.matches('nav a, button');
  }}).map(each => each.outerHTML.slice(0, 120))"""

_FOCUS = """() => {
    const focused = document.activeElement, box = focused.getBoundingClientRect();
    const shown = focused.matches('.settings input') ? focused.nextElementSibling : focused;
    const outline = getComputedStyle(shown);
    // A link that is broken over lines has no middle: what is seen of its first line counts.
    const line = [...focused.getClientRects()].find(each => each.width && each.height) ?? box;
    const at = document.elementFromPoint(line.left + line.width / 2, line.top + line.height / 2);
    return {
      name: focused.outerHTML.slice(0, 120), isBody: focused === document.body,
      isSeen: outline.outlineStyle !== 'none' && parseFloat(outline.outlineWidth) >= 2
        && shown.checkVisibility({opacityProperty: true, visibilityProperty: true})
        && at !== null && (focused.contains(at) || at.contains(focused)),
      order: [...document.querySelectorAll('a, button, summary, input, textarea')].indexOf(focused),
      isInHeader: focused.closest('header.site-header') !== null,
      top: line.top, bottom: line.bottom, left: line.left
    };
  }"""

# Radio buttons of a group are one stop; the rest is as many stops as there are links and controls.
_STOPS = """() => [...document.querySelectorAll('a[href], button, summary, input, textarea')].filter(each =>
    each.checkVisibility({visibilityProperty: true}) && each.tabIndex >= 0
    && (each.type !== 'radio' || each.checked)).length"""


def step_on(page: Any, key: str = "Tab") -> Any:
    page.keyboard.press(key)
    return page.evaluate(_FOCUS)


def walk(page: Any, limit: int = 400) -> list[dict[str, Any]]:
    """Press Tab until the end of the page; what was focused on the way."""
    steps = []
    while not (step := step_on(page))["isBody"]:
        steps.append(step)
        assert len(steps) < limit, "the walk does not end"
    return steps


def goes_back(steps: list[dict[str, Any]]) -> list[str]:
    """Stops that stand before the stop before them, as rows are read."""
    return [
        after["name"]
        for before, after in itertools.pairwise(steps)
        if after["bottom"] <= before["top"]
        or (after["top"] < before["bottom"] and after["left"] < before["left"])
    ]


def assert_a_good_walk(page: Any) -> list[dict[str, Any]]:
    steps = walk(page)
    assert "skip" in steps[0]["name"]
    assert [step["name"] for step in steps if not step["isSeen"]] == []
    # The bar is arranged anew for every width; the rest is read as it stands in the page.
    orders = [step["order"] for step in steps if not step["isInHeader"]]
    assert orders == sorted(orders)
    assert len(steps) == page.evaluate(_STOPS)
    return steps


_OF_INDEXES = (PageKind.GROUPS, PageKind.GROUP)
WALKED = {
    **{kind.value: lambda host, kind=kind: host.page(kind) for kind in KINDS if kind not in _OF_INDEXES},
    **{f"index of {kind}": lambda host, kind=kind: host.index(kind) for kind in GroupKind},
    **{f"one of {kind}": lambda host, kind=kind: host.entry(kind) for kind in GroupKind},
}
"""Every kind of page, and every index with one of its entries."""


@pytest.mark.parametrize("kind", WALKED)
def test_tab_reaches_everything_in_order_and_always_shows_where_it_is(
    kind: str, hosted_paper: Any, hosted_gazette: Any, open_page: OpenPage
) -> None:
    assert_a_good_walk(open_page(WALKED[kind](hosted_gazette), width=768))
    assert_a_good_walk(open_page(WALKED[kind](hosted_paper), width=360))
    page = open_page(WALKED[kind](hosted_paper))
    steps = assert_a_good_walk(page)
    way_back = [step_on(page, "Shift+Tab")["order"] for _ in steps]
    assert way_back == [step["order"] for step in reversed(steps)]


@pytest.mark.parametrize("width", [360, 768, 1024, 1280])
def test_the_bar_is_walked_as_it_looks(
    width: int, hosted_paper: Any, hosted_gazette: Any, open_page: OpenPage
) -> None:
    for host in (hosted_paper, hosted_gazette):
        for kind in ("home", "article"):
            page = open_page(host.page(kind), width=width)
            page.keyboard.press("Tab")
            steps = list(
                itertools.takewhile(lambda step: step["isInHeader"], map(step_on, itertools.repeat(page)))
            )
            assert len(steps) > 5 or width < 768
            assert goes_back(steps) == []


@pytest.mark.parametrize("panel", [".settings", ".finder"])
def test_a_panel_is_walked_through_and_covers_nothing_after_it(
    panel: str, hosted_paper: Any, open_page: OpenPage
) -> None:
    page = open_page(hosted_paper.page("article"), width=768)
    page.focus(f"{panel} > summary")
    page.keyboard.press("Enter")
    for _ in range(8):
        step = step_on(page)
        assert step["isSeen"], step["name"]
    assert page.evaluate(f"document.querySelector('{panel}').open") is False


def test_escape_closes_a_panel_and_leads_back_to_what_opened_it(
    hosted_paper: Any, open_page: OpenPage
) -> None:
    page = open_page(hosted_paper.page("article"))
    page.focus(".settings > summary")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowRight")
    assert page.evaluate("document.activeElement.matches('.settings input:checked')")
    assert page.evaluate(_FOCUS)["isSeen"]
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.matches('.settings:not([open]) > summary')")


def test_the_skip_link_leads_to_the_text(hosted_paper: Any, open_page: OpenPage) -> None:
    page = open_page(hosted_paper.page("article"))
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


def test_slash_leads_to_the_search_box_and_enter_to_the_results(
    hosted_paper: Any, open_page: OpenPage
) -> None:
    for width in (360, 1280):
        page = open_page(hosted_paper.page("article"), width=width)
        page.keyboard.press("/")
        assert page.evaluate("document.activeElement.id") == "q"
        page.keyboard.type("末班车")
        page.keyboard.press("Enter")
        page.wait_for_selector(".search-result")
        assert "/search/?q=" in page.url


def test_the_search_box_suggests_while_typing(hosted_paper: Any, open_page: OpenPage) -> None:
    page = open_page(hosted_paper.page("home"))
    page.focus("#q")
    page.keyboard.type("教育")
    page.wait_for_selector(".search-suggestions li")
    page.keyboard.press("ArrowDown")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert "/topics/education/" in page.url


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_can_be_read_and_left_without_scripts(
    kind: PageKind, hosted_paper: Any, open_page: OpenPage
) -> None:
    page = open_page(hosted_paper.page(kind), options={"java_script_enabled": False})
    assert page.inner_text("h1").strip()
    assert page.is_visible("main")
    assert page.locator("main a[href]:visible").count() + page.locator("footer a[href]:visible").count() > 5
    # What would do nothing is not shown.
    assert page.locator("button:visible:not([type=submit])").count() == 0
    assert page.locator(".settings:visible").count() == 0


def test_an_old_address_leads_to_the_new_one_without_scripts(hosted_paper: Any, open_page: OpenPage) -> None:
    page = open_page(hosted_paper.page("redirect"), options={"java_script_enabled": False})
    page.wait_for_url("**/issues/2026-11-16/shuwu/")


def test_reading_settings_hold_on_every_page_and_after_a_reload(
    hosted_paper: Any, open_page: OpenPage
) -> None:
    page = open_page(hosted_paper.page("home"))
    size = page.evaluate("parseFloat(getComputedStyle(document.documentElement).fontSize)")
    page.click(".settings > summary")
    for choice in ("size=xlarge", "scheme=contrast", "spacing=wide"):
        name, value = choice.split("=")
        page.check(f"input[name={name}][value={value}]", force=True)
    for address in (page.url, hosted_paper.page("article")):
        page.goto(address)
        root = page.evaluate("({...document.documentElement.dataset})")
        assert root == {"size": "xlarge", "scheme": "contrast", "spacing": "wide"}
        assert page.evaluate("parseFloat(getComputedStyle(document.documentElement).fontSize)") > 1.3 * size
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
        assert page.is_checked("input[value=contrast]")
    page.click(".settings > summary")
    page.check("input[name=scheme][value=auto]", force=True)
    page.reload()
    assert page.evaluate("document.documentElement.hasAttribute('data-scheme')") is False


def test_a_chosen_scheme_is_there_before_anything_is_painted(hosted_paper: Any, open_page: OpenPage) -> None:
    page = open_page("about:blank", scheme="dark")
    page.add_init_script(
        "new PerformanceObserver(list => { window.atFirstPaint = window.atFirstPaint || "
        "document.documentElement.dataset.scheme + ' ' + getComputedStyle(document.body).backgroundColor; })"
        ".observe({type: 'paint', buffered: true})"
    )
    page.goto(hosted_paper.page("article"))
    head = page.evaluate(
        "[...document.querySelectorAll('head script[src]')].map(each => [each.src, each.defer, each.async])"
    )
    assert re.search(r"settings\.", head[0][0])
    assert head[0][1:] == [False, False]
    assert all(is_deferred for _, is_deferred, _ in head[1:])
    assert page.evaluate("document.documentElement.dataset.scheme") == "dark"


def test_damaged_or_forbidden_storage_costs_nothing_but_the_settings(
    hosted_paper: Any, open_page: OpenPage
) -> None:
    page = open_page("about:blank")
    failures: list[str] = []
    page.on("pageerror", lambda failure: failures.append(str(failure)))
    page.add_init_script("try { localStorage.setItem('bulletin-reading', '{damaged') } catch (e) {}")
    page.goto(hosted_paper.page("article"))
    page.add_init_script(
        "Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('no') }})"
    )
    page.goto(hosted_paper.page("article"))
    page.click(".settings > summary")
    page.check("input[value=xlarge]", force=True)
    assert page.evaluate("document.documentElement.dataset.size") == "xlarge"
    assert failures == []


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_sticks_out_at_any_width_or_type_size(
    kind: PageKind, hosted_paper: Any, hosted_gazette: Any, open_page: OpenPage
) -> None:
    for host in (hosted_paper, hosted_gazette):
        page = open_page(host.page(kind), width=320)
        sticking_out = {}
        for size in ("", "xlarge", "double"):
            page.evaluate(
                "size => { const root = document.documentElement; root.removeAttribute('data-size');"
                " root.style.fontSize = size === 'double' ? '225%' : '';"
                " if (size === 'xlarge') root.dataset.size = size; }",
                size,
            )
            for width in (320, 640, 768, 1600):
                page.set_viewport_size({"width": width, "height": 800})
                found = page.evaluate(_TOO_WIDE)
                if found:
                    sticking_out[f"{width} {size}"] = found[:4]
        assert sticking_out == {}


def test_results_and_their_filters_stay_inside_in_large_type_on_a_small_screen(
    hosted_paper: Any, open_page: OpenPage
) -> None:
    page = open_page(f"{hosted_paper.page('search')}?q=书", width=320)
    page.wait_for_selector(".search-result")
    page.click(".search-facets > summary")
    page.wait_for_selector(".search-range")
    page.evaluate("document.documentElement.style.fontSize = '225%'")
    assert page.evaluate(_TOO_WIDE) == []


@pytest.mark.parametrize("kind", KINDS)
def test_targets_are_large_enough_for_a_thumb(
    kind: PageKind, hosted_paper: Any, hosted_gazette: Any, open_page: OpenPage
) -> None:
    for host in (hosted_paper, hosted_gazette):
        page = open_page(host.page(kind), width=360)
        assert page.evaluate(_SMALL_TARGETS) == []


def test_body_type_is_large_and_lines_hold_32_to_40_characters(
    hosted_paper: Any, open_page: OpenPage
) -> None:
    page = open_page(hosted_paper.page("article"))
    size, width, height = page.evaluate(
        "(() => { const p = document.querySelector('.prose > p'), style = getComputedStyle(p);"
        " return [parseFloat(style.fontSize), p.clientWidth, parseFloat(style.lineHeight)] })()"
    )
    assert size >= 18
    assert 32 <= width / size <= 40
    assert 1.5 <= height / size <= 2.0


def test_the_readers_own_type_size_counts(hosted_paper: Any, open_page: OpenPage) -> None:
    page = open_page(hosted_paper.page("article"))
    units = page.evaluate(
        "[...document.styleSheets].flatMap(sheet => [...sheet.cssRules]).filter(rule => rule.style"
        " && /(px|pt)/.test(rule.style.fontSize)).map(rule => rule.cssText)"
    )
    assert units == []


def test_on_paper_the_article_stands_alone_with_address_and_date(
    hosted_paper: Any, open_page: OpenPage
) -> None:
    page = open_page(hosted_paper.page("article"), scheme="dark")
    page.emulate_media(media="print")
    for part in (".site-header", ".site-footer", ".breadcrumbs", ".actions", ".skip", ".neighbours"):
        assert page.locator(f"{part}:visible").count() == 0, part
    assert page.is_visible("h1")
    address = page.inner_text(".printed-address")
    assert "https://example.org/bulletin/issues/" in address
    assert re.search(r"\d{4}年\d+月\d+日", address)
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(0, 0, 0)"


def test_a_whole_issue_prints_without_the_furniture_of_the_site(
    hosted_paper: Any, open_page: OpenPage
) -> None:
    page = open_page(hosted_paper.page("whole_issue"))
    page.emulate_media(media="print")
    assert page.locator(":is(.site-header, .site-footer, .actions, nav):visible").count() == 0
    assert page.locator("article:visible").count() > 1
    assert page.pdf()[:5] == b"%PDF-"


def test_the_link_and_the_citations_can_be_copied(hosted_paper: Any, open_page: OpenPage) -> None:
    permissions = {"permissions": ["clipboard-read", "clipboard-write"]}
    page = open_page(hosted_paper.page("article"), options=permissions)
    page.click("[data-copy]")
    page.wait_for_function("document.querySelector('[data-copy]').textContent !== ''")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("https://example.org/bulletin/issues/")
    page.click(".cite > summary")
    page.locator("[data-copy-text]").last.click()
    assert page.evaluate("navigator.clipboard.readText()").startswith("@")


def test_sharing_appears_where_the_browser_can_share(hosted_paper: Any, open_page: OpenPage) -> None:
    page = open_page("about:blank")
    page.add_init_script("navigator.share = what => { window.shared = what; return Promise.resolve() }")
    page.goto(hosted_paper.page("article"))
    page.click("[data-share-device]")
    assert page.evaluate("window.shared.url").startswith("https://example.org/bulletin/issues/")
    plain = open_page("about:blank")
    plain.add_init_script("delete Navigator.prototype.share")
    plain.goto(hosted_paper.page("article"))
    assert plain.is_hidden("[data-share-device]")


def test_reading_aloud_appears_with_a_voice_and_reads_block_after_block(
    hosted_paper: Any, open_page: OpenPage
) -> None:
    page = open_page("about:blank")
    page.add_init_script(
        "window.spoken = []; speechSynthesis.getVoices = () => [{lang: 'zh-CN'}];"
        "speechSynthesis.speak = utterance => { window.spoken.push(utterance.text);"
        " if (window.spoken.length < 3) utterance.onend(); }; speechSynthesis.cancel = () => {}"
    )
    page.goto(hosted_paper.page("article"))
    page.click("[data-read-aloud-control] button")
    assert len(page.evaluate("window.spoken")) == 3
    assert page.locator(".being-read").count() == 1
    page.click("[data-read-aloud-control] button")
    assert page.locator(".being-read").count() == 0
    silent = open_page("about:blank")
    silent.add_init_script("speechSynthesis.getVoices = () => [{lang: 'fr-FR'}]")
    silent.goto(hosted_paper.page("article"))
    assert silent.is_hidden("[data-read-aloud-control]")


def test_structured_data_is_json_with_article_issue_and_newspaper(
    hosted_paper: Any, open_page: OpenPage
) -> None:
    page = open_page(hosted_paper.page("article"))
    graph = json.loads(page.inner_text("script[type='application/ld+json']"))["@graph"]
    kinds = {node["@type"]: node for node in graph}
    assert kinds["NewsArticle"]["isPartOf"]["@id"] == kinds["PublicationIssue"]["@id"]
    assert kinds["PublicationIssue"]["isPartOf"]["@id"] == kinds["Newspaper"]["@id"]
