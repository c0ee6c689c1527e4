"""Python-Markdown and nh3, set up once per process: the only module that loads them."""

import functools
import re

import nh3
from markdown import Markdown
from markdown.extensions.footnotes import FootnoteExtension

from generator.markup.tags import BLOCK_TAGS, INLINE_TAGS

_ATTRIBUTES = {
    "*": {"dir", "lang"},
    "a": {"href", "title"},
    "abbr": {"title"},
    "col": {"span"},
    "colgroup": {"span"},
    "img": {"alt", "height", "src", "title", "width"},
    "li": {"id", "value"},
    "ol": {"reversed", "start"},
    "sup": {"id"},
    "td": {"colspan", "rowspan", "style"},
    "th": {"colspan", "rowspan", "scope", "style"},
    "time": {"datetime"},
}
_CLASSES = {"a": {"footnote-ref", "footnote-backref"}, "div": {"footnote"}}
_SCHEMES = {"http", "https", "mailto", "tel"}
_FOOTNOTE_ID = re.compile(r"fn(?:ref[0-9]*)?-[0-9]+")
_ALIGNMENTS = {f"text-align: {side};" for side in ("left", "center", "right")}


class _Footnotes(FootnoteExtension):
    """Footnotes with numbers for ids: what stands between the brackets may be any text."""

    def reset(self) -> None:
        super().reset()
        self.numbers: dict[str, int] = {}

    def setFootnote(self, id: str, text: str) -> None:
        super().setFootnote(id, text)
        self.numbers.setdefault(id, len(self.numbers) + 1)

    def makeFootnoteId(self, id: str) -> str:
        return f"fn-{self.numbers[id]}"

    def makeFootnoteRefId(self, id: str, found: bool = False) -> str:
        return str(self.unique_ref(f"fnref-{self.numbers[id]}", found))


def render_html(text: str, *, allow_html: bool) -> str:
    """Return the HTML of a Markdown text, sanitised unless `allow_html`. May raise RecursionError."""
    markdown = _markdown()
    try:
        html = markdown.reset().convert(text)
    except BaseException:
        _markdown.cache_clear()  # what stopped half-way is not fit for the next text
        raise
    return html if allow_html else str(_cleaner().clean(html))


@functools.cache
def _markdown() -> Markdown:
    footnotes = _Footnotes(SEPARATOR="-", BACKLINK_TITLE="↩ %d")
    return Markdown(extensions=["fenced_code", footnotes, "sane_lists", "tables"], output_format="html")


@functools.cache
def _cleaner() -> nh3.Cleaner:
    return nh3.Cleaner(
        tags=set(INLINE_TAGS | BLOCK_TAGS),
        attributes=_ATTRIBUTES,
        attribute_filter=_filter_attribute,
        allowed_classes=_CLASSES,
        url_schemes=_SCHEMES,
        link_rel=None,
    )


def _filter_attribute(_tag: str, name: str, value: str) -> str | None:
    if name == "id":
        return value if _FOOTNOTE_ID.fullmatch(value) else None
    if name == "style":
        return value if value in _ALIGNMENTS else None
    return value
