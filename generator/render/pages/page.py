"""A page the site is to have, and what its text is made from."""

from collections.abc import Callable
from hashlib import blake2b
from typing import Protocol

import msgspec

from generator.model import (
    ChosenArticles,
    PlannedFile,
    RenderedText,
    SiteArticle,
    SiteIssue,
    SitePage,
    Stage,
    output_path,
)
from generator.render.context_parts import Picture
from generator.render.contexts import Content, PageContext, PageKind


class Texts(Protocol):
    """The texts of the site as they stand on pages: safe HTML, links led to pages, pictures in their sizes.

    A key is a digest of all that a text is made from; it is asked for every page, the text itself only for
    pages that are rendered.
    """

    def article(self, article: SiteArticle) -> RenderedText: ...

    def nested_article(self, article: SiteArticle, prefix: str) -> str:
        """Its HTML among others: headings one level lower, ids begin with `prefix` and a hyphen."""
        ...

    def article_key(self, article: SiteArticle) -> str: ...

    def static_page(self, page: SitePage) -> RenderedText: ...

    def static_page_key(self, page: SitePage) -> str: ...

    def note(self, issue: SiteIssue) -> str:
        """The editor's note of an issue as HTML, or ""."""
        ...

    def note_key(self, issue: SiteIssue) -> str:
        """Where the links of the note lead; its words are in the digest of issue.md."""
        ...

    def picture(self, article: SiteArticle) -> Picture | None:
        """The article's first picture, for cards."""
        ...


ANYWHERE = -1
"""The place of what shows articles of all times, or none."""


class Page(msgspec.Struct, frozen=True):
    """A page: equal keys mean equal bytes. `make` returns what its template receives.

    `is_indexed`: search engines may list it. `place` is that of one of its articles among all of the site:
    pages of a time are made one after the other, as they show the same articles.
    """

    url: str
    kind: PageKind
    key: str
    stage: Stage
    make: Callable[[], tuple[PageContext, Content]]
    is_indexed: bool = True
    place: int = ANYWHERE

    @property
    def path(self) -> str:
        """Its file in the output folder."""
        return output_path(self.url)

    @property
    def planned(self) -> PlannedFile:
        return PlannedFile(self.path, self.key, self.stage)


def place_of(articles: ChosenArticles) -> int:
    """The place of a page that shows these articles, which stand near each other."""
    return articles.places[len(articles) // 2] if articles else ANYWHERE


def key_of(*parts: str) -> str:
    """Return a digest of texts; where one ends and the next begins counts."""
    return blake2b("\x1f".join(parts).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
