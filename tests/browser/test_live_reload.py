"""The preview in a real browser: a page that is open follows what is written, and shows what is wrong."""

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.support.command_line import Served, bulletin_serve
from tests.support.preview import TinySite, serving
from tests.support.small_sites import BRIDGE, GOOD, copy_site, write

pytestmark = pytest.mark.browser


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    context = browser.new_context()
    page = context.new_page()
    page.set_default_timeout(30_000)
    yield page
    context.close()


@pytest.fixture
def site(tmp_path: Path) -> Iterator[TinySite]:
    site = TinySite(tmp_path, base_path="/bulletin")
    site.write("index.txt", "初稿")
    site.write("site.css", "p { color: rgb(255, 0, 0) }")
    with serving(site):
        yield site


@pytest.fixture
def real_site(tmp_path: Path) -> Path:
    return copy_site(GOOD, tmp_path / "site")


@pytest.fixture
def served(real_site: Path) -> Iterator[Served]:
    with bulletin_serve(real_site) as served:
        yield served


def wait_for_colour(page: Any, colour: str) -> None:
    # Not wait_for_function: it evaluates in the page, which the page's policy rightly forbids.
    end = time.monotonic() + 30
    while page.evaluate("getComputedStyle(document.querySelector('#text')).color") != colour:
        assert time.monotonic() < end, "the page has kept its old style"
        page.wait_for_timeout(50)


def messages_of(page: Any) -> list[str]:
    messages: list[str] = []
    page.on("console", lambda message: messages.append(message.text))
    page.on("pageerror", lambda failure: messages.append(str(failure)))
    return messages


def test_an_open_page_shows_what_was_just_written(site: TinySite, page: Any) -> None:
    messages = messages_of(page)
    page.goto(f"{site.address}index.html")
    assert page.text_content("#text") == "初稿"
    site.write("index.txt", "定稿")
    page.wait_for_selector("#text:has-text('定稿')")
    assert messages == []


def test_an_error_shows_over_the_last_good_page_as_text_and_goes_when_mended(
    site: TinySite, page: Any
) -> None:
    page.goto(f"{site.address}index.html")
    site.write("index.txt", "broken <img src=x onerror=alert(1)>")
    strip = page.wait_for_selector("#bulletin-problems")
    assert "content/index.txt:1" in strip.inner_text()
    assert "<img src=x" in strip.inner_text()
    assert strip.query_selector("img") is None
    assert strip.evaluate("strip => getComputedStyle(strip).position") == "fixed"
    assert page.text_content("#text") == "初稿"
    site.write("index.txt", "定稿")
    page.wait_for_selector("#text:has-text('定稿')")
    assert page.query_selector("#bulletin-problems") is None


def test_a_changed_style_sheet_is_taken_without_a_reload(site: TinySite, page: Any) -> None:
    page.goto(f"{site.address}index.html")
    page.evaluate("window.kept = true")
    site.write("site.css", "p { color: rgb(0, 128, 0) }")
    wait_for_colour(page, "rgb(0, 128, 0)")
    assert page.evaluate("window.kept") is True


def test_a_page_whose_text_did_not_change_is_left_alone(site: TinySite, page: Any) -> None:
    page.goto(f"{site.address}index.html")
    page.evaluate("window.kept = true")
    site.write("other.txt", "another page")
    assert site.next_build() == {"other.txt"}
    site.write("site.css", "p { color: rgb(0, 128, 0) }")
    wait_for_colour(page, "rgb(0, 128, 0)")
    assert page.evaluate("window.kept") is True


def test_bulletin_serve_reloads_the_page_of_an_edited_article(
    real_site: Path, served: Served, page: Any
) -> None:
    messages = messages_of(page)
    page.goto(f"{served.address}issues/2025-03-03/xin-qiao/")
    article = (real_site / BRIDGE).read_text(encoding="utf-8")
    write(real_site, BRIDGE, article.replace("昨天通车", "今天早上通车"))
    page.wait_for_selector("main:has-text('今天早上通车')")
    assert messages == []


def test_bulletin_serve_shows_a_mistake_with_file_and_line_over_the_last_good_page(
    real_site: Path, served: Served, page: Any
) -> None:
    page.goto(f"{served.address}issues/2025-03-03/xin-qiao/")
    article = (real_site / BRIDGE).read_text(encoding="utf-8")
    write(real_site, BRIDGE, article.replace("topics:", "topcs:"))
    strip = page.wait_for_selector("#bulletin-problems")
    assert f"{BRIDGE}:4" in strip.inner_text()
    assert 'did you mean "topics"?' in strip.inner_text()
    assert "昨天通车" in page.inner_text("main")
    write(real_site, BRIDGE, article.replace("昨天通车", "今天早上通车"))
    page.wait_for_selector("main:has-text('今天早上通车')")
    assert page.query_selector("#bulletin-problems") is None


def test_bulletin_serve_takes_a_changed_style_of_the_theme(
    real_site: Path, served: Served, page: Any
) -> None:
    page.goto(served.address)
    write(real_site, "themes/default/static/style.css", "body { background: rgb(1, 2, 3) }")
    end = time.monotonic() + 30
    while page.evaluate("getComputedStyle(document.body).backgroundColor") != "rgb(1, 2, 3)":
        assert time.monotonic() < end, "the page has kept its old style"
        page.wait_for_timeout(50)
