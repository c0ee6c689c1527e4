"""What conversion made of a raw issue, and everything it did and left out on the way."""

from dataclasses import dataclass

from generator.model.articles import Article, Doubt, LineSpan
from generator.model.issues import IssueDate


@dataclass(frozen=True, slots=True)
class Repair:
    """A change of the text. `before` and `after` show the seam, shortened with … where long.

    `kind`: ``column-break``, ``hard-wrap``, ``splice``, ``orphan``, ``duplicate``, ``furniture``,
    ``punctuation``, ``byline`` … ; `article` is the order of the article it stands in (0: none).
    """

    kind: str
    lines: tuple[LineSpan, ...]
    before: str
    after: str
    reasons: tuple[str, ...]
    article: int = 0


@dataclass(frozen=True, slots=True)
class Removal:
    """Text of the raw issue that stands in no article: the whole of it, where it was, and why."""

    kind: str
    lines: tuple[LineSpan, ...]
    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class Decision:
    """The role given to a block (kicker, headline, lead, body, subhead, byline …) and its main reasons.

    `margin` is by how much it won over the next best role.
    """

    lines: LineSpan
    role: str
    article: int
    excerpt: str
    reasons: tuple[str, ...]
    margin: float


@dataclass(frozen=True, slots=True)
class RawFileRecord:
    """How a raw file was read."""

    path: str
    encoding: str
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ConversionRecord:
    """Kept as record.json beside the articles; ``bulletin review`` shows it."""

    files: tuple[RawFileRecord, ...]
    repairs: tuple[Repair, ...] = ()
    removals: tuple[Removal, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    decisions: tuple[Decision, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ConvertedIssue:
    """The result of converting one raw issue; articles in reading order, slugs not chosen yet."""

    id: str
    date: IssueDate
    title: str = ""
    number: str = ""
    total_number: str = ""
    articles: tuple[Article, ...]
    record: ConversionRecord
