"""Lines of raw files, and blocks of them that remember where every character stood."""

import re
from collections.abc import Iterable

import msgspec
from msgspec.structs import replace

from generator.model import LineSpan, RawFile

_UNSEEN = r"\s\x00-\x1f\x7f\u200b-\u200f\u2028-\u202e\u2060\ufeff\u00ad"
INVISIBLE = re.compile(f"[{_UNSEEN}][{_UNSEEN}]*")
"""Characters that may be lost: space of any kind, and marks without a shape."""


class RawLine(msgspec.Struct, frozen=True):
    """A line of a raw file, counted from 1; `blank_before` empty lines stand above it.

    `stripped` is its text without what is invisible at the ends (`strip_invisible`).
    """

    file: str
    number: int
    text: str
    stripped: str
    blank_before: int

    @property
    def indent(self) -> int:
        """Width of the white space at the start; an ideographic space counts two."""
        space = self.text[: len(self.text) - len(self.text.lstrip())]
        return sum(2 if character == "\u3000" else 4 if character == "\t" else 1 for character in space)


class Piece(msgspec.Struct, frozen=True):
    """Text that stood on one line of a raw file."""

    text: str
    file: str
    line: int


class Block(msgspec.Struct, frozen=True):
    """A run of text that stands together on the page: a head, a paragraph, or a part of one.

    `blank_before` empty lines stand above it (or above furniture that was taken out there); `page` is the
    page it was printed on. `is_lines` marks verse and tables, whose line breaks stay. `gaps` are offsets in
    `text` where something is missing. `is_orphan` marks text that came back to its article from another.
    """

    pieces: tuple[Piece, ...]
    text: str
    blank_before: int = 1
    is_indented: bool = False
    is_lines: bool = False
    page: str = ""
    gaps: tuple[int, ...] = ()
    is_orphan: bool = False

    @property
    def line(self) -> int:
        return self.pieces[0].line

    @property
    def file(self) -> str:
        return self.pieces[0].file


def is_all_visible(text: str) -> bool:
    """Say at once of most texts that they hold nothing `INVISIBLE` (nor anything else unprintable)."""
    return text.isprintable() and " " not in text


def strip_invisible(text: str) -> str:
    """Return `text` without white space and shapeless marks at its ends; tabs become spaces inside."""
    return text.strip(" \t\u3000\xa0\r\n\f\v\ufeff\u200b\u200e\u200f\u2060\x00\x1a")


def split_lines(file: RawFile) -> list[RawLine]:
    """Return the lines that hold something visible."""
    lines: list[RawLine] = []
    blank = 0
    for number, text in enumerate(file.text.replace("\r\n", "\n").replace("\r", "\n").split("\n"), start=1):
        if text and not INVISIBLE.fullmatch(text):
            lines.append(RawLine(file.path, number, text, strip_invisible(text), blank))
            blank = 0
        else:
            blank += 1
    return lines


def make_block(
    pieces: Iterable[Piece], like: Block | None = None, gaps: tuple[int, ...] | None = None
) -> Block:
    """Return a block of `pieces`; layout, and gaps if none are given, are taken over from `like`."""
    kept = tuple(piece for piece in pieces if piece.text)
    text = "".join([piece.text for piece in kept])
    if like is None:
        return Block(kept, text)
    gaps = like.gaps if gaps is None else gaps
    return Block(
        kept, text, like.blank_before, like.is_indented, like.is_lines, like.page, gaps, like.is_orphan
    )


def cut_block(block: Block, at: int) -> tuple[Block, Block]:
    """Return the block before and from offset `at` (both hold text)."""
    left, right, passed = [], [], 0
    for piece in block.pieces:
        split = min(max(at - passed, 0), len(piece.text))
        left.append(replace(piece, text=piece.text[:split]))
        right.append(replace(piece, text=piece.text[split:]))
        passed += len(piece.text)
    before = replace(make_block(left, block), gaps=tuple(gap for gap in block.gaps if gap < at))
    after = make_block(right, block)
    gaps = tuple(gap - at for gap in block.gaps if gap >= at)
    return before, replace(after, gaps=gaps, blank_before=0, is_indented=False)


def join_blocks(left: Block, right: Block, *, has_gap: bool = False) -> Block:
    """Return both as one, with a space between where letters or digits of an alphabet meet."""
    pieces = list(left.pieces)
    if pieces and needs_space(left.text, right.text):
        pieces[-1] = replace(pieces[-1], text=pieces[-1].text + " ")
    gaps = left.gaps
    if has_gap or right.gaps:
        offset = sum(len(piece.text) for piece in pieces)
        gaps += ((offset,) if has_gap else ()) + tuple(gap + offset for gap in right.gaps)
    return make_block([*pieces, *right.pieces], left, gaps)


def needs_space(left: str, right: str) -> bool:
    """Say whether words of an alphabet meet: then the line break stood for a space."""
    if not left or not right or left[-1].isspace() or right[0].isspace():
        return False
    before, after = left[-1], right[0]
    if before.isdigit() and after.isdigit():
        return False
    narrow = before < "\u2e80" and after < "\u2e80"
    return narrow and not (before in "([{/-—“‘" or after in ")]},.;:!?%/—”’")


def line_spans(blocks: Iterable[Block]) -> tuple[LineSpan, ...]:
    """Return the lines of the blocks as spans, in order, neighbouring ones in one."""
    lines = sorted({(piece.file, piece.line) for block in blocks for piece in block.pieces})
    spans: list[LineSpan] = []
    for file, line in lines:
        if spans and spans[-1].file == file and line <= spans[-1].last + 2:
            spans[-1] = LineSpan(file, spans[-1].first, line)
        else:
            spans.append(LineSpan(file, line, line))
    return tuple(spans)


def shorten(text: str, length: int = 24) -> str:
    """Return `text` cut to about twice `length` characters, with … in the middle."""
    return text if len(text) <= 2 * length else f"{text[:length]}…{text[-length:]}"
