"""A Markdown text after rendering."""

import msgspec


class Heading(msgspec.Struct, frozen=True):
    """A heading of the body: level 2 to 6, its text, and the anchor (`id`) it is reached by."""

    level: int
    text: str
    anchor: str


class ImageReference(msgspec.Struct, frozen=True):
    """An image of the body: `target` as written, its alternative text, the line of the body (from 1)."""

    target: str
    alt: str
    line: int = 0


class RenderedText(msgspec.Struct, frozen=True):
    """Safe HTML of a Markdown text, and what other parts need to know of it.

    `plain_text` has one line per block; `links` are the targets as written, `anchors` every id in the HTML.
    """

    html: str
    plain_text: str
    headings: tuple[Heading, ...] = ()
    links: tuple[str, ...] = ()
    images: tuple[ImageReference, ...] = ()
    anchors: tuple[str, ...] = ()


class TextFacts(msgspec.Struct, frozen=True):
    """What lists, links and checks need to know of a text without its HTML.

    `length` counts the characters of the plain text; the rest is as in RenderedText.
    """

    length: int = 0
    links: tuple[str, ...] = ()
    images: tuple[ImageReference, ...] = ()
    anchors: tuple[str, ...] = ()
