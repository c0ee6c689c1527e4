"""Which of two copies of a text is the foreign one: hypotheses, weighed in table [splice]."""

import functools
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

import msgspec
from msgspec.structs import replace

from generator.convert.blocks import Block
from generator.convert.cues import CLOSERS, TERMINATORS, is_terminated, observe
from generator.convert.joins import observe_join
from generator.convert.repeats import Repeat, Stream, find_repeats
from generator.convert.weights import Parts, Weights
from generator.language import seam_gain

_ORPHANS = 2
_CONTEXT = 400
_SLACK = 6
_LEAST_LEFT = 4
_PER_LENGTH = 120
_SPEAKER = re.compile(r"^[^，。：；]{2,12}(?:强调|指出|表示|介绍|要求|认为|说)[，：]")
_MOST_OTHER = 2.0
_SURE_LEAD = 99.0
_MOST_REMEMBERED = 1024
"""Stretches whose pairs are kept: each round of repairs asks for much the same ones."""
_OF_RIGHT = ("join.right-", "join.word-", "join.number-")


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

    def find(self) -> list[Splice]:
        """Return, for each repeat, the likeliest splice if it is likely enough to be repaired or doubted."""
        found = []
        for repeat in find_repeats(self.stream.text, int(self.weights["splice.shortest"])):
            best = _best(self._ways(repeat, repeat.second, repeat.first))
            reverse = _best(self._ways(repeat, repeat.first, repeat.second))
            if best is None or (reverse is not None and reverse.score > best.score):
                best, reverse = reverse, best
            if best is None or best.score <= self.weights["splice.doubted"]:
                continue
            lead = best.score - reverse.score if reverse is not None else _SURE_LEAD
            is_clear = lead >= self.weights["splice.least-lead"]
            found.append(
                best if is_clear else replace(best, score=min(best.score, self.weights["splice.threshold"]))
            )
        return found

    def _ways(self, repeat: Repeat, foreign: int, owner: int) -> Iterator[Splice]:
        """The ways in which the copy at `foreign` may be a splice, and the one at `owner` its own place."""
        shift = _leading_closers(self.stream.text, foreign, repeat.length)
        may_begin = self.stream.text[foreign : foreign + 1] not in TERMINATORS + CLOSERS
        for marks in sorted({0, shift} if may_begin else {shift}):  # a comma may belong to either side
            yield from self._ways_from(foreign + marks, owner + marks, repeat.length - marks)

    def _ways_from(self, foreign: int, owner: int, length: int) -> Iterator[Splice]:
        text, starts = self.stream.text, self.stream.starts
        if length < self.weights["splice.shortest"] or foreign >= len(text):
            return
        host = self.stream.block_of[foreign]
        if foreign == starts[host] and (host == 0 or self.cues[host - 1].is_terminated):
            return
        if is_terminated(text[max(0, foreign - 60) : foreign]):
            return
        for end, copied in self._ends(foreign, length):
            resume = self.stream.block_of[end] if end < len(text) else -1
            if resume < 0 or starts[resume] != end:
                continue
            inside = range(host + 1, resume)
            if self._opens_anew(resume) or any(self.cues[n].has_lead_tag for n in inside):
                continue
            yield self._weigh(foreign, owner, copied, end, resume)

    def _opens_anew(self, resume: int) -> bool:
        """Say whether a block begins an article or a paragraph rather than going on with one.

        Behind a run that ends with a sentence, a short line is a head, and a time opens a paragraph.
        """
        cues = self.cues[resume]
        if cues.has_lead_tag or self.blocks[resume].is_lines:
            return True
        is_head = not cues.is_terminated and cues.length <= 32
        after_sentence = self.cues[resume - 1].is_terminated
        opens = cues.has_time_opening or cues.starts_like_sentence or _SPEAKER.match(cues.folded)
        return after_sentence and (is_head or bool(opens))

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

    def _weigh(self, foreign: int, owner: int, copied: int, end: int, resume: int) -> Splice:
        owner_end = owner + copied - foreign
        parts = self._observe(foreign, owner, copied, end, resume)
        most = self.weights.sum([*parts, ("splice.other-matter", _MOST_OTHER)])
        if most > self.weights["splice.doubted"]:
            parts.append(("splice.other-matter", self._other_matter(foreign, owner, copied, end)))
        scored = self.weights.scored(parts)
        reasons = sorted(scored.reasons, key=lambda item: -abs(item[1]))
        told = tuple(f"{reason} ({weight:+.1f})" for reason, weight in reasons[:5] if abs(weight) >= 0.05)
        return Splice(foreign, copied, end, owner_end, resume, scored.score, told)

    def _observe(self, foreign: int, owner: int, copied: int, end: int, resume: int) -> Parts:
        text, starts = self.stream.text, self.stream.starts
        host = self.stream.block_of[foreign - 1]
        left = observe(Block((), text[starts[host] : foreign]))
        right = self.cues[resume]
        last = self.cues[resume - 1]
        joins = observe_join(left, right)
        of_right = [part for part in joins if part[0].startswith(_OF_RIGHT)]
        run = text[foreign : foreign + 8]
        stays = seam_gain(text[max(0, foreign - 8) : foreign], run)
        owner_end = owner + copied - foreign
        begins_paragraph = owner in starts
        owns = 0.0 if begins_paragraph else seam_gain(text[max(0, owner - 8) : owner], run)
        goes_on = owner_end not in starts
        is_orphan = end > copied
        parts: Parts = [
            ("splice.host-goes-on", max(-3.0, min(2.5, self.weights.sum(joins) + self.weights["join.base"]))),
            ("splice.right-continues", max(-2.0, min(2.5, self.weights.sum(of_right)))),
            ("splice.word-at-start-of-copy", max(-8.0, min(8.0, owns - stays))),
            ("splice.length", min(1.0, (copied - foreign) / _PER_LENGTH)),
        ]
        notes = (
            ("run-breaks-off", not last.is_terminated),
            ("run-ends-sentence", last.is_terminated),
            ("copy-goes-on", goes_on and not is_orphan and not last.is_terminated),
            ("copy-goes-on-after-sentence", goes_on and not is_orphan and last.is_terminated),
            ("copy-ends-too", not goes_on and not is_orphan and not last.is_terminated),
            ("copy-begins-paragraph", begins_paragraph),
            ("several-blocks", self.stream.block_of[foreign] < resume - 1),
            ("orphan", is_orphan),
            ("orphan-but-copy-goes-on", is_orphan and goes_on),
            ("orphan-after-break", is_orphan and not is_terminated(text[max(0, copied - 3) : copied])),
            ("orphan-ends-sentence", is_orphan and last.is_terminated),
            ("second-orphan", is_orphan and self.stream.block_of[end - 1] > self.stream.block_of[copied]),
            ("run-begins-with-mark", text[foreign] in f"{TERMINATORS}{CLOSERS}，、："),
            ("left-short", left.length < _LEAST_LEFT and not left.has_lead_tag),
        )
        return parts + [(f"splice.{name}", 1.0) for name, holds in notes if holds]

    def _other_matter(self, foreign: int, owner: int, copied: int, end: int) -> float:
        """How much more the run shares with the text around its copy than with its host, from -1 to 2."""
        text, length = self.stream.text, copied - foreign
        run = _pairs(text[foreign:end])
        if not run:
            return 0.0
        host = _pairs(text[max(0, foreign - _CONTEXT) : foreign]) | _pairs(text[end : end + _CONTEXT])
        after = owner + length
        own = _pairs(text[max(0, owner - _CONTEXT) : owner]) | _pairs(text[after : after + _CONTEXT])
        return max(-1.0, min(_MOST_OTHER, 6.0 * (len(run & own) - len(run & host)) / len(run)))


def _best(ways: Iterable[Splice]) -> Splice | None:
    return max(ways, key=lambda splice: splice.score, default=None)


def _leading_closers(text: str, start: int, length: int) -> int:
    """Return how many closing marks the run begins with: they end what stands before it."""
    count = 0
    while count < length and text[start + count] in f"{TERMINATORS}{CLOSERS}，、：":
        count += 1
    return count


@functools.lru_cache(maxsize=_MOST_REMEMBERED)
def _pairs(text: str) -> frozenset[str]:
    """Return the pairs of Chinese characters in a text."""
    return frozenset(
        one + other for one, other in pairwise(text) if one >= "\u3400" and "\u3400" <= other < "\uff00"
    )
