import math
import re
import subprocess
import sys
from importlib.metadata import version

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.language import (
    cut,
    dictionary_words,
    first_word_class,
    is_dictionary_word,
    last_word_class,
    likeliest_words,
    prepare_for_many_texts,
    seam_gain,
    use_cache_folder,
    word_frequency,
    words_of_texts,
)
from generator.language.stored_tables import stored_table
from generator.language.unknown_words import UnknownWords
from generator.language.words import dictionary_text, jieba_release


@pytest.fixture
def own_folder(tmp_path, monkeypatch):
    """A folder for tables that is forgotten again after the test."""
    monkeypatch.setattr("generator.language.stored_tables._folder", None)
    return tmp_path


@settings(max_examples=60)
@given(st.text(alphabet="中国人民银行abc 12，。\n\r龘𠮷“”", max_size=1200))
def test_the_words_of_a_text_joined_again_are_the_text(text: str) -> None:
    assert "".join(cut(text)) == text


SOME_WORDS = re.findall(r"(?m)^([\u4e00-\u9fff]+) ", dictionary_text())[::31]
"""Every 31st word of the dictionary, of all lengths."""


@given(st.lists(st.text(alphabet="中国人民大会 \na1𠮷", max_size=12), max_size=5))
def test_texts_cut_together_have_the_words_each_has_by_itself(texts: list[str]) -> None:
    assert words_of_texts(texts) == [dictionary_words(text) for text in texts]


def test_the_words_are_the_same_in_the_form_for_many_texts() -> None:
    texts = ["".join(SOME_WORDS[start::97]) for start in range(97)]
    likeliest_words._lookup.cache_clear()
    try:
        by_search = words_of_texts(texts)
        prepare_for_many_texts()
        assert words_of_texts(texts) == by_search
        assert sum(len(word) > 3 for word in by_search[0]) > 1
    finally:
        likeliest_words._lookup.cache_clear()


@settings(max_examples=100)
@given(st.text(alphabet="中国人民银行大学生活动手机会议论文化龘", max_size=60))
def test_the_words_of_the_dictionary_are_those_jieba_finds_without_its_model(text: str) -> None:
    assert_jieba_finds(dictionary_words(text), text)


@settings(max_examples=300)
@given(st.lists(st.sampled_from(SOME_WORDS), max_size=8).map("".join), st.integers(0, 12))
def test_words_of_any_length_are_those_jieba_finds(text: str, dropped: int) -> None:
    text = text[:dropped] + text[dropped + 1 :]
    assert_jieba_finds(dictionary_words(text), text)


LETTERS = st.sampled_from(sorted({letter for word in SOME_WORDS for letter in word} | {"龘"}))


@settings(max_examples=500)
@given(st.text(alphabet=LETTERS, min_size=1, max_size=24))
def test_words_the_dictionary_lacks_are_those_of_jiebas_model(letters: str) -> None:
    from jieba import finalseg

    assert list(UnknownWords(finalseg).cut(letters)) == list(finalseg.cut(letters))


@settings(max_examples=300)
@given(st.text(alphabet="龘囍的a9.%-_+#Z，\n", max_size=24))
def test_letters_and_digits_between_chinese_are_cut_as_jieba_cuts_them(text: str) -> None:
    import jieba

    assert list(cut(text)) == list(jieba.cut(text))


def test_equally_likely_words_are_as_good_as_those_jieba_finds() -> None:
    text = "啊啊啊啊啊啊一一一"
    assert_jieba_finds(dictionary_words(text), text)


def assert_jieba_finds(words: list[str], text: str) -> None:
    """The words are jieba's, or as likely: then rounding chooses, and jieba adds in another order."""
    import jieba

    jieba.setLogLevel("CRITICAL")
    expected = list(jieba.cut(text, HMM=False))

    def likelihood(found: list[str]) -> float:
        return sum(math.log(jieba.dt.FREQ.get(word) or 1) - math.log(jieba.dt.total) for word in found)

    if words != expected:
        assert "".join(words) == text
        assert likelihood(words) == pytest.approx(likelihood(expected), abs=1e-9)


@given(st.text(max_size=80))
def test_the_words_of_the_dictionary_joined_again_are_the_text(text: str) -> None:
    assert "".join(dictionary_words(text)) == text


def test_words_are_cut_where_a_reader_would_cut_them() -> None:
    assert cut("云岫县图书馆召开会议") == ("云岫县", "图书馆", "召开", "会议")


def test_a_word_the_dictionary_lacks_has_no_frequency() -> None:
    assert word_frequency("情况") > 0
    assert is_dictionary_word("情况")
    assert word_frequency("况情") == 0
    assert not is_dictionary_word("况情")
    assert not is_dictionary_word("")


@pytest.mark.parametrize(("left", "right"), [("了解情", "况以后"), ("安全生", "产检查"), ("标准", "化改造")])
def test_a_word_cut_in_two_is_felt_at_the_seam(left: str, right: str) -> None:
    assert seam_gain(left, right) > 4


@pytest.mark.parametrize(
    ("left", "right"), [("他走", "了"), ("会议结束。", "次日"), ("abc", "def"), ("", "会议"), ("2", "024")]
)
def test_where_no_word_stands_across_the_seam_nothing_is_gained(left: str, right: str) -> None:
    assert seam_gain(left, right) == 0


@settings(max_examples=60)
@given(st.text(max_size=8), st.text(max_size=8))
def test_a_seam_never_loses(left: str, right: str) -> None:
    assert seam_gain(left, right) >= 0


def _run(code: str) -> str:
    result = subprocess.run([sys.executable, "-W", "error", "-c", code], capture_output=True, text=True)
    assert result.returncode == 0, result.stderr
    assert result.stderr == ""
    return result.stdout.strip()


def test_importing_the_package_loads_neither_jieba_nor_pypinyin() -> None:
    code = (
        "import sys, generator.language as language\n"
        "language.widen_punctuation('你好,世界')\nlanguage.split_sentences('你好。')\nlanguage.script('你好')\n"
        "print(sorted({'jieba', 'pypinyin'} & set(sys.modules)))"
    )
    assert _run(code) == "[]"


def test_libraries_load_silently_with_warnings_as_errors_and_write_to_no_shared_folder(tmp_path, monkeypatch):
    shared_folder = tmp_path / "shared"
    shared_folder.mkdir()
    monkeypatch.setenv("TMPDIR", str(shared_folder))
    # Compiled anew, as on the first run after an installation.
    monkeypatch.setenv("PYTHONPYCACHEPREFIX", str(tmp_path / "compiled"))
    assert (
        _run("from generator.language import cut, slug; print(*cut('银行'), slug('银行'))") == "银行 yin-hang"
    )
    assert list(shared_folder.iterdir()) == []


def test_the_tables_are_kept_in_the_folder_of_the_site(tmp_path) -> None:
    folder = tmp_path / "words"
    code = (
        "from generator.language import cut, use_cache_folder\n"
        f"use_cache_folder({str(folder)!r})\nprint(*cut('银行'))"
    )
    assert _run(code) == "银行"
    kept = sorted(path.name for path in folder.iterdir())
    assert [name.split("-")[0] for name in kept] == ["words"]
    assert _run(code) == "银行"


def test_a_table_that_was_damaged_is_made_anew(own_folder) -> None:
    use_cache_folder(own_folder)
    assert stored_table("a", dict[str, int], lambda: {"x": 1}) == {"x": 1}
    assert stored_table("a", dict[str, int], lambda: {"x": 2}) == {"x": 1}
    path = own_folder / "a.table"
    for damage in (b"", path.read_bytes()[:-1], path.read_bytes()[:16] + b"\x00" * 5, b"\xff" * 40):
        path.write_bytes(damage)
        assert stored_table("a", dict[str, int], lambda: {"x": 3}) == {"x": 3}
    assert stored_table("a", list[str], lambda: ["of another type"]) == ["of another type"]


def test_a_folder_that_cannot_be_written_costs_nothing_but_time(own_folder) -> None:
    blocked = own_folder / "file"
    blocked.write_text("no folder")
    use_cache_folder(blocked / "below")
    assert stored_table("a", dict[str, int], lambda: {"x": 1}) == {"x": 1}


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("逐一编号", "adverb", "noun"),
        ("在老渡口", "preposition", "noun"),
        ("“不要走”", "opening-mark", "other"),
        ("2024年", "number", "number"),
        ("", "other", "other"),
    ],
)
def test_the_kinds_of_words_at_the_ends_of_a_text_are_told(text: str, first: str, last: str) -> None:
    assert (first_word_class(text), last_word_class(text)) == (first, last)


def test_tables_are_known_by_the_release_of_jieba() -> None:
    assert jieba_release() == version("jieba")
