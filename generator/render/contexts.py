"""The theme contract: what a template receives, one type per page kind.

Every template gets `site`, `page`, `theme` and `content`; the type of `content` follows from the page's kind,
and the template's file name too: ``article`` → ArticleContext → ``article.html``. Values are finished:
templates loop and choose. ``docs/themes-reference.md`` is made from the docstrings below.
"""

import datetime
from collections.abc import Mapping
from enum import StrEnum

import msgspec
from markupsafe import Markup

from generator.render.context_parts import (
    Alternate,
    ArticleCard,
    Citation,
    ContentsEntry,
    CorrectionEntry,
    CorrectionNotice,
    FullArticle,
    GroupEntry,
    IssueCard,
    IssueSection,
    Link,
    MonthCalendar,
    PageNumber,
    Pagination,
    Share,
    YearCount,
    YearEntry,
    YearOfArticles,
    YearOfIssues,
)


class PageKind(StrEnum):
    """The kinds of pages; the template of a kind is its value and ``.html``."""

    HOME = "home"
    ISSUES = "issues"
    ISSUE = "issue"
    WHOLE_ISSUE = "whole_issue"
    ARTICLE = "article"
    GROUPS = "groups"
    GROUP = "group"
    DATES = "dates"
    YEAR = "year"
    MONTH = "month"
    STATIC_PAGE = "static_page"
    SEARCH = "search"
    CORRECTIONS = "corrections"
    NOT_FOUND = "not_found"
    REDIRECT = "redirect"

    @property
    def template(self) -> str:
        return f"{self.value}.html"


class SiteContext(msgspec.Struct, frozen=True, kw_only=True):
    """The site, equal on every page (`site`)."""

    title: str
    """Name of the bulletin."""
    subtitle: str
    """Line under the name, or ""."""
    description: str
    """One sentence about the bulletin, or ""."""
    base_url: str
    """Address of the site without a slash at its end, or "" when site.toml names none."""
    base_path: str
    """Folder of the site on its host: "" or ``/bulletin``."""
    language: str
    """``zh-Hans``, ``zh-Hant`` or ``en``."""
    publisher: str
    """Who publishes it, or ""."""
    issn_cn: str
    """Serial number (国内统一刊号), or ""."""
    icp: str
    """ICP filing number, or ""."""
    police: str
    """Public security filing number (公安备案号), or ""."""
    police_url: str
    """Where that number is looked up, or ""."""
    telephone: str
    """Telephone, or ""."""
    email: str
    """E-mail address, or ""."""
    address: str
    """Postal address, or ""."""
    copyright: str
    """Line on rights, or ""."""
    menu: tuple[Link, ...]
    """Main navigation: the indexes that are not empty."""
    pages: tuple[Link, ...]
    """Static pages (about, contact …) in their order."""
    feed_url: str
    """The Atom feed."""
    search_url: str
    """The search page, or "" when search is off."""
    corrections_url: str
    """The page of corrections, or "" when there are none."""
    extra: Mapping[str, object]
    """The site's own keys: the table ``[extra]`` of site.toml."""


class PageContext(msgspec.Struct, frozen=True, kw_only=True):
    """The page being written, whatever its kind (`page`)."""

    kind: PageKind
    """Its kind."""
    title: str
    """For ``<title>``: heading and name of the bulletin."""
    heading: str
    """Its main heading."""
    url: str
    """Its own path."""
    canonical_url: str
    """Absolute address to be known by, or "" when site.toml names no base_url."""
    description: str
    """One sentence for search engines and share cards, or ""."""
    language: str
    """Language of its content, for ``lang``."""
    breadcrumbs: tuple[Link, ...]
    """Way from the home page down to the parent of this page; empty on the home page."""
    json_ld: Markup
    """Finished JSON-LD, safe inside a script element; "" for none."""
    alternates: tuple[Alternate, ...]
    """Feeds and other forms to be announced in the head."""
    image_url: str
    """Absolute address of a picture for share cards, or ""."""
    published: datetime.date | None
    """When its content appeared; None for lists."""
    modified: datetime.date | None
    """When its content last changed (a correction), or None."""
    is_indexed: bool
    """Search engines may list it."""


class ThemeContext(msgspec.Struct, frozen=True, kw_only=True):
    """The theme in use (`theme`)."""

    name: str
    """Its name: the name of its folder."""
    options: Mapping[str, object]
    """Options of theme.toml and of the themes it extends, the nearest theme first."""


class HomeContext(msgspec.Struct, frozen=True, kw_only=True):
    """The front page: the latest issue by weight of its articles, then what else there is to read."""

    issue: IssueCard | None
    """The latest issue; None on a site without issues."""
    lead: ArticleCard | None
    """The lead story."""
    secondary: tuple[ArticleCard, ...]
    """Two to four stories after the lead."""
    further: tuple[ArticleCard, ...]
    """The other articles of the issue in reading order, without the briefs."""
    briefs: tuple[ArticleCard, ...]
    """Its briefs."""
    earlier_issues: tuple[IssueCard, ...]
    """Issues before it, newest first."""
    topics: tuple[GroupEntry, ...]
    """Topics with the most articles."""
    calendar: MonthCalendar | None
    """Month of the latest issue; None when its date is unknown."""
    years_ago: tuple[IssueCard, ...]
    """Issues that appeared around the same day in earlier years."""


class IssuesContext(msgspec.Struct, frozen=True, kw_only=True):
    """All issues."""

    years: tuple[YearOfIssues, ...]
    """Newest year first, issues without a date last."""


class IssueContext(msgspec.Struct, frozen=True, kw_only=True):
    """One issue: its contents by printed page and column."""

    issue: IssueCard
    """Label, date, numbers; `articles` holds all in reading order."""
    note_html: Markup
    """The editor's note, or ""."""
    sections: tuple[IssueSection, ...]
    """The printed pages."""
    previous: Link | None
    """The issue before it."""
    next: Link | None
    """The issue after it."""
    whole_url: str
    """The whole issue on one page."""
    calendar: MonthCalendar | None
    """Month of the issue; None when its date is unknown."""


class WholeIssueContext(msgspec.Struct, frozen=True, kw_only=True):
    """A whole issue on one page, to read through or print."""

    issue: IssueCard
    """Label, date, numbers; `articles` is empty."""
    note_html: Markup
    """The editor's note, or ""."""
    articles: tuple[FullArticle, ...]
    """In reading order."""


class ArticleContext(msgspec.Struct, frozen=True, kw_only=True):
    """One article."""

    title: str
    """Headline (主题)."""
    kicker: str
    """Line above the headline (引题), or ""."""
    subtitle: str
    """Line below the headline (副题), or ""."""
    bylines: tuple[Link, ...]
    """Who wrote it, or where it comes from; each leads to its index page."""
    byline_kind: str
    """``author``, ``source``, or "" when there is no byline."""
    date: datetime.date | None
    """Its own date, or else its issue's."""
    issue: Link | None
    """Its issue."""
    page: str
    """Printed page, or ""."""
    page_url: str
    """Index of what ran on that page, or ""."""
    column: Link | None
    """Its column (栏目)."""
    body_html: Markup
    """Its text as safe HTML; ``<span class="gap">`` says that a passage is lost."""
    gap_count: int
    """How many passages are lost."""
    doubts: tuple[str, ...]
    """Open questions about the text that editors let readers see."""
    contents: tuple[ContentsEntry, ...]
    """Its headings; worth a table of contents from about four on."""
    summary: str
    """The editor's summary, or "" (never the first sentence again)."""
    topics: tuple[Link, ...]
    """Its topics."""
    people: tuple[Link, ...]
    """People it names."""
    places: tuple[Link, ...]
    """Places it names."""
    organisations: tuple[Link, ...]
    """Organisations it names."""
    corrections: tuple[CorrectionNotice, ...]
    """Corrections, newest first."""
    related: tuple[ArticleCard, ...]
    """Articles like it."""
    previous: Link | None
    """The article before it in the issue."""
    next: Link | None
    """The article after it in the issue."""
    position: int
    """Its place in the issue, from 1; 0 when it is in none."""
    issue_size: int
    """How many articles the issue has."""
    citation: Citation
    """How to cite it."""
    share: Share
    """What to hand on."""
    extra: Mapping[str, object]
    """The article's own keys: ``extra`` of its front matter."""


class GroupsContext(msgspec.Struct, frozen=True, kw_only=True):
    """An index: all topics, all bylines, all people …"""

    kind: str
    """``topics``, ``bylines``, ``people``, ``places``, ``organisations``, ``columns`` or
    ``printed-pages``."""
    entries: tuple[GroupEntry, ...]
    """Largest first."""
    siblings: tuple[Link, ...]
    """The other indexes that are not empty."""
    pages: tuple[PageNumber, ...]
    """Pages of a long index, the largest entries first; empty when there is one page."""


class GroupContext(msgspec.Struct, frozen=True, kw_only=True):
    """One entry of an index: its articles as a timeline, newest first."""

    kind: str
    """``topics``, ``bylines``, ``people``, ``places``, ``organisations``, ``columns`` or
    ``printed-pages``."""
    title: str
    """Its name."""
    description: str
    """What it is about, or ""."""
    count: int
    """How many articles it has on all pages; 0 on a numbered page, which tells of nothing but itself."""
    years: tuple[YearOfArticles, ...]
    """The articles of this page."""
    timeline: tuple[YearCount, ...]
    """Every year of the entry, on all pages, newest first; none on a numbered page."""
    pagination: Pagination
    """The other pages."""
    feed_url: str
    """Feed of the entry, or ""."""


class DatesContext(msgspec.Struct, frozen=True, kw_only=True):
    """All years."""

    years: tuple[YearEntry, ...]
    """Newest first."""
    undated: tuple[IssueCard, ...]
    """Issues whose date is unknown."""


class YearContext(msgspec.Struct, frozen=True, kw_only=True):
    """One year as twelve calendars."""

    year: int
    """The year."""
    issue_count: int
    """How many issues appeared in it."""
    article_count: int
    """How many articles they have."""
    months: tuple[MonthCalendar, ...]
    """January to December."""
    previous: Link | None
    """The year with issues before it."""
    next: Link | None
    """The year with issues after it."""


class MonthContext(msgspec.Struct, frozen=True, kw_only=True):
    """One month: its calendar and its issues."""

    calendar: MonthCalendar
    """The month."""
    issues: tuple[IssueCard, ...]
    """Oldest first, each with its articles."""
    year_url: str
    """Page of the year."""
    previous: Link | None
    """The month with issues before it."""
    next: Link | None
    """The month with issues after it."""


class StaticPageContext(msgspec.Struct, frozen=True, kw_only=True):
    """A static page (about, contact …)."""

    title: str
    """Its title."""
    summary: str
    """What it is about, or ""."""
    body_html: Markup
    """Its text as safe HTML."""
    contents: tuple[ContentsEntry, ...]
    """Its headings."""
    extra: Mapping[str, object]
    """The page's own keys: ``extra`` of its front matter."""


class SearchContext(msgspec.Struct, frozen=True, kw_only=True):
    """The search page. Its script fills it; without scripts it leads to the indexes."""

    engine: str
    """``builtin`` or ``pagefind``."""
    index_url: str
    """Folder of the search index, with a slash at its end."""
    indexes: tuple[Link, ...]
    """Other ways to find something: the indexes that are not empty."""
    is_kept_offline: bool = False
    """Visited pages and the search are kept for use without a network (``search_offline`` in site.toml)."""


class CorrectionsContext(msgspec.Struct, frozen=True, kw_only=True):
    """All corrections."""

    entries: tuple[CorrectionEntry, ...]
    """Newest first."""


class NotFoundContext(msgspec.Struct, frozen=True, kw_only=True):
    """The page for addresses that do not exist."""

    latest_issues: tuple[IssueCard, ...]
    """A few issues to go on with."""


class RedirectContext(msgspec.Struct, frozen=True, kw_only=True):
    """An old address that leads to a new one."""

    target: Link
    """The new address and what is there."""


Content = (
    HomeContext
    | IssuesContext
    | IssueContext
    | WholeIssueContext
    | ArticleContext
    | GroupsContext
    | GroupContext
    | DatesContext
    | YearContext
    | MonthContext
    | StaticPageContext
    | SearchContext
    | CorrectionsContext
    | NotFoundContext
    | RedirectContext
)
"""What `content` may be."""

CONTENT_BY_KIND: Mapping[PageKind, type[Content]] = {
    PageKind.HOME: HomeContext,
    PageKind.ISSUES: IssuesContext,
    PageKind.ISSUE: IssueContext,
    PageKind.WHOLE_ISSUE: WholeIssueContext,
    PageKind.ARTICLE: ArticleContext,
    PageKind.GROUPS: GroupsContext,
    PageKind.GROUP: GroupContext,
    PageKind.DATES: DatesContext,
    PageKind.YEAR: YearContext,
    PageKind.MONTH: MonthContext,
    PageKind.STATIC_PAGE: StaticPageContext,
    PageKind.SEARCH: SearchContext,
    PageKind.CORRECTIONS: CorrectionsContext,
    PageKind.NOT_FOUND: NotFoundContext,
    PageKind.REDIRECT: RedirectContext,
}
"""The type of `content` for each kind of page."""
