import re
from html import unescape

import pytest

from generator.render.phrases import mark_phrases


def phrases(text: str) -> list[str]:
    return re.findall(r'<span class="phrase">(.*?)</span>', str(mark_phrases(text)))


@pytest.mark.parametrize(
    ("headline", "expected"),
    [
        ("竞速科创　澎湃发展动能", ["竞速科创", "澎湃发展动能"]),
        ("读者节开放日，来看一张报纸", ["读者节开放日，", "来看一张报纸"]),
        ("2026年11月9日 第653期", ["2026年11月9日", "第653期"]),
        ("全县五万学生明天开学", []),
        ("看，一张报纸怎样印出来", []),
        ("一张报纸怎样印出来？看", []),
        ("Wi-Fi 覆盖 3 个小区", []),
        ("", []),
    ],
)
def test_a_headline_breaks_between_phrases_that_are_long_enough(headline: str, expected: list[str]) -> None:
    assert phrases(headline) == expected


@pytest.mark.parametrize(
    "headline", ["甲乙丙丁　戊己庚辛　壬", "<b>甲乙丙丁</b>，戊己&庚辛", "　　，，", "单"]
)
def test_nothing_of_a_headline_is_lost_or_left_unescaped(headline: str) -> None:
    marked = re.sub(r'<span class="phrase">|</span>', "", str(mark_phrases(headline)))
    assert "<" not in marked
    assert unescape(marked) == headline
