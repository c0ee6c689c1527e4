"""Text that stands twice in an issue: maximal repeats over an index of k-grams."""

from collections.abc import Sequence
from dataclasses import dataclass

from generator.convert.blocks import INVISIBLE, Block
from generator.convert.cues import fold

SEED = 12
_MOST_COPIES = 8
"""A seed seen more often is a formula, and not followed: this also bounds the work on nonsense."""


@dataclass(frozen=True, slots=True)
class Stream:
    """All blocks as one text without white space. `block_of` and `offset_of` lead back to the blocks;
    `starts` are the positions where blocks begin, with the total length at the end."""

    text: str
    block_of: tuple[int, ...]
    offset_of: tuple[int, ...]
    starts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Repeat:
    """Positions `first` and `second` of the stream begin `length` equal characters."""

    first: int
    second: int
    length: int


def make_stream(blocks: Sequence[Block]) -> Stream:
    letters: list[str] = []
    block_of: list[int] = []
    offset_of: list[int] = []
    starts: list[int] = []
    for index, block in enumerate(blocks):
        starts.append(len(letters))
        for offset, letter in enumerate(fold(block.text)):
            if not INVISIBLE.fullmatch(letter):
                letters.append(letter)
                block_of.append(index)
                offset_of.append(offset)
    starts.append(len(letters))
    return Stream("".join(letters), tuple(block_of), tuple(offset_of), tuple(starts))


def find_repeats(text: str, shortest: int) -> list[Repeat]:
    """Return the maximal repeats of at least `shortest` characters that do not overlap themselves."""
    seen: dict[str, list[int]] = {}
    reached: dict[int, int] = {}
    repeats = []
    for here in range(len(text) - SEED + 1):
        places = seen.setdefault(text[here : here + SEED], [])
        for place in places:
            distance = here - place
            if reached.get(distance, -1) >= here + SEED:
                continue
            length = _extend(text, place, here)
            reached[distance] = here + length
            if length >= shortest and length <= distance:
                repeats.append(Repeat(place, here, length))
        if len(places) < _MOST_COPIES:
            places.append(here)
    return repeats


def _extend(text: str, first: int, second: int) -> int:
    length = SEED
    while second + length < len(text) and text[first + length] == text[second + length]:
        length += 1
    return length
