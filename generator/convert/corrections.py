"""The editor's corrections (fixes.Fix) at work on lines, blocks and drafts."""

from collections.abc import Mapping, Sequence

from generator.convert.blocks import Block, RawLine
from generator.convert.bylines import Byline, kind_of
from generator.convert.drafts import Draft
from generator.convert.fixes import Fix, is_file
from generator.convert.furniture import PageMark
from generator.convert.roles import BODY, BYLINE, FOURTH, HEAD, LABEL, MORE, SECOND, SUBHEAD, THIRD, TOP, Role
from generator.model import Doubt

_ROLES: Mapping[str, frozenset[Role]] = {
    "headline": frozenset({HEAD}),
    "kicker": frozenset({HEAD}),
    "subtitle": frozenset({SECOND, THIRD, FOURTH}),
    "column": frozenset({LABEL}),
    "byline": frozenset({BYLINE, TOP}),
    "paragraph": frozenset({BODY}),
    "continuation": frozenset({MORE}),
    "subhead": frozenset({SUBHEAD}),
}

_WHOLE = ("paragraph", "keep")
"""Roles of blocks that the next one does not go on with unless the editor says so."""


def correct_marks(lines: Sequence[RawLine], marks: dict[int, PageMark], fix: Fix) -> dict[int, PageMark]:
    """Return the furniture after the editor's word: what is furniture, and what is none."""
    corrected = dict(marks)
    for index, line in enumerate(lines):
        role = fix.role_at(line.file, line.number)
        if role in ("furniture", "drop"):
            corrected[index] = marks.get(index, PageMark("an editor left it out"))
        elif role:
            corrected.pop(index, None)
    return corrected


def move_blocks(blocks: Sequence[Block], fix: Fix) -> tuple[Block, ...]:
    """Return the blocks in the editor's order."""
    ordered = list(blocks)
    for move in fix.moves:
        moved = [
            block
            for block in ordered
            if is_file(move.file, block.file) and move.first <= block.line <= move.last
        ]
        rest = [block for block in ordered if block not in moved]
        place = next(
            (
                index + 1
                for index, block in enumerate(rest)
                if is_file(move.file, block.file) and block.line <= move.after <= block.pieces[-1].line
            ),
            0 if move.after == 0 else -1,
        )
        if moved and place >= 0:
            ordered = [*rest[:place], *moved, *rest[place:]]
    return tuple(ordered)


def forced_roles(blocks: Sequence[Block], fix: Fix) -> dict[int, frozenset[Role]]:
    """Return the roles the editor allows, by index of the block."""
    forced: dict[int, frozenset[Role]] = {}
    names = [role_of(block, fix) for block in blocks]
    for index, name in enumerate(names):
        if name == "headline" and index and names[index - 1] == "kicker":
            forced[index] = frozenset({SECOND, THIRD})
        elif name in _ROLES:
            forced[index] = _ROLES[name]
        elif index and names[index - 1] in _WHOLE:
            forced[index] = frozenset(Role) - {MORE}
    return forced


def role_of(block: Block, fix: Fix) -> str:
    """Return the role an editor gave to the block, by any of its lines."""
    return next((role for piece in block.pieces if (role := fix.role_at(piece.file, piece.line))), "")


def is_kept(block: Block, fix: Fix) -> bool:
    """Say whether the editor keeps the block from every repair."""
    return bool(fix.blocks) and role_of(block, fix) not in ("", "continuation")


def correct_heads(draft: Draft, fix: Fix) -> None:
    """Name the head lines, and write into the head, what the editor says."""
    named = {
        name: block
        for block in draft.heads
        if (name := role_of(block, fix)) in ("headline", "kicker", "subtitle")
    }
    for name, block in named.items():
        _give_role(draft, name, block.text)
    for entry in fix.articles:
        if not any(
            is_file(entry.file, block.file) and block.line <= entry.line <= block.pieces[-1].line
            for block in draft.blocks
        ):
            continue
        draft.title = draft.title if entry.title is None else entry.title
        draft.kicker = draft.kicker if entry.kicker is None else entry.kicker
        draft.subtitle = draft.subtitle if entry.subtitle is None else entry.subtitle
        draft.page = draft.page if entry.page is None else entry.page
        draft.column = draft.column if entry.column is None else entry.column
        if entry.byline is not None:
            draft.bylines = [Byline(entry.byline, kind_of(entry.byline), 0, 3.0)] if entry.byline else []


def _give_role(draft: Draft, name: str, text: str) -> None:
    """Give a line its role; the line that had the role before takes over the one this line had."""
    roles = {"headline": draft.title, "kicker": draft.kicker, "subtitle": draft.subtitle}
    had = next((role for role, other in roles.items() if other == text), "")
    if had == name:
        return
    if had:
        roles[had] = roles[name]
    roles[name] = text
    draft.title, draft.kicker, draft.subtitle = roles["headline"], roles["kicker"], roles["subtitle"]


def unused_entries(lines: Sequence[RawLine], fix: Fix) -> list[Doubt]:
    """Say which corrections touch no line: the raw file has changed since they were written."""
    present = {(line.file, line.number) for line in lines}

    def touches(file: str, first: int, last: int) -> bool:
        return any(is_file(file, path) and first <= number <= last for path, number in present)

    spans = [(block.file, block.first, block.last) for block in fix.blocks]
    spans += [(move.file, move.first, move.last) for move in fix.moves]
    spans += [(entry.file, entry.line, entry.line) for entry in fix.articles]
    return [
        Doubt(
            "fix-unused", f"the correction of line {first} touches no text: has the raw file changed?", first
        )
        for file, first, last in spans
        if not touches(file, first, last)
    ]
