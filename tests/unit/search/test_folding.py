"""Folding keeps one character for one character."""

import pytest

from generator.search.folding import fold_character, index_text


@pytest.mark.parametrize(
    ("text", "expected"),
    [("ＡＢｃ１２", "abc12"), ("Ⅳ", "Ⅳ"), ("℃", "℃"), ("㎡", "㎡"), ("İ", "İ"), ("Ｃ９１９", "c919")],
)
def test_width_and_case_are_folded_where_one_character_stays_one(text: str, expected: str) -> None:
    assert "".join(map(fold_character, text)) == expected


def test_punctuation_and_spaces_become_gaps_of_the_same_length() -> None:
    text = "云岫，“老街”　A-1。\n"
    assert index_text(text) == "云岫  老街  a 1  "
    assert len(index_text(text)) == len(text)


def test_signs_that_people_look_up_are_kept() -> None:
    assert index_text("3％、C＋＋、25℃、#7") == "3% c++ 25℃ #7"


def test_characters_beyond_the_basic_plane_are_indexed() -> None:
    assert index_text("𠮷野") == "𠮷野"


def test_a_lone_surrogate_is_a_gap() -> None:
    assert index_text("甲\ud800乙") == "甲 乙"
