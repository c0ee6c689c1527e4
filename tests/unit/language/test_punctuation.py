import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from generator.language import widen_punctuation

MIXED = st.text(alphabet="中文縣七a B1 9,.;:?!\"'()（）“”…-—%@/\n，。http://w.cn", max_size=60)


@pytest.mark.parametrize(
    ("half", "full"),
    [
        ("会议指出,要抓落实.", "会议指出，要抓落实。"),
        ('他说:"好!"', "他说：“好！”"),
        ("云岫县(含三镇)共5家", "云岫县（含三镇）共5家"),
        ("时间7:30,比分3:1,共162,090元", "时间7:30，比分3:1，共162,090元"),
        ("增长8.1%,列第二;下降0.5%.", "增长8.1%，列第二；下降0.5%."),
        ("等等...", "等等……"),
        ("桥--路", "桥——路"),
        ("会议结束…他走了", "会议结束……他走了"),
        ("网址https://example.org/a,b?c=d;e,请看", "网址https://example.org/a,b?c=d;e，请看"),
        ("写信给news@example.org,谢谢!", "写信给news@example.org，谢谢！"),
        ("他用Python(3.11)写", "他用Python(3.11)写"),
        ("會議指出,「好」(完)", "會議指出，「好」（完）"),
        ("一.加强领导,二.抓落实.", "一.加强领导，二。抓落实。"),
        ("列奥纳.达说,好。", "列奥纳.达说，好。"),
    ],
)
def test_marks_of_chinese_text_become_full_width(half: str, full: str) -> None:
    assert widen_punctuation(half) == full


@pytest.mark.parametrize(
    "text",
    [
        'He said, "Hello (again)..." -- and left; why? 3:1!',
        'The word "中文" means, roughly, "Chinese" (see below).',
        "2023—2025年",
        "35.5万吨/日，1-6月",
        "他说：“好！”（完）",
        '单个"引号',
        "竞速科创 澎湃发展",
        "",
        "\n\n",
    ],
)
def test_english_text_numbers_and_finished_text_stay(text: str) -> None:
    assert widen_punctuation(text) == text


@settings(max_examples=400)
@given(MIXED)
@example("a,,中")
@example('中,"(a)...,b')
@example("中 ,，a . 中")
@example("中...…..")
def test_a_second_run_changes_nothing(text: str) -> None:
    once = widen_punctuation(text)
    assert widen_punctuation(once) == once


FORMS = str.maketrans("，。；：？！（）“”…—", ',.;:?!()"".-')


@settings(max_examples=400)
@given(MIXED)
def test_nothing_but_the_form_of_marks_changes(text: str) -> None:
    def bare(printed: str) -> str:
        return re.sub(r"[.-]+", lambda run: run.group()[0], printed.translate(FORMS))

    assert bare(widen_punctuation(text)) == bare(text)


@settings(max_examples=200)
@given(st.text(alphabet="abc XYZ123,.;:?!\"'()-/@", max_size=80))
def test_latin_text_is_never_touched(text: str) -> None:
    assert widen_punctuation(text) == text
