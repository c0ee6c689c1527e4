"""What the whole issue shows of its habits: are articles signed, do they open with a dateline?"""

import functools
import operator
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import chain, pairwise

import msgspec
from msgspec.structs import replace

from generator.convert.blocks import Block
from generator.convert.bylines import Byline, own_byline, tail_byline
from generator.convert.cues import HAN, Cues, observe
from generator.language import cut, seam_gain


class Observed(msgspec.Struct, frozen=True):
    """A block with everything known of it before roles are given."""

    block: Block
    cues: Cues
    own: Byline | None
    tail: Byline | None
    is_repeated: bool
    after_furniture: bool
    seam_before: float
    seam_after: float
    kinship: float
    """Of this block and the next ones with the ones before, from 0 (other words) to 1."""
    echo_above: float
    """Which share of a short line's words stands in the four blocks above, and in the text below it."""
    echo_below: float
    parallel: float
    """How much another short line nearby is of the same cut, as subheads are, from 0 to 1."""


class Habits(msgspec.Struct, frozen=True):
    """Shares from 0 to 1: of articles that are signed at their end, and that open with a tag (本报讯 …).

    `broken` is the share of long blocks that break off. `has_wide_gaps`: some articles are set apart by more
    than one empty line. `has_indents`: paragraphs are.
    """

    signed: float = 0.5
    tagged: float = 0.5
    has_wide_gaps: bool = False
    has_indents: bool = False
    broken: float = 0.0


def observe_blocks(blocks: Sequence[Block], repeated: set[int]) -> list[Observed]:
    observed = []
    all_cues = [observe(block) for block in blocks]
    seams = [0.0] + [_seam(left, right) for left, right in pairwise(all_cues)] + [0.0]
    kinships = measure_kinship([cues.folded for cues in all_cues])
    parallels = measure_parallels(all_cues)
    echoes = measure_echoes(all_cues)
    for index, (block, cues) in enumerate(zip(blocks, all_cues, strict=True)):
        observed.append(
            Observed(
                block,
                cues,
                None if block.is_lines or block.is_orphan else own_byline(block.text),
                None if block.is_lines else tail_byline(block.text),
                index in repeated,
                index > 0 and block.page != blocks[index - 1].page,
                seams[index],
                seams[index + 1],
                kinships[index],
                *echoes[index],
                parallels[index],
            )
        )
    return observed


def _seam(left: Cues, right: Cues) -> float:
    if left.is_terminated or not (left.is_chinese and right.is_chinese):
        return 0.0
    return seam_gain(left.folded, right.folded)


def measure_kinship(texts: Sequence[str]) -> list[float]:
    """Return, for each block, how many of its rarer words (and the next two blocks') the four before have."""
    words = [set(cut(text)) for text in texts]
    spread = Counter(chain.from_iterable(words))
    limit = max(3, len(texts) // 8)
    telling = {word for word, count in spread.items() if 1 < count <= limit and len(word) > 1}
    # A set of words is a number here, each word one of its bits: that is quicker to join and to count.
    bit_of = {word: 1 << place for place, word in enumerate(telling)}.__getitem__
    rare = [sum(map(bit_of, found & telling)) for found in words]
    kinships = []
    for index in range(len(texts)):
        before = _together(rare[max(0, index - 4) : index])
        after = _together(rare[index : index + 3])
        known = (before & after).bit_count()
        kinships.append(min(1.0, known / (0.5 * min(before.bit_count(), after.bit_count()) + 1)))
    return kinships


def _together(sets: Iterable[int]) -> int:
    return functools.reduce(operator.or_, sets, 0)


_LONG = 45
_PARALLEL_REACH = 12
_ECHO_REACH = 4
_LETTERS = re.compile(f"[{HAN}]+|[0-9]+")
_MOST_REMEMBERED = 1024


def measure_echoes(all_cues: Sequence[Cues]) -> list[tuple[float, float]]:
    """Return, for each short line, which share of its words stands in the long blocks above and below it."""
    texts = [cues.folded for cues in all_cues]
    echoes = []
    for index, cues in enumerate(all_cues):
        if cues.length > 40 or cues.is_terminated:
            echoes.append((0.0, 0.0))
            continue
        words = {word for word in cut(cues.folded) if len(word) > 1 and (cues.is_chinese or len(word) > 3)}
        below = next((text for text in texts[index + 1 : index + 4] if len(text) > 40), "")
        above = "".join(text for text in texts[max(0, index - _ECHO_REACH) : index] if len(text) > 40)
        count = max(2, len(words))
        echoes.append((sum(w in above for w in words) / count, sum(w in below for w in words) / count))
    return echoes


def measure_parallels(all_cues: Sequence[Cues]) -> list[float]:
    """Return, for each short line, how alike another short line nearby is at most (never the next one)."""
    short = [n for n, cues in enumerate(all_cues) if cues.length <= 20 and not cues.is_terminated]
    found = [0.0] * len(all_cues)
    for place, here in enumerate(short):
        for there in short[place + 1 :]:
            if there - here > _PARALLEL_REACH:
                break
            if there - here > 1:
                alike = _likeness(all_cues[here], all_cues[there])
                found[here], found[there] = max(found[here], alike), max(found[there], alike)
    return found


def _likeness(one: Cues, other: Cues) -> float:
    """Equal length, equal pattern of marks, an equal first character (第, “): a share of each."""
    length = max(0.0, 1.0 - abs(one.length - other.length) / 4)
    marks = _marks_of(one.folded)
    same_marks = marks == _marks_of(other.folded)
    has_marks = same_marks and len(marks) > 1
    return 0.4 * length * same_marks + 0.4 * has_marks + 0.2 * (one.folded[0] == other.folded[0])


@functools.lru_cache(maxsize=_MOST_REMEMBERED)
def _marks_of(folded: str) -> str:
    """Return the pattern of a line's marks: equal for 第一趟：… and 第二趟：…."""
    return _LETTERS.sub("x", folded)


def measure_breaks(observed: Sequence[Observed]) -> float:
    """Return the share of long blocks that break off in mid-sentence; three whole ones are added for calm."""
    texts = [item for item in observed if not item.block.is_lines]
    long_ones = [item for item in texts if item.cues.length > _LONG or item.cues.inner_stops]
    return sum(map(breaks_off, long_ones)) / (len(long_ones) + 3)


def breaks_off(item: Observed) -> bool:
    """Say whether a block ends in mid-sentence, as far as can be seen from itself."""
    settled = item.cues.is_terminated or item.tail is not None or item.own is not None
    return not (settled or item.block.is_lines or item.block.is_orphan or item.cues.folded.endswith("："))


def first_habits(observed: Sequence[Observed]) -> Habits:
    """Habits that can be seen before any role is known."""
    gaps = sum(item.block.blank_before > 1 for item in observed[1:])
    indented = sum(item.block.is_indented for item in observed)
    return Habits(
        has_wide_gaps=0 < gaps <= len(observed) / 4,
        has_indents=indented * 3 >= len(observed),
        broken=measure_breaks(observed),
    )


def later_habits(habits: Habits, counts: "Counts") -> Habits:
    """Habits after a first reading; half an article of each kind keeps small issues undecided."""
    return replace(
        habits,
        signed=(counts.tagged_after_signed + 0.5) / (counts.tagged_after_any + 1),
        tagged=(counts.sure_tagged + 0.5) / (counts.sure + 1),
    )


class Counts(msgspec.Struct, frozen=True):
    """Articles of a first reading. Sure are those that begin the issue, or follow a signed article, or all
    of them where hardly any is signed; the tag itself must not make them sure."""

    sure: int
    sure_tagged: int
    tagged_after_any: int
    tagged_after_signed: int
