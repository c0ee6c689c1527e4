"""The date of an issue: from the option, the file name, the masthead, or a vote over the text."""

import datetime
import re
from collections import Counter
from collections.abc import Iterator, Sequence

from generator.convert.date_vote import vote_on_date, year_weights
from generator.convert.masthead import LONGEST_LINE, WEEKDAY, beside_the_date, is_paper_name
from generator.language import WrittenDate, find_dates
from generator.model import IssueDate

FIRST_YEAR = 1872
"""Older dates in file names and mastheads are taken for something else."""

_COMPACT = re.compile(
    r"(?<![0-9A-Za-z])[A-Za-z]{0,8}((?:18|19|20)\d\d)([01]\d)([0-3]\d)[A-Za-z]{0,2}(?![0-9A-Za-z])"
)
_SEPARATED = re.compile(
    r"(?<!\d)((?:18|19|20)\d\d)(?:\s?年\s?|[-_. ])(\d{1,2})(?:\s?月\s?|[-_. ])(\d{1,2})(?!\d)"
)
_ENGLISH_WEEKDAYS = ("mon", "tues", "wednes", "thurs", "fri", "satur", "sun")


def decide_issue_date(
    file_names: Sequence[str],
    head_text: str,
    texts: Sequence[str],
    option: datetime.date | None,
    latest: datetime.date,
) -> IssueDate:
    """Return the date with its basis, or an IssueDate without one when too little is known.

    `head_text` is the beginning of the issue (about 200 characters) with its running heads, one a line;
    `texts` are the texts of the articles. Except for the option, no date after `latest` is believed.
    """
    if option is not None:
        return IssueDate(option, "option", 1.0, "given when the issue was converted")
    return (
        _from_file_names(file_names, latest)
        or _from_masthead(head_text, texts, latest)
        or vote_on_date(texts, latest)
    )


def _from_file_names(names: Sequence[str], latest: datetime.date) -> IssueDate | None:
    found = [(date, name) for name in names for date in _dates_in_name(name, latest)]
    if not found:
        return None
    counts = Counter(date for date, _ in found)
    date = max(counts, key=lambda one: (counts[one], one))
    name = next(name for one, name in found if one == date)
    others = f"; {len(counts) - 1} other dates in the names of its files" if len(counts) > 1 else ""
    return IssueDate(date, "file-name", 0.7 if others else 1.0, f'the file name "{name}"{others}')


def _dates_in_name(name: str, latest: datetime.date) -> Iterator[datetime.date]:
    numbers = [match.groups() for pattern in (_SEPARATED, _COMPACT) for match in pattern.finditer(name)]
    parts = [(int(year), int(month), int(day)) for year, month, day in numbers]
    if not parts:
        parts = [(date.year, date.month, date.day) for date in find_dates(name) if date.year and date.day]
    for year, month, day in parts:
        date = _date(year, month, day)
        if date is not None and year >= FIRST_YEAR and date <= latest:
            yield date


def _from_masthead(head_text: str, texts: Sequence[str], latest: datetime.date) -> IssueDate | None:
    found = [one for line in head_text.splitlines() if (one := _masthead_date(line.strip(), texts, latest))]
    if not found:
        return None
    counts = Counter(one.date for one in found)
    return max(found, key=lambda one: (counts[one.date], one.confidence))


def _masthead_date(line: str, texts: Sequence[str], latest: datetime.date) -> IssueDate | None:
    if not 0 < len(line) <= LONGEST_LINE:
        return None
    written = [date for date in find_dates(line) if date.month and date.day and not date.end_day]
    if not written:
        return None
    weekday = _weekday(line)
    rest = beside_the_date(line)
    is_masthead = not rest or is_paper_name(rest)
    if not is_masthead and (weekday is None or len(rest) > 40 or re.search("[。；！？]", line)):
        return None
    if not written[0].year:
        return _with_guessed_year(written[0], weekday, texts, latest, line) if is_masthead else None
    date = _date(written[0].year, written[0].month, written[0].day)
    if date is None or date > latest or date.year < FIRST_YEAR:
        return None
    return _weighed(date, weekday, line)


def _weighed(date: datetime.date, weekday: int | None, line: str) -> IssueDate:
    if weekday is None:
        return IssueDate(date, "masthead", 0.95, f'the masthead "{line}"')
    if weekday == date.weekday():
        return IssueDate(date, "masthead", 1.0, f'the masthead "{line}", whose weekday agrees')
    return IssueDate(date, "masthead", 0.6, f'the masthead "{line}", whose weekday does not fit the date')


def _with_guessed_year(
    written: WrittenDate, weekday: int | None, texts: Sequence[str], latest: datetime.date, line: str
) -> IssueDate | None:
    """Give a masthead without a year the year the text speaks of, which a weekday can verify."""
    weights = year_weights(texts, latest)
    years = sorted(weights, key=lambda year: (-weights[year], -year))[:3]
    years += [year + 1 for year in years if year + 1 not in years]
    for year in years:
        date = _date(year, written.month, written.day)
        if date is None or date > latest or (weekday is not None and date.weekday() != weekday):
            continue
        confidence = 0.6 if weekday is None else 0.85
        agrees = "" if weekday is None else " and the weekday"
        return IssueDate(
            date, "masthead", confidence, f'the masthead "{line}", the year from the text{agrees}'
        )
    return None


def _weekday(line: str) -> int | None:
    match = WEEKDAY.search(line)
    if match is None:
        return None
    if match.group(1):
        return min(6, "一二三四五六日天".index(match.group(1)))
    return _ENGLISH_WEEKDAYS.index(match.group(2).lower())


def _date(year: int, month: int, day: int) -> datetime.date | None:
    try:
        return datetime.date(year, month, day)
    except ValueError:
        return None
