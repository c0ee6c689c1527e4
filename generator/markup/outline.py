"""What finished HTML says: its headings, plain text, links, images and anchors."""

import re
from html import unescape

from generator.markup.anchors import anchor_of
from generator.markup.joining import one_line
from generator.markup.tags import INLINE_TAGS, TAG, attributes_of, format_tag
from generator.model import Heading, ImageReference

_HEADING = re.compile(
    r"(?is:<script\b.*?</script\s*>|<style\b.*?</style\s*>)"
    r"|(?s:<h(?P<level>[1-6])(?P<attributes>(?:\s[^<>]*)?)>(?P<html>.*?)</h(?P=level)>)"
)
_SPACED = frozenset(("br", "td", "th"))
_FOOTNOTE_LINKS = frozenset(("footnote-ref", "footnote-backref"))


def settle_headings(html: str) -> tuple[str, tuple[Heading, ...]]:
    """Return the HTML with its largest heading at level 2 and an anchor for each, and the headings."""
    levels = [int(found["level"]) for found in _HEADING.finditer(html) if found["level"]]
    if not levels:
        return html, ()
    raise_by = min(levels) - 2
    taken = dict.fromkeys(anchors_of(html), 1)
    headings: list[Heading] = []

    def settle(found: re.Match[str]) -> str:
        if not found["level"]:
            return found[0]
        attributes = attributes_of(found["attributes"])
        text = plain_text(found["html"])
        anchor = attributes.get("id") or anchor_of(text, taken)
        headings.append(Heading(min(6, int(found["level"]) - raise_by), text, anchor))
        name = f"h{headings[-1].level}"
        return f"{format_tag(name, {**attributes, 'id': anchor})}{found['html']}</{name}>"

    return _HEADING.sub(settle, html), tuple(headings)


def anchors_of(html: str) -> tuple[str, ...]:
    """Every id in the HTML, in the order of the text."""
    if ' id="' not in html:
        return ()
    named = [
        attributes_of(tag["attributes"]) for tag in TAG.finditer(html) if 'id="' in (tag["attributes"] or "")
    ]
    return tuple(dict.fromkeys([attributes["id"] for attributes in named if attributes.get("id")]))


def plain_text(html: str) -> str:
    """Return the text a reader sees, one line a block, without the numbers and arrows of footnotes."""
    lines: list[str] = []
    block: list[str] = []
    position = 0
    is_link_to_note = False
    for tag in TAG.finditer(html):
        if not is_link_to_note:
            block.append(html[position : tag.start()])
        position = tag.end()
        name = tag["name"]
        if name == "a":
            is_link_to_note = not tag["end"] and not _FOOTNOTE_LINKS.isdisjoint(_classes(tag["attributes"]))
        elif name in _SPACED:
            block.append(" ")
        elif name and name not in INLINE_TAGS:
            lines.append("".join(block))
            block = []
    lines.append("".join((*block, html[position:])))
    return "\n".join([line for line in (one_line(unescape(line)) for line in lines) if line])


def links_of(html: str) -> tuple[str, ...]:
    """The targets of links as written, in the order of the text; those of footnotes are left out."""
    return tuple(
        [
            attributes["href"]
            for attributes in _tags_named(html, "a")
            if "href" in attributes and _FOOTNOTE_LINKS.isdisjoint(attributes.get("class", "").split())
        ]
    )


def images_of(html: str, source: str) -> tuple[ImageReference, ...]:
    """The images; `source` is the Markdown, in which their lines are looked up in turn."""
    images: list[ImageReference] = []
    place = 0
    for attributes in _tags_named(html, "img"):
        target = attributes.get("src", "")
        found = source.find(target, place) if target else -1
        line = source.count("\n", 0, found) + 1 if found >= 0 else 0
        place = found + len(target) if found >= 0 else place
        images.append(ImageReference(target, attributes.get("alt", ""), line))
    return tuple(images)


def _tags_named(html: str, name: str) -> list[dict[str, str]]:
    if f"<{name} " not in html:
        return []
    return [
        attributes_of(tag["attributes"])
        for tag in TAG.finditer(html)
        if tag["name"] == name and not tag["end"]
    ]


def _classes(attributes: str) -> list[str]:
    return attributes_of(attributes).get("class", "").split() if "class" in attributes else []
