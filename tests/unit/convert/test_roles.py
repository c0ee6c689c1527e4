"""What each block of an issue becomes: headlines, subheads, paragraphs, bylines, labels."""

import pytest

from generator.model import Article, ConvertedIssue
from tests.support.converting import convert, plain_body

LEAD = "本报讯 7月18日上午，青石县水务局在城南泵站举行防汛演练，三十名队员参加，全部设备一次启动成功。"
TEXT = (
    "演练结束后，队员们把水泵擦干放回仓库。站长说，雨季还有一个月，仓库的门不上锁，钥匙挂在墙上谁都拿得到。"
)
TAIL = "下一步，各乡镇还要把自己的泵站检查一遍，查出的问题在月底以前改好，改不好的要说明原因。（沈知夏）"
LEAD_TWO = (
    "本报讯 7月19日，青石县图书馆新馆向市民开放，当天办理借书证六百余张，儿童阅览室的座位在半小时内坐满。"
)


def _issue(*blocks: str) -> ConvertedIssue:
    return convert("\n\n".join(blocks) + "\n")


def _only(*blocks: str) -> Article:
    articles = _issue(*blocks).articles
    assert len(articles) == 1
    return articles[0]


def test_two_signed_articles_are_two_articles() -> None:
    issue = _issue("城南泵站演练防汛", LEAD, TAIL, "图书馆新馆开放", LEAD_TWO, TAIL)
    assert [article.head.title for article in issue.articles] == ["城南泵站演练防汛", "图书馆新馆开放"]
    assert [article.head.byline for article in issue.articles] == [("沈知夏",), ("沈知夏",)]
    assert [len(plain_body(article)) for article in issue.articles] == [2, 2]


def test_an_unterminated_line_inside_a_signed_article_is_a_subhead() -> None:
    article = _only("城南泵站演练防汛", LEAD, TEXT, "钥匙挂在墙上", TEXT, "雨季还有一个月", TEXT, TAIL)
    assert [part for part in plain_body(article) if part.startswith("##")] == [
        "## 钥匙挂在墙上",
        "## 雨季还有一个月",
    ]


@pytest.mark.parametrize(
    ("lines", "kicker", "title", "subtitle"),
    [
        (("县防汛指挥部强调", "每个泵站都要有人守夜"), "县防汛指挥部强调", "每个泵站都要有人守夜", ""),
        (
            ("城南泵站演练防汛", "——青石县水务局防汛准备见闻"),
            "",
            "城南泵站演练防汛",
            "——青石县水务局防汛准备见闻",
        ),
        (
            ("雨季还有一个月", "泵站的门为什么不上锁", "——来自城南的调查"),
            "雨季还有一个月",
            "泵站的门为什么不上锁",
            "——来自城南的调查",
        ),
    ],
)
def test_the_lines_of_a_headline_block_find_their_roles(
    lines: tuple[str, ...], kicker: str, title: str, subtitle: str
) -> None:
    head = _only(*lines, LEAD, TAIL).head
    assert (head.kicker, head.title, head.subtitle) == (kicker, title, subtitle)


@pytest.mark.parametrize("label", ["【经济聚焦】", "（民生一线）", "■民生一线"])
def test_a_label_above_a_headline_names_the_column(label: str) -> None:
    issue = _issue("图书馆新馆开放", LEAD_TWO, TAIL, label, "城南泵站演练防汛", LEAD, TAIL)
    head = issue.articles[1].head
    assert (head.column, head.title) == (label.strip("【】（）■"), "城南泵站演练防汛")


@pytest.mark.parametrize(
    ("byline", "names", "kind"),
    [
        ("（沈知夏）", ("沈知夏",), "author"),
        ("（记者 沈知夏 通讯员 王 春）", ("沈知夏", "王春"), "author"),
        ("（县图书馆）", ("县图书馆",), "source"),
        ("（作者为县中学语文教师 尹伯年）", ("尹伯年",), "author"),
        ("（boj）", ("boj",), "author"),
    ],
)
def test_a_byline_of_its_own_line_closes_the_article(byline: str, names: tuple[str, ...], kind: str) -> None:
    issue = _issue("城南泵站演练防汛", LEAD, TEXT, byline, "图书馆新馆开放", LEAD_TWO, TEXT, "（程舟）")
    head = issue.articles[0].head
    assert (head.byline, head.byline_kind) == (names, kind)
    assert issue.articles[1].head.title == "图书馆新馆开放"


def test_the_reporter_behind_the_dateline_signs_and_stays_in_the_text() -> None:
    lead = LEAD.replace("本报讯 ", "本报青石7月18日电（记者王春）")
    article = _only("城南泵站演练防汛", lead, TEXT)
    assert article.head.byline == ("王春",)
    assert "记者王春" in article.body_markdown


def test_verse_keeps_its_lines_and_its_poet() -> None:
    article = _only(
        "立冬", "江晚舟", "白菜进窖的那天\n母亲把秋天\n一层一层码好", "最上面一棵\n朝着门\n她说\n冬天要来"
    )
    assert (article.head.title, article.head.byline) == ("立冬", ("江晚舟",))
    assert plain_body(article)[0].split("\n") == ["白菜进窖的那天", "母亲把秋天", "一层一层码好"]


def test_numbered_sentences_of_a_notice_are_no_subheads() -> None:
    article = _only(
        "停水通知",
        "因管道检修，现将有关事项通知如下：",
        "一、7月20日22时至次日6时，城南各小区停水。",
        "二、请提前储水，来水后先放流片刻。",
        "青石县供水公司 2024年7月18日",
    )
    assert not any(part.startswith("#") for part in plain_body(article))
    assert article.head.byline == ("青石县供水公司",)


def test_english_articles_are_told_apart_by_their_headlines() -> None:
    first = "The harbour council has opened a new library on Mill Street. Two hundred people came."
    second = "Two fishing boats were towed home on Sunday after their engines failed, the coastguard said."
    issue = _issue(
        "New library opens on Mill Street", first, first, "Coastguard tows boats home", second, second
    )
    assert [article.head.title for article in issue.articles] == [
        "New library opens on Mill Street",
        "Coastguard tows boats home",
    ]


def test_traditional_characters_are_read_like_simplified_ones() -> None:
    issue = _issue(
        "鄉親回鄉過年",
        "本報訊 1月18日，四十位鄉親從海外回到石埠鎮，他們住在學校的宿舍裡，早上自己煮粥。（葉澄）",
        "渡口換了新船",
        "本報訊 1月19日，渡口換了一條新船，新船能坐四十人，冬天有玻璃窗擋風。（陸青禾）",
    )
    assert [article.head.byline for article in issue.articles] == [("葉澄",), ("陸青禾",)]


def test_an_unknown_language_is_divided_at_its_blank_lines() -> None:
    blocks = ["Первая строка", "Это первый абзац статьи о новой библиотеке.", "Это второй абзац."]
    issue = _issue(*blocks)
    text = "\n".join(
        part for article in issue.articles for part in [article.head.title, *plain_body(article)]
    )
    assert all(block in text for block in blocks)


def test_every_decision_tells_its_reasons() -> None:
    issue = _issue("城南泵站演练防汛", LEAD, TEXT, TAIL)
    roles = [decision for decision in issue.record.decisions if not decision.role.startswith("topic")]
    assert [decision.role for decision in roles] == ["headline", "body", "body", "body"]
    assert all(decision.reasons and decision.article == 1 for decision in roles)
