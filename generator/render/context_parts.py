"""What page contexts are made of: links, cards, calendars, citations.

Every `url` is a path under the site's root without the base path ("/issues/2024-07-22/"); templates write
``{{ url(link.url) }}``. Texts are plain and are escaped on output; only Markup goes out as it is.
"""

import datetime

import msgspec
from markupsafe import Markup


class Link(msgspec.Struct, frozen=True):
    """A text that leads somewhere."""

    title: str
    """Text of the link."""
    url: str
    """Where it leads; "" when the text stands without a link."""


class Alternate(msgspec.Struct, frozen=True):
    """Another form of a page or of the site: a feed, a download."""

    title: str
    """What it is, for people."""
    url: str
    """Where it is."""
    media_type: str
    """Its MIME type, such as ``application/atom+xml``."""


class PictureSource(msgspec.Struct, frozen=True):
    """One size of a picture."""

    url: str
    """Where this size is."""
    width: int
    """Its width in pixels."""


class Picture(msgspec.Struct, frozen=True):
    """A picture in several sizes."""

    url: str
    """The size for browsers that know no others."""
    width: int
    """Its width in pixels."""
    height: int
    """Its height in pixels."""
    alt: str
    """What is to be seen on it; "" when it only decorates."""
    sources: tuple[PictureSource, ...]
    """Sizes in the format of `url`, smallest first."""
    webp_sources: tuple[PictureSource, ...]
    """The same sizes as WebP; empty when that saves nothing."""


class ArticleCard(msgspec.Struct, frozen=True, kw_only=True):
    """An article as it is listed."""

    title: str
    """Headline (主题)."""
    kicker: str
    """Line above the headline (引题), or ""."""
    subtitle: str
    """Line below the headline (副题), or ""."""
    url: str
    """Its page."""
    byline: str
    """Who wrote it or where it comes from, in one line, or ""."""
    date: datetime.date | None
    """Its own date, or else its issue's; None when neither is known."""
    issue: Link | None
    """Its issue; None when it is in none."""
    page: str
    """Printed page as the newsroom writes it ("1", "A02"), or ""."""
    column: str
    """Column (栏目), or ""."""
    topics: tuple[Link, ...]
    """Its topics."""
    summary: str
    """The editor's summary, or else the first sentence."""
    is_brief: bool
    """It is a brief (简讯): short, and listed without a summary."""
    picture: Picture | None
    """Its first picture, or None."""


class IssueCard(msgspec.Struct, frozen=True, kw_only=True):
    """An issue as it is listed."""

    label: str
    """What it is called in lists: its title, or else date and number."""
    url: str
    """Its page."""
    date: datetime.date | None
    """The day it appeared, or None when that is unknown."""
    is_date_uncertain: bool
    """The date was worked out and nobody has confirmed it."""
    title: str
    """Its own title, such as that of a special issue, or ""."""
    number: str
    """Number within the year or in all (期), or ""."""
    total_number: str
    """Number counted from the first issue (总第…期), or ""."""
    article_count: int
    """How many articles it has."""
    articles: tuple[ArticleCard, ...]
    """Those to be shown with it here, most important first; may be empty."""


class IssueColumn(msgspec.Struct, frozen=True):
    """The articles of one column on one printed page."""

    title: str
    """Name of the column, or "" for articles without one."""
    url: str
    """Page of the column, or ""."""
    articles: tuple[ArticleCard, ...]
    """In reading order."""


class IssueSection(msgspec.Struct, frozen=True):
    """One printed page of an issue."""

    page: str
    """The printed page ("1", "A02"), or "" when pages are unknown."""
    anchor: str
    """Id of the section on the issue's page, such as ``page-1``."""
    columns: tuple[IssueColumn, ...]
    """In reading order."""


class ContentsEntry(msgspec.Struct, frozen=True):
    """A heading inside a text."""

    level: int
    """2 to 6."""
    title: str
    """Text of the heading."""
    anchor: str
    """Its id in the text."""


class FullArticle(msgspec.Struct, frozen=True):
    """A whole article among others on one page."""

    card: ArticleCard
    """Title, byline and so on."""
    anchor: str
    """Id of the article on this page, unique there."""
    body_html: Markup
    """Its text: headings one level lower than on its own page, ids begin with `anchor` and a hyphen."""


class CorrectionNotice(msgspec.Struct, frozen=True):
    """A notice that an article was corrected."""

    date: datetime.date
    """When it was corrected."""
    text: str
    """What was wrong and what is right."""


class CorrectionEntry(msgspec.Struct, frozen=True):
    """A correction with the article it belongs to."""

    notice: CorrectionNotice
    """Date and text."""
    article: ArticleCard
    """The corrected article."""


class Citation(msgspec.Struct, frozen=True):
    """How to cite a page; every form is finished text."""

    gbt7714: str
    """Reference as GB/T 7714-2015 wants it."""
    ris: str
    """RIS record, lines ended by a newline."""
    bibtex: str
    """BibTeX record."""


class Share(msgspec.Struct, frozen=True):
    """What a reader hands on."""

    url: str
    """Absolute address, or "" when site.toml names no base_url."""
    title: str
    """Text that goes with it."""
    qr_svg: Markup
    """QR code of the address as inline SVG, or "" without an address."""


class GroupEntry(msgspec.Struct, frozen=True):
    """An entry of an index: a topic, a person, a column …"""

    title: str
    """Its name."""
    url: str
    """Its page."""
    count: int
    """How many articles it has."""
    description: str
    """What it is about, or ""."""


class YearOfArticles(msgspec.Struct, frozen=True):
    """Articles of one year."""

    year: int | None
    """The year; None for articles without a date."""
    articles: tuple[ArticleCard, ...]
    """Newest first."""


class YearCount(msgspec.Struct, frozen=True):
    """How many articles of an entry belong to one year."""

    year: int | None
    """The year; None for articles without a date."""
    count: int
    """How many articles."""
    url: str
    """Page of the entry on which the year begins."""


class YearOfIssues(msgspec.Struct, frozen=True):
    """Issues of one year."""

    year: int | None
    """The year; None for issues without a date."""
    url: str
    """Page of the year, or ""."""
    issue_count: int
    """How many issues the year has."""
    issues: tuple[IssueCard, ...]
    """Newest first; none in older years, whose page has them all."""


class PageNumber(msgspec.Struct, frozen=True):
    """One page of a list."""

    number: int
    """Its number. Pages of articles are counted from the oldest, so that a number never changes."""
    url: str
    """Where it is."""
    is_current: bool
    """It is the page being shown."""


class Pagination(msgspec.Struct, frozen=True):
    """Pages of a long list. They are numbered from the oldest: a new article moves no old one."""

    current: int
    """Number of this page."""
    newest_url: str
    """The page with the newest articles: the entry's own address."""
    newer_url: str
    """The next newer page, or ""."""
    older_url: str
    """The next older page, or ""."""
    pages: tuple[PageNumber, ...]
    """Pages to offer, newest first; far ones are left out. A single one: there is nothing to leaf through."""


class CalendarDay(msgspec.Struct, frozen=True):
    """One day of a calendar."""

    date: datetime.date
    """The day; days of the months before and after fill the first and last week."""
    is_in_month: bool
    """It belongs to the month shown; other days stay blank."""
    issues: tuple[Link, ...]
    """Issues of that day; mostly none."""


class MonthCalendar(msgspec.Struct, frozen=True):
    """A month as weeks of seven days, Monday first."""

    first_day: datetime.date
    """First day of the month, for the date filters."""
    url: str
    """Page of the month, or "" when it has no issue."""
    weeks: tuple[tuple[CalendarDay, ...], ...]
    """Four to six weeks of seven days each."""
    issue_count: int
    """How many issues appeared in it."""


class MonthEntry(msgspec.Struct, frozen=True):
    """A month in the index of dates."""

    first_day: datetime.date
    """First day of the month, for the date filters."""
    url: str
    """Page of the month, or "" when it has no issue."""
    issue_count: int
    """How many issues appeared in it."""


class YearEntry(msgspec.Struct, frozen=True):
    """A year in the index of dates."""

    year: int
    """The year."""
    url: str
    """Its page."""
    issue_count: int
    """How many issues appeared in it."""
    article_count: int
    """How many articles they have."""
    months: tuple[MonthEntry, ...]
    """January to December."""
