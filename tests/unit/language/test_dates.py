import pytest

from generator.language import find_dates, parse_chinese_number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("二〇二四", 2024),
        ("二零零五", 2005),
        ("一百二十一", 121),
        ("十", 10),
        ("廿三", 23),
        ("三十", 30),
        ("一千二百零三", 1203),
        ("3万", 30000),
        ("1234", 1234),
        ("两", 2),
        ("", None),
        ("abc", None),
        ("十a", None),
        ("一" * 99, None),
    ],
)
def test_chinese_numbers_are_read(text: str, number: int | None) -> None:
    assert parse_chinese_number(text) == number


@pytest.mark.parametrize(
    ("text", "printed", "start", "end"),
    [
        ("7月19日晚，", "7月19日晚", (0, 7, 19), (0, 0, 0)),
        ("二〇二四年七月二十日", "二〇二四年七月二十日", (2024, 7, 20), (0, 0, 0)),
        ("1-6月，全县", "1-6月", (0, 1, 0), (0, 6, 0)),
        ("7月1日至5日", "7月1日至5日", (0, 7, 1), (0, 0, 5)),
        ("7月28日—8月2日", "7月28日—8月2日", (0, 7, 28), (0, 8, 2)),
        ("2023—2025年", "2023—2025年", (2023, 0, 0), (2025, 0, 0)),
        ("22日上午", "22日上午", (0, 0, 22), (0, 0, 0)),
        ("2024-07-23", "2024-07-23", (2024, 7, 23), (0, 0, 0)),
        ("on 20 July 2024,", "20 July 2024", (2024, 7, 20), (0, 0, 0)),
        ("on July 20, 2024.", "July 20, 2024", (2024, 7, 20), (0, 0, 0)),
        ("15/01/2005", "15/01/2005", (2005, 1, 15), (0, 0, 0)),
    ],
)
def test_a_date_is_found_with_its_parts(text: str, printed: str, start: tuple, end: tuple) -> None:
    (date,) = find_dates(text)
    assert date.text == printed
    assert (date.year, date.month, date.day) == start
    assert (date.end_year, date.end_month, date.end_day) == end


@pytest.mark.parametrize(
    "text",
    [
        "增长8.1%",
        "第121次会议",
        "13月40日",
        "10460282号",
        "3日内办结",
        "2024/13/45",
        "I may 3 times",
        "节日",
        "两个月",
    ],
)
def test_what_is_no_date_is_not_found(text: str) -> None:
    assert find_dates(text) == ()
