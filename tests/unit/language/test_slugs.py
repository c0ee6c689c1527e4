import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.language import slug, unique_slug


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("第121次会议", "di-121-ci-hui-yi"),
        ("重庆银行行长", "chong-qing-yin-hang-hang-zhang"),
        ("錫山區會議", "xi-shan-qu-hui-yi"),
        ("GDP增8.1%", "gdp-zeng-8-1"),
        ("Über uns: It's", "uber-uns-its"),
        ("2024-07-22", "2024-07-22"),
        ("！！", "untitled"),
        ("", "untitled"),
        ("../../etc/passwd", "etc-passwd"),
    ],
)
def test_a_slug_spells_the_text(text: str, expected: str) -> None:
    assert slug(text) == expected


def test_a_slug_is_cut_at_a_syllable() -> None:
    assert slug("会议召开", longest=10) == "hui-yi"
    assert slug("会议召开", longest=11) == "hui-yi-zhao"
    assert slug("a" * 100, longest=20) == "a" * 20


@settings(max_examples=200)
@given(st.text(max_size=100), st.integers(min_value=8, max_value=80))
def test_a_slug_has_only_safe_characters_and_is_never_empty(text: str, longest: int) -> None:
    result = slug(text, longest)
    assert re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", result)
    assert len(result) <= longest


def test_a_taken_slug_gets_the_first_free_number() -> None:
    assert unique_slug("a", []) == "a"
    assert unique_slug("a", {"a", "a-2", "a-4"}) == "a-3"
