"""The conversion of an issue, as a list of steps."""

from collections.abc import Sequence
from itertools import starmap

import msgspec
from msgspec.structs import replace

from generator.convert.articles import ArticleText, prose_of, set_article
from generator.convert.blocks import Block, RawLine, shorten, split_lines
from generator.convert.corrections import (
    correct_heads,
    correct_marks,
    forced_roles,
    is_kept,
    move_blocks,
    unused_entries,
)
from generator.convert.decoder import Decided, decode_roles
from generator.convert.doublings import find_doublings
from generator.convert.drafts import Draft, drop_duplicates, gather_drafts, name_heads, settle_bylines
from generator.convert.evidence import first_habits, observe_blocks
from generator.convert.fixes import Fix
from generator.convert.furniture import PageMark, find_furniture
from generator.convert.metadata import describe_issue
from generator.convert.repeats import visible
from generator.convert.roles import BYLINE, HEADS, TOP
from generator.convert.settings import ConversionSettings
from generator.convert.splices import Mended, repair_splices
from generator.convert.unwrap import PageLayout, make_blocks, measure_layout
from generator.convert.weights import Weights, shipped_weights, tell
from generator.model import (
    ConversionRecord,
    ConvertedIssue,
    Decision,
    Doubt,
    LineSpan,
    RawFile,
    RawFileRecord,
    RawIssue,
    Removal,
    Repair,
)

_HEAD_LENGTH = 200
_LEAST_SHARED = 30
_REPEAT_REACH = 14
_HEAD_REASONS = frozenset({"running head", "name of the paper", "date of the page"})


class Pages(msgspec.Struct, frozen=True):
    """The blocks of all raw files in order, and what was left out or mended on the way."""

    blocks: tuple[Block, ...]
    repairs: tuple[Repair, ...]
    removals: tuple[Removal, ...]
    doubts: tuple[Doubt, ...] = ()


def convert_issue(raw: RawIssue, settings: ConversionSettings) -> ConvertedIssue:
    """Return the articles of a raw issue, and the record of everything done to it and left out."""
    weights = shipped_weights()
    fix = settings.fix or Fix()
    pages = read_pages(raw.files, fix)
    mended = repair_splices(pages.blocks, weights, lambda block: is_kept(block, fix))
    drafts = make_drafts(mended.blocks, weights, fix)
    texts = [set_article(draft, order) for order, draft in enumerate(drafts, start=1)]
    described = describe_issue(
        [text.article for text in texts],
        [prose_of(draft) for draft in drafts],
        head_text(raw.files, pages.removals),
        [raw.id, *(file.path.rpartition("/")[2] for file in raw.files)],
        settings,
    )
    record = make_record(raw, pages, mended, drafts, texts)
    return ConvertedIssue(
        id=raw.id,
        date=described.date,
        number=described.masthead.number,
        total_number=described.masthead.total_number,
        articles=described.articles,
        record=replace(record, decisions=(*record.decisions, *described.decisions)),
    )


def make_drafts(blocks: Sequence[Block], weights: Weights, fix: Fix) -> list[Draft]:
    """Give every block its role, and make the articles of them."""
    observed = observe_blocks(blocks, find_repeated(blocks))
    decided, _ = decode_roles(observed, first_habits(observed), weights, forced_roles(blocks, fix))
    drafts = gather_drafts(blocks, decided)
    for draft in drafts:
        drop_duplicates(draft, lambda block: is_kept(block, fix))
        settle_bylines(draft)
        name_heads(draft, weights)
        correct_heads(draft, fix)
        draft.doubts += find_doublings(draft.blocks)
    return drafts


def head_text(files: Sequence[RawFile], removals: Sequence[Removal]) -> str:
    """Return what may name the paper and its date: the first lines of the issue, and its running heads."""
    lines: list[str] = []
    for file in files[:1]:
        lines += file.text[:_HEAD_LENGTH].splitlines()
    lines += [removal.text for removal in removals if removal.reason in _HEAD_REASONS]
    return "\n".join(dict.fromkeys(line.strip() for line in lines))


def read_pages(files: Sequence[RawFile], fix: Fix) -> Pages:
    """Take the furniture out of every file and rejoin what was broken into lines."""
    blocks: list[Block] = []
    repairs: list[Repair] = []
    removals: list[Removal] = []
    all_lines: list[RawLine] = []
    for file in files:
        lines = split_lines(file)
        all_lines += lines
        marks = correct_marks(lines, find_furniture(lines), fix)
        breaks = {line.number for line in lines if fix.begins_at(line.file, line.number)}
        layout = measure_layout([line for index, line in enumerate(lines) if index not in marks])
        made = make_blocks(lines, marks, layout, breaks)
        blocks += made
        removals += [_furniture_removal(lines[index], mark) for index, mark in sorted(marks.items())]
        if layout.width and made:
            repairs.append(_unwrap_repair(file, lines, made, layout))
    return Pages(
        move_blocks(blocks, fix), tuple(repairs), tuple(removals), tuple(unused_entries(all_lines, fix))
    )


def _furniture_removal(line: RawLine, mark: PageMark) -> Removal:
    span = LineSpan(line.file, line.number, line.number)
    return Removal("furniture", (span,), line.stripped, mark.reason)


def _unwrap_repair(
    file: RawFile, lines: Sequence[RawLine], made: Sequence[Block], layout: PageLayout
) -> Repair:
    span = LineSpan(file.path, lines[0].number, lines[-1].number)
    reason = f"lines of equal width, about {layout.width:.0f} characters"
    return Repair("hard-wrap", (span,), f"{len(lines)} lines", f"{len(made)} blocks", (reason,))


def find_repeated(blocks: Sequence[Block]) -> set[int]:
    """Return the blocks whose text stands in one of the blocks shortly before, too."""
    texts = [visible(block.text) for block in blocks]
    repeated = set()
    for index, text in enumerate(texts):
        if len(text) >= _LEAST_SHARED:
            before = [
                other for other in texts[max(0, index - _REPEAT_REACH) : index] if len(other) >= _LEAST_SHARED
            ]
            if text.startswith(tuple(before)) or text in "\n".join(before):
                repeated.add(index)
    return repeated


def make_record(
    raw: RawIssue, pages: Pages, mended: Mended, drafts: Sequence[Draft], texts: Sequence[ArticleText]
) -> ConversionRecord:
    repairs = [*pages.repairs, *mended.repairs]
    removals = [*pages.removals, *mended.removals]
    doubts: list[Doubt] = [*pages.doubts, *mended.doubts]
    decisions: list[Decision] = []
    for order, (draft, text) in enumerate(zip(drafts, texts, strict=True), start=1):
        repairs += [replace(repair, article=order) for repair in (*draft.repairs, *text.repairs)]
        removals += draft.removals
        doubts += text.article.head.doubts
        decisions += _decisions(draft, order)
    return ConversionRecord(
        files=tuple(RawFileRecord(file.path, file.encoding, file.digest) for file in raw.files),
        repairs=tuple(repairs),
        removals=tuple(sorted(removals, key=lambda removal: (removal.lines[:1], removal.kind))),
        doubts=tuple(doubts),
        decisions=tuple(decisions),
    )


def _decisions(draft: Draft, order: int) -> list[Decision]:
    return [
        Decision(
            LineSpan(block.file, block.line, block.pieces[-1].line),
            _role_name(draft, block, choice),
            order,
            shorten(block.text, 14),
            tuple(starmap(tell, choice.reasons)),
            choice.margin,
        )
        for block, choice in zip(draft.blocks, draft.decided, strict=True)
    ]


def _role_name(draft: Draft, block: Block, choice: Decided) -> str:
    if choice.role in HEADS:
        if block.text == draft.kicker:
            return "kicker"
        return "subtitle" if block.text in draft.subtitle else "headline"
    if choice.role in (TOP, BYLINE):
        return "byline"
    return str(choice.role)
