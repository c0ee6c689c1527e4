"""Dates a text speaks of, resolved against the date of its issue."""

import calendar
import datetime
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

import msgspec

from generator.language import WrittenDate, find_dates, split_sentences
from generator.model import EventDate, IssueDate

MOST_EVENTS = 24
_FIRST_YEAR, _LAST_YEAR = 1800, 2200
_FUTURE_COST = 2.0
"""A date lies rather behind than before the issue: a day ahead counts as this many behind."""
_DAYS_OF_RECENTLY = 10
_LONGEST_TEXT = 50_000
_RELATIVE = re.compile(
    r"今(?:年(?:以来|上半年)?|日|天|晚)|去年|前(?:年|天)|明(?:年|日|天)|上(?:半年|个?月)|下半年|本(?:月|周)"
    r"|昨(?:日晚?|晚|天)|近(?:日|期)|日前"
)
_AHEAD = re.compile(r"(?:将于|将在|定于|拟于|计划于|预计|截至|至|will(?: be)?(?: \w+)? on)\s*$")


class _Reading(msgspec.Struct, frozen=True):
    start: datetime.date
    end: datetime.date
    basis: str
    confidence: float


def find_event_dates(text: str, issue_date: IssueDate) -> tuple[EventDate, ...]:
    """Return the dates in `text`, each once, in the order they first appear, at most `MOST_EVENTS`.

    Bases: ``stated`` (the text gives the year), ``year-of-sentence`` (the year stands earlier in the
    sentence), ``year-of-issue``, ``month-of-issue`` and ``relative`` (昨日, 近日). Without a date of the
    issue only the first two can be resolved. No date is surer than the date of the issue it rests on.
    """
    events: dict[tuple[str, datetime.date, datetime.date], EventDate] = {}
    for paragraph in text[:_LONGEST_TEXT].split("\n"):
        for event in _events_of(paragraph, issue_date):
            events.setdefault((event.text, event.start, event.end), event)
            if len(events) == MOST_EVENTS:
                return tuple(events.values())
    return tuple(events.values())


def _events_of(paragraph: str, issue_date: IssueDate) -> Iterator[EventDate]:
    issue = issue_date.date
    readings: list[tuple[int, str, _Reading]] = []
    for dates in _dates_by_sentence(paragraph):
        year = month = 0
        for date in dates:
            if reading := _read(date, paragraph, issue, year, month):
                readings.append((date.position, date.text, reading))
            if date.year and not date.end_year:
                year, month = date.year, 0
            month = date.month or month
    if issue is not None:
        readings += [
            (match.start(), match.group(), _relative(match.group(), issue))
            for match in _RELATIVE.finditer(paragraph)
        ]
    for _, text, reading in sorted(readings, key=lambda found: found[0]):
        rests_on_issue = reading.basis not in ("stated", "year-of-sentence")
        limit = issue_date.confidence if rests_on_issue else 1.0
        confidence = round(min(reading.confidence, limit), 2)
        yield EventDate(text, reading.start, reading.end, reading.basis, confidence)


def _dates_by_sentence(paragraph: str) -> Iterable[Sequence[WrittenDate]]:
    """Return the dates of each sentence that has any; most paragraphs have one at most, and are not split."""
    dates = find_dates(paragraph)
    if len(dates) < 2:
        return [dates] if dates else []
    starts, end = [], 0
    for sentence in split_sentences(paragraph):
        starts.append(paragraph.index(sentence, end))
        end = starts[-1] + len(sentence)
    return [list(found) for _, found in groupby(dates, lambda date: bisect_right(starts, date.position))]


def _read(
    date: WrittenDate, paragraph: str, issue: datetime.date | None, year: int, month: int
) -> _Reading | None:
    if date.year:
        return _reading(date, date.year, date.month, "stated", 1.0 if date.day else 0.9)
    if date.month and year:
        return _reading(date, year, date.month, "year-of-sentence", 0.85)
    if issue is None:
        return None
    if date.month:
        is_ahead = _AHEAD.search(paragraph, max(0, date.position - 12), date.position) is not None
        return _reading(date, _nearest_year(date, issue, is_ahead), date.month, "year-of-issue", 0.9)
    if month:
        nearest = _nearest_year(WrittenDate("", 0, month=month, day=date.day), issue, False)
        return _reading(date, year or nearest, month, "month-of-sentence", 0.8)
    return _day_of_month(date, issue)


def _reading(date: WrittenDate, year: int, month: int, basis: str, confidence: float) -> _Reading | None:
    """Return the span that year, month and the parts of `date` make, or None when there is no such day."""
    end_year = date.end_year or year
    end_month = date.end_month or month
    if (end_month, date.end_day) < (month, date.day) and date.end_month and not date.end_year:
        end_year += 1
    if not (_FIRST_YEAR <= year <= end_year <= _LAST_YEAR):
        return None
    last = date.end_day or date.day or calendar.monthrange(end_year, end_month or 12)[1]
    try:
        start = datetime.date(year, month or 1, date.day or 1)
        end = datetime.date(end_year, end_month or 12, last)
    except ValueError:
        return None
    return _Reading(start, end, basis, confidence) if start <= end else None


def _nearest_year(date: WrittenDate, issue: datetime.date, is_ahead: bool) -> int:
    """Return the year in which month and day lie nearest to the issue, rather behind than before it."""

    def cost(year: int) -> float:
        day = min(date.day or 1, calendar.monthrange(year, date.month)[1])
        behind = (issue - datetime.date(year, date.month, day)).days
        factors = (_FUTURE_COST, 1.0) if is_ahead else (1.0, _FUTURE_COST)
        return behind * factors[0] if behind >= 0 else -behind * factors[1]

    return min((issue.year - 1, issue.year, issue.year + 1), key=cost)


def _day_of_month(date: WrittenDate, issue: datetime.date) -> _Reading | None:
    """Read a day alone (22日) as the last such day up to the day after the issue."""
    month_start = issue.replace(day=1)
    if date.day > issue.day + 1:
        month_start = (month_start - datetime.timedelta(days=1)).replace(day=1)
    return _reading(date, month_start.year, month_start.month, "month-of-issue", 0.75)


def _relative(word: str, issue: datetime.date) -> _Reading:
    start, end, confidence = _relative_span(word, issue)
    return _Reading(start, end, "relative", confidence)


def _relative_span(word: str, issue: datetime.date) -> tuple[datetime.date, datetime.date, float]:
    year = issue.year
    if word in _DAYS_FROM_ISSUE:
        day = issue + datetime.timedelta(days=_DAYS_FROM_ISSUE[word])
        return day, day, 0.8
    if word in _YEARS_FROM_ISSUE:
        year += _YEARS_FROM_ISSUE[word]
        return datetime.date(year, 1, 1), datetime.date(year, 12, 31), 0.8
    if word == "今年以来":
        return datetime.date(year, 1, 1), issue, 0.8
    if "半年" in word:
        return _half_year(word, issue)
    if word == "本月":
        return issue.replace(day=1), issue, 0.7
    if word in ("上月", "上个月"):
        end = issue.replace(day=1) - datetime.timedelta(days=1)
        return end.replace(day=1), end, 0.7
    if word == "本周":
        return issue - datetime.timedelta(days=issue.weekday()), issue, 0.5
    return issue - datetime.timedelta(days=_DAYS_OF_RECENTLY), issue, 0.4


_DAYS_FROM_ISSUE = {
    "前天": -2, "昨日晚": -1, "昨晚": -1, "昨日": -1, "昨天": -1,
    "今日": 0, "今天": 0, "今晚": 0, "明日": 1, "明天": 1,
}  # fmt: skip
_YEARS_FROM_ISSUE = {"今年": 0, "去年": -1, "前年": -2, "明年": 1}


def _half_year(word: str, issue: datetime.date) -> tuple[datetime.date, datetime.date, float]:
    """The first half is over from June on, the second from December; earlier, last year's is meant."""
    is_first = "上半年" in word
    year = issue.year if "今年" in word or issue.month >= (6 if is_first else 9) else issue.year - 1
    if is_first:
        return datetime.date(year, 1, 1), datetime.date(year, 6, 30), 0.6
    return datetime.date(year, 7, 1), datetime.date(year, 12, 31), 0.6
