"""Lines → blocks: what was one paragraph before a program broke it into lines of equal width."""

import re
from collections.abc import Collection, Mapping, Sequence
from itertools import pairwise

import msgspec
from msgspec.structs import replace

from generator.convert.blocks import Block, Piece, RawLine, join_blocks, make_block
from generator.convert.cues import HAN, fold, is_terminated
from generator.convert.furniture import PageMark

_NARROW = re.compile(f"[^{HAN}\u3000-\u303f\uff00-\uffef“”‘’…—]")
_LEAST_LINES = 5
_LEAST_SHARE = 0.6
_WIDEST_CHINESE = 64
_WIDEST_LATIN = 120
_PARAGRAPH_INDENT = range(2, 9)
_COLUMNS = re.compile(r"\t|\S(?: {3,}|\u3000{2,})\S|[|｜].*[|｜]")
_LONGEST_VERSE = 22
_SHORT_STANZA = 3


class PageLayout(msgspec.Struct, frozen=True):
    """How the lines of a raw file lie. `width` is the line width of a hard-wrapped file, 0 of another.

    `is_display` says that the width was counted with letters and digits as half a character.
    """

    width: float = 0.0
    is_display: bool = False
    has_indents: bool = False


def measure_layout(lines: Sequence[RawLine]) -> PageLayout:
    """Decide whether the file was hard-wrapped, from the spread of the lines that others follow directly."""
    inner = [
        line.stripped
        for line, below in pairwise(lines)
        if below.blank_before == 0 and below.indent not in _PARAGRAPH_INDENT
    ]
    long_lines = [line for line in lines if len(line.stripped) > 12]
    indented = sum(line.indent in _PARAGRAPH_INDENT for line in long_lines)
    has_indents = indented >= 2 and indented * 12 >= len(long_lines)
    if len(inner) >= _LEAST_LINES and _mostly_unterminated(inner):
        share, width, is_display = max((*_fit_width(inner, display), display) for display in (False, True))
        if share >= _LEAST_SHARE:
            return PageLayout(width, is_display, has_indents)
    return PageLayout(has_indents=has_indents)


def _fit_width(inner: Sequence[str], display: bool) -> tuple[float, float]:
    """Return the share of lines within a tenth of the common width, and that width."""
    widths = sorted(text_width(text, display) for text in inner)
    if not widths:
        return 0.0, 0.0
    width = widths[int(0.85 * (len(widths) - 1))]
    latin = sum(1 for text in inner if not re.search(f"[{HAN}]", text)) * 2 > len(inner)
    if width > (_WIDEST_LATIN / (2 if display else 1) if latin else _WIDEST_CHINESE) or width < 8:
        return 0.0, width
    return sum(0.86 * width <= other <= 1.08 * width for other in widths) / len(widths), width


def _mostly_unterminated(inner: Sequence[str]) -> bool:
    return sum(is_terminated(fold(text)) for text in inner) * 2 <= len(inner)


def text_width(text: str, display: bool) -> float:
    """Return the width in Chinese characters; with `display`, narrow characters count half."""
    return len(text) - (len(_NARROW.findall(text)) / 2 if display else 0)


def make_blocks(
    lines: Sequence[RawLine], marks: Mapping[int, PageMark], layout: PageLayout, breaks: Collection[int] = ()
) -> list[Block]:
    """Return the blocks of a file without its furniture; with each line number in `breaks` a block begins."""
    page = ""
    runs: list[list[tuple[RawLine, str]]] = []
    gap_at: dict[int, int] = {}
    pending = 0
    for index, line in enumerate(lines):
        if index in marks:
            page = marks[index].page or page
            pending += line.blank_before
            continue
        blank = line.blank_before + pending + (1 if index - 1 in marks and not line.blank_before else 0)
        pending = 0
        if blank or not runs or line.number in breaks:
            gap_at[len(runs)] = blank
            runs.append([])
        runs[-1].append((line, page))
    blocks: list[Block] = []
    set_in_lines = _find_stanzas(runs, layout)
    for number, run in enumerate(runs):
        blocks += _blocks_of_run(run, layout, gap_at[number], in_lines=number in set_in_lines)
    return blocks


def _find_stanzas(runs: Sequence[Sequence[tuple[RawLine, str]]], layout: PageLayout) -> set[int]:
    """Return the runs set in lines: verse and tables, and shorter stanzas beside one of verse."""
    texts = [[line.stripped for line, _ in run] for run in runs]
    found = {number for number, lines in enumerate(texts) if is_set_in_lines(lines, layout)}
    for number in sorted(found):
        for beside in (number - 1, number + 1):
            if 0 <= beside < len(texts) and _is_short_stanza(texts[beside]):
                found.add(beside)
    return found


def _is_short_stanza(texts: Sequence[str]) -> bool:
    return len(texts) == _SHORT_STANZA and all(
        len(text) <= _LONGEST_VERSE and not is_terminated(fold(text)) for text in texts
    )


def _blocks_of_run(
    run: Sequence[tuple[RawLine, str]], layout: PageLayout, blank_before: int, *, in_lines: bool
) -> list[Block]:
    first, *others = run
    made = [_line_block(*first, blank_before), *(_line_block(*other) for other in others)]
    if in_lines:
        return [_stanza(made)]
    if not layout.width:
        return made
    blocks = [made[0]]
    for (line, _), block in zip(others, made[1:], strict=True):
        if _continues(blocks, block, line, layout):
            blocks[-1] = join_blocks(blocks[-1], block)
        else:
            blocks.append(block)
    return blocks


def _continues(above: Sequence[Block], block: Block, line: RawLine, layout: PageLayout) -> bool:
    """Say whether `block`, the next line without an empty line between, goes on with the paragraph above."""
    if block.is_indented or line.indent > max(_PARAGRAPH_INDENT):
        return False
    last = above[-1].pieces[-1].text
    last_width = text_width(last.rstrip(), layout.is_display)
    is_full = last_width >= 0.86 * layout.width
    if layout.has_indents:
        return is_full or not _is_head_so_far(above, layout)
    if _has_no_room(last_width, block.text, layout):
        return True
    if is_full:
        return not is_terminated(fold(last)) or last_width >= 0.9 * layout.width
    return not is_terminated(fold(last)) and not _is_head_so_far(above, layout)


def _has_no_room(last_width: float, below: str, layout: PageLayout) -> bool:
    """Say whether the first word of the next line, of an alphabet, did not fit on the line above."""
    word = below.split(" ", 1)[0]
    return word.isascii() and last_width + 1 + text_width(word, layout.is_display) > layout.width


def _is_head_so_far(blocks: Sequence[Block], layout: PageLayout) -> bool:
    """Say whether the run holds only short lines that are no sentences: a stack of heads."""
    return (
        not any(block.is_indented for block in blocks)
        and all(
            text_width(piece.text, layout.is_display) <= 1.08 * layout.width
            and not is_terminated(fold(piece.text))
            for block in blocks
            for piece in block.pieces
        )
        and len(blocks[-1].pieces) <= 2
    )


def is_set_in_lines(texts: Sequence[str], layout: PageLayout) -> bool:
    """Say whether lines that follow each other directly are verse or a table: breaks that must stay."""
    if len(texts) >= 2 and all(_COLUMNS.search(text) for text in texts):
        return True
    limit = min(_LONGEST_VERSE, 0.75 * layout.width or _LONGEST_VERSE)
    if len(texts) < 4 or any(len(text) > limit for text in texts):
        return False
    return not any(re.search(r"[：:]", text) for text in texts[:1])


def _stanza(blocks: Sequence[Block]) -> Block:
    pieces = [
        Piece(piece.text + ("\n" if block is not blocks[-1] else ""), piece.file, piece.line)
        for block in blocks
        for piece in block.pieces
    ]
    return replace(make_block(pieces, blocks[0]), is_lines=True)


def _line_block(line: RawLine, page: str, blank_before: int = 0) -> Block:
    pieces = (Piece(line.stripped, line.file, line.number),)
    return Block(pieces, line.stripped, blank_before, line.indent in _PARAGRAPH_INDENT, page=page)
