"""What the whole issue shows of its habits: are articles signed, do they open with a dateline?"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from generator.convert.blocks import Block
from generator.convert.bylines import Byline, own_byline, tail_byline
from generator.convert.cues import Cues, observe


@dataclass(frozen=True, slots=True)
class Observed:
    """A block with everything known of it before roles are given."""

    block: Block
    cues: Cues
    own: Byline | None
    tail: Byline | None
    is_repeated: bool
    after_furniture: bool


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
    for index, block in enumerate(blocks):
        cues = observe(block)
        observed.append(
            Observed(
                block,
                cues,
                None if block.is_lines or block.is_orphan else own_byline(block.text),
                None if block.is_lines else tail_byline(block.text),
                index in repeated,
                index > 0 and block.page != blocks[index - 1].page,
            )
        )
    return observed


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


def later_habits(habits: Habits, articles: int, signed: int, tagged: int) -> Habits:
    """Habits after a first reading; one article more of each kind keeps small issues undecided."""
    if not articles:
        return habits
    return replace(
        habits,
        signed=(signed + 0.5) / (articles + 1),
        tagged=(tagged + 0.5) / (articles + 1),
        articles=articles,
    )
