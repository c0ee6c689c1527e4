"""What the catalogue is made from: one small value per file, without its body."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from generator.model import ArticleHead, Issue, TextFacts


@dataclass(frozen=True, slots=True)
class ArticleEntry:
    """An article without its body.

    `folder` is the name of its folder below content/articles ("" when it lies in none), `lead` the first
    words of its text (used where the head has no summary), `terms` its weighted terms, strongest first.
    """

    path: str
    digest: str
    folder: str
    head: ArticleHead
    lead: str = ""
    terms: tuple[tuple[str, float], ...] = ()
    facts: TextFacts = field(default_factory=TextFacts)


@dataclass(frozen=True, slots=True)
class IssueEntry:
    """An ``issue.md``; `folder` is the name of the folder it lies in."""

    path: str
    digest: str
    folder: str
    issue: Issue


@dataclass(frozen=True, slots=True)
class PageEntry:
    """A static page."""

    path: str
    digest: str
    title: str
    slug: str
    summary: str = ""
    order: int = 0
    aliases: tuple[str, ...] = ()
    extra: Mapping[str, object] = field(default_factory=dict)
    facts: TextFacts = field(default_factory=TextFacts)
