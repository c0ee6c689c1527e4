"""What conversion made of a raw issue, and everything it did and left out on the way."""

import msgspec

from generator.model.articles import Article, Doubt, LineSpan
from generator.model.issues import IssueDate


class Repair(msgspec.Struct, frozen=True):
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


class Removal(msgspec.Struct, frozen=True):
    """Text of the raw issue that stands in no article: the whole of it, where it was, and why."""

    kind: str
    lines: tuple[LineSpan, ...]
    text: str
    reason: str


class Decision(msgspec.Struct, frozen=True):
    """The role given to a block (kicker, headline, lead, body, subhead, byline …) and its main reasons.

    `margin` is by how much it won over the next best role.
    """

    lines: LineSpan
    role: str
    article: int
    excerpt: str
    reasons: tuple[str, ...]
    margin: float


class RawFileRecord(msgspec.Struct, frozen=True):
    """How a raw file was read."""

    path: str
    encoding: str
    digest: str


class ConversionRecord(msgspec.Struct, frozen=True, kw_only=True):
    """Kept as record.json beside the articles; ``bulletin review`` shows it."""

    files: tuple[RawFileRecord, ...]
    repairs: tuple[Repair, ...] = ()
    removals: tuple[Removal, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    decisions: tuple[Decision, ...] = ()


class ConvertedIssue(msgspec.Struct, frozen=True, kw_only=True):
    """The result of converting one raw issue; articles in reading order, slugs not chosen yet."""

    id: str
    date: IssueDate
    title: str = ""
    number: str = ""
    total_number: str = ""
    articles: tuple[Article, ...]
    record: ConversionRecord
