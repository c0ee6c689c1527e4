"""The whole site from its parts, with a problem for every clash of addresses."""

from bisect import bisect
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial
from hashlib import blake2b
from itertools import chain
from operator import add, lt
from typing import TypeVar

import msgspec

from generator.catalog.addresses import SlugOf, alias_url, date_of_id, issue_url, page_url
from generator.catalog.entries import IssueEntry, PageEntry
from generator.catalog.groups import PageNameOf, PlacesByName, group_articles
from generator.catalog.labels import issue_label
from generator.catalog.placed import PlacedArticles, PlacedColumns, PlacedVolume
from generator.diagnostics import Diagnostic, SourceSpan, error, warning
from generator.model import (
    ArticleColumns,
    ChosenArticles,
    GroupKind,
    Issue,
    IssueDate,
    LookUp,
    RelatedArticles,
    Site,
    SiteArticle,
    SiteArticles,
    SiteIssue,
    SitePage,
    Topic,
    pick,
    put,
)

Relate = Callable[[Sequence[SiteArticle], ArticleColumns], RelatedArticles]

Value = TypeVar("Value")

_NOWHERE = -1
"""Stands for the place of an article that is left out."""

_LAST = 10**9
"""Stands for the order of an article that says none."""


class SiteParts(msgspec.Struct, frozen=True):
    """What a site is arranged from. `slug_of` turns a name into a slug, `page_name_of` gives the one name of
    a printed page, `relate` says which articles are like which, `look_up` gives what is not in an article's
    outline.
    """

    volumes: Sequence[PlacedVolume]
    issues: Sequence[IssueEntry]
    pages: Sequence[PageEntry]
    topics: Sequence[Topic]
    language: str
    slug_of: SlugOf
    page_name_of: PageNameOf
    relate: Relate
    look_up: LookUp


class _Members(msgspec.Struct, frozen=True, gc=False):
    """An issue, and the numbers of its articles in reading order. `day` is its date as articles have it."""

    id: str
    entry: IssueEntry | None
    issue: Issue
    date: date | None
    label: str
    numbers: Sequence[int]

    @property
    def url(self) -> str:
        return issue_url(self.id)

    @property
    def day(self) -> str:
        return self.date.isoformat() if self.date else ""


class _Order(msgspec.Struct, frozen=True, gc=False):
    """Articles as the site has them: their `numbers` among those placed, newest first, and the place of each
    one that was placed."""

    numbers: list[int]
    place_of: list[int]

    def places(self, numbers: Sequence[int]) -> Sequence[int]:
        """Of articles in an order of their own; mostly they stand beside each other."""
        places = list(pick(self.place_of, numbers))
        row = range(places[0], places[0] + len(places)) if places else range(0)
        return row if places == list(row) else places

    def places_of(self, numbers: Sequence[int]) -> list[int]:
        """Of those of the articles that the site has, in its order."""
        places = sorted(pick(self.place_of, numbers))
        return places[bisect(places, _NOWHERE) :]

    def of(self, column: Sequence[Value]) -> list[Value]:
        """A column of the placed articles as one of the site's."""
        return list(pick(column, self.numbers))


def arrange_site(parts: SiteParts) -> tuple[Site, list[Diagnostic]]:
    """Return the site and every problem found in arranging it; a clashing article is left out."""
    placed = PlacedColumns.joined([volume.columns for volume in parts.volumes])
    read = PlacedArticles(parts.volumes)
    lost, problems = _find_clashes(placed, read)
    members, undated = _arrange_issues(parts, placed, read, lost)
    order = _newest_first(placed, members, lost)
    articles = SiteArticles(len(order.numbers), partial(_make_article, read, order.numbers, parts.look_up))
    issues = tuple(_issue_of(each, ChosenArticles(articles, order.places(each.numbers))) for each in members)
    columns = _columns_of(placed, members, order)
    groups, unknown_topics, topic_problems = group_articles(
        articles, columns, _names_of(placed, order, parts.page_name_of), parts.topics, parts.slug_of
    )
    pages, page_problems = _arrange_pages(parts)
    redirects, alias_problems = _redirects(articles, columns, issues, pages)
    related = parts.relate(articles, columns)
    site = Site(issues, articles, columns, groups, pages, related, redirects, unknown_topics)
    return site, problems + undated + topic_problems + page_problems + alias_problems


def _find_clashes(placed: PlacedColumns, articles: PlacedArticles) -> tuple[frozenset[int], list[Diagnostic]]:
    """Return the numbers of articles that are left out: of two at one address the first by path has it."""
    urls = placed.urls
    if len(set(urls)) == len(urls):
        return frozenset(), []
    count_of = Counter(urls)
    clashing = [number for number, url in enumerate(urls) if count_of[url] > 1]
    first_at: dict[str, str] = {}
    lost, problems = [], []
    for path, number in sorted((articles[number].path, number) for number in clashing):
        first = first_at.setdefault(urls[number], path)
        if first != path:
            lost.append(number)
            problems.append(_same_address(path, urls[number], first))
    return frozenset(lost), problems


def _same_address(path: str, url: str, other: str) -> Diagnostic:
    hint = f"give one of the two another slug; {other} has it too, and this file is left out"
    return error("duplicate-slug", f"its address {url} is taken", SourceSpan(path), hint)


def _arrange_issues(
    parts: SiteParts, placed: PlacedColumns, articles: PlacedArticles, lost: frozenset[int]
) -> tuple[list[_Members], list[Diagnostic]]:
    """Return the issues, newest first."""
    members = _members_by_issue(placed, lost)
    entries = {parts.slug_of(entry.folder): entry for entry in parts.issues}
    problems = []
    issues = []
    for issue_id in sorted(members.keys() | entries.keys()):
        entry = entries.get(issue_id)
        issue = entry.issue if entry else Issue(id=issue_id, date=IssueDate(None, "none", 0.0))
        found = _in_reading_order(members.get(issue_id, []), issue.articles, placed, articles)
        day = issue.date.date or date_of_id(issue_id) or _newest_day(placed.days, found)
        if day is None:
            problems.append(_undated(issue_id, entry))
        issues.append(_Members(issue_id, entry, issue, day, issue_label(issue, day, parts.language), found))
    issues.sort(key=lambda issue: issue.url, reverse=True)
    issues.sort(key=lambda issue: _newest_key(issue.date))
    return issues, problems


def _members_by_issue(placed: PlacedColumns, lost: frozenset[int]) -> dict[str, Sequence[int]]:
    """The numbers of the articles of each issue, a range of those that follow each other; "" is no issue."""
    members: dict[str, Sequence[int]] = {}
    scattered: dict[str, list[int]] = {}
    end = 0
    for issue_id, count in placed.issues:
        start, end = end, end + count
        row = range(start, end)
        numbers = [number for number in row if number not in lost] if lost else row
        if issue_id in scattered:
            scattered[issue_id] += numbers
        elif issue_id in members:
            scattered[issue_id] = [*members[issue_id], *numbers]
        else:
            members[issue_id] = numbers
    members |= scattered
    return {issue_id: numbers for issue_id, numbers in members.items() if issue_id and numbers}


def _newest_day(days: Sequence[str], numbers: Sequence[int]) -> date | None:
    newest = max((days[number] for number in numbers), default="")
    return date.fromisoformat(newest) if newest else None


def _in_reading_order(
    numbers: Sequence[int], order: Sequence[str], placed: PlacedColumns, articles: PlacedArticles
) -> Sequence[int]:
    """The issue's own list of slugs first, then the articles' `order`, then their file names."""
    orders = pick(placed.orders, numbers)
    if 0 in orders:
        orders = [each or _LAST for each in orders]
    if not order and all(map(lt, orders, orders[1:])):
        return numbers  # most issues
    place = {slug: number for number, slug in enumerate(order)}.get
    found = zip(orders, map(articles.__getitem__, numbers), numbers, strict=True)
    keyed = sorted((place(each.slug, len(order)), own, each.path, number) for own, each, number in found)
    return [number for *_, number in keyed]


def _undated(issue_id: str, entry: IssueEntry | None) -> Diagnostic:
    path = entry.path if entry else f"content/articles/{issue_id}/issue.md"
    hint = "write date: YYYY-MM-DD into its front matter"
    return warning("issue-date", f"the issue {issue_id} has no date", SourceSpan(path), hint)


def _issue_of(members: _Members, articles: ChosenArticles) -> SiteIssue:
    digest = members.entry.digest if members.entry else ""
    return SiteIssue(members.id, members.issue, members.url, members.label, members.date, articles, digest)


def _newest_first(placed: PlacedColumns, issues: Sequence[_Members], lost: frozenset[int]) -> _Order:
    """Those of one day stay in the order of their issues."""
    numbers = list(chain.from_iterable(issue.numbers for issue in issues))
    numbers += sorted(placed.alone - lost, key=placed.urls.__getitem__)
    numbers.sort(key=placed.days.__getitem__, reverse=True)
    place_of = [_NOWHERE] * len(placed.urls)
    for place, number in enumerate(numbers):
        place_of[number] = place
    return _Order(numbers, place_of)


def _make_article(placed: PlacedArticles, numbers: Sequence[int], look_up: LookUp, place: int) -> SiteArticle:
    found = placed[numbers[place]]
    return SiteArticle(
        found.outline,
        found.path,
        found.digest,
        found.slug,
        found.url,
        found.date,
        found.issue_id,
        found.face,
        look_up,
        place,
    )


def _columns_of(placed: PlacedColumns, issues: Sequence[_Members], order: _Order) -> ArticleColumns:
    labels = [""] * len(placed.urls)
    apart: list[int] = []
    for issue in issues:
        numbers, day, label = issue.numbers, issue.day, _short_digest(issue.label)
        put(labels, numbers, [label] * len(numbers))
        days = pick(placed.days, numbers)
        if days.count(day) < len(days):
            apart += [number for number, own in zip(numbers, days, strict=True) if own != day]
    return ArticleColumns(
        urls=order.of(placed.urls),
        days=order.of(placed.days),
        faces=order.of(list(map(add, placed.faces, labels))),
        terms=order.of(placed.terms),
        corrected=order.places_of(placed.corrected),
        referring=order.places_of(placed.referring),
        renamed=order.places_of(placed.renamed),
        apart=order.places_of(apart),
        alone=order.places_of(list(placed.alone)),
    )


def _short_digest(text: str) -> str:
    """Of plain letters, which take a byte each: every article of a site has it."""
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def _names_of(
    placed: PlacedColumns, order: _Order, page_name_of: PageNameOf
) -> Mapping[GroupKind, PlacesByName]:
    """The names that articles have in the indexes, with the places of those that have them."""
    names: dict[GroupKind, PlacesByName] = {}
    for kind, numbers_by_name in placed.names.items():
        if kind is GroupKind.PAGE:
            numbers_by_name = _renamed(numbers_by_name, page_name_of)
        places = {name: order.places_of(numbers) for name, numbers in numbers_by_name.items()}
        names[kind] = {name: those for name, those in places.items() if those}
    return names


def _renamed(numbers_by_name: Mapping[str, list[int]], name_of: Callable[[str], str]) -> dict[str, list[int]]:
    renamed: dict[str, list[int]] = {}
    for name, numbers in numbers_by_name.items():
        renamed.setdefault(name_of(name), []).extend(numbers)
    return renamed


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
    taken = {*columns.urls, *(issue.url for issue in issues), *(page.url for page in pages)}
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


def _newest_key(day: date | None) -> int:
    return -day.toordinal() if day else 0
