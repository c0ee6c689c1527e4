"""A static page: about, contact, how to subscribe."""

from collections.abc import Mapping

import msgspec


class PageFile(msgspec.Struct, frozen=True, kw_only=True):
    """A page as it stands in content/pages. `path` is relative to the site, `digest` is of the file's bytes.

    `slug` is never empty: it is made from the file's name when the front matter has none.
    """

    path: str
    digest: str
    title: str
    slug: str
    summary: str = ""
    order: int = 0
    """Place in the menu, from 1; 0 means after all numbered ones."""
    aliases: tuple[str, ...] = ()
    draft: bool = False
    extra: Mapping[str, object] = msgspec.field(default_factory=dict)
    body_markdown: str = ""
