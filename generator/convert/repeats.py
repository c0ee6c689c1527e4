"""Text that stands twice in an issue, and once at the end of a block."""

import functools
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import compress, product

import msgspec

from generator.convert.blocks import INVISIBLE, Block, is_all_visible
from generator.convert.cues import fold
from generator.language import groups_of, single_units_of

_STRIDE = 4
_PACE = 16
"""Characters compared at once."""
_WORK = 20
"""Characters compared, for each of the text, before nonsense that repeats without end is given up."""
_MOST_REMEMBERED = 4096
"""Blocks whose letters are kept: each round of repairs asks for most of them again."""
_MOST_COPIES = 8
"""A seed seen more often is a formula, and not followed: this also bounds the work on nonsense."""


class Stream(msgspec.Struct, frozen=True):
    """All blocks as one text without white space. `block_of` leads from a position to its block; `starts` are
    the positions where blocks begin, with the total length at the end; `offsets` are those of the letters of
    each block in its own text."""

    text: str
    block_of: Sequence[int]
    starts: Sequence[int]
    offsets: Sequence[Sequence[int]]

    def offset_of(self, position: int) -> int:
        """Return where in its block the letter at `position` stands."""
        block = self.block_of[position]
        return self.offsets[block][position - self.starts[block]]


class Repeat(msgspec.Struct, frozen=True):
    """Positions `first` and `second` of the stream begin `length` equal characters."""

    first: int
    second: int
    length: int


def make_stream(blocks: Sequence[Block]) -> Stream:
    visible_parts = [_visible_letters(block.text) for block in blocks]
    starts = [0]
    block_of: list[int] = []
    for index, (letters, _) in enumerate(visible_parts):
        block_of += [index] * len(letters)
        starts.append(len(block_of))
    text = "".join([letters for letters, _ in visible_parts])
    return Stream(text, block_of, starts, [offsets for _, offsets in visible_parts])


@functools.lru_cache(maxsize=_MOST_REMEMBERED)
def _visible_letters(text: str) -> tuple[str, Sequence[int]]:
    """Return the text folded and without invisible characters, and where each character stood."""
    if is_all_visible(text):
        return fold(text), range(len(text))
    runs, folded = list(visible_runs(text)), fold(text)
    letters = "".join([folded[start:end] for start, end in runs])
    return letters, array("I", [place for start, end in runs for place in range(start, end)])


def visible_runs(text: str) -> Iterator[tuple[int, int]]:
    """Return the stretches of a text between invisible characters."""
    last = 0
    for gap in INVISIBLE.finditer(text):
        if gap.start() > last:
            yield last, gap.start()
        last = gap.end()
    if last < len(text):
        yield last, len(text)


def visible(text: str) -> str:
    """Return a text folded and without its invisible characters, to be compared with others."""
    return _visible_letters(text)[0]


def find_repeats(text: str, edges: Iterable[int], shortest: int, slack: int) -> list[Repeat]:
    """Return the maximal repeats of at least `shortest` characters of which a copy ends at an edge, or up to
    `slack` characters behind it; by their places, and without those that overlap themselves.

    What they all have is the text just before an edge, `shortest` less `slack` characters (at least 7).
    """
    size = shortest - slack
    places_by_seed: dict[str, list[int]] = {}
    for place in [edge - size for edge in edges if edge >= size]:
        places_by_seed.setdefault(text[place : place + size], []).append(place)
    budget = _WORK * len(text)
    repeats: dict[tuple[int, int], Repeat] = {}
    for seed, copies in _copies_of(text, places_by_seed).items():
        for place, copy in product(places_by_seed[seed], copies):
            if place != copy and budget > 0:
                repeat = _extend(text, min(place, copy), max(place, copy), size, slack)
                budget -= repeat.length
                if shortest <= repeat.length <= repeat.second - repeat.first:
                    repeats[repeat.second, repeat.first] = repeat
    return [repeats[places] for places in sorted(repeats)]


def _copies_of(text: str, seeds: Mapping[str, Sequence[int]]) -> dict[str, list[int]]:
    """Return where each seed stands in the text, its first places; `seeds` come with one place at least.

    Looked for by groups of `_STRIDE` characters, each read as one number: of those that stand one behind the
    other in the text one is in every seed, wherever it begins.
    """
    units = single_units_of(text)
    groups = [groups_of(units, _STRIDE, shift) for shift in range(_STRIDE)]
    seeds_by_group: dict[int, list[tuple[str, int]]] = {}
    for seed, (first, *_) in seeds.items():
        for place in range(first, first + _STRIDE):
            group = groups[place % _STRIDE][place // _STRIDE]
            seeds_by_group.setdefault(group, []).append((seed, place - first))
    budget = _WORK * len(text)
    copies: dict[str, list[int]] = {seed: [] for seed in seeds}
    standing = groups[0].tolist()
    for number in compress(range(len(standing)), map(seeds_by_group.__contains__, standing)):
        for seed, offset in seeds_by_group[standing[number]] if budget > 0 else ():
            place = number * _STRIDE - offset
            if place >= 0 and text.startswith(seed, place) and len(copies[seed]) < _MOST_COPIES:
                copies[seed].append(place)
            budget -= 1
    return copies


def _extend(text: str, first: int, second: int, size: int, slack: int) -> Repeat:
    """Return the longest repeat around two equal seeds; of one that goes on further than `slack` behind them
    only that it does: it has no length."""
    length = size
    while second + length < len(text) and text[first + length] == text[second + length]:
        length += 1
        if length > size + slack:
            return Repeat(first, second, 0)
    before = 0
    while before + _PACE <= first and text.startswith(
        text[first - before - _PACE : first - before], second - before - _PACE
    ):
        before += _PACE
    while before < first and text[first - before - 1] == text[second - before - 1]:
        before += 1
    return Repeat(first - before, second - before, length + before)
