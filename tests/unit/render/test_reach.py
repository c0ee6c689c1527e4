from pathlib import Path

import pytest

from generator.render.environment import ThemeSetup, make_environment
from generator.render.reach import TemplateReach, uses_of_theme
from generator.render.themes import load_theme
from tests.support.themes import write_files, write_theme

FILES = {
    "templates/base.html": "{% include 'parts/foot.html' %}{{ asset('style.css') }}",
    "templates/article.html": "{% extends 'base.html' %}",
    "templates/search.html": "{{ asset('search.js') }}",
    "templates/parts/foot.html": "{% import 'parts/macros.html' as m %}",
    "templates/parts/macros.html": "{% macro x() %}{% endmacro %}",
    "templates/loose.html": "{% include name %}",
    "templates/any_asset.html": "{{ asset(name) }}",
    "templates/alias.html": "{% set a = asset %}{{ a('search.js') }}",
    "templates/sharing.html": "{{ shared('parts/macros.html', x=1) }}",
    "templates/broken.html": "{% if %}",
}
PAGES = ("article.html", "search.html", "loose.html", "any_asset.html", "alias.html", "sharing.html")
ASSETS = {"style.css": "/assets/style.1.css", "search.js": "/assets/search.1.js"}


def keys(root: Path, assets: dict[str, str] = ASSETS, **setup: str) -> dict[str, str]:
    theme = load_theme(root, "plain", root)
    made = ThemeSetup(theme=theme, asset_urls=assets, **({"language": "en"} | setup))
    reach = TemplateReach(made, uses_of_theme(make_environment(made)))
    return {name: reach.key(name) for name in PAGES}


def changed(before: dict[str, str], after: dict[str, str]) -> set[str]:
    return {name.removesuffix(".html") for name in before if before[name] != after[name]}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    write_theme(tmp_path / "themes", "plain", FILES)
    return tmp_path


@pytest.mark.parametrize(
    ("file", "pages"),
    [
        ("templates/parts/macros.html", {"article", "loose", "sharing"}),
        ("templates/search.html", {"search", "loose"}),
        ("templates/article.html", {"article", "loose"}),
        ("messages/en.toml", {"article", "search", "loose", "any_asset", "alias", "sharing"}),
    ],
)
def test_only_pages_that_reach_a_changed_file_get_a_new_key(root: Path, file: str, pages: set[str]) -> None:
    before = keys(root)
    write_files(root / "themes/plain", {file: 'home = "new"'})
    assert changed(before, keys(root)) == pages


def test_a_changed_asset_gives_new_keys_to_pages_that_may_name_it(root: Path) -> None:
    after = keys(root, ASSETS | {"search.js": "/assets/search.2.js"})
    assert changed(keys(root), after) == {"search", "loose", "any_asset", "alias"}


def test_language_and_base_path_are_part_of_every_key(root: Path) -> None:
    assert len(changed(keys(root), keys(root, base_path="/b"))) == len(PAGES)


def test_keys_are_the_same_when_nothing_changed(root: Path) -> None:
    assert keys(root) == keys(root)


def test_a_template_replaced_by_a_nearer_one_still_counts_when_it_is_extended(root: Path) -> None:
    write_theme(root / "program", "old", {"templates/search.html": "old"})
    theme = {"templates/search.html": "{% extends 'parent:search.html' %}"}
    write_theme(root / "themes", "plain", theme, "old")
    write_theme(root, "old", {"templates/search.html": "old"})
    before = keys(root)
    write_files(root / "old", {"templates/search.html": "new"})
    assert "search" in changed(before, keys(root))


@pytest.mark.parametrize(
    ("template", "shown"),
    [
        ("{{ content.citation.ris }}", True),
        ("{% include 'parts/deep.html' %}", True),
        ("{{ content.list|map(attribute='citation')|join }}", True),
        ("{{ content[name] }}", True),
        ("{{ content.title }}{{ content.list[0] }}{{ content.list[1:] }}", False),
    ],
)
def test_a_field_that_no_reached_template_names_is_not_shown(
    tmp_path: Path, template: str, shown: bool
) -> None:
    write_theme(
        tmp_path / "themes",
        "plain",
        {"templates/page.html": template, "templates/parts/deep.html": "{{ content.citation }}"},
    )
    made = ThemeSetup(theme=load_theme(tmp_path, "plain", tmp_path), asset_urls={}, language="en")
    reach = TemplateReach(made, uses_of_theme(make_environment(made)))
    assert reach.shows("page.html", "citation") is shown
