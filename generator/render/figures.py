"""Pictures in the HTML of a text: each ``<img>`` becomes a picture in several sizes, or a figure."""

import re
from collections.abc import Callable
from html import escape, unescape

from generator.render.context_parts import Picture, PictureSource

PictureOf = Callable[[str, str], Picture | None]
"""The picture for a target as written and its alternative text; None leaves the image as it is."""

# Widths of the text column: 40 em wide at most, the whole of a narrow screen.
TEXT_SIZES = "(min-width: 48em) 40em, 100vw"

_ATTRIBUTES = r"(?:\s+[\w:-]+(?:=\"[^\"]*\")?)*"
_IMAGE = re.compile(rf"(?P<opening><p>\s*)?<img(?P<attributes>{_ATTRIBUTES})\s*/?>(?P<closing>\s*</p>)?")
_ATTRIBUTE = re.compile(r"([\w:-]+)=\"([^\"]*)\"")


def rewrite_images(html: str, picture_of: PictureOf, url: Callable[[str], str]) -> str:
    """Return the HTML with its images in several sizes; `url` puts the base path before an address.

    An image that stands alone in a paragraph and has a title becomes a figure with the title as caption.
    """
    if "<img" not in html:
        return html
    return _IMAGE.sub(lambda found: _rewrite(found, picture_of, url), html)


def _rewrite(found: re.Match[str], picture_of: PictureOf, url: Callable[[str], str]) -> str:
    attributes = {name: unescape(value) for name, value in _ATTRIBUTE.findall(found["attributes"])}
    picture = picture_of(attributes.get("src", ""), attributes.get("alt", ""))
    if picture is None:
        return found[0]
    html = format_picture(picture, url)
    opening, closing = found["opening"] or "", found["closing"] or ""
    caption = attributes.get("title", "")
    if caption and opening and closing:
        return f"<figure>{html}<figcaption>{escape(caption)}</figcaption></figure>"
    return f"{opening}{html}{closing}"


def format_picture(picture: Picture, url: Callable[[str], str], sizes: str = TEXT_SIZES) -> str:
    """Return a picture as HTML that is loaded when it is about to be seen and leaves room before."""
    image = (
        f'<img src="{escape(url(picture.url))}"{_source_set(picture.sources, url, sizes)}'
        f' alt="{escape(picture.alt)}" width="{picture.width}" height="{picture.height}"'
        ' loading="lazy" decoding="async">'
    )
    if not picture.webp_sources:
        return image
    webp = _source_set(picture.webp_sources, url, sizes)
    return f'<picture><source type="image/webp"{webp}>{image}</picture>'


def _source_set(sources: tuple[PictureSource, ...], url: Callable[[str], str], sizes: str) -> str:
    if not sources:
        return ""
    listed = ", ".join(f"{escape(url(source.url))} {source.width}w" for source in sources)
    return f' srcset="{listed}" sizes="{escape(sizes)}"'
