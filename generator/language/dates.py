"""Dates as they are written in Chinese and English text, not yet resolved."""

import functools
import re
from collections.abc import Iterator

import msgspec

from generator.language.numbers import parse_chinese_number
from generator.language.scripts import is_latin_letter

_CHINESE = "〇零○一二三四五六七八九十廿卅"
_DIGIT_FIRST = rf"(?=[\d{_CHINESE}])"
"""Tells at once that no date begins here."""
_YEAR = (
    r"[12一二](?:(?<=1)(?<![\d.]1)[89]\d\d|(?<=2)(?<![\d.]2)0\d\d|(?<=[一二])[〇零○一二三四五六七八九]{3})"
)
_SHORT = rf"(?:(?<![\d.])\d{{1,2}}|[{_CHINESE}]{{1,3}})"
_TO = r"\s?(?:[-—–~～至到]|——)\s?"
_SPAN_SIGN = re.compile("[-—–~～至到]")
_DAY_PART = r"(?:凌晨|清晨|早上|早晨|晨|上午|中午|下午|午后|傍晚|晚上|晚间|晚|夜间|深夜|夜)?"
_CHINESE_DATE = re.compile(
    # 2024年7月20日晚, 7月1日至5日, 7月28日至8月2日, 2024年7月
    rf"{_DIGIT_FIRST}(?:(?P<year>{_YEAR})\s?年\s?)?(?P<month>{_SHORT})\s?月(?:\s?(?P<day>{_SHORT})\s?[日号號]"
    rf"(?:{_TO}(?:(?P<end_month>{_SHORT})\s?月\s?)?(?P<end_day>{_SHORT})\s?[日号號])?{_DAY_PART}|份)?"
)
_MONTHS = re.compile(
    # 1-6月, 2024年1月至6月
    rf"{_DIGIT_FIRST}(?:(?P<year>{_YEAR})\s?年\s?)?(?P<month>{_SHORT})\s?月?{_TO}(?P<end_month>{_SHORT})\s?月(?!\s?\d{{1,2}}\s?[日号號])"
)
_YEARS = re.compile(rf"(?P<year>{_YEAR})\s?年?{_TO}(?P<end_year>{_YEAR})\s?年")
_DAY = re.compile(
    # 22日, 10日至12日; not 生日, 节日, 工作日 (no number) nor 3日内, 3日游
    rf"(?P<day>\d(?<![\d.,/月第周{_CHINESE}-]\d)\d?)\s?日(?:{_TO}(?P<end_day>\d{{1,2}})\s?日)?{_DAY_PART}"
    r"(?![内游本报均元圆])"
)
_NUMERIC = re.compile(
    r"(?<![\d.\-/])(?P<year>(?:19|20)\d\d)(?P<mark>[-/.])(?P<month>\d{1,2})(?P=mark)(?P<day>\d{1,2})(?![\d]|[.\-/]\d)"
)
_DAY_FIRST = re.compile(r"(?<![\d.\-/])(?P<day>\d{1,2})/(?P<month>\d{1,2})/(?P<year>(?:19|20)\d\d)(?!\d|/)")
_MONTH_NAMES = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_MONTH = (
    r"(?P<month>January|February|March|April|May|June|July|August|September|October|November|December"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\b\.?)"
)
_ENGLISH_DAY_FIRST = re.compile(
    rf"(?<![\d.])(?P<day>\d{{1,2}})(?:st|nd|rd|th)? (?:of )?{_MONTH}(?:,? (?P<year>(?:19|20)\d\d))?\b"
)
_ENGLISH_MONTH_FIRST = re.compile(
    rf"\b{_MONTH} (?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:,? (?P<year>(?:19|20)\d\d))?(?!\d)"
)
_ENGLISH_MONTH_YEAR = re.compile(rf"\b{_MONTH} (?P<year>(?:19|20)\d\d)(?!\d)")

_SPANS = (("年", (_YEARS,)), ("月", (_MONTHS,)))
"""As `_PATTERNS`, for texts in which a mark or a word for “to” stands."""
_PATTERNS = (
    ("月", (_CHINESE_DATE,)),
    ("-", (_NUMERIC,)),
    ("/", (_NUMERIC, _DAY_FIRST)),
    (".", (_NUMERIC,)),
    (" ", (_ENGLISH_DAY_FIRST, _ENGLISH_MONTH_FIRST, _ENGLISH_MONTH_YEAR)),
    ("日", (_DAY,)),
)
"""What must stand in a text with a date, quickly looked for, and the patterns that need it."""


class WrittenDate(msgspec.Struct, frozen=True):
    """A date in a text: as printed, where it starts, and its parts; 0 stands for a part it does not have.

    The `end_` parts are those of a span (7月1日至5日 has day 1 and end_day 5).
    """

    text: str
    position: int
    year: int = 0
    month: int = 0
    day: int = 0
    end_year: int = 0
    end_month: int = 0
    end_day: int = 0


def find_dates(text: str) -> tuple[WrittenDate, ...]:
    """Return the dates in `text` in order; where two readings overlap the one that begins first counts."""
    found = list(_readings(text))
    found.sort(key=lambda date: (date.position, -len(date.text)))
    chosen: list[WrittenDate] = []
    end = 0
    for date in found:
        if date.position >= end:
            chosen.append(date)
            end = date.position + len(date.text)
    return tuple(chosen)


def _readings(text: str) -> Iterator[WrittenDate]:
    for sign, patterns in (*_SPANS, *_PATTERNS) if _SPAN_SIGN.search(text) else _PATTERNS:
        if sign in text:
            for pattern in patterns:
                yield from _matches(pattern, text)


def _matches(pattern: re.Pattern[str], text: str) -> Iterator[WrittenDate]:
    for match in pattern.finditer(text):
        parts = match.groupdict()
        values = {name: _value(name, parts[name]) for name in parts if parts[name] and name != "mark"}
        if _is_sound(values):
            yield WrittenDate(match.group().rstrip(), match.start(), **values)


def _is_sound(values: dict[str, int]) -> bool:
    return (
        1 <= values.get("month", 1) <= 12
        and 1 <= values.get("end_month", 1) <= 12
        and 1 <= values.get("day", 1) <= 31
        and 1 <= values.get("end_day", 1) <= 31
    )


@functools.lru_cache(maxsize=512)
def _value(name: str, printed: str) -> int:
    if name == "month" and is_latin_letter(printed[0]):
        return next(n for n, month in enumerate(_MONTH_NAMES, 1) if month.startswith(printed[:3].lower()))
    return parse_chinese_number(printed) or 0
