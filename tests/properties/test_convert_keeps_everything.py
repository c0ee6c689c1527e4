"""Whatever is done to a text: no visible character is lost, and equal text gives equal articles."""

import unicodedata
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.support import damage
from tests.support.converting import convert, lost_characters
from tests.support.issue_source import SOURCES, parse_source

FURNITURE = (
    ("云岫报　2025年3月10日　星期一　第2版",),
    ("责任编辑：沈知夏　校对：程舟", "电话：0000-5550132"),
    ("- 3 -",),
)
NAMES = sorted(path.name for path in SOURCES.glob("*.txt"))
moderate = settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])
seeds = st.integers(0, 10_000)
acts = st.lists(
    st.sampled_from(
        ["column_break", "splice", "orphan", "duplicate", "half_width", "furniture", "drop", "swap"]
    ),
    max_size=5,
)


def _source(name: str) -> tuple[damage.Block, ...]:
    text = (Path(SOURCES) / name).read_text("utf-8")
    return tuple(parse_source(unicodedata.normalize("NFC", text)).blocks)


def _do(blocks: tuple[damage.Block, ...], act: str, seed: int) -> tuple[damage.Block, ...]:
    place = seed % max(1, len(blocks) - 1)
    match act:
        case "splice" | "orphan":
            return damage.splice(blocks, seed, seed % 3, 3, orphan=act == "orphan", lost=seed % 7).blocks
        case "furniture":
            return damage.furniture(blocks, seed, FURNITURE).blocks
        case "drop":
            return blocks[:place] + blocks[place + 1 :]
        case "swap":
            return (*blocks[:place], *blocks[place : place + 2][::-1], *blocks[place + 2 :])
        case "half_width":
            return damage.half_width(blocks).blocks
        case "duplicate":
            return damage.duplicate(blocks, seed).blocks
    return damage.column_break(blocks, seed, breaks=3).blocks


@moderate
@given(st.sampled_from(NAMES), acts, seeds, st.sampled_from([0, 18, 24, 31]), st.booleans())
def test_every_visible_character_of_a_damaged_issue_is_in_an_article_or_in_the_record(
    name: str, done: list[str], seed: int, width: int, indent: bool
) -> None:
    blocks = _source(name)
    for number, act in enumerate(done):
        blocks = _do(blocks, act, seed + number)
    if width:
        blocks = damage.hard_wrap(blocks, width, indent=indent).blocks
    assert lost_characters(damage.render_blocks(blocks)) == {}


lines = st.one_of(
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=40),
    st.sampled_from(
        [
            "",
            "",
            "本报讯 七月二十日，",
            "（王春）",
            "【简讯】",
            "第2版",
            "——副题",
            "一、",
            "甲乙丙丁。" * 12,
            "- 4 -",
            "　　",
        ]
    ),
)


@moderate
@given(st.lists(lines, max_size=30), st.lists(lines, max_size=6))
def test_any_lines_at_all_are_kept(first: list[str], second: list[str]) -> None:
    assert lost_characters("\n".join(first), "\n\n".join(second)) == {}


@moderate
@given(st.lists(lines, max_size=20))
def test_equal_text_gives_equal_articles_and_an_equal_record(some: list[str]) -> None:
    text = "\n\n".join(some)
    assert convert(text) == convert(text)


@moderate
@given(st.sampled_from(NAMES), seeds)
def test_removals_and_repairs_name_lines_of_the_file(name: str, seed: int) -> None:
    text = damage.render_blocks(_do(_do(_source(name), "splice", seed), "furniture", seed))
    last = text.count("\n") + 1
    record = convert(text).record
    spans = [span for entry in (*record.removals, *record.repairs) for span in entry.lines]
    assert all(1 <= span.first <= span.last <= last for span in spans)
    assert all(removal.lines and removal.text for removal in record.removals)
