from datetime import date

import pytest

from generator.config.site import LANGUAGES
from generator.render.dates import DATE_FILTERS, date_filters
from generator.render.mistakes import TemplateMistake

DAY = date(2024, 7, 22)


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("zh-Hans", ["2024年7月22日", "7月22日", "2024年7月", "星期一"]),
        ("zh-Hant", ["2024年7月22日", "7月22日", "2024年7月", "星期一"]),
        ("en", ["22 July 2024", "22 July", "July 2024", "Monday"]),
    ],
)
def test_dates_are_written_as_the_language_writes_them(language: str, expected: list[str]) -> None:
    assert [write(DAY) for write in date_filters(language).values()] == expected


def test_sunday_is_the_last_day_of_the_week() -> None:
    assert date_filters("zh-Hans")["weekday"](date(2024, 7, 28)) == "星期日"
    assert date_filters("en")["weekday"](date(2024, 7, 28)) == "Sunday"


def test_every_language_of_the_site_has_every_filter() -> None:
    assert set(DATE_FILTERS) == set(LANGUAGES)
    assert len({tuple(filters) for filters in DATE_FILTERS.values()}) == 1


def test_what_is_no_date_names_the_filter() -> None:
    with pytest.raises(TemplateMistake, match="month_name was given str, not a date"):
        date_filters("en")["month_name"]("2024")  # type: ignore[arg-type]
