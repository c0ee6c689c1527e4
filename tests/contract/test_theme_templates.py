"""Every template of the themes that come with the program renders the least and the most it may receive."""

import json
import re
from functools import cache
from pathlib import Path

import pytest

from generator.render.assets import load_assets
from generator.render.contexts import PageKind
from generator.render.environment import ThemeEnvironment, ThemeSetup, make_environment, render_page
from generator.render.pages import desk
from generator.render.theme_layers import builtin_themes_folder
from generator.render.themes import Theme, load_theme
from tests.support.contexts import LANGUAGES, SIZES, make_contexts

THEMES = ("default", "gazette")
NOWHERE = Path("no-site")


@cache
def theme_named(name: str) -> Theme:
    return load_theme(NOWHERE, name)


@cache
def environment_for(name: str, language: str) -> ThemeEnvironment:
    theme = theme_named(name)
    urls = load_assets(theme).urls
    return make_environment(
        ThemeSetup(theme=theme, asset_urls=urls, language=language, base_path="/bulletin")
    )


@cache
def render(theme: str, kind: PageKind, size: str, language: str) -> str:
    context = make_contexts(kind, size, language, theme_named(theme).options)
    return render_page(environment_for(theme, language), kind.template, context).decode()


def test_the_themes_tried_here_are_all_that_come_with_the_program() -> None:
    assert {folder.parent.name for folder in builtin_themes_folder().glob("*/theme.toml")} == set(THEMES)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("kind", PageKind)
@pytest.mark.parametrize("theme", THEMES)
class TestEveryPage:
    def test_is_a_whole_page_in_its_language(
        self, theme: str, kind: PageKind, size: str, language: str
    ) -> None:
        html = render(theme, kind, size, language)
        assert html.startswith(f'<!DOCTYPE html>\n<html lang="{language}">')
        assert html.rstrip().endswith("</html>")

    def test_has_one_main_heading_one_main_part_and_a_skip_link_first(
        self, theme: str, kind: PageKind, size: str, language: str
    ) -> None:
        html = render(theme, kind, size, language)
        assert len(re.findall(r"<h1\b", html)) == 1
        assert len(re.findall(r'<main id="main"', html)) == 1
        first_link = re.search(r"<a [^>]*>", html)
        assert first_link
        assert 'href="#main"' in first_link[0]

    def test_uses_an_id_once_and_leads_to_ids_that_exist(
        self, theme: str, kind: PageKind, size: str, language: str
    ) -> None:
        html = render(theme, kind, size, language)
        ids = re.findall(r'\bid="([^"]*)"', html)
        assert len(ids) == len(set(ids))
        named = re.findall(r'href="#([^"]*)"', html)
        for names in re.findall(r'aria-(?:labelledby|describedby|controls)="([^"]*)"', html):
            named += names.split()
        named += re.findall(r'\bfor="([^"]*)"', html)
        # The contents of an article lead into its text, which comes from outside.
        assert {name for name in named if not name.startswith("part-")} <= set(ids)

    def test_has_no_script_or_style_of_its_own(
        self, theme: str, kind: PageKind, size: str, language: str
    ) -> None:
        html = render(theme, kind, size, language)
        assert re.findall(r"<script(?![^>]*\bsrc=)(?![^>]*application/ld\+json)", html) == []
        assert re.findall(r"<style\b|\sstyle=|\son[a-z]+=", html) == []
        sources = re.findall(r'<(?:script|link rel="stylesheet"|img|source)[^>]*(?:src|href)="([^"]*)"', html)
        assert [source for source in sources if not source.startswith("/bulletin/")] == []

    def test_has_no_empty_list_heading_or_label(
        self, theme: str, kind: PageKind, size: str, language: str
    ) -> None:
        html = render(theme, kind, size, language)
        assert re.findall(r"<(ul|ol|h[1-6]|nav|section|button|caption)\b[^>]*>\s*</\1>", html) == []
        assert 'aria-label=""' not in html


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("theme", THEMES)
def test_every_message_has_the_same_places_for_values_in_every_language(theme: str, language: str) -> None:
    messages = theme_named(theme).messages
    reference = messages["zh-Hans"]
    assert set(messages[language]) == set(reference)
    for name, text in messages[language].items():
        assert set(re.findall(r"\{\w+\}", text)) == set(re.findall(r"\{\w+\}", reference[name])), name


@pytest.mark.parametrize("theme", THEMES)
def test_no_message_is_left_that_no_template_asks_for(theme: str) -> None:
    sources = "\n".join(template.source for template in theme_named(theme).templates.values())
    # Texts asked for by a name put together (t("month-" ~ number)) are known by their beginning.
    beginnings = (*re.findall(r'"([a-z]+-)" ~', sources), "size-", "scheme-", "spacing-")
    # Headings of indexes are chosen by the pages themselves.
    pages = Path(desk.__file__).parent.glob("*.py")
    sources += "\n".join(path.read_text(encoding="utf-8") for path in pages)
    quoted = set(re.findall(r"[\"']([a-z][a-z0-9-]*)[\"']", sources)) | set(desk.INDEX_MESSAGES.values())
    unused = {name for name in theme_named(theme).messages["en"] if not name.startswith(beginnings)} - quoted
    assert unused == set()


def test_texts_of_articles_go_out_escaped_everywhere() -> None:
    for kind in PageKind:
        html = render("default", kind, "largest", "zh-Hans")
        assert "<script>alert" not in html
        json_ld = re.search(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
        assert json_ld
        json.loads(json_ld[1])
