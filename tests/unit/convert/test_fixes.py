"""Corrections of the structure in <name>.fix.toml: read strictly, applied at every conversion."""

import pytest

from generator.convert import parse_fix
from generator.diagnostics import BulletinError
from tests.support.converting import convert, plain_body

RAW = """城南泵站演练防汛

本报讯 7月18日上午，青石县水务局在城南泵站举行防汛演练，三十名队员参加，全部设备一次启动成功。

钥匙挂在墙上

演练结束后，队员们把水泵擦干放回仓库。站长说，仓库的门不上锁，钥匙挂在墙上谁都拿得到。

下一步，各乡镇还要把自己的泵站检查一遍，查出的问题在月底以前改好。（沈知夏）
"""


def test_a_subhead_can_be_made_the_headline_of_a_new_article() -> None:
    issue = convert(RAW, fix='[[block]]\nlines = "5"\nrole = "headline"\n')
    assert [article.head.title for article in issue.articles] == ["城南泵站演练防汛", "钥匙挂在墙上"]


def test_a_line_can_be_made_a_paragraph_again() -> None:
    issue = convert(RAW, fix='[[block]]\nlines = 5\nrole = "paragraph"\n')
    assert "钥匙挂在墙上" in plain_body(issue.articles[0])


def test_a_line_can_be_dropped_and_stands_in_the_record() -> None:
    issue = convert(RAW, fix='[[block]]\nlines = "5"\nrole = "drop"\n')
    assert "钥匙挂在墙上" not in plain_body(issue.articles[0])
    assert "钥匙挂在墙上" in [removal.text for removal in issue.record.removals]


def test_a_block_can_be_moved() -> None:
    issue = convert(RAW, fix='[[move]]\nlines = "9"\nafter = 3\n')
    assert plain_body(issue.articles[0])[1].startswith("下一步")


def test_the_head_of_an_article_can_be_written_by_hand() -> None:
    issue = convert(RAW, fix='[[article]]\nline = 1\ntitle = "泵站的钥匙"\nbyline = ["程舟"]\n')
    assert (issue.articles[0].head.title, issue.articles[0].head.byline) == ("泵站的钥匙", ("程舟",))


def test_a_paragraph_printed_twice_can_be_kept() -> None:
    paragraph = "演练结束后，队员们把水泵擦干放回仓库。站长说，仓库的门不上锁，钥匙挂在墙上谁都拿得到。"
    raw = RAW + "\n" + paragraph + "\n"
    assert plain_body(convert(raw).articles[0]).count(paragraph) == 1
    kept = convert(raw, fix='[[block]]\nlines = "11"\nrole = "keep"\n')
    assert sum(paragraph in article.body_markdown for article in kept.articles) == len(kept.articles)


def test_a_line_that_looks_like_furniture_can_be_kept() -> None:
    raw = RAW.replace("钥匙挂在墙上\n", "责任编辑：沈知夏\n")
    kept = convert(raw, fix='[[block]]\nlines = "5"\nrole = "keep"\n')
    assert not [removal for removal in kept.record.removals if removal.kind == "furniture"]


def test_a_correction_that_touches_nothing_is_said() -> None:
    issue = convert(RAW, fix='[[block]]\nlines = "90"\nrole = "drop"\n')
    assert "fix-unused" in {doubt.code for doubt in issue.record.doubts}


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("[[block]\n", "fix-syntax", 1),
        ('[[block]]\nlines = "5"\nrole = "heading"\n', "fix-role", 1),
        ('[[block]]\nlines = "7-5"\nrole = "drop"\n', "fix-lines", 1),
        ('\n[[move]]\nlines = "3-6"\nafter = 4\n', "fix-move", 2),
        ('[[article]]\nline = 1\nheadline = "甲"\n', "fix-key", 1),
    ],
)
def test_a_mistake_is_said_with_its_line(text: str, code: str, line: int) -> None:
    with pytest.raises(BulletinError) as caught:
        parse_fix(text, "issue.fix.toml")
    assert [(problem.code, problem.span and problem.span.line) for problem in caught.value.diagnostics] == [
        (code, line)
    ]
