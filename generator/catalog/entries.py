"""What the catalogue is made from: one small value per file, without its body."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

import msgspec

from generator.model import ArticleOutline, Issue, TextFacts

Terms = Sequence[tuple[str, float]]
"""Weighted terms of a text."""


class ArticleEntry(NamedTuple):
    """An article; `folder` is the name of its folder below content/articles, "" when it lies in none."""

    path: str
    digest: str
    folder: str
    outline: ArticleOutline


class PlacedArticle(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """An article with its place on the site: what SiteArticle has, as it is kept."""

    outline: ArticleOutline
    path: str
    digest: str
    slug: str
    url: str
    date: date | None
    issue_id: str
    face: str


class IssueEntry(msgspec.Struct, frozen=True):
    """An ``issue.md``; `folder` is the name of the folder it lies in."""

    path: str
    digest: str
    folder: str
    issue: Issue


class PageEntry(msgspec.Struct, frozen=True):
    """A static page."""

    path: str
    digest: str
    title: str
    slug: str
    summary: str = ""
    order: int = 0
    aliases: tuple[str, ...] = ()
    extra: Mapping[str, object] = msgspec.field(default_factory=dict)
    facts: TextFacts = msgspec.field(default_factory=TextFacts)
