"""Drafts → articles: the text set in Markdown, the head filled."""

import re

import msgspec

from generator.convert.blocks import Block, line_spans, shorten
from generator.convert.drafts import BodyBlock, Draft, name_byline
from generator.convert.markdown import escape_markdown, hard_breaks
from generator.language import widen_punctuation
from generator.model import Article, ArticleHead, Doubt, Repair

_SPACES = re.compile(r"[ \t\xa0]*\n[ \t\xa0\u3000]*")
_LINE_BREAK = re.compile(r"\s*\n\s*")
_GAP = "<!-- gap: text is missing here -->"
_LONGEST_TITLE = 30


class ArticleText(msgspec.Struct, frozen=True):
    article: Article
    repairs: tuple[Repair, ...] = ()


def set_article(draft: Draft, order: int) -> ArticleText:
    """Return the article of a draft whose heads and bylines are settled."""
    byline, kind = name_byline(draft)
    doubts = list(draft.doubts)
    title = draft.title or _title_of(draft.body)
    if not draft.title:
        doubts.append(
            Doubt("no-headline", "no headline was found; the first words stand for it", draft.blocks[0].line)
        )
    doubts += _gap_doubts(draft.body)
    head = ArticleHead(
        title=_one_line(title),
        kicker=_one_line(draft.kicker),
        subtitle=_one_line(draft.subtitle),
        byline=byline,
        byline_kind=kind,
        order=order,
        page=draft.page,
        column=_one_line(draft.column),
        source=line_spans(draft.blocks),
        doubts=tuple(doubts),
    )
    body = "\n\n".join(_markdown(item) for item in draft.body)
    return ArticleText(Article(head, f"{body}\n" if body else ""), tuple(_punctuation_repairs(draft)))


def prose_of(draft: Draft) -> list[str]:
    """Return the paragraphs as plain text, without subheads."""
    return [widen_punctuation(item.block.text.strip()) for item in draft.body if not item.is_subhead]


def _one_line(text: str) -> str:
    return widen_punctuation(_LINE_BREAK.sub(" ", text).strip())


def _title_of(body: list[BodyBlock]) -> str:
    """A brief without a headline is called by its first words."""
    text = next((item.block.text for item in body), "")
    first = re.split(r"[。！？\n]", text, maxsplit=1)[0]
    return first if len(first) <= _LONGEST_TITLE else f"{first[:_LONGEST_TITLE]}…"


def _markdown(item: BodyBlock) -> str:
    if item.is_subhead:
        return f"## {escape_markdown(_one_line(item.block.text))}"
    text = (
        _SPACES.sub("\n", item.block.text.strip())
        if item.block.is_lines
        else item.block.text.replace("\n", " ")
    )
    if not item.block.gaps:
        return hard_breaks(escape_markdown(widen_punctuation(text)))
    mark = _unused_mark(text)
    for gap in sorted(item.block.gaps, reverse=True):
        text = text[:gap] + mark + text[gap:]
    return hard_breaks(escape_markdown(widen_punctuation(text)).replace(mark, _GAP))


def _unused_mark(text: str) -> str:
    """A character of private use that the text does not hold."""
    return next(mark for number in range(0xF0000, 0xFFFFD) if (mark := chr(number)) not in text)


def _gap_doubts(body: list[BodyBlock]) -> list[Doubt]:
    doubts = []
    for item in body:
        for gap in item.block.gaps:
            before = item.block.text[max(0, gap - 12) : gap]
            line = _line_at(item.block, gap)
            doubts.append(Doubt("gap", f"text is missing after “{before}”", line))
    return doubts


def _line_at(block: Block, offset: int) -> int:
    passed = 0
    for piece in block.pieces:
        passed += len(piece.text)
        if passed >= offset:
            return piece.line
    return block.line


def _punctuation_repairs(draft: Draft) -> list[Repair]:
    """One entry for an article whose marks were widened, showing the first block."""
    changed = [block for block in draft.blocks if widen_punctuation(block.text) != block.text]
    if not changed:
        return []
    first = changed[0].text
    reason = f"half-width marks between Chinese, in {len(changed)} of {len(draft.blocks)} blocks"
    return [
        Repair(
            "punctuation", line_spans(changed), shorten(first), shorten(widen_punctuation(first)), (reason,)
        )
    ]
