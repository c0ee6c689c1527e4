import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.convert.event_dates import MOST_EVENTS, find_event_dates
from generator.language import split_sentences
from generator.model import EventDate, IssueDate

ISSUE = IssueDate(datetime.date(2024, 7, 22), "file-name", 1.0)


def _spans(text: str, issue: IssueDate = ISSUE) -> list[tuple[str, str, str, str]]:
    return [(e.text, e.start.isoformat(), e.end.isoformat(), e.basis) for e in find_event_dates(text, issue)]


@pytest.mark.parametrize(
    ("text", "printed", "start", "end", "basis"),
    [
        ("7月20日，会议召开", "7月20日", "2024-07-20", "2024-07-20", "year-of-issue"),
        ("7月19日晚启动", "7月19日晚", "2024-07-19", "2024-07-19", "year-of-issue"),
        ("二〇二四年七月二十日", "二〇二四年七月二十日", "2024-07-20", "2024-07-20", "stated"),
        ("1-6月，完成投资", "1-6月", "2024-01-01", "2024-06-30", "year-of-issue"),
        ("7月1日至5日", "7月1日至5日", "2024-07-01", "2024-07-05", "year-of-issue"),
        ("12月28日开工", "12月28日", "2023-12-28", "2023-12-28", "year-of-issue"),
        ("会议将于8月3日召开", "8月3日", "2024-08-03", "2024-08-03", "year-of-issue"),
        ("18日上午开幕", "18日上午", "2024-07-18", "2024-07-18", "month-of-issue"),
        ("28日开幕", "28日", "2024-06-28", "2024-06-28", "month-of-issue"),
        ("昨日开幕", "昨日", "2024-07-21", "2024-07-21", "relative"),
        ("去年增长", "去年", "2023-01-01", "2023-12-31", "relative"),
        ("今年以来增长", "今年以来", "2024-01-01", "2024-07-22", "relative"),
        ("近日，项目完工", "近日", "2024-07-12", "2024-07-22", "relative"),
        ("2023—2025年", "2023—2025年", "2023-01-01", "2025-12-31", "stated"),
        ("2024年2月", "2024年2月", "2024-02-01", "2024-02-29", "stated"),
        ("It opened on 20 July.", "20 July", "2024-07-20", "2024-07-20", "year-of-issue"),
        ("11月28日至1月5日", "11月28日至1月5日", "2023-11-28", "2024-01-05", "year-of-issue"),
    ],
)
def test_dates_are_resolved_against_the_issue(
    text: str, printed: str, start: str, end: str, basis: str
) -> None:
    assert _spans(text) == [(printed, start, end, basis)]


def test_the_year_holds_for_the_rest_of_the_sentence_only() -> None:
    spans = _spans("2022年3月1日动工，8月1日完工。8月2日会开放。")
    assert [(start, basis) for _, start, _, basis in spans] == [
        ("2022-03-01", "stated"),
        ("2022-08-01", "year-of-sentence"),
        ("2024-08-02", "year-of-issue"),
    ]


def test_without_a_date_of_the_issue_only_stated_years_are_resolved() -> None:
    undated = IssueDate(None, "none", 0.0)
    assert _spans("7月20日、昨日、18日；2022年3月1日。", undated) == [
        ("2022年3月1日", "2022-03-01", "2022-03-01", "stated")
    ]


def test_no_date_is_surer_than_the_issue_it_rests_on() -> None:
    guessed = IssueDate(datetime.date(2024, 7, 22), "text-vote", 0.5)
    found = find_event_dates("7月20日，2022年3月1日建成的桥通车。", guessed)
    assert [event.confidence for event in found] == [0.5, 1.0]


@pytest.mark.parametrize("text", ["2月30日", "第121次", "增长8.1%", "", "13月1日"])
def test_what_is_no_day_gives_nothing(text: str) -> None:
    assert _spans(text) == []


def test_a_list_of_dates_ends_somewhere() -> None:
    text = "，".join(f"{month}月{day}日" for month in range(1, 13) for day in range(1, 9))
    assert len(find_event_dates(text, ISSUE)) == MOST_EVENTS


@settings(max_examples=300)
@given(st.text(alphabet="2015179年月日.,-/ Jan。！…\n”的昨去今天", max_size=60))
def test_the_dates_of_a_text_are_those_of_its_sentences(text: str) -> None:
    expected: dict[tuple[str, datetime.date, datetime.date], EventDate] = {}
    for sentence in split_sentences(text):
        for event in find_event_dates(sentence, ISSUE):
            expected.setdefault((event.text, event.start, event.end), event)
    assert find_event_dates(text, ISSUE) == tuple(expected.values())[:MOST_EVENTS]


@settings(max_examples=300)
@given(st.text(alphabet="0123456789年月日至-—一二十。 近昨去今以来上半", max_size=40), st.dates())
def test_every_span_runs_forwards(text: str, date: datetime.date) -> None:
    if 1900 < date.year < 2100:
        for event in find_event_dates(text, IssueDate(date, "option", 1.0)):
            assert event.start <= event.end
            assert event.text in text
            assert 0 < event.confidence <= 1
