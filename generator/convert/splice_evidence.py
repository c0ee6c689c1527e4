"""Which of two copies of a text is the foreign one: hypotheses, weighed in table [splice]."""

import functools
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, pairwise

import msgspec
from msgspec.structs import replace

from generator.convert.blocks import Block
from generator.convert.cues import CLOSERS, TERMINATORS, is_terminated, observe
from generator.convert.joins import observe_join
from generator.convert.repeats import Repeat, Stream, find_repeats
from generator.convert.weights import Parts, Weights, tell

_ORPHANS = 2
_MOST_REASONS = 5
_CONTEXT = 400
_SLACK = 6
_LEAST_LEFT = 4
_PER_LENGTH = 120
_SPEAKER = re.compile(r"^[^，。：；]{2,12}(?:强调|指出|表示|介绍|要求|认为|说)[，：]")
_SURE_LEAD = 99.0
_MOST_REMEMBERED = 1024
"""Stretches whose pairs are kept: each round of repairs asks for much the same ones."""
_ENDS = TERMINATORS + CLOSERS
_MARKS = f"{_ENDS}，、："
"""Marks that end what stands before them."""
_OF_RIGHT = ("join.right-", "join.word-", "join.number-")
_HOST_GOES_ON = "splice.host-goes-on"
_RIGHT_CONTINUES = "splice.right-continues"
_OTHER_MATTER = "splice.other-matter"
_LEFT_SHORT = "splice.left-short"
_RANGES = {
    _HOST_GOES_ON: (-3.0, 2.5),
    _RIGHT_CONTINUES: (-2.0, 2.5),
    _OTHER_MATTER: (-1.0, 2.0),
    _LEFT_SHORT: (0.0, 1.0),
}
"""The least and the most that is observed of the texts around a run."""


class _Way(msgspec.Struct, frozen=True):
    """A way in which a copy may be a splice: its places, as those of `Splice`, and what they tell.

    `foreign` begins the run, `owner` its copy.
    """

    foreign: int
    owner: int
    copied: int
    end: int
    owner_end: int
    resume: int
    parts: Parts


class Splice(msgspec.Struct, frozen=True):
    """A foreign run: positions `start` to `end` of the stream.

    What follows `copied` stands nowhere else; `owner_end` is where the run's own copy ends, `resume` the
    block with which the host goes on.
    """

    start: int
    copied: int
    end: int
    owner_end: int
    resume: int
    score: float
    reasons: tuple[str, ...]


class SpliceFinder:
    """Looks for foreign runs among the repeats of one stream of blocks."""

    def __init__(self, stream: Stream, blocks: Sequence[Block], weights: Weights) -> None:
        self.stream = stream
        self.blocks = blocks
        self.weights = weights
        self.cues = [observe(block) for block in blocks]
        self._begins = frozenset(stream.starts)
        self._shortest = int(weights["splice.shortest"])
        self._tags_before = list(accumulate([cues.has_lead_tag for cues in self.cues], initial=0))
        # A text that stands more than twice is met again with each of its copies.
        self._known_hosts: dict[tuple[int, int], Parts] = {}
        self._known_cuts: dict[int, bool] = {}
        self._known_openings: dict[int, bool] = {}
        self._most_of_texts = sum(
            max(weights[name] * least, weights[name] * most) for name, (least, most) in _RANGES.items()
        )

    def find(self) -> list[Splice]:
        """Return, for each repeat, the likeliest splice if it is likely enough to be repaired or doubted."""
        found = []
        for repeat in find_repeats(self.stream.text, self.stream.starts[1:-1], self._shortest, _SLACK):
            ways = list(self._ways(repeat, repeat.second, repeat.first))
            other_ways = list(self._ways(repeat, repeat.first, repeat.second))
            if not any(map(self._is_likely, (*ways, *other_ways))):
                continue
            sides = [_best(map(self._weigh, side)) for side in (ways, other_ways) if side]
            best, *reverse = sorted(sides, key=lambda splice: -splice.score)
            lead = best.score - reverse[0].score if reverse else _SURE_LEAD
            is_clear = lead >= self.weights["splice.least-lead"]
            found.append(
                best if is_clear else replace(best, score=min(best.score, self.weights["splice.threshold"]))
            )
        return found

    def _ways(self, repeat: Repeat, foreign: int, owner: int) -> Iterator[_Way]:
        """The ways in which the copy at `foreign` may be a splice, and the one at `owner` its own place."""
        shift = _leading_closers(self.stream.text, foreign, repeat.length)
        may_begin = self.stream.text[foreign : foreign + 1] not in _ENDS
        for marks in (0, shift) if shift and may_begin else (shift,):  # a comma may belong to either side
            yield from self._ways_from(foreign + marks, owner + marks, repeat.length - marks)

    def _ways_from(self, foreign: int, owner: int, length: int) -> Iterator[_Way]:
        text = self.stream.text
        if length < self._shortest or foreign >= len(text) or not self._cuts_sentence(foreign):
            return
        block_of, tags_before = self.stream.block_of, self._tags_before
        tags_to_host = tags_before[block_of[foreign] + 1]
        for end, copied in self._ends(foreign, length):
            if end == len(text):
                continue
            resume = block_of[end]
            if tags_before[resume] == tags_to_host and not self._opens_anew(resume):
                yield self._way(foreign, owner, copied, end, resume)

    def _cuts_sentence(self, foreign: int) -> bool:
        """Say whether a run that begins here would stand in the midst of a sentence."""
        known = self._known_cuts.get(foreign)
        if known is None:
            host = self.stream.block_of[foreign]
            begins = foreign == self.stream.starts[host] and (host == 0 or self.cues[host - 1].is_terminated)
            known = not begins and not is_terminated(self.stream.text[max(0, foreign - 60) : foreign])
            self._known_cuts[foreign] = known
        return known

    def _opens_anew(self, resume: int) -> bool:
        """Say whether a block begins an article or a paragraph rather than going on with one.

        Behind a run that ends with a sentence, a short line is a head, and a time opens a paragraph.
        """
        known = self._known_openings.get(resume)
        if known is None:
            cues = self.cues[resume]
            is_head = not cues.is_terminated and cues.length <= 32
            after_sentence = self.cues[resume - 1].is_terminated
            opens = cues.has_time_opening or cues.starts_like_sentence or _SPEAKER.match(cues.folded)
            known = (
                cues.has_lead_tag
                or self.blocks[resume].is_lines
                or (after_sentence and (is_head or bool(opens)))
            )
            self._known_openings[resume] = known
        return known

    def _ends(self, foreign: int, length: int) -> list[tuple[int, int]]:
        """Candidate ends of the run, all of them ends of blocks: (end, where the copied part ends)."""
        starts = self.stream.starts
        last = foreign + length
        block = self.stream.block_of[min(last, len(self.stream.text)) - 1]
        ends = []
        for candidate in (block, block - 1):
            edge = starts[candidate + 1] if candidate >= 0 else 0
            if foreign + 8 < edge <= last and last - edge <= _SLACK:
                ends.append((edge, edge))
                reach = range(candidate + 2, min(candidate + 2 + _ORPHANS, len(starts)))
                ends += [(starts[n], edge) for n in reach]
        return ends

    def _way(self, foreign: int, owner: int, copied: int, end: int, resume: int) -> _Way:
        """Return the way with what its places tell."""
        text, block_of = self.stream.text, self.stream.block_of
        last = self.cues[resume - 1]
        owner_end = owner + copied - foreign
        begins_paragraph = owner in self._begins
        goes_on = owner_end not in self._begins
        is_orphan = end > copied
        notes = (
            ("splice.run-ends-sentence", last.is_terminated),
            ("splice.copy-goes-on", goes_on and not is_orphan and not last.is_terminated),
            ("splice.copy-goes-on-after-sentence", goes_on and not is_orphan and last.is_terminated),
            ("splice.copy-ends-too", not goes_on and not is_orphan and not last.is_terminated),
            ("splice.copy-begins-paragraph", begins_paragraph),
            ("splice.several-blocks", block_of[foreign] < resume - 1),
            ("splice.orphan", is_orphan),
            ("splice.orphan-but-copy-goes-on", is_orphan and goes_on),
            ("splice.orphan-after-break", is_orphan and not is_terminated(text[max(0, copied - 3) : copied])),
            ("splice.orphan-ends-sentence", is_orphan and last.is_terminated),
            ("splice.second-orphan", is_orphan and block_of[end - 1] > block_of[copied]),
            ("splice.run-begins-with-mark", text[foreign] in _MARKS),
        )
        parts: Parts = [("splice.length", min(1.0, (copied - foreign) / _PER_LENGTH))]
        parts += [(name, 1.0) for name, holds in notes if holds]
        return _Way(foreign, owner, copied, end, owner_end, resume, parts)

    def _is_likely(self, way: _Way) -> bool:
        """Say whether the way is to be doubted at least; most are told by their places, which is cheap."""
        doubted = self.weights["splice.doubted"]
        if self.weights.sum(way.parts, self._most_of_texts) <= doubted:
            return False
        return self.weights.sum(self._parts(way)) > doubted

    def _weigh(self, way: _Way) -> Splice:
        parts = self._parts(way)
        reasons = self.weights.heaviest(parts, _MOST_REASONS)
        told = tuple(tell(reason, weight) for reason, weight in reasons if abs(weight) >= 0.05)
        score = self.weights.sum(parts)
        return Splice(way.foreign, way.copied, way.end, way.owner_end, way.resume, score, told)

    def _parts(self, way: _Way) -> Parts:
        """Return all that speaks for and against a way; other matter is left out where it cannot decide."""
        parts = self._observe(way)
        most = self.weights.sum([*parts, (_OTHER_MATTER, _RANGES[_OTHER_MATTER][1])])
        is_open = most > self.weights["splice.doubted"]
        return [*parts, (_OTHER_MATTER, self._other_matter(way))] if is_open else parts

    def _observe(self, way: _Way) -> Parts:
        """Return what the texts around the run tell, and what its places do."""
        return [*self._observe_host(way.foreign, way.resume), *way.parts]

    def _observe_host(self, foreign: int, resume: int) -> Parts:
        """Return what tells whether the host goes on behind the run, whichever its copy is."""
        known = self._known_hosts.get((foreign, resume))
        if known is not None:
            return known
        host = self.stream.block_of[foreign - 1]
        left = observe(Block((), self.stream.text[self.stream.starts[host] : foreign]))
        joins = observe_join(left, self.cues[resume])
        of_right = [part for part in joins if part[0].startswith(_OF_RIGHT)]
        goes_on = self.weights.sum(joins) + self.weights["join.base"]
        parts = [
            (_HOST_GOES_ON, _clipped(_HOST_GOES_ON, goes_on)),
            (_RIGHT_CONTINUES, _clipped(_RIGHT_CONTINUES, self.weights.sum(of_right))),
        ]
        if left.length < _LEAST_LEFT and not left.has_lead_tag:
            parts.append((_LEFT_SHORT, 1.0))
        self._known_hosts[foreign, resume] = parts
        return parts

    def _other_matter(self, way: _Way) -> float:
        """How much more the run shares with the text around its copy than with its host."""
        text, foreign, owner, end, after = self.stream.text, way.foreign, way.owner, way.end, way.owner_end
        run = _pairs(text[foreign:end])
        if not run:
            return 0.0
        of_host = _standing_in(run, text[max(0, foreign - _CONTEXT) : foreign], text[end : end + _CONTEXT])
        of_own = _standing_in(run, text[max(0, owner - _CONTEXT) : owner], text[after : after + _CONTEXT])
        return _clipped(_OTHER_MATTER, 6.0 * (of_own - of_host) / len(run))


def _clipped(name: str, value: float) -> float:
    least, most = _RANGES[name]
    return max(least, min(most, value))


def _best(ways: Iterable[Splice]) -> Splice:
    return max(ways, key=lambda splice: splice.score)


def _leading_closers(text: str, start: int, length: int) -> int:
    """Return how many marks the run begins with that end what stands before it."""
    count = 0
    while count < length and text[start + count] in _MARKS:
        count += 1
    return count


def _standing_in(pairs: Iterable[str], before: str, behind: str) -> int:
    """Return how many of the pairs stand in one of two texts."""
    both = f"{before}\n{behind}"
    return sum([pair in both for pair in pairs])


@functools.lru_cache(maxsize=_MOST_REMEMBERED)
def _pairs(text: str) -> frozenset[str]:
    """Return the pairs of Chinese characters in a text."""
    return frozenset(
        one + other for one, other in pairwise(text) if one >= "\u3400" and "\u3400" <= other < "\uff00"
    )
