"""Issue pages, the whole issue on one page, and the list of all issues."""

import re
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import groupby

from generator.model import GroupKind, SiteArticle, SiteIssue, Stage
from generator.render.context_parts import FullArticle, IssueColumn, IssueSection, Link, YearOfIssues
from generator.render.contexts import IssueContext, IssuesContext, PageContext, PageKind, WholeIssueContext
from generator.render.pages.articles import article_digest
from generator.render.pages.calendars import Calendars, year_url
from generator.render.pages.desk import Desk, safe
from generator.render.pages.page import Page

URL = "/issues/"

YEARS_IN_FULL = 3
"""The newest years of the list of all issues that name their issues; older ones lead to their calendars."""


Neighbours = tuple[SiteIssue | None, SiteIssue | None]
"""The next older issue and the next newer one."""


def plan_issue_pages(
    desk: Desk, calendars: Calendars, issue: SiteIssue, beside: Neighbours, keys: Sequence[str]
) -> Iterator[Page]:
    """Plan the page of the issue, then the whole issue on one page; `keys` are its `issue_page_keys`."""
    make_issue = partial(_make_issue, desk, calendars, issue, beside)
    make_whole = partial(_make_whole, desk, issue)
    yield Page(issue.url, PageKind.ISSUE, keys[0], Stage.ISSUE, make_issue)
    yield Page(whole_url(issue), PageKind.WHOLE_ISSUE, keys[1], Stage.ISSUE, make_whole)


def neighbour_keys(beside: Neighbours) -> Iterator[str]:
    """What the page of an issue shows of the issues beside it."""
    return (f"{other.url}\n{other.label}" if other else "" for other in beside)


def issue_page_keys(desk: Desk, calendars: Calendars, issue: SiteIssue, beside: Neighbours) -> Iterator[str]:
    yield desk.key(
        PageKind.ISSUE,
        desk.full_issue_key(issue),
        *neighbour_keys(beside),
        calendars.key_of_day(issue.date),
        _columns_key(desk, issue.articles),
        desk.texts.note_key(issue),
    )
    yield desk.key(
        PageKind.WHOLE_ISSUE,
        desk.issue_card_key(issue),
        desk.texts.note_key(issue),
        *(article_digest(desk, article) for article in issue.articles),
    )


def plan_issue_list(desk: Desk) -> Page:
    years = [(year, tuple(issues)) for year, issues in groupby(desk.site.issues, _year_of)]
    parts = (
        part
        for place, (year, issues) in enumerate(years)
        for part in (
            f"{year} {len(issues)}",
            *(_listed_key(desk, issue) for issue in issues if _is_listed(place, year)),
        )
    )
    key = desk.key(PageKind.ISSUES, *parts)
    return Page(URL, PageKind.ISSUES, key, Stage.INDEX, partial(_make_list, desk, years))


def _year_of(issue: SiteIssue) -> int | None:
    return issue.date.year if issue.date else None


def _is_listed(place: int, year: int | None) -> bool:
    """Whether the issues of a year stand on the page, the newest year being at place 0."""
    return place < YEARS_IN_FULL or year is None


def _listed_key(desk: Desk, issue: SiteIssue) -> str:
    return desk.issue_card_key(issue, issue.articles[:1])


def _make_list(
    desk: Desk, years: Sequence[tuple[int | None, Sequence[SiteIssue]]]
) -> tuple[PageContext, IssuesContext]:
    entries = tuple(
        YearOfIssues(
            year,
            year_url(year) if year else "",
            len(issues),
            tuple(desk.issue_card(issue, issue.articles[:1]) for issue in issues if _is_listed(place, year)),
        )
        for place, (year, issues) in enumerate(years)
    )
    page = desk.page_context(PageKind.ISSUES, URL, desk.translate("all-issues"), breadcrumbs=())
    return page, IssuesContext(years=entries)


def _columns_key(desk: Desk, articles: Sequence[SiteArticle]) -> str:
    columns = dict.fromkeys(article.outline.column for article in articles if article.outline.column)
    return "\n".join(desk.group_link(GroupKind.COLUMN, name).url for name in columns)


def _make_issue(
    desk: Desk, calendars: Calendars, issue: SiteIssue, beside: Neighbours
) -> tuple[PageContext, IssueContext]:
    older, newer = beside
    page = desk.page_context(
        PageKind.ISSUE,
        issue.url,
        issue.label,
        description=_description(issue),
        breadcrumbs=(Link(desk.translate("issues"), URL),),
        nodes=lambda: desk.issue_nodes(issue),
        published=issue.date,
        told_by=lambda: _telling_texts(issue),
    )
    shows_calendar = desk.shows(PageKind.ISSUE, "calendar")
    content = IssueContext(
        issue=desk.issue_card(issue, issue.articles),
        note_html=safe(desk.texts.note(issue)),
        sections=tuple(_sections(desk, issue.articles)),
        previous=desk.issue_link(older),
        next=desk.issue_link(newer),
        whole_url=whole_url(issue),
        calendar=calendars.month_of(issue.date) if issue.date and shows_calendar else None,
    )
    return page, content


def _telling_texts(issue: SiteIssue) -> Iterator[str]:
    return (f"{article.head.title}{article.summary}" for article in issue.articles)


def _description(issue: SiteIssue) -> str:
    titles = [article.head.title for article in issue.articles[:4]]
    return "；".join(titles)


def _sections(desk: Desk, articles: Sequence[SiteArticle]) -> Iterator[IssueSection]:
    """The printed pages in reading order; articles that return to an earlier page join it."""
    by_page: dict[str, list[SiteArticle]] = {}
    for article in articles:
        by_page.setdefault(article.outline.page, []).append(article)
    for place, (printed, members) in enumerate(by_page.items(), start=1):
        name = re.sub(r"[^a-z0-9]+", "-", printed.lower()).strip("-")
        anchor = f"page-{name}" if name else f"section-{place}"
        columns = groupby(members, lambda article: article.outline.column)
        yield IssueSection(
            printed, anchor, tuple(_column(desk, name, tuple(group)) for name, group in columns)
        )


def _column(desk: Desk, name: str, articles: Sequence[SiteArticle]) -> IssueColumn:
    link = desk.group_link(GroupKind.COLUMN, name) if name else Link("", "")
    return IssueColumn(link.title, link.url, tuple(map(desk.card, articles)))


def whole_url(issue: SiteIssue) -> str:
    return f"{issue.url}all/"


def _make_whole(desk: Desk, issue: SiteIssue) -> tuple[PageContext, WholeIssueContext]:
    heading = f"{issue.label} · {desk.translate('whole-issue')}"
    page = desk.page_context(
        PageKind.WHOLE_ISSUE,
        whole_url(issue),
        heading,
        description=_description(issue),
        breadcrumbs=(Link(desk.translate("issues"), URL), Link(issue.label, issue.url)),
        published=issue.date,
        told_by=lambda: _telling_texts(issue),
    )
    content = WholeIssueContext(
        issue=desk.issue_card(issue),
        note_html=safe(desk.texts.note(issue)),
        articles=tuple(
            _full_article(desk, article, f"a{number}") for number, article in enumerate(issue.articles, 1)
        ),
    )
    return page, content


def _full_article(desk: Desk, article: SiteArticle, anchor: str) -> FullArticle:
    html = desk.texts.nested_article(article, anchor) if desk.shows(PageKind.WHOLE_ISSUE, "body_html") else ""
    return FullArticle(desk.card(article), anchor, safe(html))
