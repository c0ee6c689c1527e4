"""Characters that were probably typed twice (算算法): said, never changed."""

import re
from collections.abc import Sequence

from generator.convert.blocks import Block
from generator.convert.cues import HAN
from generator.language import word_frequency
from generator.model import Doubt

_DOUBLED = re.compile(rf"([{HAN}])\1(?<!\n..)(?!\1)(?=([{HAN}])(?!\2))")
_COMMON_WORD = 100


def find_doublings(blocks: Sequence[Block]) -> list[Doubt]:
    """Return a doubt for each doubled character that belongs to no word but the one it begins."""
    doubts = []
    for block in blocks:
        for found in _DOUBLED.finditer(block.text):
            doubled, after = found.groups()
            before = block.text[max(0, found.start() - 1) : found.start()]
            if _is_slip(before, doubled, after):
                text = f"{before}{doubled}{doubled}{after}"
                doubts.append(Doubt("doubled", f"typed twice? “{text}”", block.line))
    return doubts


def _is_slip(before: str, doubled: str, after: str) -> bool:
    return (
        word_frequency(doubled + after) >= _COMMON_WORD
        and word_frequency(doubled * 2) * _COMMON_WORD < word_frequency(doubled + after)
        and not word_frequency(doubled * 2 + after)
        and not word_frequency(before + doubled)
    )
