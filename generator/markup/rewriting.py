"""Changes to the HTML of a text when it is put on a page."""

import re
from collections.abc import Callable
from html import escape, unescape

from generator.markup.tags import TAG

_HREF = re.compile(r'(\shref=")([^"]*)(")')
_EMPTY_GAP = re.compile(r'(<span class="gap"(?: title="[^"]*")?)></span>')
_OWN_ANCHOR = re.compile(r'\s(?:id="|href="#)(?=[^"])')


def rewrite_links(html: str, target_of: Callable[[str], str]) -> str:
    """Return the HTML with the target of each ``<a>`` replaced by what `target_of` says for it."""

    def replace(found: re.Match[str]) -> str:
        written = unescape(found[2])
        target = target_of(written)
        return found[0] if target == written else f"{found[1]}{escape(target)}{found[3]}"

    def rewrite(tag: re.Match[str]) -> str:
        return _HREF.sub(replace, tag[0]) if tag["name"] == "a" else tag[0]

    return TAG.sub(rewrite, html) if "<a " in html else html


def fill_gaps(html: str, words: str, language: str) -> str:
    """Return the HTML with `words`, which are in `language`, where passages of the text are lost."""
    if 'class="gap"' not in html:
        return html
    filling = f' lang="{language}">{escape(words)}</span>'
    return _EMPTY_GAP.sub(lambda gap: gap[1] + filling, html)


def nest_headings(html: str, prefix: str) -> str:
    """Return the HTML for a page of several texts: headings one level lower, ids begin with `prefix` and -.

    Links to places in the same text follow.
    """
    opening = f"{escape(prefix)}-"

    def nest(tag: re.Match[str]) -> str:
        name, attributes = tag["name"], tag["attributes"]
        if not name:
            return tag[0]
        if len(name) == 2 and name[0] == "h" and name[1] in "12345":
            name = f"h{int(name[1]) + 1}"
        if '"' in attributes:
            attributes = _OWN_ANCHOR.sub(lambda found: found[0] + opening, attributes)
        return f"<{tag['end']}{name}{attributes}>"

    return TAG.sub(nest, html)
