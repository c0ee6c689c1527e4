"""An article: its head (what the front matter says) and its Markdown body."""

import datetime
from collections.abc import Mapping

import msgspec

from generator.model.markup import TextFacts


class LineSpan(msgspec.Struct, frozen=True, order=True):
    """Lines `first` to `last` of a raw file, both counted from 1 and both included."""

    file: str
    first: int
    last: int

    def __str__(self) -> str:
        lines = str(self.first) if self.first == self.last else f"{self.first}-{self.last}"
        return f"{self.file}:{lines}"


class Doubt(msgspec.Struct, frozen=True):
    """Something an editor should look at. `line` is a line of the raw file, 0 when it has none."""

    code: str
    message: str
    line: int = 0


class Correction(msgspec.Struct, frozen=True):
    """A notice to readers that a published article was corrected."""

    date: datetime.date
    text: str


class EventDate(msgspec.Struct, frozen=True):
    """A date the text speaks of, resolved against the date of its issue.

    `text` is as printed; `start` = `end` for a single day; `basis` says how it was resolved; `confidence`
    runs from 0 to 1.
    """

    text: str
    start: datetime.date
    end: datetime.date
    basis: str
    confidence: float


class ArticleHead(msgspec.Struct, frozen=True, kw_only=True):
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
    extra: Mapping[str, object] = msgspec.field(default_factory=dict)


class Article(msgspec.Struct, frozen=True):
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


class ArticleDetails(msgspec.Struct, frozen=True):
    """What is looked up of an article besides its text. `lead` stands for a summary where there is none."""

    head: ArticleHead
    lead: str = ""
    facts: TextFacts = msgspec.field(default_factory=TextFacts)


class ArticleFile(msgspec.Struct, frozen=True):
    """An article as it stands on disk. `path` is relative to the site, `digest` is of the file's bytes."""

    path: str
    digest: str
    article: Article
