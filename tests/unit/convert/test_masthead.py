import pytest

from generator.convert.masthead import (
    Masthead,
    PageMarker,
    parse_issue_number,
    parse_masthead,
    parse_page_marker,
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
    ("line", "marker"),
    [
        ("第2版", PageMarker("2")),
        ("2版", PageMarker("2")),
        ("A02版", PageMarker("A02")),
        ("第二版：要闻", PageMarker("2", "要闻")),
        ("第十二版", PageMarker("12")),
        ("云岫报 2025年1月20日 星期一 第3版 副刊", PageMarker("3", "副刊")),
        ("The Harbour Gazette  15/01/2005  Page 2", PageMarker("2")),
        ("出版社成立", None),
        ("这本书已出第三版本", None),
        ("", None),
        ("2版" * 100, None),
    ],
)
def test_a_page_marker_names_its_page(line: str, marker: PageMarker | None) -> None:
    assert parse_page_marker(line) == marker


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
