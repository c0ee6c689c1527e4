"""Text that stands twice in an issue: maximal repeats over an index of k-grams."""

import functools
import re
from array import array
from collections import Counter
from collections.abc import Collection, Iterator, Sequence

import msgspec

from generator.convert.blocks import INVISIBLE, Block, is_all_visible
from generator.convert.cues import fold
from generator.language import groups_of, units_of

SEED = 12
_STRIDE = 4
_WORK = 20
"""Characters compared, for each of the text, before nonsense that repeats without end is given up."""
_MOST_REMEMBERED = 4096
"""Blocks whose letters are kept: each round of repairs asks for most of them again."""
_BEYOND = re.compile("[\U00010000-\U0010ffff]")
"""Characters that are no single unit of UTF-16."""
_KNOWN_SEEDS = re.compile(rb"\x01" * (SEED // _STRIDE - 1) + rb"\x01+")
"""Groups all of which are known (1), at least as many as a seed has."""
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


def find_repeats(text: str, shortest: int) -> list[Repeat]:
    """Return the maximal repeats of at least `shortest` characters that do not overlap themselves.

    Seeds are kept at every fourth position and looked up at every one, so `shortest` is at least 15.
    """
    reached: dict[int, int] = {}
    repeats = []
    budget = _WORK * len(text)
    for here, places in _equal_seeds(text):
        for place in places:
            if budget > 0 and place < here and reached.get(here - place, -1) < here + SEED:
                repeat = _extend(text, place, here)
                budget -= repeat.length
                reached[here - place] = repeat.second + repeat.length
                if shortest <= repeat.length <= here - place:
                    repeats.append(repeat)
    return repeats


def _equal_seeds(text: str) -> Iterator[tuple[int, Sequence[int]]]:
    """Yield the positions whose seed stands before, with the first places kept for that seed.

    Looked for by groups of `_STRIDE` characters, each read as one number, which is quicker than by seeds:
    where a seed stands again at a kept place, all its groups are groups of kept places.
    """
    units = units_of(_BEYOND.sub("\uffff", text))
    kept_groups, *shifted = [groups_of(units, _STRIDE, shift).tolist() for shift in range(_STRIDE)]
    counts = Counter(kept_groups)
    again = _runs_of({group for group, count in counts.items() if count > 1}, kept_groups, 0)
    for shift, groups in enumerate(shifted, start=1):
        again += _runs_of(counts, groups, shift)
    places: dict[str, list[int]] = {text[here : here + SEED]: [] for here in again}
    for place in range(0, len(text) - SEED + 1, _STRIDE) if places else ():
        kept = places.get(text[place : place + SEED])
        if kept is not None and len(kept) < _MOST_COPIES:
            kept.append(place)
    for here in sorted(again):
        kept = places[text[here : here + SEED]]
        if kept and kept[0] < here:
            yield here, kept


def _runs_of(known: Collection[int], groups: Sequence[int], shift: int) -> list[int]:
    """Return the positions where as many known groups as a seed has begin; `shift` is that of the first."""
    last = SEED // _STRIDE - 1
    runs = _KNOWN_SEEDS.finditer(bytes(map(known.__contains__, groups)))
    return [shift + _STRIDE * group for run in runs for group in range(run.start(), run.end() - last)]


def _extend(text: str, first: int, second: int) -> Repeat:
    """Return the longest repeat around two equal seeds."""
    before = 0
    while before < first and text[first - before - 1] == text[second - before - 1]:
        before += 1
    length = SEED
    while second + length < len(text) and text[first + length] == text[second + length]:
        length += 1
    return Repeat(first - before, second - before, length + before)
