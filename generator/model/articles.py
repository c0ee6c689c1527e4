"""An article: its head (what the front matter says) and its Markdown body."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field

import msgspec

from generator.model.markup import TextFacts


@dataclass(frozen=True, slots=True, order=True)
class LineSpan:
    """Lines `first` to `last` of a raw file, both counted from 1 and both included."""

    file: str
    first: int
    last: int

    def __str__(self) -> str:
        lines = str(self.first) if self.first == self.last else f"{self.first}-{self.last}"
        return f"{self.file}:{lines}"


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something an editor should look at. `line` is a line of the raw file, 0 when it has none."""

    code: str
    message: str
    line: int = 0


@dataclass(frozen=True, slots=True)
class Correction:
    """A notice to readers that a published article was corrected."""

    date: datetime.date
    text: str


@dataclass(frozen=True, slots=True)
class EventDate:
    """A date the text speaks of, resolved against the date of its issue.

    `text` is as printed; `start` = `end` for a single day; `basis` says how it was resolved; `confidence`
    runs from 0 to 1.
    """

    text: str
    start: datetime.date
    end: datetime.date
    basis: str
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleHead:
    """What an article's front matter says; docs/content.md describes every key."""

    title: str
    kicker: str = ""
    subtitle: str = ""
    byline: tuple[str, ...] = ()
    byline_kind: str = ""
    """``author``, ``source`` (a paper or an office, no person), or "" when there is no byline."""
    date: datetime.date | None = None
    issue: str = ""
    order: int = 0
    """Place in the issue, from 1; 0 means after all numbered ones."""
    page: str = ""
    column: str = ""
    topics: tuple[str, ...] = ()
    """Slugs or names from content/topics.toml."""
    keywords: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    organisations: tuple[str, ...] = ()
    events: tuple[EventDate, ...] = ()
    summary: str = ""
    slug: str = ""
    aliases: tuple[str, ...] = ()
    """Further addresses (paths under the site root) that redirect here."""
    draft: bool = False
    source: tuple[LineSpan, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    corrections: tuple[Correction, ...] = ()
    extra: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Article:
    """Head and body. A place where the raw issue lost text is marked ``<!-- gap: why -->`` in the body."""

    head: ArticleHead
    body_markdown: str


class ArticleOutline(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What the whole site has to know of an article: where it stands and in which lists.

    A site has one of each of its articles in memory, so it is small; the rest is looked up for the pages that
    show it. The first fields are those of the head.
    """

    slug: str = ""
    date: datetime.date | None = None
    issue: str = ""
    order: int = 0
    page: str = ""
    column: str = ""
    topics: tuple[str, ...] = ()
    byline: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    organisations: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    is_draft: bool = False
    corrected: datetime.date | None = None
    """Day of the last correction."""
    doubts: int = 0
    """How many there are."""
    has_links: bool = False
    has_images: bool = False
    is_brief: bool = False
    """It is so short that it stands among the briefs (简讯)."""
    card_digest: str = ""
    """Of what lists show of the article."""
    terms_digest: str = ""
    """Of its weighted terms."""


@dataclass(frozen=True, slots=True)
class ArticleDetails:
    """What is looked up of an article besides its text. `lead` stands for a summary where there is none."""

    head: ArticleHead
    lead: str = ""
    facts: TextFacts = field(default_factory=TextFacts)


@dataclass(frozen=True, slots=True)
class ArticleFile:
    """An article as it stands on disk. `path` is relative to the site, `digest` is of the file's bytes."""

    path: str
    digest: str
    article: Article
