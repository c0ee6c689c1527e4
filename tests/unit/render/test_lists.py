"""A long list is cut into pages from its oldest article on, and its years lead to where they begin."""

import re
from pathlib import Path

from tests.support.sites import build, write_text

PER_YEAR = {2019: 4, 2020: 9, 2021: 1, 2023: 6}
SIZE = 5


def article(year: int, number: int) -> str:
    head = f"title: 第{number}篇\nbyline: 林小满\ndate: {year}-03-{number + 1:02}"
    return f"---\n{head}\n---\n正文第{number}篇。\n"


def write_archive(root: Path) -> None:
    write_text(root / "site.toml", f'title = "周报"\npage_size = {SIZE}\n')
    for year, count in PER_YEAR.items():
        for number in range(count):
            write_text(
                root / f"content/articles/{year}-03-01/{number:02}-a{year}x{number}.md", article(year, number)
            )


def years_on(page: str) -> list[int]:
    """Years of the articles on a page, in order, without repetition."""
    found = re.findall(r'<time[^>]* datetime="(\d{4})-\d\d-\d\d"', page.partition("<main")[2])
    return list(dict.fromkeys(map(int, found)))


def test_each_year_of_a_list_leads_to_the_page_with_its_newest_article(tmp_path: Path) -> None:
    write_archive(tmp_path)
    build(tmp_path)
    (folder,) = (path for path in (tmp_path / "output/bylines").iterdir() if path.is_dir())
    newest = (folder / "index.html").read_text("utf-8")
    timeline = newest.partition('class="timeline"')[2].partition("</nav>")[0]
    links = re.findall(r'<a href="([^"#]*)[^"]*"[^>]*>\s*(\d{4})\D+?(\d+)', timeline)
    assert {int(year): int(count) for _, year, count in links} == PER_YEAR
    for address, year, _ in links:
        pages = sorted((folder / "page").iterdir(), key=lambda path: int(path.name), reverse=True)
        in_order = [folder, *pages]
        first = next(
            place for place in in_order if int(year) in years_on((place / "index.html").read_text("utf-8"))
        )
        assert tmp_path / "output" / address.strip("/") == first
