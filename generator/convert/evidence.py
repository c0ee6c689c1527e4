"""What the whole issue shows of its habits: are articles signed, do they open with a dateline?"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from generator.convert.blocks import Block
from generator.convert.bylines import Byline, own_byline, tail_byline
from generator.convert.cues import Cues, observe
from generator.language import cut, seam_gain


@dataclass(frozen=True, slots=True)
class Observed:
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


@dataclass(frozen=True, slots=True)
class Habits:
    """Shares from 0 to 1: of articles that are signed at their end, and that open with a tag (本报讯 …).

    `has_wide_gaps`: some articles are set apart by more than one empty line. `has_indents`: paragraphs are.
    """

    signed: float = 0.5
    tagged: float = 0.5
    has_wide_gaps: bool = False
    has_indents: bool = False
    articles: int = 0


def observe_blocks(blocks: Sequence[Block], repeated: set[int]) -> list[Observed]:
    observed = []
    all_cues = [observe(block) for block in blocks]
    seams = [0.0] + [_seam(left, right) for left, right in pairwise(all_cues)] + [0.0]
    kinships = measure_kinship([cues.folded for cues in all_cues])
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
            )
        )
    return observed


def _seam(left: Cues, right: Cues) -> float:
    if left.is_terminated or not (left.is_chinese and right.is_chinese):
        return 0.0
    return seam_gain(left.folded, right.folded)


def measure_kinship(texts: Sequence[str]) -> list[float]:
    """Return, for each block, how many of its rarer words (with the next two blocks) stand in the four before."""
    words = [{word for word in cut(text) if len(word) > 1} for text in texts]
    spread = Counter(word for found in words for word in found)
    limit = max(3, len(texts) // 8)
    rare = [{word for word in found if 1 < spread[word] <= limit} for found in words]
    kinships = []
    for index in range(len(texts)):
        before: set[str] = set().union(*rare[max(0, index - 4) : index])
        after: set[str] = set().union(*rare[index : index + 3])
        known = len(before & after)
        kinships.append(min(1.0, known / (0.5 * min(len(before), len(after)) + 1)))
    return kinships


def first_habits(observed: Sequence[Observed]) -> Habits:
    """Habits that can be seen before any role is known."""
    gaps = sum(item.block.blank_before > 1 for item in observed[1:])
    indented = sum(item.block.is_indented for item in observed)
    return Habits(
        has_wide_gaps=0 < gaps <= len(observed) / 4,
        has_indents=indented * 3 >= len(observed),
        tagged=0.5,
        signed=0.5,
    )


def later_habits(habits: Habits, counts: "Counts") -> Habits:
    """Habits after a first reading; half an article of each kind keeps small issues undecided."""
    return replace(
        habits,
        signed=(counts.tagged_after_signed + 0.5) / (counts.tagged_after_any + 1),
        tagged=(counts.sure_tagged + 0.5) / (counts.sure + 1),
    )


@dataclass(frozen=True, slots=True)
class Counts:
    """Articles of a first reading. Sure are those that begin the issue, or follow a signed article, or all
    of them where hardly any is signed; the tag itself must not make them sure."""

    sure: int
    sure_tagged: int
    tagged_after_any: int
    tagged_after_signed: int
