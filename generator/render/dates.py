"""Dates as each language of the interface writes them: the date filters of templates."""

import datetime
from collections.abc import Callable, Mapping
from types import MappingProxyType

from generator.render.mistakes import TemplateMistake

DateFilter = Callable[[datetime.date], str]

# Not strftime: its names follow the machine's locale.
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

_CHINESE: Mapping[str, DateFilter] = {
    "date_long": lambda day: f"{day.year}年{day.month}月{day.day}日",
    "date_short": lambda day: f"{day.month}月{day.day}日",
    "month_name": lambda day: f"{day.year}年{day.month}月",
    "weekday": lambda day: f"星期{'一二三四五六日'[day.weekday()]}",
}
_ENGLISH: Mapping[str, DateFilter] = {
    "date_long": lambda day: f"{day.day} {_MONTHS[day.month - 1]} {day.year}",
    "date_short": lambda day: f"{day.day} {_MONTHS[day.month - 1]}",
    "month_name": lambda day: f"{_MONTHS[day.month - 1]} {day.year}",
    "weekday": lambda day: _WEEKDAYS[day.weekday()],
}

DATE_FILTERS: Mapping[str, Mapping[str, DateFilter]] = MappingProxyType(
    {"zh-Hans": _CHINESE, "zh-Hant": _CHINESE, "en": _ENGLISH}
)
"""The filters by language and name."""


def date_filters(language: str) -> dict[str, DateFilter]:
    """Return the filters of a language, each of which names itself when it is given something else."""
    return {name: _only_dates(name, write) for name, write in DATE_FILTERS[language].items()}


def _only_dates(name: str, write: DateFilter) -> DateFilter:
    def write_date(day: datetime.date) -> str:
        if isinstance(day, datetime.date):
            return write(day)
        raise TemplateMistake(
            "template-date",
            f"{name} was given {type(day).__name__}, not a date",
            "ask first whether there is one: {% if content.date %}",
        )

    return write_date
