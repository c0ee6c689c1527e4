import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.convert.summary import summarise


@pytest.mark.parametrize(
    "dateline",
    [
        "本报讯 ",
        "本报讯（记者 段澄）",
        "本报讯 (通讯员 叶舟)",
        "本报北京2月1日电（记者 段澄）",
        "新华社北京2月25日电（记者段澄）",
        "据新华社北京2月25日电 ",
        "央视网消息（新闻联播）：",
        "中新网云岫10月13日电 (段澄)",
        "马尼拉消息：",
        "本報訊（記者 段澄）",
        "新華社台北2月25日電 ",
        "LONDON, Jan. 5 (Xinhua) -- ",
    ],
)
def test_the_dateline_is_left_out(dateline: str) -> None:
    assert summarise("标题", [f"{dateline}桥今天通车。"]) == "桥今天通车。"


def test_a_summary_is_made_of_whole_sentences() -> None:
    paragraphs = ["一二三四五六七八九。", "甲乙丙丁戊己庚辛壬。", "很长" * 100 + "。"]
    assert summarise("", paragraphs, longest=25) == "一二三四五六七八九。甲乙丙丁戊己庚辛壬。"


def test_a_sentence_too_long_is_cut_behind_a_clause() -> None:
    assert (
        summarise("", ["县里的桥通车了，" + "全长三百米的桥身横跨两岸" * 9 + "。"], longest=20)
        == "县里的桥通车了…"
    )


def test_what_is_no_prose_is_left_out() -> None:
    paragraphs = ["图为现场", "（记者 段澄）", "标题。", "桥通车了。（段澄）"]
    assert summarise("标题。", paragraphs) == "桥通车了。"


def test_a_date_at_the_beginning_is_no_dateline() -> None:
    assert summarise("", ["7月20日，电力公司宣布消息：停电。"]) == "7月20日，电力公司宣布消息：停电。"


@pytest.mark.parametrize("text", ["他向新华社记者介绍家里的电器。", "讯问开始了。", "公司宣布消息属实。"])
def test_words_that_only_sound_like_a_dateline_stay(text: str) -> None:
    assert summarise("", [text]) == text


def test_english_sentences_are_joined_with_a_space() -> None:
    text = ["The bridge opened today. Hundreds came to see it.", "Mayor Lane spoke."]
    assert (
        summarise("", text, longest=60)
        == "The bridge opened today. Hundreds came to see it. Mayor Lane spoke."
    )


def test_an_article_without_prose_has_no_summary() -> None:
    assert summarise("标题", []) == ""
    assert summarise("标题", ["名单", "甲 乙 丙"]) == ""


@settings(max_examples=200)
@given(st.lists(st.text(alphabet="中文字ab，。！“”（） …", max_size=60), max_size=4), st.integers(12, 60))
def test_a_summary_is_never_too_long_and_adds_no_words(paragraphs: list[str], longest: int) -> None:
    summary = summarise("题", paragraphs, longest)
    assert len(summary) <= longest * 2
    printed = iter("".join(paragraphs))
    assert all(letter in printed for letter in "".join(summary.removesuffix("…").split()))
