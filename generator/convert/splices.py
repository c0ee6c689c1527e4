"""Runs of another article in the middle of a paragraph: found by their second copy, taken out, rejoined."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from generator.convert.blocks import Block, cut_block, join_blocks, line_spans, shorten
from generator.convert.cues import CLOSERS, TERMINATORS, Cues, is_terminated, observe
from generator.convert.joins import score_join
from generator.convert.repeats import Repeat, Stream, find_repeats, make_stream
from generator.convert.weights import Weights
from generator.language import seam_gain
from generator.model import Removal, Repair

_ORPHANS = 2
_CONTEXT = 400
_MOST_ROUNDS = 6
_SLACK = 4
_PRIVATE_GAP = 0.5


@dataclass(frozen=True, slots=True)
class Splice:
    """A foreign run: positions `start` to `end` of the stream, of which the part from `copied` on stands
    nowhere else; `owner_end` is where the run's own copy ends; `resume` the block with which the host goes on."""

    start: int
    copied: int
    end: int
    owner_end: int
    resume: int
    score: float
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Mended:
    blocks: tuple[Block, ...]
    repairs: tuple[Repair, ...] = ()
    removals: tuple[Removal, ...] = ()


def repair_splices(blocks: Sequence[Block], weights: Weights) -> Mended:
    """Take foreign runs out of their hosts, in rounds, until none is left that is safe to take."""
    done = Mended(tuple(blocks))
    for _ in range(_MOST_ROUNDS):
        stream = make_stream(done.blocks)
        cues = [observe(block) for block in done.blocks]
        chosen = _choose(_find_splices(stream, cues, done.blocks, weights))
        if not chosen:
            break
        done = _apply_all(done, stream, chosen)
    return done


def _choose(found: Sequence[Splice]) -> list[Splice]:
    """The best splices that touch no common text, nor one the other's own copy."""
    chosen: list[Splice] = []
    for splice in sorted(found, key=lambda item: (-item.score, item.start)):
        if all(not _touch(splice, other) for other in chosen):
            chosen.append(splice)
    return chosen


def _touch(one: Splice, other: Splice) -> bool:
    spans = [(one.start, one.end), (one.owner_end - (one.copied - one.start), one.owner_end)]
    others = [(other.start, other.end), (other.owner_end - (other.copied - other.start), other.owner_end)]
    return any(a < d + 60 and c < b + 60 for a, b in spans for c, d in others)


def _find_splices(
    stream: Stream, cues: Sequence[Cues], blocks: Sequence[Block], weights: Weights
) -> list[Splice]:
    found = []
    for repeat in find_repeats(stream.text, int(weights["splice.shortest"])):
        here = _hypotheses(stream, cues, blocks, repeat.second, repeat.first, repeat, weights)
        there = _hypotheses(stream, cues, blocks, repeat.first, repeat.second, repeat, weights)
        best = max([*here, *there], key=lambda item: item.score, default=None)
        if best is not None and best.score > weights["splice.threshold"]:
            found.append(best)
    return found


def _hypotheses(
    stream: Stream,
    cues: Sequence[Cues],
    blocks: Sequence[Block],
    foreign: int,
    owner: int,
    repeat: Repeat,
    weights: Weights,
) -> list[Splice]:
    """The ways in which the copy at `foreign` may be a splice whose own article has the copy at `owner`."""
    shift = _leading_closers(stream.text, foreign, repeat.length)
    foreign, owner, length = foreign + shift, owner + shift, repeat.length - shift
    host = stream.block_of[min(foreign, len(stream.block_of) - 1)]
    if foreign == stream.starts[host] and (host == 0 or cues[host - 1].is_terminated):
        return []
    if length < weights["splice.shortest"] or is_terminated(_sentence_before(stream, foreign)):
        return []
    found = []
    for end, copied in _ends(stream, foreign, length):
        resume = stream.block_of[end] if end < len(stream.text) else -1
        if resume < 0 or stream.starts[resume] != end:
            continue
        inside = range(stream.block_of[foreign] + 1, resume)
        if cues[resume - 1].is_terminated or any(cues[n].has_lead_tag for n in inside):
            continue
        splice = _weigh(stream, cues, blocks, foreign, owner, copied, end, resume, weights)
        if splice is not None:
            found.append(splice)
    return found


def _leading_closers(text: str, start: int, length: int) -> int:
    """Return how many closing marks the run begins with: they end what stands before it."""
    count = 0
    while count < length and text[start + count] in f"{TERMINATORS}{CLOSERS}，、：":
        count += 1
    return count


def _sentence_before(stream: Stream, position: int) -> str:
    return stream.text[max(0, position - 60) : position]


def _ends(stream: Stream, foreign: int, length: int) -> list[tuple[int, int]]:
    """Candidate ends of the run: (end, where the copied part ends)."""
    last = foreign + length
    ends = []
    block = stream.block_of[min(last, len(stream.text)) - 1]
    for candidate in (block, block - 1):
        if candidate < 0:
            continue
        edge = stream.starts[candidate + 1]
        if foreign + 8 < edge <= last and last - edge <= _SLACK:
            ends.append((edge, edge))
    edge = stream.starts[block + 1]
    if edge == last:
        reach = range(block + 2, min(block + 2 + _ORPHANS, len(stream.starts)))
        ends += [(stream.starts[n], edge) for n in reach]
    return ends


def _weigh(
    stream: Stream,
    cues: Sequence[Cues],
    blocks: Sequence[Block],
    foreign: int,
    owner: int,
    copied: int,
    end: int,
    resume: int,
    weights: Weights,
) -> Splice | None:
    text = stream.text
    host = stream.block_of[foreign - 1]
    left_text = text[stream.starts[host] : foreign]
    left = observe(_text_block(left_text))
    if left.has_lead_tag is False and len(left_text) < 4:
        return None
    join = score_join(left, cues[resume], weights)
    join_score = min(join.score, 2.5)
    if cues[resume].has_lead_tag or blocks[resume].is_lines:
        return None
    owner_end = owner + (copied - foreign)
    owner_left = text[max(0, owner - 8) : owner]
    run = text[foreign : foreign + 8]
    stay = seam_gain(text[max(0, foreign - 8) : foreign], run)
    own = seam_gain(owner_left, run) if owner not in stream.starts else 0.0
    parts = [
        ("the host goes on after it", 0.8 * join_score),
        ("a word stands across the run's start in the other copy", min(2.0, 0.25 * (own - stay))),
    ]
    is_orphan = end > copied
    owner_goes_on = owner_end not in stream.starts
    if not is_orphan:
        parts.append(("the other copy goes on in the same paragraph", 1.5 if owner_goes_on else -0.5))
    else:
        parts.append(("its last part stands nowhere else", -0.3 if not owner_goes_on else -2.0))
        if not is_terminated(text[copied - 1 : copied] if copied else ""):
            parts.append(("the copied part itself breaks off", -1.0))
    parts.append(("the words around it are of another matter", _cohesion(text, foreign, owner, copied, end)))
    parts.append(("length", min(1.0, (copied - foreign) / 120)))
    score = sum(weight for _, weight in parts)
    reasons = tuple(f"{reason} ({weight:+.1f})" for reason, weight in parts if abs(weight) >= 0.05)
    return Splice(foreign, copied, end, owner_end, resume, score, reasons)


def _cohesion(text: str, foreign: int, owner: int, copied: int, end: int) -> float:
    """How much more the run shares with the text around its other copy than with its host (-1 to 2)."""
    run = _pairs(text[foreign:end])
    length = copied - foreign
    host = _pairs(text[max(0, foreign - _CONTEXT) : foreign]) | _pairs(text[end : end + _CONTEXT])
    own = _pairs(text[max(0, owner - _CONTEXT) : owner]) | _pairs(
        text[owner + length : owner + length + _CONTEXT]
    )
    if not run:
        return 0.0
    shared = (len(run & own) - len(run & host)) / len(run)
    return max(-1.0, min(2.0, 6.0 * shared))


def _pairs(text: str) -> set[str]:
    return {
        text[n : n + 2]
        for n in range(len(text) - 1)
        if text[n] >= "\u3400" and "\u3400" <= text[n + 1] < "\uff00"
    }


def _text_block(text: str) -> Block:
    return Block((), text)


def _apply_all(done: Mended, stream: Stream, chosen: Sequence[Splice]) -> Mended:
    blocks: list[Block | None] = list(done.blocks)
    inserts: dict[int, list[Block]] = {}
    repairs, removals = list(done.repairs), list(done.removals)
    for splice in chosen:
        host = stream.block_of[splice.start - 1]
        last = splice.resume - 1
        resume = blocks[splice.resume]
        first = blocks[host]
        if first is None or resume is None:
            continue
        cut = stream.offset_of[splice.start] if stream.block_of[splice.start] == host else len(first.text)
        left, foreign = cut_block(first, cut)
        orphans = [
            block
            for n in range(host + 1, last + 1)
            if (block := blocks[n]) is not None and stream.starts[n] >= splice.copied
        ]
        copies = [
            block
            for n in range(host + 1, last + 1)
            if (block := blocks[n]) is not None and stream.starts[n] < splice.copied
        ]
        if foreign.text:
            copies.insert(0, foreign)
        has_gap = seam_gain(left.text, resume.text) < _PRIVATE_GAP
        blocks[host] = join_blocks(left, resume, has_gap=has_gap)
        for n in range(host + 1, splice.resume + 1):
            blocks[n] = None
        owner = stream.block_of[splice.owner_end - 1]
        inserts.setdefault(owner, []).extend(
            replace(block, gaps=(*block.gaps, len(block.text)), is_orphan=True, blank_before=1)
            for block in orphans
        )
        spans = line_spans(copies)
        removals.append(
            Removal(
                "splice", spans, "\n".join(block.text for block in copies), "stands in its own article too"
            )
        )
        seam = f"{shorten(left.text[-24:])}|{shorten(foreign.text or copies[0].text if copies else '')}"
        mended = f"{left.text[-24:]}|{resume.text[:24]}"
        repairs.append(Repair("splice", line_spans([first, resume]), seam, mended, splice.reasons))
        if orphans:
            text = "".join(block.text for block in orphans)
            repairs.append(
                Repair(
                    "orphan", line_spans(orphans), shorten(text), shorten(text), ("returned to its article",)
                )
            )
    result = []
    for n, block in enumerate(blocks):
        if block is not None:
            result.append(block)
        result += inserts.get(n, [])
    return Mended(tuple(result), tuple(repairs), tuple(removals))
