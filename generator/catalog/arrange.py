"""The whole site from its parts, with a problem for every clash of addresses."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import cache
from itertools import pairwise
from operator import attrgetter, itemgetter

import msgspec

from generator.catalog.addresses import SlugOf, alias_url, date_of_id, issue_url, page_url
from generator.catalog.entries import IssueEntry, PageEntry, PlacedArticle
from generator.catalog.groups import PageNameOf, group_articles
from generator.catalog.labels import issue_label
from generator.diagnostics import Diagnostic, SourceSpan, error, warning
from generator.model import (
    ArticleColumns,
    Issue,
    IssueDate,
    LookUp,
    RelatedArticles,
    Site,
    SiteArticle,
    SiteIssue,
    SitePage,
    Topic,
)

Relate = Callable[[Sequence[SiteArticle], ArticleColumns], RelatedArticles]


class SiteParts(msgspec.Struct, frozen=True):
    """What a site is arranged from. `slug_of` turns a name into a slug, `page_name_of` gives the one name of
    a printed page, `relate` says which articles are like which, `look_up` gives what is not in an article's
    outline.
    """

    articles: Sequence[PlacedArticle]
    issues: Sequence[IssueEntry]
    pages: Sequence[PageEntry]
    topics: Sequence[Topic]
    language: str
    slug_of: SlugOf
    page_name_of: PageNameOf
    relate: Relate
    look_up: LookUp


def arrange_site(parts: SiteParts) -> tuple[Site, list[Diagnostic]]:
    """Return the site and every problem found in arranging it; a clashing article is left out."""
    placed, problems = _take_in(parts)
    issues, undated = _arrange_issues(parts, placed)
    in_issues = [article for issue in issues for article in issue.articles]
    alone = sorted(
        (article for article in placed if not article.issue_id),
        key=lambda article: (_newest_key(article.date), article.url),
    )
    articles = _newest_first(in_issues + alone)
    groups, unknown_topics, topic_problems = group_articles(
        articles, parts.topics, parts.slug_of, parts.page_name_of
    )
    pages, page_problems = _arrange_pages(parts)
    columns = ArticleColumns.of(articles, issues)
    redirects, alias_problems = _redirects(articles, columns, issues, pages)
    related = parts.relate(articles, columns)
    site = Site(issues, articles, columns, groups, pages, related, redirects, unknown_topics)
    return site, problems + undated + topic_problems + page_problems + alias_problems


def _take_in(parts: SiteParts) -> tuple[list[SiteArticle], list[Diagnostic]]:
    """Make the articles of the site, in the order of their paths: of two at one address the first has it."""
    articles = [
        SiteArticle(
            placed.outline,
            placed.path,
            placed.digest,
            placed.slug,
            placed.url,
            placed.date,
            placed.issue_id,
            placed.face,
            parts.look_up,
        )
        for placed in parts.articles
    ]
    if len({article.url for article in articles}) == len(articles):
        return articles, []
    by_url: dict[str, SiteArticle] = {}
    problems = []
    for article in sorted(articles, key=attrgetter("path")):
        first = by_url.setdefault(article.url, article)
        if first is not article:
            problems.append(_same_address(article.path, article.url, first.path))
    return list(by_url.values()), problems


def _same_address(path: str, url: str, other: str) -> Diagnostic:
    hint = f"give one of the two another slug; {other} has it too, and this file is left out"
    return error("duplicate-slug", f"its address {url} is taken", SourceSpan(path), hint)


def _arrange_issues(
    parts: SiteParts, articles: Sequence[SiteArticle]
) -> tuple[tuple[SiteIssue, ...], list[Diagnostic]]:
    members: dict[str, list[SiteArticle]] = {}
    for article in articles:
        if article.issue_id:
            members.setdefault(article.issue_id, []).append(article)
    entries = {parts.slug_of(entry.folder): entry for entry in parts.issues}
    problems = []
    issues = []
    for issue_id in sorted(members.keys() | entries.keys()):
        entry = entries.get(issue_id)
        issue = entry.issue if entry else Issue(id=issue_id, date=IssueDate(None, "none", 0.0))
        found = _in_reading_order(members.get(issue_id, []), issue.articles)
        day = (
            issue.date.date
            or date_of_id(issue_id)
            or max((article.date for article in found if article.date), default=None)
        )
        if day is None:
            problems.append(_undated(issue_id, entry))
        issues.append(
            SiteIssue(
                issue_id,
                issue,
                issue_url(issue_id),
                issue_label(issue, day, parts.language),
                day,
                tuple(found),
                entry.digest if entry else "",
            )
        )
    issues.sort(key=lambda issue: issue.url, reverse=True)
    issues.sort(key=lambda issue: _newest_key(issue.date))
    return tuple(issues), problems


def _in_reading_order(articles: Sequence[SiteArticle], order: Sequence[str]) -> Sequence[SiteArticle]:
    """The issue's own list of slugs first, then the articles' `order`, then their file names."""
    if not order and all(one < next_ for one, next_ in pairwise(map(_order_of, articles))):
        return articles  # most issues
    place = {slug: number for number, slug in enumerate(order)}.get
    last = len(order)
    keyed = [(place(article.slug, last), _order_of(article), article.path, article) for article in articles]
    keyed.sort(key=itemgetter(0, 1, 2))
    return [article for _, _, _, article in keyed]


def _order_of(article: SiteArticle) -> int:
    return article.outline.order or 10**9


def _undated(issue_id: str, entry: IssueEntry | None) -> Diagnostic:
    path = entry.path if entry else f"content/articles/{issue_id}/issue.md"
    hint = "write date: YYYY-MM-DD into its front matter"
    return warning("issue-date", f"the issue {issue_id} has no date", SourceSpan(path), hint)


def _arrange_pages(parts: SiteParts) -> tuple[tuple[SitePage, ...], list[Diagnostic]]:
    pages: dict[str, SitePage] = {}
    problems = []
    for entry in sorted(parts.pages, key=lambda entry: entry.path):
        page = _page_of(entry)
        if page.url in pages:
            problems.append(_same_address(page.path, page.url, pages[page.url].path))
        else:
            pages[page.url] = page
    return tuple(sorted(pages.values(), key=lambda page: (page.order or 10**9, page.slug))), problems


def _page_of(entry: PageEntry) -> SitePage:
    return SitePage(
        entry.title,
        entry.slug,
        page_url(entry.slug),
        entry.path,
        entry.digest,
        entry.summary,
        entry.order,
        entry.aliases,
        entry.extra,
        entry.facts,
    )


def _redirects(
    articles: Sequence[SiteArticle],
    columns: ArticleColumns,
    issues: Sequence[SiteIssue],
    pages: Sequence[SitePage],
) -> tuple[dict[str, str], list[Diagnostic]]:
    renamed = [articles[place] for place in columns.renamed]
    named = [(article.path, article.url, article.outline.aliases) for article in renamed]
    named += [(page.path, page.url, page.aliases) for page in pages if page.aliases]
    if not named:
        return {}, []
    taken = {text.url for texts in (articles, issues, pages) for text in texts}
    redirects: dict[str, str] = {}
    problems = []
    for path, url, aliases in sorted(named):
        for alias in aliases:
            old = alias_url(alias, url)
            if not old:
                hint = "write it like /old/path/ or old-slug"
                problems.append(error("alias-path", f'alias "{alias}" is no path', SourceSpan(path), hint))
            elif old in taken or redirects.get(old, url) != url:
                hint = "remove the alias here, or the page that stands there"
                message = f'alias "{alias}" is the address of another page'
                problems.append(error("alias-taken", message, SourceSpan(path), hint))
            elif old != url:
                redirects[old] = url
    return redirects, problems


def _newest_first(articles: Sequence[SiteArticle]) -> tuple[SiteArticle, ...]:
    """Those of one day stay in their order."""
    key = cache(_newest_key)  # there are more articles than days
    keys = [key(article.date) for article in articles]
    return tuple([articles[place] for place in sorted(range(len(articles)), key=keys.__getitem__)])


def _newest_key(day: date | None) -> int:
    return -day.toordinal() if day else 0
