import datetime

from generator.convert.metadata import describe_issue
from generator.convert.settings import ConversionSettings
from generator.model import Article, ArticleHead, LineSpan, Topic

LATEST = datetime.date(2026, 1, 1)
TOPICS = (Topic(name="农业", slug="agriculture", triggers=("春茶", "茶农")),)


def _article(title: str, **head: object) -> Article:
    return Article(ArticleHead(title=title, source=(LineSpan("a.txt", 1, 2),), **head), "")


def test_the_heads_are_filled_from_the_texts() -> None:
    prose = ("本报讯 4月2日，副县长苏明远来到云岫县春茶基地。茶农说，今年的春茶价格好。",)
    described = describe_issue(
        [_article("春茶开采", order=1, byline=("段澄",), byline_kind="author")],
        [prose],
        "云岫报\n2024年4月5日 星期五 总第500期",
        ["a.txt"],
        ConversionSettings(topics=TOPICS, latest=LATEST),
    )
    head = described.articles[0].head
    assert described.date.date == datetime.date(2024, 4, 5)
    assert (described.masthead.title, described.masthead.total_number) == ("云岫报", "500")
    assert head.topics == ("agriculture",)
    assert "春茶" in head.keywords
    assert head.people == ("苏明远", "段澄")
    assert head.places == ("云岫县",)
    assert head.events[0].start == datetime.date(2024, 4, 2)
    assert head.summary == "4月2日，副县长苏明远来到云岫县春茶基地。茶农说，今年的春茶价格好。"
    assert [(d.role, d.article, d.reasons) for d in described.decisions] == [
        ("topic agriculture", 1, ("春茶", "茶农"))
    ]


def test_an_issue_without_articles_is_described_too() -> None:
    described = describe_issue([], [], "", [], ConversionSettings(latest=LATEST))
    assert described.articles == ()
    assert described.date.date is None


def test_a_source_is_no_person() -> None:
    described = describe_issue(
        [_article("桥通车", byline=("王春",), byline_kind="source")],
        [("桥通车了。",)],
        "",
        [],
        ConversionSettings(latest=LATEST),
    )
    assert described.articles[0].head.people == ()
