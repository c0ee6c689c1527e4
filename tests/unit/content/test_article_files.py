"""Articles on disk: what editors may type, and what the program writes."""

from datetime import date

import pytest

from generator.content import format_article, parse_article
from generator.model import Article, ArticleHead, Correction, Doubt, EventDate, LineSpan

PATH = "content/articles/2024-07-22/01-a.md"


def read(yaml: str, body: str = "") -> Article:
    return parse_article(f"---\n{yaml}\n---\n{body}".encode(), PATH).article


def test_a_title_is_all_an_article_needs() -> None:
    assert read("title: 老街路灯换新") == Article(ArticleHead(title="老街路灯换新"), "")


def test_an_article_is_written_as_a_person_would_write_it() -> None:
    head = ArticleHead(
        title="老街路灯换新",
        kicker="民生实事：进展",
        byline=("沈忱", "丁一"),
        byline_kind="author",
        date=date(2024, 7, 22),
        issue="2024-07-22",
        order=3,
        page="1",
        topics=("livelihood",),
        events=(EventDate("昨晚", date(2024, 7, 21), date(2024, 7, 21), "relative", 0.9),),
        summary='县里说："亮了"。',
        source=(LineSpan("content/raw/2024-07-22.txt", 12, 40),),
        doubts=(Doubt("join", "joined by a narrow margin", 31),),
        corrections=(Correction(date(2024, 7, 29), "盏数应为300。"),),
        extra={"photographer": "丁一", "lines": "甲\n乙"},
    )
    written = """\
---
title: 老街路灯换新
kicker: 民生实事：进展
byline:
  - 沈忱
  - 丁一
date: 2024-07-22
issue: "2024-07-22"
order: 3
page: "1"
topics:
  - livelihood
events:
  - text: 昨晚
    start: 2024-07-21
    basis: relative
    confidence: 0.9
summary: 县里说："亮了"。
source:
  - content/raw/2024-07-22.txt:12-40
doubts:
  - code: join
    message: joined by a narrow margin
    line: 31
corrections:
  - date: 2024-07-29
    text: 盏数应为300。
extra:
  photographer: 丁一
  lines: |-
    甲
    乙
---

昨晚，老街亮了。
"""
    article = Article(head, "昨晚，老街亮了。")
    assert format_article(article).decode() == written
    assert parse_article(written.encode(), PATH).article == article


def test_the_digest_is_of_the_bytes() -> None:
    one = parse_article(b"---\ntitle: a\n---\n", PATH)
    other = parse_article(b"---\ntitle: a \n---\n", PATH)
    assert one.article == other.article
    assert one.digest != other.digest
    assert one.path == PATH


def test_texts_need_no_quotes_where_a_text_is_wanted() -> None:
    head = read("title: 2024\nkicker: no\npage: 01\ncolumn: 2024-07-22\nissue: 2024-07-22").head
    assert (head.title, head.kicker, head.page, head.column) == ("2024", "no", "01", "2024-07-22")
    assert head.issue == "2024-07-22"


def test_a_list_may_be_one_text_and_its_empty_entries_are_none() -> None:
    head = read("title: a\nbyline: 沈忱\ntopics: 教育\nkeywords:\n  -\n  - 路灯\npeople: []").head
    assert (head.byline, head.topics, head.keywords, head.people) == (("沈忱",), ("教育",), ("路灯",), ())


def test_keys_without_a_value_are_as_good_as_absent() -> None:
    assert read("title: a\nkicker:\ndate: ~\ntopics: null\nextra:").head == ArticleHead(title="a")


def test_a_byline_is_of_people_unless_said_otherwise() -> None:
    assert read("title: a\nbyline: 沈忱").head.byline_kind == "author"
    assert read("title: a\nbyline: 新华日报\nbyline_kind: source").head.byline_kind == "source"
    assert read("title: a").head.byline_kind == ""


def test_source_may_be_one_place_of_one_line() -> None:
    assert read("title: a\nsource: content/raw/a:b.txt:7").head.source == (
        LineSpan("content/raw/a:b.txt", 7, 7),
    )


def test_an_event_of_one_day_needs_no_end() -> None:
    (event,) = read("title: a\nevents: [{text: 昨晚, start: 2024-07-21}]").head.events
    assert event == EventDate("昨晚", date(2024, 7, 21), date(2024, 7, 21), "", 1.0)


def test_keys_of_a_site_keep_their_types() -> None:
    yaml = (
        "title: a\nextra:\n  n: 1\n  x: 1.5\n  yes: true\n  none:\n  zip: 0571\n  time: 08:30\n"
        "  day: 2024-07-22\n  list: [1, '1', [a]]\n  long: 12345678901234567890"
    )
    assert read(yaml).head.extra == {
        "n": 1,
        "x": 1.5,
        "yes": True,
        "none": None,
        "zip": "0571",
        "time": "08:30",
        "day": "2024-07-22",
        "list": [1, "1", ["a"]],
        "long": "12345678901234567890",
    }


@pytest.mark.parametrize(
    ("after", "body"),
    [
        ("", ""),
        ("正文", "正文"),
        ("正文\n", "正文"),
        ("\n正文\n", "正文"),
        ("\n\n\n正文\n\n", "\n\n正文\n"),
        ("\n---\n正文\n", "---\n正文"),
        ("\n正文\n---\n", "正文\n---"),
    ],
)
def test_one_empty_line_before_the_body_and_one_line_end_after_it_are_not_part_of_it(
    after: str, body: str
) -> None:
    assert read("title: a", after).body_markdown == body


def test_the_lines_of_dashes_may_end_in_spaces_and_the_file_without_a_line_end() -> None:
    assert parse_article(b"--- \ntitle: a\n---  ", PATH).article == Article(ArticleHead(title="a"), "")


def test_a_file_of_windows_is_read_like_any_other() -> None:
    content = "\ufeff---\r\ntitle: a\r\n---\r\n\r\n甲\r\n乙\r\n".encode()
    assert parse_article(content, PATH).article == Article(ArticleHead(title="a"), "甲\n乙")
