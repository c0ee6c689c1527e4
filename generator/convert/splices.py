"""Runs of another article in the middle of a paragraph: found by their second copy, taken out, rejoined."""

from collections.abc import Callable, Sequence

import msgspec
from msgspec.structs import replace

from generator.convert.blocks import Block, cut_block, join_blocks, line_spans, shorten
from generator.convert.repeats import Stream, make_stream
from generator.convert.splice_evidence import Splice, SpliceFinder
from generator.convert.weights import Weights
from generator.language import seam_gain
from generator.model import Doubt, Removal, Repair

_MOST_ROUNDS = 6
_PRIVATE_GAP = 0.5


class Mended(msgspec.Struct, frozen=True):
    blocks: tuple[Block, ...]
    repairs: tuple[Repair, ...] = ()
    removals: tuple[Removal, ...] = ()
    doubts: tuple[Doubt, ...] = ()


def repair_splices(blocks: Sequence[Block], weights: Weights, is_kept: Callable[[Block], bool]) -> Mended:
    """Take foreign runs out of their hosts, in rounds, until none is left that is safe to take.

    Blocks that an editor keeps (`is_kept`) are left as they are.
    """
    done = Mended(tuple(blocks))
    for _ in range(_MOST_ROUNDS):
        stream = make_stream(done.blocks)
        found = [
            splice
            for splice in SpliceFinder(stream, done.blocks, weights).find()
            if not any(map(is_kept, done.blocks[stream.block_of[splice.start] : splice.resume + 1]))
        ]
        chosen = _choose([splice for splice in found if splice.score > weights["splice.threshold"]])
        if not chosen:
            return replace(done, doubts=tuple(_doubt(splice, stream, done.blocks) for splice in found))
        done = _apply_all(done, stream, chosen)
    return done


def _doubt(splice: Splice, stream: Stream, blocks: Sequence[Block]) -> Doubt:
    """Say that a repeated run may stand in the wrong place, where the evidence is too thin to move it."""
    here, there = blocks[stream.block_of[splice.start]], blocks[stream.block_of[splice.owner_end - 1]]
    run = shorten(stream.text[splice.start : splice.copied], 12)
    message = f"“{run}” stands here and at line {there.line}: is one of them in the wrong place?"
    return Doubt("repeat", message, here.line)


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
        cut = stream.offset_of(splice.start) if stream.block_of[splice.start] == host else len(first.text)
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
