"""docs/themes.md is true: its steps, taken word for word on a site, do what it says."""

import re
from pathlib import Path

import pytest

from generator.render.theme_copies import copy_template
from generator.render.theme_layers import builtin_themes_folder
from tests.support.sites import build, output_files, problems_of, write_site, write_text

GUIDE = (Path(__file__).parents[2] / "docs" / "themes.md").read_text(encoding="utf-8")
MASTHEAD = "parts/masthead.html"
_BLOCK = re.compile(r"^```(\w*)\n(.*?)^```", re.MULTILINE | re.DOTALL)


def block_with(words: str) -> str:
    """The one code block of the guide that holds `words`."""
    (found,) = [text for _, text in _BLOCK.findall(GUIDE) if words in text]
    return found


@pytest.fixture
def site(tmp_path: Path) -> Path:
    settings = 'title = "溪口周报"\nsubtitle = "一镇之事"\nbase_url = "https://example.org"\nsearch = "off"\n'
    return write_site(tmp_path, {"site.toml": settings + '[extra]\nmotto = "有闻必录"\n'})


def home_page(site: Path, path: str = "issues/index.html") -> str:
    report = build(site)
    assert problems_of(report) == []
    return output_files(site)[path].decode()


def test_the_copied_header_is_the_one_shown() -> None:
    shown = block_with('<div class="bar wrap">')
    assert shown == (builtin_themes_folder() / "default/templates" / MASTHEAD).read_text(encoding="utf-8")


def test_the_changed_header_and_the_own_style_are_on_every_page(site: Path) -> None:
    masthead = copy_template(site, "default", MASTHEAD)
    lines = masthead.read_text(encoding="utf-8").splitlines(keepends=True)
    change = block_with('<span class="meta">{{ site.subtitle }}</span>')
    masthead.write_text("".join([*lines[:2], change, *lines[2:]]), encoding="utf-8")
    write_text(site / "themes/default/static/own.css", block_with("--accent: #14566b"))
    styles = copy_template(site, "default", "parts/styles.html")
    assert block_with("own.css') }}").startswith(styles.read_text(encoding="utf-8"))
    styles.write_text(block_with("own.css') }}"), encoding="utf-8")
    html = home_page(site)
    assert '<span class="meta">一镇之事</span>' in html
    (own,) = re.findall(r'href="/(assets/own\.[0-9a-f]+\.css)"', html)
    assert b"#14566b" in output_files(site)[own]


def test_a_slip_is_told_as_the_guide_shows_it(site: Path) -> None:
    masthead = copy_template(site, "default", MASTHEAD)
    lines = masthead.read_text(encoding="utf-8").splitlines(keepends=True)
    slip = block_with('<span class="meta">{{ site.subtitle }}</span>').replace(
        "{{ site.subtitle", "{{ site.subtitel"
    )
    masthead.write_text("".join([*lines[:2], slip, *lines[2:]]), encoding="utf-8")
    assert block_with("subtitel").strip() in problems_of(build(site))


def test_a_template_extends_the_one_it_replaces(site: Path) -> None:
    write_text(site / "themes/default/templates/base.html", block_with("parent:base.html"))
    assert '<p class="wrap">有闻必录</p>' in home_page(site)


def test_a_theme_of_ones_own_begins_with_a_few_lines(site: Path) -> None:
    before = home_page(site, "index.html")
    assert 'class="calendar' in before
    write_text(site / "themes/harbour/theme.toml", block_with('name = "Harbour"'))
    settings = (site / "site.toml").read_text(encoding="utf-8")
    write_text(site / "site.toml", f'theme = "harbour"\n{settings}')
    after = home_page(site, "index.html")
    assert 'class="calendar' not in after


def test_every_template_and_part_is_named() -> None:
    templates = builtin_themes_folder() / "default/templates"
    names = {path.relative_to(templates).as_posix() for path in templates.rglob("*.html")}
    named = set(re.findall(r"`(?:parts/)?([a-z_]+)(?:\.html)?`", GUIDE))
    assert {name for name in names if Path(name).stem not in named} == set()
