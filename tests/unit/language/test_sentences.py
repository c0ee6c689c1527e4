import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.language import split_sentences


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("今天开会。明天放假！真的？", ["今天开会。", "明天放假！", "真的？"]),
        ("他走了……后来呢？！没有了", ["他走了……", "后来呢？！", "没有了"]),
        ("“很好。我来了。”他说。", ["“很好。我来了。”", "他说。"]),
        ("他说“你好。”的时候，门开了。", ["他说“你好。”的时候，门开了。"]),
        ("（记者从会上获悉。）会议结束。", ["（记者从会上获悉。）", "会议结束。"]),
        ("读了《你好。再见》这本书。", ["读了《你好。再见》这本书。"]),
        ("“没有关上。这是第二句。", ["“没有关上。", "这是第二句。"]),
        ("第一段\n第二段", ["第一段", "第二段"]),
        (
            "Mr. Gray came in Jan. 2024. He paid $3.5 million.",
            ["Mr. Gray came in Jan. 2024.", "He paid $3.5 million."],
        ),
        ('"I am here. Really." He left.', ['"I am here. Really."', "He left."]),
        ("We met (see p. 3. there) today. Fine!", ["We met (see p. 3. there) today.", "Fine!"]),
        ("", []),
        ("。", ["。"]),
    ],
)
def test_sentences_end_where_a_reader_would_end_them(text: str, sentences: list[str]) -> None:
    assert split_sentences(text) == sentences


@settings(max_examples=300)
@given(st.text(alphabet='中文a B。！？….“”"（）()《》\n，1', max_size=80))
def test_no_character_but_white_space_is_lost(text: str) -> None:
    assert "".join("".join(split_sentences(text)).split()) == "".join(text.split())
