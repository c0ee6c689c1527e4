"""Repairs: what was broken is mended, what only looks broken stays as it was."""

from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.convert.blocks import Piece, make_block
from generator.convert.repeats import make_stream
from generator.convert.splice_evidence import SpliceFinder
from generator.convert.weights import shipped_weights
from generator.model import ConvertedIssue
from tests.support.converting import convert, plain_body

LEAD = "本报讯 7月18日上午，青石县水务局在城南泵站举行防汛演练，三十名队员参加，设备一次启动成功。"
PUMPS = (
    "演练结束后，队员们把水泵擦干放回仓库。站长说，雨季还有一个月，仓库的门不上锁，钥匙挂在墙上谁都拿得到。"
)
NEXT = "下一步，各乡镇还要把自己的泵站检查一遍，查出的问题在月底以前改好，改不好的要说明原因。（沈知夏）"
TEA = "本报讯 清明前后，望槐乡的两千亩茶园开始采摘，茶农每天五点上山。今年天气暖得早，头茶比去年提前了六天。"
TEA_TWO = "合作社买了两台新的杀青机，一小时炒四十斤鲜叶，快五倍。老茶农说，机器炒的香气薄一点，卖得却不便宜。"
TEA_THREE = (
    "乡里还请来大学的老师教大家做红茶，夏天的粗叶也能卖出价钱。学会的人家在门口挂一块木牌，买茶的人看得见。"
)
TEA_END = "到四月底，全乡预计产干茶十二万斤。（陆青禾）"


def _issue(*blocks: str) -> ConvertedIssue:
    return convert("\n\n".join(blocks) + "\n")


def _kinds(issue: ConvertedIssue) -> set[str]:
    return {repair.kind for repair in issue.record.repairs}


@pytest.mark.parametrize("cut", [34, 41, 47])
def test_a_paragraph_broken_at_the_foot_of_a_column_is_rejoined(cut: int) -> None:
    issue = _issue("城南泵站演练防汛", LEAD, PUMPS[:cut], PUMPS[cut:], NEXT)
    assert PUMPS in plain_body(issue.articles[0])
    assert _kinds(issue) == {"column-break"}


@pytest.mark.parametrize("width", [18, 22, 28])
@pytest.mark.parametrize("indent", ["", "　　"])
def test_lines_of_equal_width_are_unwrapped(width: int, indent: str) -> None:
    paragraphs = [LEAD, PUMPS, TEA_TWO, NEXT]
    wrapped = []
    for paragraph in paragraphs:
        text = indent + paragraph
        wrapped.append("\n".join(text[n : n + width] for n in range(0, len(text), width)))
    issue = convert("城南泵站演练防汛\n\n" + ("\n" if indent else "\n\n").join(wrapped) + "\n")
    assert plain_body(issue.articles[0]) == [*paragraphs[:3], NEXT.removesuffix("（沈知夏）")]


def _spliced(*, cut_end: int = 0) -> tuple[ConvertedIssue, str]:
    run = TEA_TWO[20:], TEA_THREE[: cut_end or None]
    host = PUMPS[:26]
    issue = _issue(
        "城南泵站演练防汛",
        LEAD,
        host + run[0],
        run[1],
        PUMPS[26:],
        NEXT,
        "望槐头茶提前采摘",
        TEA,
        TEA_TWO,
        TEA_THREE,
        TEA_END,
    )
    return issue, host


def test_a_run_of_another_article_is_taken_out_of_the_paragraph_it_cuts() -> None:
    issue, _ = _spliced(cut_end=33)
    assert plain_body(issue.articles[0])[1] == PUMPS
    assert [article.head.title for article in issue.articles] == ["城南泵站演练防汛", "望槐头茶提前采摘"]
    assert {TEA_TWO, TEA_THREE} <= set(plain_body(issue.articles[1]))
    removed = next(removal for removal in issue.record.removals if removal.kind == "splice")
    assert removed.text.startswith(TEA_TWO[20:30])


def test_an_orphan_goes_back_to_its_article_and_the_gap_is_said() -> None:
    orphan = "今年还有三户人家试种了白茶，苗是从邻县买"
    issue = _issue(
        "城南泵站演练防汛", LEAD, PUMPS[:26] + TEA_TWO[20:], TEA_THREE, orphan, PUMPS[26:], NEXT,
        "望槐头茶提前采摘", TEA, TEA_TWO, TEA_THREE, TEA_END,
    )  # fmt: skip
    assert plain_body(issue.articles[0])[1] == PUMPS
    assert any(orphan in part for part in plain_body(issue.articles[1]))
    assert "gap" in {doubt.code for doubt in issue.articles[1].head.doubts}


def test_a_formula_said_in_two_articles_stays_in_both() -> None:
    formula = "要坚持以人民为中心的发展思想，把群众的事当作自己的事，件件有着落，事事有回音。"
    issue = _issue(
        "城南泵站演练防汛",
        LEAD,
        "会议强调，" + formula,
        NEXT,
        "望槐头茶提前采摘",
        TEA,
        "乡党委提出，" + formula,
        TEA_END,
    )
    assert [formula in article.body_markdown for article in issue.articles] == [True, True]
    assert not _kinds(issue) & {"splice", "duplicate"}


def test_a_notice_printed_twice_stays_twice() -> None:
    notice = "因管道检修，7月20日22时至次日6时，城南各小区停水，请提前储水。"
    issue = _issue("停水通知", notice, "城南泵站演练防汛", LEAD, NEXT, "停水通知", notice)
    assert sum(notice in article.body_markdown for article in issue.articles) == 2


def test_a_paragraph_printed_twice_in_its_article_is_left_once() -> None:
    issue = _issue("城南泵站演练防汛", LEAD, PUMPS, PUMPS, NEXT)
    assert plain_body(issue.articles[0]).count(PUMPS) == 1
    assert [removal.text for removal in issue.record.removals if removal.kind == "duplicate"] == [PUMPS]


def test_page_furniture_is_left_out_and_sets_the_page() -> None:
    issue = _issue(
        "青石日报　2024年7月20日　星期六　第1版", "城南泵站演练防汛", LEAD, NEXT,
        "责任编辑：沈知夏　校对：程舟\n第2版　民生", "望槐头茶提前采摘", TEA, TEA_END,
    )  # fmt: skip
    assert [article.head.page for article in issue.articles] == ["1", "2"]
    assert [removal.kind for removal in issue.record.removals].count("furniture") == 3
    assert issue.date.date is not None and issue.date.date.isoformat() == "2024-07-20"


def test_a_telephone_number_in_a_notice_is_text() -> None:
    issue = _issue("招领启事", "老渡口拾得雨伞三把，请失主前来认领。", "联系电话：0000-5550171")
    assert "联系电话" in issue.articles[0].body_markdown


def test_a_word_typed_twice_is_said_and_not_changed() -> None:
    issue = _issue("城南泵站演练防汛", LEAD.replace("设备一次", "设设备一次"), NEXT)
    assert "设设备一次" in issue.articles[0].body_markdown
    assert "doubled" in {doubt.code for doubt in issue.record.doubts}


def test_unharmed_text_is_not_repaired() -> None:
    issue = _issue(
        "城南泵站演练防汛", LEAD, PUMPS, NEXT, "望槐头茶提前采摘", TEA, TEA_TWO, TEA_THREE, TEA_END
    )
    assert issue.record.repairs == ()


TEXTS = [LEAD, PUMPS, NEXT, TEA, TEA_TWO, TEA_THREE]
RUNS = st.tuples(st.sampled_from(TEXTS), st.integers(0, 30), st.integers(18, 60)).map(
    lambda run: run[0][run[1] : run[1] + run[2]]
)


@settings(max_examples=150)
@given(st.lists(st.lists(RUNS, min_size=1, max_size=3).map("".join), min_size=2, max_size=6))
def test_what_is_told_by_its_places_alone_would_not_be_repaired_either(inserted: list[str]) -> None:
    texts = [text for pair in zip(TEXTS, inserted, strict=False) for text in pair]
    blocks = [make_block([Piece(text, "a.txt", line)]) for line, text in enumerate(texts, start=1)]
    weights = shipped_weights()
    finder = SpliceFinder(make_stream(blocks), blocks, weights)
    found = finder.find()
    with patch.object(SpliceFinder, "_is_likely", return_value=True):
        weighed = [splice for splice in finder.find() if splice.score > weights["splice.doubted"]]
    assert found == weighed
