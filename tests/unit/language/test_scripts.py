import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.language import fold_traditional, is_chinese, script, simplified_by_traditional


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("云岫县召开会议", "zh-Hans"),
        ("雲岫縣召開會議", "zh-Hant"),
        ("著名的乾隆皇帝出巡，说了什么", "zh-Hans"),
        ("山水", "zh-Hans"),
        ("The council met on Monday.", "en"),
        ("Привет", ""),
        ("123 — 456", ""),
        ("", ""),
    ],
)
def test_the_script_of_a_text_is_told(text: str, expected: str) -> None:
    assert script(text) == expected


def test_a_chinese_word_does_not_make_an_english_text_chinese() -> None:
    assert not is_chinese("The word 中文 means the Chinese language")
    assert is_chinese("中文 means Chinese")


@given(st.text())
def test_folding_keeps_the_length_and_does_nothing_the_second_time(text: str) -> None:
    once = fold_traditional(text)
    assert len(once) == len(text)
    assert fold_traditional(once) == once


def test_traditional_and_simplified_text_fold_alike() -> None:
    assert fold_traditional("臺灣後麵裡著") == fold_traditional("台湾后面里着")


def test_every_row_of_the_table_is_one_character_to_one() -> None:
    table = simplified_by_traditional()
    assert len(table) > 4000
    assert all(len(key) == len(value) == 1 for key, value in table.items())
    assert not set(table) & set(table.values())
