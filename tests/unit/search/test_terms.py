"""Terms of a document and what is known of them."""

import numpy as np

from generator.search import SearchDocument
from generator.search.terms import (
    BEGINS_WORD,
    ENDS_WORD,
    FIELD_BITS,
    IN_TEXT,
    IN_TITLE,
    LOW_BITS,
    WHOLE_WORD,
    codes_of,
    fields_of,
    index_codes,
    searched_text,
    sight_terms,
    spell,
)
from tests.support.searching import search_document

Row = tuple[str, int, int, bool]


def sighted(*documents: SearchDocument) -> list[Row]:
    """Terms as text, the document of each, flags, whether they stand in the text."""
    seen = sight_terms(documents)
    letters = ["", *map(chr, codes_of(seen.alphabet[1:]).tolist())]
    found = []
    for row in seen.rows.tolist():
        place, low = row >> LOW_BITS, row & (1 << LOW_BITS) - 1
        term, number = place >> seen.document_bits, place & (1 << seen.document_bits) - 1
        width = seen.character_bits
        ranks = (term >> width * at & (1 << width) - 1 for at in (2, 1, 0))
        found.append(("".join(letters[rank] for rank in ranks), number, low >> 1, bool(low & IN_TEXT)))
    return found


def terms_of(body: str, length: int) -> list[str]:
    return [term for term, *_ in sighted(search_document(title="", body=body)) if len(term) == length]


def flags_by_term(words: tuple[str, ...]) -> dict[str, int]:
    found: dict[str, int] = {}
    for term, _, flags, _ in sighted(search_document(title="", words=words)):
        found[term] = found.get(term, 0) | flags
    return found


def test_every_field_is_searched_and_fields_do_not_run_into_each_other() -> None:
    document = search_document(title="甲", kicker="乙", subtitle="丙", byline=("丁", "戊"), body="己")
    assert searched_text(document) == "甲 乙 丙 丁 戊 己 "


def test_pairs_end_with_the_last_character_before_a_gap() -> None:
    assert terms_of("老街，灯", 2) == ["老街", "街 ", "灯 "]


def test_every_character_is_a_term_by_itself() -> None:
    assert terms_of("老街，灯", 1) == ["老", "街", "灯"]


def test_triples_are_those_with_an_ascii_letter_or_figure() -> None:
    assert terms_of("投入30亿元", 3) == ["投入3", "入30", "30亿", "0亿元"]
    assert terms_of("没有一个", 3) == []
    assert terms_of("c9 19", 3) == []


def test_terms_of_several_documents_do_not_run_into_each_other() -> None:
    seen = sighted(search_document(title="甲"), search_document(title="乙"))
    assert [(term, number) for term, number, *_ in seen] == [("甲", 0), ("乙", 1), ("甲 ", 0), ("乙 ", 1)]


def test_words_flag_their_beginning_their_end_and_themselves() -> None:
    flags = flags_by_term(("云岫县", "老街", "的"))
    assert flags["云岫"] == BEGINS_WORD
    assert flags["岫县"] == ENDS_WORD
    assert flags["老街"] == WHOLE_WORD
    assert flags["的"] == WHOLE_WORD


def test_words_with_figures_flag_triples_too() -> None:
    flags = flags_by_term(("2024", "WTO"))
    assert flags["202"] == BEGINS_WORD
    assert flags["024"] == ENDS_WORD
    assert flags["wto"] == WHOLE_WORD


def test_words_are_not_taken_for_text() -> None:
    seen = sighted(search_document(title="", words=("老街",)))
    assert [(term, in_text) for term, _, _, in_text in seen] == [("老街", False)]


def test_terms_of_the_title_are_flagged_and_no_others() -> None:
    seen = sighted(search_document(title="老街C9型", body="灯火"))
    assert {term for term, _, flags, _ in seen if flags & IN_TITLE} == {
        *"老街c9型",
        *("老街", "街c", "c9", "9型", "型 "),
        *("老街c", "街c9", "c9型"),
    }


def test_fields_put_characters_in_the_order_of_utf_16() -> None:
    letters = "a\ud7ff\ue000\uffff\U00010000\U0010ffff"
    codes = index_codes(letters)
    fields = fields_of(codes)
    assert codes_of(fields).tolist() == codes.tolist()
    by_field = sorted(letters, key=lambda letter: int(fields[letters.index(letter)]))
    assert by_field == sorted(letters, key=lambda letter: letter.encode("utf-16-be"))


def test_terms_are_spelled_as_they_were_read() -> None:
    fields = fields_of(index_codes("街𠮷c")).astype("u8")
    pair = int(fields[0]) << 2 * FIELD_BITS | int(fields[1]) << FIELD_BITS
    triple = pair | int(fields[2])
    single = int(fields[1]) << 2 * FIELD_BITS
    assert spell(np.array([pair, triple, single], np.uint64)) == ["街𠮷", "街𠮷c", "𠮷"]
    assert spell(np.array([], np.uint64)) == []
