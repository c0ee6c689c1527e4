"""site.toml is read whole: every mistake is said at once, each with its line."""

import pytest

from generator.config import SITE_KEYS, parse_site_settings
from generator.diagnostics import BulletinError


def problems_of(text: str) -> list[str]:
    with pytest.raises(BulletinError) as failure:
        parse_site_settings(text)
    return [str(diagnostic) for diagnostic in failure.value.diagnostics]


def test_a_title_is_all_a_site_needs() -> None:
    settings = parse_site_settings('title = "云岫报"')
    assert (settings.title, settings.theme, settings.search) == ("云岫报", "default", "builtin")


def test_the_base_path_is_the_folder_of_the_base_url() -> None:
    settings = parse_site_settings('title = "x"\nbase_url = "https://example.org/bulletin/"')
    assert (settings.base_url, settings.base_path) == ("https://example.org/bulletin", "/bulletin")


def test_every_mistake_is_said_with_its_line() -> None:
    text = 'title = "x"\ntitel = "y"\nlanguage = "cn"\npage_size = "30"\nbase_url = "example.org"\n'
    found = problems_of(text)
    assert len(found) == 4
    assert found[0].startswith('site.toml:2: error[site-key]: unknown key "titel"')
    assert 'did you mean "title"?' in found[0]
    assert found[1].startswith("site.toml:3: error[site-value]: language")
    assert found[2].startswith("site.toml:4: error[site-value]: page_size")
    assert found[3].startswith("site.toml:5: error[site-value]: base_url")


def test_a_missing_title_is_said() -> None:
    assert 'error[site-missing]: key "title" is missing' in problems_of("")[0]


def test_broken_toml_names_the_line() -> None:
    assert problems_of('title = "x"\nlanguage = zh')[0].startswith("site.toml:2:")


@pytest.mark.parametrize("value", ['"Mars/Olympus"', '"../etc"', '""'])
def test_an_unknown_time_zone_is_refused(value: str) -> None:
    assert "time zone" in problems_of(f'title = "x"\ntimezone = {value}')[0]


def test_every_key_says_what_it_means_and_shows_an_example() -> None:
    assert all(key.meaning and key.example for key in SITE_KEYS)
