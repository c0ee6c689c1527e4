"""Anything at all may lie in content/raw: it ends with articles or with one clear line."""

import random

import pytest

from generator.convert import read_raw_file
from generator.diagnostics import BulletinError
from tests.support.converting import convert, lost_characters


def _problem(content: bytes) -> str:
    with pytest.raises(BulletinError) as caught:
        read_raw_file("content/raw/a.txt", content)
    return caught.value.diagnostics[0].code


def test_ten_million_characters_in_one_line_are_refused() -> None:
    assert _problem("啊".encode() * 10_000_000) == "raw-too-long"


def test_a_line_of_a_million_characters_is_refused_with_its_number() -> None:
    with pytest.raises(BulletinError) as caught:
        read_raw_file("content/raw/a.txt", b"one\n" + b"x" * 1_000_000)
    problem = caught.value.diagnostics[0]
    assert (problem.code, problem.span and problem.span.line) == ("raw-line-too-long", 2)


@pytest.mark.parametrize("content", [b"", b"\n \n", b"\xef\xbb\xbf"])
def test_an_empty_file_is_said(content: bytes) -> None:
    assert _problem(content) == "raw-empty"


@pytest.mark.parametrize("character", ["啊", "一", "。", "（", "2", "a", "\t|"])
def test_one_character_ten_thousand_times_is_kept(character: str) -> None:
    assert lost_characters(character * 10_000) == {}


@pytest.mark.parametrize("seed", range(4))
def test_random_bytes_that_decode_are_converted_without_loss(seed: int) -> None:
    choose = random.Random(seed)
    text = choose.randbytes(4000).decode(["latin-1", "gb18030", "big5", "utf-16-le"][seed], errors="ignore")
    assert lost_characters(text) == {}


def test_an_issue_of_nothing_but_one_line_is_an_article() -> None:
    issue = convert("甲")
    assert [article.head.title for article in issue.articles] == ["甲"]


def test_the_pages_of_a_folder_are_one_issue() -> None:
    first = "第1版\n\n城南泵站演练防汛\n\n本报讯 7月18日，城南泵站演练防汛，队员们来得很早。（沈知夏）\n"
    second = "第2版\n\n图书馆新馆开放\n\n本报讯 7月19日，图书馆新馆开放，座位很快坐满。（程舟）\n"
    issue = convert(first, second)
    assert [(article.head.title, article.head.page) for article in issue.articles] == [
        ("城南泵站演练防汛", "1"),
        ("图书馆新馆开放", "2"),
    ]
    assert [file.path for file in issue.record.files] == [
        "content/raw/issue/0.txt",
        "content/raw/issue/1.txt",
    ]
