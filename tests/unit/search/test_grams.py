"""Terms of a document and what is known of them."""

from generator.search.grams import (
    BEGINS_WORD,
    ENDS_WORD,
    IN_TITLE,
    WORD_FLAGS,
    flagged_terms,
    pairs,
    searched_text,
    triples,
)
from tests.support.searching import search_document


def flags_by_term(title: str, words: tuple[str, ...]) -> dict[str, int]:
    found: dict[str, int] = {}
    for flags, terms in flagged_terms(search_document(title=title, words=words)):
        for term in terms:
            found[term] = found.get(term, 0) | flags
    return found


def test_every_field_is_searched_and_fields_do_not_run_into_each_other() -> None:
    document = search_document(title="甲", kicker="乙", subtitle="丙", byline=("丁", "戊"), body="己")
    assert searched_text(document) == "甲 乙 丙 丁 戊 己 "


def test_pairs_end_with_the_last_character_before_a_gap() -> None:
    assert list(pairs("老街 ")) == ["老街", "街 "]


def test_triples_are_those_with_an_ascii_letter_or_figure() -> None:
    assert triples("投入30亿元 ") == ["投入3", "入30", "30亿", "0亿元"]
    assert triples("没有一个 ") == []
    assert triples("c9 19 ") == []


def test_words_flag_their_beginning_their_end_and_themselves() -> None:
    flags = flags_by_term("", ("云岫县", "老街", "的"))
    assert flags["云岫"] == BEGINS_WORD
    assert flags["岫县"] == ENDS_WORD
    assert flags["老街"] == WORD_FLAGS
    assert flags["的"] == WORD_FLAGS


def test_words_with_figures_flag_triples_too() -> None:
    flags = flags_by_term("", ("2024",))
    assert flags["202"] == BEGINS_WORD
    assert flags["024"] == ENDS_WORD


def test_terms_of_the_title_are_flagged() -> None:
    flags = flags_by_term("老街C9型", ())
    assert {term for term, flag in flags.items() if flag & IN_TITLE} >= {"老街", "街c", "c9型", "型 "}
