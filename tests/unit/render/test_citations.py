from datetime import date
from typing import Any

from generator.config import parse_site_settings
from generator.model import ArticleDetails, ArticleHead, SiteArticle
from generator.render.citations import cite_article
from tests.support import builders
from tests.support.builders import arranged, article_entry, issue_entry

SETTINGS = parse_site_settings('title = "云岫报"\nbase_url = "https://example.org/b"\npublisher = "编辑部"')


def site_article(**values: Any) -> SiteArticle:
    details = ArticleDetails(ArticleHead(**{"title": "老街路灯换新", **values}))
    place = {"url": "/issues/2024-07-22/lamps/", "date": date(2024, 7, 22), "issue_id": "2024-07-22"}
    return builders.site_article(details, **place)


def test_a_reference_in_the_form_of_gbt_7714() -> None:
    citation = cite_article(site_article(byline=("沈忱",), page="1"), None, SETTINGS)
    assert citation.gbt7714 == (
        "沈忱. 老街路灯换新[N/OL]. 云岫报, 2024-07-22(1). https://example.org/b/issues/2024-07-22/lamps/."
    )


def test_of_more_than_three_authors_three_are_named() -> None:
    chinese = cite_article(site_article(byline=("甲", "乙", "丙", "丁")), None, SETTINGS)
    assert chinese.gbt7714.startswith("甲, 乙, 丙, 等. ")
    english = cite_article(site_article(byline=("A B", "C D", "E F", "G H")), None, SETTINGS)
    assert english.gbt7714.startswith("A B, C D, E F, et al. ")


def test_what_is_unknown_is_left_out() -> None:
    settings = parse_site_settings('title = "云岫报"')
    article = builders.site_article(ArticleDetails(ArticleHead(title="题")))
    citation = cite_article(article, None, settings)
    assert citation.gbt7714 == "题[N]. 云岫报."
    assert "DA  -" not in citation.ris
    assert "UR  -" not in citation.ris


def test_a_ris_record_begins_and_ends_and_has_one_line_per_author() -> None:
    site, _ = arranged(
        [article_entry("content/articles/2024-07-22/01-a.md", title="题")],
        [issue_entry("2024-07-22", date(2024, 7, 22), number="615")],
    )
    article = site_article(byline=("沈忱", "顾远帆"), page="A02")
    lines = cite_article(article, site.issues[0], SETTINGS).ris.splitlines()
    assert lines[0] == "TY  - NEWS"
    assert lines[-1] == "ER  - "
    assert [line for line in lines if line.startswith("AU")] == ["AU  - 沈忱", "AU  - 顾远帆"]
    assert {"DA  - 2024/07/22/", "IS  - 615", "SP  - A02"} <= set(lines)


def test_marks_of_a_headline_do_not_break_a_record() -> None:
    article = site_article(title="50% & {更多}\n第二行_#", byline=("A and B",))
    citation = cite_article(article, None, SETTINGS)
    assert r"50\% \& \{更多\} 第二行\_\#" in citation.bibtex
    assert "{{A and B}}" in citation.bibtex
    assert citation.bibtex.count("{") == citation.bibtex.count("}")
    assert all(line[2:6] == "  - " for line in citation.ris.splitlines())
