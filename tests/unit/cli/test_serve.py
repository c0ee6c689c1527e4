"""bulletin serve, whole: as a process, asked over HTTP."""

import urllib.request
from pathlib import Path

import pytest

from tests.support.command_line import bulletin_serve
from tests.support.small_sites import BRIDGE, GOOD, copy_site, write

RAW = "content/raw/2025-04-07.txt"
RAW_TEXT = (
    "柳荫报\n2025年4月7日 第6期\n\n早市开张\n\n"
    "本报讯 柳荫河边的早市昨天开张，卖菜的来了四十多户。（符小满）\n"
)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return copy_site(GOOD, tmp_path / "site")


def read(address: str) -> str:
    with urllib.request.urlopen(address, timeout=30) as response:
        return str(response.read().decode())


def test_the_site_is_served_under_its_base_path_on_this_machine_only(site: Path) -> None:
    with bulletin_serve(site) as served:
        assert served.address.startswith("http://127.0.0.1:")
        assert served.address.endswith("/liuyin/")
        assert "柳荫报" in read(served.address)


@pytest.mark.parametrize("options", [(), ("--polling",)])
def test_a_new_raw_issue_is_converted_and_shown_and_built_once(site: Path, options: tuple[str, ...]) -> None:
    with bulletin_serve(site, *options) as served:
        write(site, RAW, RAW_TEXT)
        served.line_with("rebuilt: ")
        assert "早市开张" in read(f"{served.address}issues/2025-04-07/")
        # The articles conversion wrote are no change: the next build is that of the next edit.
        article = (site / BRIDGE).read_text(encoding="utf-8")
        write(site, BRIDGE, article.replace("昨天通车", "今天早上通车"))
        served.line_with("rebuilt: ")
        assert "今天早上通车" in read(f"{served.address}issues/2025-03-03/xin-qiao/")


def test_drafts_are_shown_when_asked_for(site: Path) -> None:
    article = (site / BRIDGE).read_text(encoding="utf-8")
    write(site, "content/articles/2025-03-17/02-draft.md", article.replace("slug: xin-qiao", "draft: true"))
    with bulletin_serve(site, "--drafts") as served:
        assert "新桥通车" in read(f"{served.address}issues/2025-03-17/draft/")


def test_broken_settings_show_and_the_last_good_site_stays_up(site: Path) -> None:
    settings = (site / "site.toml").read_text(encoding="utf-8")
    with bulletin_serve(site) as served:
        write(site, "site.toml", settings.replace("title =", "titel ="))
        assert 'site.toml:1: error[site-key]: unknown key "titel"' in served.line_with("titel")
        served.line_with("the last good site stays up")
        assert "柳荫报" in read(served.address)
        write(site, "site.toml", settings.replace("柳荫报", "柳荫新报"))
        served.line_with("rebuilt: ")
        assert "柳荫新报" in read(served.address)


def test_another_base_path_asks_for_a_restart(site: Path) -> None:
    with bulletin_serve(site) as served:
        write(site, "site.toml", 'title = "柳荫报"\nbase_url = "https://example.org/other"\n')
        assert "stop bulletin serve and start it again" in served.line_with("serve-restart")
        assert "柳荫报" in read(served.address)
