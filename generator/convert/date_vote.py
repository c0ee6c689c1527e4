"""A vote over the text on the date of its issue: years by what stands around them, days by what was last."""

import datetime
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

from generator.language import WrittenDate, find_dates, parse_chinese_number
from generator.model import IssueDate

_LEAD = 80
"""Characters at the beginning of a paragraph in which an article says when something happened."""
_LONGEST_TEXT = 50_000
_THIN = 1.5
"""Less weight than this for the best year is no vote: a single bare mention may be of any time."""
_SHARE_OF_BEST = 0.35
"""An issue appears no earlier than the last year it speaks of with at least this share of the best weight."""

_YEAR = re.compile(
    r"(?<![\d.,-])((?:19|20)\d\d)(?=\s?年|[\u4e00-\u9fff])|([一二][〇零○一二三四五六七八九]{3})(?=年)"
)
_ENGLISH_YEAR = re.compile(r"(?<![\w.,$£€-])((?:19|20)\d\d)(?![\w-])")
_SPAN = re.compile(r"\s?年?\s?(?:[-—–~～至到]|——)\s?(?:19|20)\d\d")
_SPAN_BEFORE = re.compile(r"(?:19|20)\d\d\s?年?\s?(?:[-—–~～至到]|——)\s?$")
_AHEAD = re.compile(r"(?:到|至|力争|预计|计划|将于|将在|明年|by|until|in the year)\s?$")
_SO_FAR = re.compile(r"(?:截至|截止|截止到|截至到)\s?$")
_RECENT = re.compile(
    r"\s?年(?:以来|上半年|下半年|[一二三四]季度|第[一二三四]季度|前[\d一二三四五六七八九十]+个?月)"
)
_FOUNDED = re.compile(r"\s?年[^，。；]{0,10}(?:成立|启动|落户|创办|建成|毕业|出生|入党|参军)")
_PLANNED = re.compile(
    r"\s?年(?:底?前|[^，。；]{0,8}(?:将|力争|实现|建成|达到)|[^，。；]{0,6}(?:冬奥|奥运|世界杯|世博|亚运))"
)
_QUANTITY = "多余元名人个家吨万亿公米亩户辆件平千百斤份条台套株头只位天场次册本块棵"
_FUTURE = re.compile(r"(?:将|将于|将在|定于|拟|计划|预计|截至|截止|到|至|will|until|by|on)\s?$")
_FUTURE_BEHIND = re.compile(r"\s?(?:起|前|之前|以前|开始|将|截止|至)")


def vote_on_date(texts: Sequence[str], latest: datetime.date) -> IssueDate:
    """Return the last day the issue speaks of as having been: it appeared on that day or soon after.

    The date is None when the text names no year with some weight, or no day.
    """
    weights = year_weights(texts, latest)
    year, share = _likely_year(weights)
    days = _days(texts, year)
    month_and_day = _last_day(days)
    if month_and_day is None:
        return IssueDate(None, "none", 0.0, "the text names no day on which something happened")
    month, day = month_and_day
    if not year:
        return IssueDate(None, "none", 0.0, f"the last event is of {month}月{day}日, but no year is sure")
    date = _not_after(latest, _year_of_month(days, month, year, latest), month, day)
    if date is None:
        return IssueDate(None, "none", 0.0, f"{month}月{day}日 is no day of {year}")
    confidence = round(min(0.8, 0.25 + 0.4 * share + 0.05 * min(4, sum(days.values()))), 2)
    evidence = f"last event {month}月{day}日; weight of the years in the text: " + ", ".join(
        f"{one} {weights[one]:.1f}" for one in sorted(weights, key=lambda y: (-weights[y], -y))[:4]
    )
    return IssueDate(date, "text-vote", confidence, evidence)


def year_weights(texts: Sequence[str], latest: datetime.date) -> Mapping[int, float]:
    """Return for each year up to that of `latest` how strongly the texts speak for it."""
    weights: defaultdict[int, float] = defaultdict(float)
    for text in texts:
        for year, weight in _weighed_years(text[:_LONGEST_TEXT]):
            if weight and year <= latest.year:
                weights[year] += weight
    return {year: round(weight, 3) for year, weight in sorted(weights.items())}


def _weighed_years(text: str) -> Iterator[tuple[int, float]]:
    matches = list(_YEAR.finditer(text)) or list(_ENGLISH_YEAR.finditer(text))
    for match in matches:
        year = parse_chinese_number(match.group(1) or match.group(2)) if match.lastindex else None
        if year:
            yield year, _year_weight(text, match.start(), match.end())


def _year_weight(text: str, start: int, end: int) -> float:
    before, after = text[max(0, start - 12) : start], text[end : end + 20]
    if _SPAN.match(after) or _SPAN_BEFORE.search(before):
        return 0.2
    if _SO_FAR.search(before):
        return 2.0
    if _AHEAD.search(before):
        return 0.15
    if _RECENT.match(after):
        return 1.6
    if _FOUNDED.match(after):
        return 0.4
    if _PLANNED.match(after):
        return 0.3
    if after.startswith("年度"):
        return 0.8
    if after.lstrip().startswith("年") or not after[:1].strip() or after[:1].isascii():
        return 1.0
    # 2024春季运动会: an event named after its year is held in that year; 2000多家 is a quantity.
    return 0.0 if after[0] in _QUANTITY else 2.0


def _likely_year(weights: Mapping[int, float]) -> tuple[int, float]:
    """Return the year and its share of all weight; 0 when the vote is thin."""
    best = max(weights.values(), default=0.0)
    if best < _THIN:
        return 0, 0.0
    year = max(one for one, weight in weights.items() if weight >= max(0.8, _SHARE_OF_BEST * best))
    return year, weights[year] / sum(weights.values())


def _days(texts: Sequence[str], year: int) -> Counter[WrittenDate]:
    """Return the days named where paragraphs begin and not spoken of as to come, with their number.

    Days of years before `year` are left out, but for the December before.
    """
    found: Counter[WrittenDate] = Counter()
    for text in texts:
        for paragraph in text[:_LONGEST_TEXT].splitlines():
            lead = paragraph[: _LEAD + 20]
            for date in find_dates(lead):
                last = WrittenDate("", 0, date.year, date.end_month or date.month, date.end_day or date.day)
                is_old = 0 < date.year < year and (last.month, date.year) != (12, year - 1)
                if last.day and not is_old and date.position < _LEAD and not _is_ahead(lead, date):
                    found[last] += 1
    return found


def _is_ahead(text: str, date: WrittenDate) -> bool:
    """Say whether the words around a date speak of it as to come."""
    end = date.position + len(date.text)
    is_ahead = _FUTURE.search(text, max(0, date.position - 6), date.position) or _FUTURE_BEHIND.match(
        text, end
    )
    return is_ahead is not None


def _last_day(days: Mapping[WrittenDate, int]) -> tuple[int, int] | None:
    """Return the last day of the month most days are of, or of the next one when it has begun."""
    months: Counter[int] = Counter()
    for date, count in days.items():
        if date.month:
            months[date.month] += count
    if not months:
        return None
    month = max(months, key=lambda one: (months[one], one))
    following = month % 12 + 1
    if months[following] >= 2 or (months[following] and _largest(days, following) <= 10):
        month = following
    return month, _largest(days, month)


def _largest(days: Mapping[WrittenDate, int], month: int) -> int:
    return max(date.day for date in days if date.month == month)


def _year_of_month(days: Mapping[WrittenDate, int], month: int, year: int, latest: datetime.date) -> int:
    """An issue of January that tells of December and names that December's year most is of the next."""
    stated = {date.year for date in days if date.month == month and date.year}
    if stated:
        return max(stated)
    tells_of_december = {date.year for date in days if date.month == 12}
    is_next = month == 1 and year in tells_of_december and year < latest.year
    return year + 1 if is_next else year


def _not_after(latest: datetime.date, year: int, month: int, day: int) -> datetime.date | None:
    for candidate in (year, year - 1):
        try:
            date = datetime.date(candidate, month, day)
        except ValueError:
            continue
        if date <= latest:
            return date
    return None
