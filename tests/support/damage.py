"""The damage real issue files carry, done on purpose to text whose articles are known.

Every function takes blocks and returns them damaged, with one record per act in the words of truth.json
(`op`, `article`, `block`, `at` …). Equal blocks and equal seed give equal damage. Only whole or cut body
paragraphs (role ``p``) are touched, never what an earlier act put in, so the acts can follow each other in
any order as long as `hard_wrap` comes last.
"""

import random
import textwrap
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

Record = dict[str, Any]

HALF_WIDTH = str.maketrans("，；：？！（）", ",;:?!()")
_NOT_AT_LINE_START = "，。、；：？！）》”’…,.;:?!)%"
_LEAST_TO_CUT = 40
_LEAST_TO_SPLICE = 60


@dataclass(frozen=True, slots=True)
class Block:
    """A run of text that stands between blank lines of a raw file.

    `article` counts from 0, `part` is the index of the body block it comes from (-1: headline block,
    byline, page furniture), `start` the place in that block where `text` begins. `role` is ``head``, ``p``,
    ``h``, ``fixed`` (verse, table, list: lines that must stay), ``byline``, ``page``, or ``copy`` for text an
    act of damage put in. `follows`: printed right under the block before it, without a blank line.
    """

    text: str
    article: int = -1
    part: int = -1
    start: int = 0
    role: str = "p"
    follows: bool = False


@dataclass(frozen=True, slots=True)
class Damaged:
    blocks: tuple[Block, ...]
    records: tuple[Record, ...]


def render_blocks(blocks: Sequence[Block]) -> str:
    """Return the raw text: blocks with a blank line between them, and a line break at the end."""
    pieces = [("\n" if block.follows else "\n\n") + block.text for block in blocks]
    return "".join(pieces).lstrip("\n") + "\n"


def column_break(blocks: Sequence[Block], seed: int, breaks: int = 1) -> Damaged:
    """Cut up to `breaks` paragraphs in two in mid-sentence, as the foot of a column does."""
    choose = random.Random(seed)
    result, records = list(blocks), []
    for _ in range(breaks):
        places = [n for n, block in enumerate(result) if _can_be_cut(block)]
        if not places:
            break
        place = choose.choice(places)
        block = result[place]
        cut = choose.choice(_cuts_in_mid_sentence(block.text))
        rest = replace(block, text=block.text[cut:], start=block.start + cut, follows=False)
        result[place : place + 1] = [replace(block, text=block.text[:cut]), rest]
        records.append(
            {"op": "column_break", "article": block.article, "block": block.part, "at": block.start + cut}
        )
    return Damaged(tuple(result), tuple(records))


def splice(
    blocks: Sequence[Block], seed: int, host: int, donor: int, *, orphan: bool = False, lost: int = 0
) -> Damaged:
    """Set a run of article `donor` into the middle of a paragraph of article `host`.

    The run begins inside a paragraph and ends with a block. With `orphan` its last paragraph is cut short
    and taken from its own place, so that it stands only in the host (record key `kept`: how much of it).
    `lost` characters of the host go missing where the run ends. Nothing happens when the articles are too
    short.
    """
    choose = random.Random(seed)
    hosts = [n for n, block in enumerate(blocks) if _can_host(block, host, lost)]
    run = _choose_run(blocks, donor, orphan, choose)
    if not hosts or not run:
        return Damaged(tuple(blocks), ())
    place = choose.choice(hosts)
    block = blocks[place]
    cut = choose.randrange(20, len(block.text) - 20 - lost)
    first = blocks[run[0]]
    entry = choose.randrange(8, len(first.text) // 2)
    foreign = [replace(blocks[n], role="copy", article=host, part=-1, follows=False) for n in run[1:]]
    record: Record = {
        "op": "splice",
        "host": host,
        "donor": donor,
        "host_block": block.part,
        "donor_blocks": [blocks[n].part for n in run],
        "at": block.start + cut,
        "lost": block.text[cut : cut + lost],
        "orphan": orphan,
    }
    if orphan:
        record["kept"] = len(foreign[-1].text) // 2
        foreign[-1] = replace(foreign[-1], text=foreign[-1].text[: record["kept"]])
    seam = replace(block, text=block.text[:cut] + first.text[entry:], role="copy")
    rest = replace(block, text=block.text[cut + lost :], start=block.start + cut, role="copy", follows=False)
    result: list[Block] = []
    for number, other in enumerate(blocks):
        if number == place:
            result += [seam, *foreign, rest]
        elif not (orphan and number == run[-1]):
            result.append(other)
    return Damaged(tuple(result), (record,))


def duplicate(blocks: Sequence[Block], seed: int) -> Damaged:
    """Print one whole paragraph a second time, right after the first."""
    parts = Counter((block.article, block.part) for block in blocks)
    places = [
        n
        for n, block in enumerate(blocks)
        if _is_body(block)
        and len(block.text) >= _LEAST_TO_CUT
        and block.text.endswith("。")
        and parts[block.article, block.part] == 1
    ]
    if not places:
        return Damaged(tuple(blocks), ())
    place = random.Random(seed).choice(places)
    block = replace(blocks[place], follows=False)
    record = {"op": "duplicate", "article": block.article, "block": block.part, "text": block.text[:40]}
    copy = replace(block, role="copy")
    return Damaged((*blocks[: place + 1], copy, *blocks[place + 1 :]), (record,))


def half_width(blocks: Sequence[Block]) -> Damaged:
    """Print commas, semicolons, colons, question and exclamation marks and brackets in half width."""
    narrowed = tuple(replace(block, text=block.text.translate(HALF_WIDTH)) for block in blocks)
    return Damaged(narrowed, ({"op": "half_width"},))


def furniture(blocks: Sequence[Block], seed: int, groups: Sequence[Sequence[str]]) -> Damaged:
    """Set each group of lines between two blocks, keeping the order of the groups.

    Between two blocks may mean between the halves of a paragraph cut by `column_break`, as at the turn of
    a page; a headline block stays together.
    """
    places = [n for n in range(1, len(blocks)) if _is_page_turn(blocks[n - 1], blocks[n])]
    chosen = sorted(random.Random(seed).sample(places, min(len(groups), len(places))))
    group_at = dict(zip(chosen, groups, strict=False))
    result: list[Block] = []
    for number, block in enumerate(blocks):
        lines = group_at.get(number, ())
        result += [Block(line, role="page", follows=n > 0) for n, line in enumerate(lines)]
        result.append(block)
    count = sum(len(group) for group in group_at.values())
    return Damaged(tuple(result), ({"op": "furniture", "lines": count},) if count else ())


def hard_wrap(blocks: Sequence[Block], width: int, *, indent: bool = False, by_word: bool = False) -> Damaged:
    """Break every paragraph into lines of `width` characters (`by_word`: for languages with spaces).

    With `indent` paragraphs stand under each other without blank lines and begin with two wide spaces,
    except the rest of a paragraph cut earlier, which begins flush after its blank line.
    """
    wrap = _wrap_words if by_word else _wrap_characters
    result: list[Block] = []
    for block in blocks:
        if block.role not in ("p", "copy"):
            result.append(block)
            continue
        opens = indent and block.start == 0 and not block.text.startswith("　")
        text = "\n".join(wrap("　　" + block.text if opens else block.text, width))
        under_body = bool(result) and result[-1].role in ("p", "copy")
        result.append(replace(block, text=text, follows=block.follows or (opens and under_body)))
    return Damaged(tuple(result), ({"op": "hard_wrap", "width": width, "indent": indent},))


def _is_body(block: Block) -> bool:
    return block.role == "p" and block.part >= 0


def _can_be_cut(block: Block) -> bool:
    return _is_body(block) and len(block.text) >= _LEAST_TO_CUT and bool(_cuts_in_mid_sentence(block.text))


def _cuts_in_mid_sentence(text: str) -> list[int]:
    """Return the places of a cut that leaves neither half looking like a whole sentence."""
    return [
        cut
        for cut in range(12, len(text) - 12)
        if text[cut - 1] not in "。！？：“‘”’.!?:" and text[cut] not in _NOT_AT_LINE_START
    ]


def _can_host(block: Block, host: int, lost: int) -> bool:
    return _is_body(block) and block.article == host and len(block.text) >= _LEAST_TO_SPLICE + lost


def _choose_run(blocks: Sequence[Block], donor: int, orphan: bool, choose: random.Random) -> list[int]:
    """Return the places of two to four blocks of `donor` that follow each other, or nothing."""
    own = [n for n, block in enumerate(blocks) if block.article == donor and block.part >= 0]
    runs = [
        own[first:last]
        for first in range(len(own))
        for last in range(first + 2, min(first + 4, len(own)) + 1)
        if _can_be_run([blocks[n] for n in own[first:last]], orphan) and not (orphan and last == len(own))
    ]
    return choose.choice(runs) if runs else []


def _can_be_run(run: Sequence[Block], orphan: bool) -> bool:
    opens = run[0].role == "p" and len(run[0].text) >= _LEAST_TO_CUT
    closes = run[-1].role == "p" and (not orphan or len(run[-1].text) >= _LEAST_TO_CUT)
    return opens and closes and all(block.role in ("p", "h") for block in run)


def _is_page_turn(before: Block, after: Block) -> bool:
    inside_head = before.role == "head" or after.role == "byline"
    return not inside_head and not after.follows and "page" not in (before.role, after.role)


def _wrap_words(text: str, width: int) -> list[str]:
    return textwrap.wrap(text, width, break_long_words=False, break_on_hyphens=False)


def _wrap_characters(text: str, width: int) -> list[str]:
    lines, rest = [], text
    while len(rest) > width:
        end = width
        while end < len(rest) and rest[end] in _NOT_AT_LINE_START:
            end += 1
        end = _before_figure(rest, end)
        lines.append(rest[:end])
        rest = rest[end:]
    return [*lines, rest] if rest else lines


def _before_figure(text: str, end: int) -> int:
    """Return `end` moved back so that it does not split a number or a Latin word."""
    start = end
    while 0 < start < len(text) and (text[start - 1] + text[start]).isascii():
        if not (text[start - 1] + text[start]).replace(".", "0").isalnum():
            break
        start -= 1
    return start if start > 1 else end


DAMAGE: tuple[Callable[..., Damaged], ...] = (
    splice,
    duplicate,
    column_break,
    half_width,
    furniture,
    hard_wrap,
)
