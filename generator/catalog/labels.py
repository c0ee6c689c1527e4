"""What an issue is called where it is listed."""

from datetime import date

from generator.model import Issue

_ENGLISH_MONTHS = [
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
]


def issue_label(issue: Issue, day: date | None, language: str) -> str:
    """Return the issue's title, or else its date and number in the site's language, or else its id."""
    if issue.title:
        return issue.title
    number = _number_label(issue.number, language) if issue.number else ""
    parts = [part for part in (_date_label(day, language) if day else "", number) if part]
    return (" · " if language == "en" else " ").join(parts) or issue.id


def _date_label(day: date, language: str) -> str:
    if language == "en":
        return f"{day.day} {_ENGLISH_MONTHS[day.month - 1]} {day.year}"
    return f"{day.year}年{day.month}月{day.day}日"


def _number_label(number: str, language: str) -> str:
    if not number.isdigit():
        return number
    return f"No. {number}" if language == "en" else f"第{number}期"
