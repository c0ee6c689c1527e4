"""Markdown → safe HTML and what is said of it."""

import re

from generator.markup.joining import join_lines
from generator.markup.limits import check_density, check_length, too_deep
from generator.markup.outline import (
    anchors_of,
    images_of,
    links_of,
    plain_text,
    settle_headings,
)
from generator.markup.plain import render_plain
from generator.markup.protection import protect, restore
from generator.markup.tags import double_quoted
from generator.model import RenderedText

_PREFORMATTED = re.compile(r"(<pre\b.*?</pre>)", re.DOTALL)


def render_markdown(text: str, *, allow_html: bool = False, path: str = "") -> RenderedText:
    """Return the text as HTML, sanitised unless `allow_html`; headings begin at level 2.

    Raises BulletinError for a text that is too long or too deeply nested; `path` stands in its message.
    """
    return render_plain(text) or render_marked_up(text, allow_html=allow_html, path=path)


def render_marked_up(text: str, *, allow_html: bool = False, path: str = "") -> RenderedText:
    """Return what `render_markdown` does, by way of the Markdown parser in every case."""
    from generator.markup.engine import render_html

    check_length(text, path)
    protected = protect(text, allow_html=allow_html)
    check_density(protected.text, path, allow_html=allow_html)
    try:
        html = render_html(protected.text, allow_html=allow_html)
    except RecursionError:
        raise too_deep(path) from None
    if allow_html:
        html = double_quoted(html)
    html, headings = settle_headings(_join_lines(restore(html, protected.comments)))
    return RenderedText(
        html, plain_text(html), headings, links_of(html), images_of(html, text), anchors_of(html)
    )


def _join_lines(html: str) -> str:
    if "<pre" not in html:
        return join_lines(html)
    parts = _PREFORMATTED.split(html)
    parts[::2] = [join_lines(part) for part in parts[::2]]
    return "".join(parts)
