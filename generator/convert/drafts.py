"""Blocks with roles → articles before their text is set: heads, paragraphs, subheads, bylines."""

from collections.abc import Callable, Sequence
from itertools import starmap

import msgspec
from msgspec.structs import replace

from generator.convert.blocks import Block, cut_block, join_blocks, line_spans, shorten
from generator.convert.bylines import Byline, lead_byline, own_byline, tail_byline
from generator.convert.cues import observe
from generator.convert.decoder import Decided
from generator.convert.headlines import arrange_heads
from generator.convert.repeats import visible
from generator.convert.roles import BRIEF, BYLINE, HEAD, HEADS, LABEL, MORE, SUBHEAD, TOP, Role
from generator.convert.weights import Weights, tell
from generator.model import Doubt, Removal, Repair

_SHORTEST_DUPLICATE = 30
_UNSURE = 0.6


class BodyBlock(msgspec.Struct, frozen=True):
    """A paragraph, or a subhead (`is_subhead`)."""

    block: Block
    is_subhead: bool = False


class Draft(msgspec.Struct):
    """An article in the making. `heads` are in the order of the page, `bylines` in that of their rank."""

    label: Block | None = None
    heads: list[Block] = msgspec.field(default_factory=list)
    body: list[BodyBlock] = msgspec.field(default_factory=list)
    bylines: list[Byline] = msgspec.field(default_factory=list)
    blocks: list[Block] = msgspec.field(default_factory=list)
    decided: list[Decided] = msgspec.field(default_factory=list)
    kicker: str = ""
    title: str = ""
    subtitle: str = ""
    page: str = ""
    column: str = ""
    repairs: list[Repair] = msgspec.field(default_factory=list)
    removals: list[Removal] = msgspec.field(default_factory=list)
    doubts: list[Doubt] = msgspec.field(default_factory=list)


def gather_drafts(blocks: Sequence[Block], decided: Sequence[Decided]) -> list[Draft]:
    """Divide the blocks into articles at the roles that open one."""
    drafts: list[Draft] = []
    for block, choice in zip(blocks, decided, strict=True):
        if not drafts or _opens(choice.role, drafts[-1]):
            drafts.append(Draft(page=block.page))
        draft = drafts[-1]
        draft.blocks.append(block)
        draft.decided.append(choice)
        _take(draft, block, choice)
    return drafts


def _opens(role: Role, draft: Draft) -> bool:
    if role is LABEL:
        return True
    is_bare_label = draft.label is not None and not draft.heads and not draft.body
    return role in (HEAD, BRIEF) and not is_bare_label


def _take(draft: Draft, block: Block, choice: Decided) -> None:
    role = choice.role
    if role is LABEL:
        draft.label = block
        draft.column = block.text.strip("【】（）()[]〖〗［］■□●◆★▌▍ \u3000")
        draft.removals.append(
            Removal("column", line_spans([block]), block.text, f"names the column: {draft.column}")
        )
    elif role in HEADS:
        draft.heads.append(block)
    elif role in (TOP, BYLINE):
        _take_byline(draft, block)
    elif role is SUBHEAD:
        draft.body.append(BodyBlock(block, is_subhead=True))
    elif role is MORE and draft.body:
        _join_last(draft, block, choice)
    else:
        draft.body.append(BodyBlock(block))


def _take_byline(draft: Draft, block: Block) -> None:
    found = own_byline(block.text)
    if found is None:  # an editor says it is one
        found = Byline((block.text.strip(" （）()"),), "author", 0, 3.0)
    draft.bylines.append(found)
    draft.removals.append(Removal("byline", line_spans([block]), block.text, _byline_reason(found)))


def _byline_reason(found: Byline) -> str:
    if found.names:
        return f"stands in the head: {'、'.join(found.names)}"
    return "a note on the author"


def _join_last(draft: Draft, block: Block, choice: Decided) -> None:
    above = draft.body[-1].block
    draft.body[-1] = BodyBlock(join_blocks(above, block))
    reasons = tuple(starmap(tell, choice.reasons))
    before, after = f"{above.text[-16:]}¶{block.text[:16]}", f"{above.text[-16:]}{block.text[:16]}"
    last, first = replace(above, pieces=above.pieces[-1:]), replace(block, pieces=block.pieces[:1])
    draft.repairs.append(Repair("column-break", line_spans([last, first]), before, after, reasons))
    if choice.margin < _UNSURE:
        message = f"joined to the paragraph above by a narrow margin: {after}"
        draft.doubts.append(Doubt("join", message, block.line))


def settle_bylines(draft: Draft) -> None:
    """Add the byline behind the dateline, and take the one at the end of the text out of it."""
    paragraphs = [n for n, item in enumerate(draft.body) if not item.is_subhead]
    if not paragraphs:
        return
    lead = lead_byline(draft.body[paragraphs[0]].block.text)
    if lead is not None:
        draft.bylines.insert(0, lead)
    last = paragraphs[-1]
    block = draft.body[last].block
    found = tail_byline(block.text)
    if found is None or block.is_lines:
        return
    keep, tail = cut_block(block, found.start)
    draft.body[last] = BodyBlock(replace(keep, text=keep.text))
    draft.bylines.append(found)
    draft.removals.append(Removal("byline", line_spans([tail]), tail.text, _byline_reason(found)))


def name_byline(draft: Draft) -> tuple[tuple[str, ...], str]:
    """Return the names and the kind of the byline: authors before sources, each name once."""
    authors = [name for found in draft.bylines if found.kind == "author" for name in found.names]
    sources = [name for found in draft.bylines if found.kind == "source" for name in found.names]
    if authors:
        return tuple(dict.fromkeys(authors)), "author"
    return tuple(dict.fromkeys(sources)), "source" if sources else ""


def name_heads(draft: Draft, weights: Weights) -> None:
    """Give kicker, headline and subtitle their lines."""
    if not draft.heads:
        return
    cues = [observe(block) for block in draft.heads]
    chosen = arrange_heads(cues, weights)
    texts = [block.text for block in draft.heads]
    draft.title = texts[chosen.title]
    draft.kicker = texts[chosen.kicker] if chosen.kicker >= 0 else ""
    rest = [n for n in range(len(texts)) if n not in (chosen.title, chosen.kicker)]
    draft.subtitle = " ".join(texts[n] for n in rest)
    if len(texts) > 1 and chosen.margin < _UNSURE:
        message = f"which line is the headline? taken: {draft.title}"
        draft.doubts.append(Doubt("headline", message, draft.heads[0].line))


def drop_duplicates(draft: Draft, is_kept: Callable[[Block], bool]) -> None:
    """Take out paragraphs that stand in the same article before, word for word, and are not kept."""
    seen: dict[str, Block] = {}
    kept: list[BodyBlock] = []
    for item in draft.body:
        key = visible(item.block.text)
        is_text = not (item.is_subhead or item.block.is_lines or len(key) < _SHORTEST_DUPLICATE)
        if not is_text or key not in seen or is_kept(item.block):
            seen.setdefault(key, item.block)
            kept.append(item)
            continue
        spans = line_spans([item.block])
        reason = f"the same paragraph stands before, at {line_spans([seen[key]])[0]}"
        draft.removals.append(Removal("duplicate", spans, item.block.text, reason))
        draft.repairs.append(Repair("duplicate", spans, shorten(item.block.text), "", (reason,)))
    draft.body = kept
