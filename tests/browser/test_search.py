"""The search as readers use it, on a site built by the real build and served under a base path with the
Content-Security-Policy of docs/deploy.md."""

import gzip
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

import pytest

from generator.render.assets import minify
from tests.support.hosting import hosted
from tests.support.sites import TODAY, build, write_site

pytestmark = pytest.mark.browser

OpenPage = Callable[..., Any]
RESULTS = "#search-results"
SITE_TOML = """
title = "溪口周报"
base_url = "https://example.org/weekly"
search_offline = true
"""
BODIES = {
    "01-council": (
        "县里开会研究防汛",
        "第121次会议昨日召开，林小满出席。会议通过三十亿元即30亿元的预算。",
        "民生",
    ),
    "02-chinese": ("华人故事展开幕", "海外华人捐赠的展品来自二十个城市，周知远作了讲解。", "文化"),
    "03-people": ("中华人民广场改造完工", "广场的灯换成了新的，中华人民广场夜里更亮。", "民生"),
    "04-funds": ("REITs试点落地", "首只ＲＥＩＴｓ产品上市，规模30万元，与C919无关。", "民生"),
    "05-stage": ("古戏臺修好開鑼", "修了兩年的古戲臺昨天開鑼，臺下坐滿了人。", "文化"),
    "06-simple": ("古戏台的来历", "古戏台建于清代，戏台上的匾额是原物。何青禾讲了来历。", "文化"),
    "07-apart": ("灯火与火灯", "灯火阑珊处，火灯初上时；火与灯相映。", "文化"),
    "08-lamps": ("路灯亮了", "入夜以后，东街一片光明。", "文化"),
    "09-walkers": ("夜里散步的人多了", "有了路灯，敢走夜路。路灯下有人下棋，路灯旁有人唱戏。", "文化"),
}


# The page has answered this query, and read to its end shows as many results as belong to it by the count.
_ALL_SHOWN = """(query) => {
  const asked = new URLSearchParams(location.search), status = document.querySelector('.search-status');
  const isDone = document.getElementById('search-results').getAttribute('aria-busy') === 'false';
  if (!isDone || (asked.get('q') || '') !== query || !status) return false;
  scrollTo(0, document.body.scrollHeight);
  const count = /^(\\d+) 篇\u200b?$/.exec(status.textContent), before = 10 * ((asked.get('page') || 1) - 1);
  const shown = document.querySelectorAll('.search-title').length;
  return count ? shown === Math.min(10, count[1] - before) : /没有/.test(status.textContent);
}"""


_ALL_KEPT = """async () => {
  const loads = performance.getEntriesByType('resource').map(entry => entry.name);
  loads.push(location.pathname, 'index.bin');
  return (await Promise.all(loads.map(address => caches.match(address)))).every(Boolean);
}"""


def article(title: str, body: str, topic: str, byline: str) -> str:
    return f"---\ntitle: {title}\nbyline: {byline}\ntopics: [{topic}]\n---\n{body}\n"


def articles() -> dict[str, str]:
    """One issue of particular articles, and two years of plain ones."""
    texts = {f"2025-03-03/{name}.md": article(*body, "林小满") for name, body in BODIES.items()}
    for number in range(24):
        issue = f"{2024 + number % 2}-{number // 2 % 6 + 4:02}-07"
        body = f"沿河步道第{number}段贯通，居民散步更方便。{'周知远说好。' if number % 4 == 0 else ''}"
        texts[f"{issue}/p{number:02}.md"] = article(
            f"步道第{number}段", body, "民生", ("何青禾", "周知远")[number % 2]
        )
    for number in range(30):
        # Every fifth holds all pieces of 青璃瓦, but not together.
        tiles = "璃瓦旁边是青璃" if number % 5 == 2 else "屋顶铺着青璃瓦"
        texts[f"2022-{number // 6 + 1:02}-09/t{number:02}.md"] = article(
            f"老屋第{number}间", f"第{number}间老屋修好了，{tiles}。", "文化", f"记者{number}"
        )
    return texts


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    root = write_site(
        tmp_path_factory.mktemp("search"),
        {
            "site.toml": SITE_TOML,
            "content/topics.toml": "".join(
                f'[[topic]]\nname = "{name}"\nslug = "{slug}"\n'
                for name, slug in (("民生", "minsheng"), ("文化", "wenhua"))
            ),
        },
        articles(),
    )
    report = build(root, today=TODAY)
    assert report.is_published
    with hosted(root / "output", "/weekly") as address:
        yield address


class SearchPage:
    """The search page in a browser, in a reader's words."""

    def __init__(self, page: Any) -> None:
        self.page = page
        self.mistakes: list[str] = []
        page.on("pageerror", lambda mistake: self.mistakes.append(str(mistake)))
        page.on("console", lambda line: self.mistakes.append(line.text) if line.type == "error" else None)

    @property
    def box(self) -> Any:
        return self.page.locator("main input[name=q]")

    def ask(self, query: str) -> list[str]:
        self.box.fill(query)
        self.box.press("Enter")
        return self.titles(query)

    def titles(self, query: str) -> list[str]:
        """Headlines shown for the query, once they all are."""
        self.page.wait_for_function(_ALL_SHOWN, arg=query)
        return [str(title) for title in self.page.locator(".search-title").all_inner_texts()]

    @property
    def status(self) -> str:
        """Without what makes the same words be announced again."""
        return str(self.page.locator(".search-status").inner_text()).removesuffix("\u200b")

    def asked(self) -> dict[str, list[str]]:
        return parse_qs(urlsplit(self.page.url).query)


@pytest.fixture
def search(site: str, open_page: OpenPage) -> Iterator[SearchPage]:
    found = SearchPage(open_page(f"{site}/search/"))
    yield found
    assert found.mistakes == []


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("第121次会议", ["县里开会研究防汛"]),
        ("21次会", ["县里开会研究防汛"]),
        ("30亿", ["县里开会研究防汛"]),
        ("reits", ["REITs试点落地"]),
        ("ＲＥＩＴ", ["REITs试点落地"]),
        ("c919", ["REITs试点落地"]),
        ("小满出", ["县里开会研究防汛"]),
        ("匾", ["古戏台的来历"]),
        ("灯火与", ["灯火与火灯"]),
        ("火灯 灯火", ["灯火与火灯"]),
        ("火灯灯火", []),
        ("华人民", ["中华人民广场改造完工"]),
    ],
)
def test_a_query_finds_exactly_the_articles_that_hold_it(
    search: SearchPage, query: str, titles: list[str]
) -> None:
    assert search.ask(query) == titles


def test_words_in_any_order_must_all_be_there_and_quoted_ones_together(search: SearchPage) -> None:
    assert search.ask("戏台 清代") == ["古戏台的来历"]
    assert search.ask("清代 戏台") == ["古戏台的来历"]
    assert search.ask('"清代，戏台"') == ["古戏台的来历"]
    assert search.ask("“戏台清代”") == []


def test_a_word_of_its_own_stands_before_a_piece_of_another(search: SearchPage) -> None:
    assert search.ask("华人") == ["华人故事展开幕", "中华人民广场改造完工"]


def test_a_headline_stands_before_many_mentions_in_a_text(search: SearchPage) -> None:
    """Also where the tokenizer sees other words in the headline (here: 路, 灯亮了)."""
    assert search.ask("路灯") == ["路灯亮了", "夜里散步的人多了"]


def test_what_matched_is_marked_in_title_and_excerpt(search: SearchPage) -> None:
    search.ask("华人")
    first = search.page.locator(".search-result").first
    assert first.locator(".search-title mark").all_inner_texts() == ["华人"]
    assert first.locator(".search-excerpt mark").all_inner_texts() == ["华人"]
    assert first.locator("time").get_attribute("datetime") == "2025-03-03"


def test_simplified_and_traditional_are_matched_when_asked_for(search: SearchPage) -> None:
    assert search.ask("戏台") == ["古戏台的来历"]
    switch = search.page.get_by_role("switch")
    switch.click()
    assert set(search.titles("戏台")) == {"古戏台的来历", "古戏臺修好開鑼"}
    assert search.page.get_by_role("switch").get_attribute("aria-checked") == "true"
    assert search.asked()["fold"] == ["1"]
    assert set(search.ask("開鑼")) == {"古戏臺修好開鑼"}
    search.ask("臺")
    assert search.status == "2 篇"


def test_the_count_is_exact_and_announced(search: SearchPage) -> None:
    search.ask("步道")
    status = search.page.get_by_role("status").filter(has_text="篇")
    assert status.inner_text() == "24 篇"


def test_the_same_count_of_another_query_is_announced_again(search: SearchPage) -> None:
    search.ask("匾额")
    said = search.page.locator(".search-status").text_content()
    search.ask("火灯")
    assert search.status == "1 篇" and search.page.locator(".search-status").text_content() != said


def test_a_rough_count_says_so_and_becomes_exact(search: SearchPage) -> None:
    search.ask("灯火与火灯")
    assert search.status == "1 篇"


def test_nothing_found_says_what_was_asked(search: SearchPage) -> None:
    assert search.ask("没有这样的话") == []
    assert "没有这样的话" in search.status


def test_pages_of_results_have_addresses_and_the_back_button_works(search: SearchPage) -> None:
    first = search.ask("步道")
    assert len(first) == 10
    search.page.locator(".search-pages a", has_text="3").click()
    assert len(search.titles("步道")) == 4
    assert search.asked() == {"q": ["步道"], "page": ["3"]}
    search.page.go_back()
    assert search.titles("步道") == first
    search.ask("华人")
    search.page.go_back()
    assert search.titles("步道") == first
    assert search.box.input_value() == "步道"


def test_pages_opened_by_their_addresses_neither_lose_nor_repeat_a_result(
    site: str, open_page: OpenPage
) -> None:
    shown = []
    for number in range(1, 4):
        address = f"{site}/search/?q={quote('青璃瓦')}&from=2022&to=2022&page={number}"
        shown += SearchPage(open_page(address)).titles("青璃瓦")
    assert sorted(shown) == sorted(f"老屋第{number}间" for number in range(30) if number % 5 != 2)


def test_the_back_button_returns_to_what_was_asked_before_typing_on(search: SearchPage) -> None:
    before = search.ask("匾额")
    search.box.fill("")
    search.box.press_sequentially("戏台", delay=30)
    search.titles("戏台")
    search.box.press_sequentially("上", delay=30)
    search.titles("戏台上")
    search.box.press("Enter")
    search.page.go_back()
    assert search.titles("匾额") == before


def test_an_address_can_be_shared(site: str, open_page: OpenPage) -> None:
    page = SearchPage(open_page(f"{site}/search/?q={quote('步道')}&sort=date&by={quote('何青禾')}&from=2024"))
    shown = page.titles("步道")
    dates = page.page.locator(".search-facts time").all_inner_texts()
    assert len(shown) == 10 and page.status == "12 篇"
    assert dates == sorted(dates, reverse=True)


def test_facets_count_what_choosing_them_leaves(search: SearchPage) -> None:
    search.ask("步道")
    search.page.locator(".search-facets summary").click()
    search.page.wait_for_selector(".search-facet a")

    def counts() -> dict[str, int]:
        links = search.page.locator(".search-facet a").all_inner_texts()
        return {
            re.sub(r"\d+$", "", text).strip() or text[:4]: int(re.findall(r"(\d+)$", text)[0][-2:])
            for text in links
        }

    found = counts()
    assert found["何青禾"] == 12 and found["周知远"] == 12 and found["民生"] == 24
    search.page.locator(".search-facet a", has_text="周知远").click()
    assert len(search.titles("步道")) == 10
    assert search.status == "12 篇"
    assert search.asked()["by"] == ["周知远"]


@pytest.mark.parametrize("query", ["匾额", "老屋"])
def test_a_chosen_filter_can_be_taken_back_whatever_it_leaves(
    search: SearchPage, query: str, site: str
) -> None:
    search.page.goto(f"{site}/search/?q={quote(query)}&by={quote('记者29')}")
    chosen = search.page.locator(".search-facet a[aria-current=true]")
    chosen.wait_for()
    assert search.status == ("1 篇" if query == "老屋" else "0 篇。可以减少字数，或者去掉筛选条件")
    chosen.click()
    assert search.titles(query)
    assert "by" not in search.asked()


def test_the_focus_stays_with_the_filter_that_was_chosen(search: SearchPage) -> None:
    search.ask("步道")
    search.page.locator(".search-facets summary").click()
    search.page.locator(".search-facet a", has_text="周知远").focus()
    search.page.keyboard.press("Enter")
    search.page.wait_for_function("() => document.activeElement.matches('a[aria-current=true]')")
    assert search.page.evaluate("() => document.activeElement.textContent").startswith("周知远")
    search.page.locator(".search-pages a", has_text="2").focus()
    search.page.keyboard.press("Enter")
    search.page.wait_for_function("() => document.activeElement.matches('.search-status')")


def test_years_open_their_months_and_close_again(search: SearchPage) -> None:
    search.ask("步道")
    search.page.locator(".search-facets summary").click()
    search.page.locator(".search-facet a[href*='from=2025&']").first.click()
    search.titles("步道")
    assert search.status == "12 篇"
    search.page.locator(".search-facet a[href*='from=2025-04&']").click()
    search.titles("步道")
    assert search.status == "2 篇"
    search.page.locator(".search-facet a[aria-current=true]").click()
    search.titles("步道")
    assert search.asked()["from"] == ["2025"] and search.status == "12 篇"


def test_a_range_of_dates_includes_both_ends(search: SearchPage) -> None:
    search.ask("步道")
    search.page.locator(".search-facets summary").click()
    search.page.locator(".search-range input[name=from]").fill("2025-05-07")
    search.page.locator(".search-range input[name=to]").fill("2025-06-07")
    search.page.locator(".search-range button").click()
    search.titles("步道")
    assert search.status == "4 篇"


def test_the_keyboard_goes_to_the_box_through_results_and_back(search: SearchPage) -> None:
    search.page.locator("h1").first.click()
    search.page.keyboard.press("/")
    assert search.box.evaluate("box => box === document.activeElement")
    search.ask("步道")
    search.page.keyboard.press("Escape")
    search.box.fill("步道")
    search.titles("步道")
    focused = "() => document.activeElement.textContent"
    search.page.locator(".search-title a").first.focus()
    search.page.keyboard.press("ArrowDown")
    assert search.page.evaluate(focused) == search.page.locator(".search-title a").nth(1).inner_text()
    search.page.keyboard.press("ArrowUp")
    search.page.keyboard.press("ArrowUp")
    assert search.box.evaluate("box => box === document.activeElement")
    search.page.locator(".search-title a").first.focus()
    search.page.keyboard.press("Escape")
    assert search.box.evaluate("box => box === document.activeElement")


def test_results_appear_while_typing(search: SearchPage) -> None:
    search.box.press_sequentially("匾额", delay=30)
    assert search.titles("匾额") == ["古戏台的来历"]


def test_a_result_leads_to_its_article(search: SearchPage) -> None:
    search.ask("匾额")
    search.page.locator(".search-title a").first.click()
    search.page.wait_for_load_state()
    assert search.page.locator("article h1, main h1").first.inner_text() == "古戏台的来历"


def test_suggestions_are_offered_on_every_page_and_chosen_by_keyboard(site: str, open_page: OpenPage) -> None:
    page = open_page(f"{site}/")
    page.keyboard.press("/")
    page.wait_for_function("() => document.activeElement.name === 'q'")
    page.keyboard.type("文化")
    option = page.get_by_role("option").filter(has_text="文化").first
    option.wait_for()
    page.keyboard.press("ArrowDown")
    assert page.get_by_role("option", selected=True).count() == 1
    box = page.locator("input[role=combobox]")
    assert box.get_attribute("aria-expanded") == "true"
    assert box.get_attribute("aria-activedescendant")
    page.keyboard.press("Enter")
    page.wait_for_url("**/topics/wenhua/")


def test_suggestions_that_come_late_do_not_cover_the_results(site: str, open_page: OpenPage) -> None:
    page = open_page(f"{site}/search/", options={"service_workers": "block"})
    held: list[Any] = []
    page.route("**/suggestions.bin*", lambda route: held.append(route))
    found = SearchPage(page)
    found.ask("匾额")
    with page.expect_response("**/suggestions.bin*"):
        held[0].continue_()
    page.wait_for_timeout(200)
    assert page.get_by_role("listbox").count() == 0


def test_enter_in_the_box_of_another_page_leads_to_the_results(site: str, open_page: OpenPage) -> None:
    page = open_page(f"{site}/")
    page.keyboard.press("/")
    page.keyboard.type("匾额")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=*")
    assert SearchPage(page).titles("匾额") == ["古戏台的来历"]


def test_without_scripts_the_form_leads_to_a_page_with_the_indexes(site: str, open_page: OpenPage) -> None:
    page = open_page(f"{site}/search/?q={quote('步道')}", options={"java_script_enabled": False})
    assert page.locator("noscript p").is_visible()
    hrefs = [link.get_attribute("href") for link in page.locator(f"{RESULTS} a").all()]
    assert "/weekly/topics/" in hrefs and len(hrefs) >= 2


def test_a_browser_without_decompression_streams_searches_too(
    site: str, open_page: OpenPage, browser: Any
) -> None:
    context = browser.new_context()
    context.add_init_script("delete window.DecompressionStream")
    page = context.new_page()
    page.goto(f"{site}/search/?q={quote('匾额')}")
    assert SearchPage(page).titles("匾额") == ["古戏台的来历"]
    context.close()


def test_an_index_that_cannot_be_read_is_said_and_the_indexes_come_back(
    site: str, open_page: OpenPage
) -> None:
    page = open_page(f"{site}/search/", options={"service_workers": "block"})
    page.route("**/*.bin*", lambda route: route.abort())
    page.locator("main input[name=q]").fill("步道")
    page.locator("main input[name=q]").press("Enter")
    page.get_by_text("读不到检索文件").wait_for()
    assert page.locator(f"{RESULTS} nav a").first.is_visible()


def test_what_was_found_before_does_not_stand_below_a_failure(site: str, open_page: OpenPage) -> None:
    shown = SearchPage(open_page(f"{site}/search/", options={"service_workers": "block"}))
    assert shown.ask("匾额")
    shown.page.route("**/*.bin*", lambda route: route.abort())
    shown.box.fill("讲解")
    shown.box.press("Enter")
    shown.page.get_by_text("读不到检索文件").wait_for()
    assert shown.page.locator(".search-title").count() == 0
    shown.page.unroute("**/*.bin*")
    assert shown.ask("讲解") == ["华人故事展开幕"]


def test_variants_that_could_not_be_read_are_read_later(site: str, open_page: OpenPage) -> None:
    shown = SearchPage(open_page(f"{site}/search/", options={"service_workers": "block"}))
    shown.page.route("**/variants.bin*", lambda route: route.abort())
    shown.ask("戏台")
    shown.page.get_by_role("switch").click()
    shown.page.get_by_text("读不到检索文件").wait_for()
    shown.page.unroute("**/variants.bin*")
    assert set(shown.ask("古戏台")) == {"古戏台的来历", "古戏臺修好開鑼"}


def test_a_right_click_on_a_suggestion_leads_nowhere(site: str, open_page: OpenPage) -> None:
    page = open_page(f"{site}/search/")
    page.locator("main input[name=q]").press_sequentially("民生", delay=30)
    offered = page.get_by_role("option").first
    offered.wait_for()
    offered.click(button="right")
    page.wait_for_timeout(300)
    assert urlsplit(page.url).path == urlsplit(f"{site}/search/").path


def test_what_could_not_be_read_is_tried_again_from_the_beginning(site: str, open_page: OpenPage) -> None:
    """A site published anew has other files than the open page knows of."""
    page = open_page(f"{site}/search/?q={quote('匾额')}", options={"service_workers": "block"})
    shown = SearchPage(page)
    assert shown.titles("匾额") == ["古戏台的来历"]
    asked = []

    def gone(route: Any) -> None:
        asked.append(route.request.url)
        route.fulfill(status=404) if len(asked) == 1 else route.continue_()

    page.route("**/*.bin?v=*", gone)
    assert shown.ask("讲解") == ["华人故事展开幕"]
    assert len(asked) > 1


@pytest.mark.parametrize("length", [0, 1, 40])
@pytest.mark.parametrize("has_decoder", [True, False])
def test_a_file_cut_off_is_said_and_once_whole_again_it_is_read(
    site: str, browser: Any, *, length: int, has_decoder: bool
) -> None:
    context = browser.new_context(service_workers="block")
    if not has_decoder:
        context.add_init_script("delete window.DecompressionStream")
    page = context.new_page()

    def cut(route: Any) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, body=answer.body()[:length])

    page.route("**/*.bin*", cut)
    page.goto(f"{site}/search/?q={quote('匾额')}")
    page.get_by_text("读不到检索文件").wait_for()
    page.unroute("**/*.bin*")
    assert SearchPage(page).ask("匾额 戏台") == ["古戏台的来历"]
    context.close()


def test_what_the_first_page_loaded_is_kept_offline_too(site: str, browser: Any) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{site}/search/?q={quote('匾额')}")
    shown = SearchPage(page)
    shown.titles("匾额")
    page.wait_for_function(_ALL_KEPT)
    context.set_offline(True)
    page.reload()
    assert shown.titles("匾额") == ["古戏台的来历"]
    context.close()


def test_a_site_kept_offline_is_searched_without_a_network(site: str, browser: Any) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{site}/search/")
    page.evaluate("() => navigator.serviceWorker.ready")
    page.wait_for_function("() => navigator.serviceWorker.controller")
    page.goto(f"{site}/search/?q={quote('匾额')}")
    assert SearchPage(page).titles("匾额") == ["古戏台的来历"]
    context.set_offline(True)
    page.goto(f"{site}/search/?q={quote('匾')}")
    assert SearchPage(page).titles("匾") == ["古戏台的来历"]
    context.close()


def test_the_client_takes_no_more_than_12_kilobytes(repository: Path) -> None:
    folder = repository / "themes/default/static/search"
    scripts = [minify(name, (folder / name).read_bytes()) for name in ("search.js", "results.js")]
    assert sum(len(gzip.compress(script, 9, mtime=0)) for script in scripts) <= 12_000


def test_the_scripts_evaluate_no_text(repository: Path) -> None:
    for path in (repository / "themes/default/static/search").glob("*.js"):
        script = path.read_text("utf-8")
        assert not re.search(r"\beval\(|new Function|innerHTML|document\.write", script), path.name
