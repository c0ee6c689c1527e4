import pytest

from generator.convert.masthead import (
    Masthead,
    parse_issue_number,
    parse_masthead,
)


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("第1234期", ("1234", "")),
        ("总第1234期", ("", "1234")),
        ("第12期（总第345期）", ("12", "345")),
        ("总第一百二十期", ("", "120")),
        ("第 5 期　总第 88 期", ("5", "88")),
        ("No. 12", ("12", "")),
        ("第3届运动会", ("", "")),
        ("", ("", "")),
    ],
)
def test_number_and_total_number_are_read(text: str, numbers: tuple[str, str]) -> None:
    assert parse_issue_number(text) == numbers


@pytest.mark.parametrize(
    ("head", "masthead"),
    [
        ("云岫报\n2024年9月16日 星期一 农历甲辰年八月十四 总第544期\n\n标题", Masthead("云岫报", "", "544")),
        ("今日云岫\n\n2019年2月25日 星期一 第1版\n", Masthead("今日云岫", "", "")),
        ("云岫报　2026年2月9日　第三版　教育·文化", Masthead("云岫报", "", "")),
        ("The Harbour Gazette\n15/01/2005", Masthead("The Harbour Gazette", "", "")),
        ("县委常委会召开会议\n\n本报讯 7月20日，会议召开。", Masthead()),
        ("", Masthead()),
    ],
)
def test_the_head_of_an_issue_names_the_paper(head: str, masthead: Masthead) -> None:
    assert parse_masthead(head) == masthead
