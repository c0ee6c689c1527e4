"""Static pages."""

from pathlib import Path

import pytest

from generator.content import parse_page
from generator.diagnostics import BulletinError


def test_a_page_is_read_with_its_keys() -> None:
    content = (
        "---\ntitle: 关于\nslug: about-us\norder: 2\nsummary: x\naliases: /old/\ndraft: true\n---\n\n正文。\n"
    )
    page = parse_page(content.encode(), "content/pages/about.md")
    assert (page.title, page.slug, page.order, page.summary) == ("关于", "about-us", 2, "x")
    assert (page.aliases, page.draft, page.body_markdown) == (("/old/",), True, "正文。")


@pytest.mark.parametrize(
    ("name", "slug"), [("about", "about"), ("关于 本报", "guan-yu-ben-bao"), ("About_Us", "about-us")]
)
def test_a_page_without_a_slug_has_that_of_its_file_name(name: str, slug: str) -> None:
    assert parse_page(b"---\ntitle: a\n---\n", f"content/pages/{name}.md").slug == slug


def test_a_page_needs_a_title() -> None:
    with pytest.raises(BulletinError, match=r"content/pages/about.md:2:1: .*title"):
        parse_page(b"---\norder: 1\n---\n", "content/pages/about.md")


def test_the_pages_of_the_sample_site_are_read(repository: Path) -> None:
    folder = repository / "content" / "pages"
    pages = [parse_page(path.read_bytes(), f"content/pages/{path.name}") for path in folder.glob("*.md")]
    assert pages
    assert all(page.body_markdown and page.slug for page in pages)
