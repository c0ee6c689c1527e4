"""Indexes by name (topics, bylines, people …) and the list of articles of each entry.

Lists are numbered from the oldest article, and only the newest part of a list grows: what stands on a
numbered page stays there whatever is added later. Such a page tells nothing of the whole list, so that it is
not made again with every issue.
"""

from bisect import bisect, bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import accumulate, groupby

from generator.model import ChosenArticles, Group, GroupKind, PlannedFile, SiteArticle, Stage, output_path
from generator.render.context_parts import (
    Alternate,
    Link,
    PageNumber,
    Pagination,
    YearCount,
    YearOfArticles,
)
from generator.render.contexts import GroupContext, GroupsContext, PageContext, PageKind
from generator.render.pages.desk import Desk
from generator.render.pages.page import Page, key_of, place_of
from generator.render.pages.sheets import IssueKeys, KeptKeys, ListKeys, Sheet

ALWAYS = (GroupKind.TOPIC, GroupKind.BYLINE)
"""Indexes that have an address even while they are empty."""

INDEX_SIZE = 500
"""Entries on one page of an index."""

_TOGETHER = 8
"""Pages of a list that are made together."""

_KINDS = frozenset((PageKind.GROUP,))

_NEAR = 2
"""Numbered pages offered on each side of the present one, besides the first."""


def plan_groups(desk: Desk, last: KeptKeys, now: KeptKeys) -> tuple[list[Sheet], ListKeys]:
    """Plan the indexes and the pages of every group; return the keys of their older pages, too. `now` has the
    keys of issues in this build."""
    sheets: list[Sheet] = []
    issue_keys = now.issues
    first, known = _unchanged(desk, last, now.basis, issue_keys)
    found: dict[str, list[str]] = {}
    for kind in GroupKind:
        groups = desk.site.groups_by_kind.get(kind, ())
        if groups or kind in ALWAYS:
            sheets += map(Sheet.of, _plan_index(desk, kind, groups))
        for group in groups:
            leaves = cut_into_leaves(group.articles, desk.settings.page_size)
            name = f"{group.url}\n{group.name}"
            older = known.get(name, [])
            # Pages tell whether the list ends near them.
            if len(older) != len(leaves) - 1 or any(leaf.places[0] < first for leaf in leaves[-2:-1]):
                older = list(_keys_of_older(desk, group, leaves))
            found[name] = older
            sheets += _sheets(desk, group, leaves, [*older, _key_of_newest(desk, group, leaves)])
    return sheets, ListKeys(_state(desk, now.basis, issue_keys.values()), found)


def _unchanged(
    desk: Desk, last: KeptKeys, basis: str, issue_keys: Mapping[str, IssueKeys]
) -> tuple[int, Mapping[str, list[str]]]:
    """Return the keys of the last build as far as no issue has changed or gone since then. From the returned
    place on there are no articles but those there were.

    A list is known by the cards it shows, so that nothing has to be asked of its articles. To look at the
    cards of all lists takes a tenth of a second in a large archive.
    """
    issues, known = desk.site.issues, last.issues
    same = {issue.url: known[issue.url] for issue in issues if issue.url in known}
    is_same = all(issue_keys[url].card == keys.card for url, keys in same.items())
    if not is_same or last.lists.state != _state(desk, basis, same.values()):
        return 0, {}
    new = (issue.articles.places for issue in issues if issue.url not in known)
    return max((max(places) + 1 for places in new if places), default=0), last.lists.older


def _state(desk: Desk, basis: str, issue_keys: Iterable[IssueKeys]) -> str:
    """Return a digest of what the older pages of all lists are made from: all cards, in their order."""
    cards = (keys.card for keys in issue_keys)
    return desk.key(PageKind.GROUP, str(desk.settings.page_size), basis, desk.card_keys(desk.alone), *cards)


def _plan_index(desk: Desk, kind: GroupKind, groups: Sequence[Group]) -> Iterator[Page]:
    parts = [groups[start : start + INDEX_SIZE] for start in range(0, len(groups), INDEX_SIZE)] or [()]
    for number, part in enumerate(parts, start=1):
        entries = (f"{group.name}\n{group.url}\n{len(group.articles)}\n{group.description}" for group in part)
        key = desk.key(PageKind.GROUPS, kind.value, f"{number} {len(parts)}", *entries)
        make = partial(_make_index, desk, kind, part, number, len(parts))
        yield Page(_index_url(kind, number), PageKind.GROUPS, key, Stage.INDEX, make)


def _index_url(kind: GroupKind, number: int) -> str:
    return f"/{kind.value}/" if number == 1 else f"/{kind.value}/page/{number}/"


def _make_index(
    desk: Desk, kind: GroupKind, groups: Sequence[Group], number: int, count: int
) -> tuple[PageContext, GroupsContext]:
    index = desk.index_link(kind)
    heading = index.title if number == 1 else _numbered(desk, index.title, number)
    way = () if number == 1 else (index,)
    page = desk.page_context(PageKind.GROUPS, _index_url(kind, number), heading, breadcrumbs=way)
    content = GroupsContext(
        kind=kind.value,
        entries=tuple(map(desk.group_entry, groups)),
        siblings=desk.indexes(without=index.url),
        pages=tuple(
            PageNumber(each, _index_url(kind, each), each == number)
            for each in range(1, count + 1)
            if count > 1
        ),
    )
    return page, content


def _numbered(desk: Desk, title: str, number: int) -> str:
    return f"{title} · {desk.translate('list-page')} {number}"


def _keys_of_older(desk: Desk, group: Group, leaves: Sequence[ChosenArticles]) -> Iterator[str]:
    for number, articles in enumerate(leaves[:-1], start=1):
        # The addresses of the pages offered beside this one tell where the list ends, if that is near.
        end = str(len(leaves)) if number + _NEAR >= len(leaves) else ""
        yield desk.key(PageKind.GROUP, group.name, group.url, str(number), end, desk.card_keys(articles))


def _key_of_newest(desk: Desk, group: Group, leaves: Sequence[ChosenArticles]) -> str:
    count = str(len(leaves))
    # On which pages the years stand follows from how many articles they have.
    years = list(_runs_of_years(desk, group.articles))
    whole = key_of(group.description, str(len(group.articles)), repr(years))
    return desk.key(PageKind.GROUP, group.name, group.url, count, count, whole, desk.card_keys(leaves[-1]))


def _sheets(
    desk: Desk, group: Group, leaves: Sequence[ChosenArticles], keys: Sequence[str]
) -> Iterator[Sheet]:
    for start in range(0, len(leaves), _TOGETHER):
        plan = partial(_plan_leaves, desk, group, leaves, keys, start)
        files = [
            PlannedFile(output_path(_leaf_url(group, number, len(leaves))), key, Stage.INDEX)
            for number, key in enumerate(keys[start : start + _TOGETHER], start + 1)
        ]
        place = place_of(leaves[min(start + _TOGETHER // 2, len(leaves) - 1)])
        yield Sheet(tuple(files), plan, _KINDS, place=place)


def _plan_leaves(
    desk: Desk, group: Group, leaves: Sequence[ChosenArticles], keys: Sequence[str], start: int
) -> Iterator[Page]:
    for number, key in enumerate(keys[start : start + _TOGETHER], start + 1):
        years = _years_of(desk, group, leaves) if number == len(leaves) else ()
        make = partial(_make_group, desk, group, leaves, years, number)
        yield Page(_leaf_url(group, number, len(leaves)), PageKind.GROUP, key, Stage.INDEX, make)


def cut_into_leaves(articles: ChosenArticles, size: int) -> list[ChosenArticles]:
    """Cut a list (newest first) into pages, the oldest page first. All but the newest hold exactly `size`;
    the newest holds from `size` to twice as many less one, so that it is never nearly empty."""
    count = max(1, len(articles) // size)
    ends = [len(articles) - size * number for number in range(count)]
    starts = [*ends[1:], 0]
    return [articles[start:end] for start, end in zip(starts, ends, strict=True)]


def _leaf_url(group: Group, number: int, count: int) -> str:
    return group.url if number == count else f"{group.url}page/{number}/"


def _years_of(desk: Desk, group: Group, leaves: Sequence[ChosenArticles]) -> tuple[YearCount, ...]:
    """Every year of the group, newest first, with the page on which its newest article stands."""
    ends = list(accumulate(map(len, reversed(leaves))))
    return tuple(
        YearCount(year, count, _leaf_url(group, len(leaves) - bisect(ends, first), len(leaves)))
        for year, first, count in _runs_of_years(desk, group.articles)
    )


def _runs_of_years(desk: Desk, articles: ChosenArticles) -> Iterator[tuple[int | None, int, int]]:
    """Yield each year with the number of its first article and the count of its articles."""
    places, first = articles.places, 0
    while first < len(places):
        year = desk.site.columns.days[places[first]][:4]
        after = bisect_left(places, desk.end_of_years[year], first)
        yield int(year) if year else None, first, after - first
        first = after


def _year_of(article: SiteArticle) -> int | None:
    return article.date.year if article.date else None


def _make_group(
    desk: Desk,
    group: Group,
    leaves: Sequence[ChosenArticles],
    years: tuple[YearCount, ...],
    number: int,
) -> tuple[PageContext, GroupContext]:
    url = _leaf_url(group, number, len(leaves))
    is_newest = number == len(leaves)
    name = desk.group_name(group)
    heading = name if is_newest else _numbered(desk, name, number)
    feed_url = f"{group.url}feed.xml" if group.kind is GroupKind.TOPIC else ""
    index = desk.index_link(group.kind)
    page = desk.page_context(
        PageKind.GROUP,
        url,
        heading,
        description=group.description if is_newest else "",
        breadcrumbs=(index,) if is_newest else (index, Link(name, group.url)),
        alternates=_feeds(desk, group) if feed_url else (),
    )
    content = GroupContext(
        kind=group.kind.value,
        title=name,
        description=group.description,
        count=len(group.articles) if is_newest else 0,
        years=tuple(
            YearOfArticles(year, tuple(map(desk.card, articles)))
            for year, articles in groupby(leaves[number - 1], _year_of)
        ),
        timeline=years,
        pagination=_paginate(group, number, len(leaves)),
        feed_url=feed_url,
    )
    return page, content


def _feeds(desk: Desk, group: Group) -> tuple[Alternate, ...]:
    title = f"{desk.settings.title} · {group.name}"
    return (
        Alternate(title, f"{group.url}feed.xml", "application/atom+xml"),
        Alternate(title, f"{group.url}feed.json", "application/feed+json"),
    )


def _paginate(group: Group, number: int, count: int) -> Pagination:
    offered = {1, *range(max(1, number - _NEAR), min(count, number + _NEAR) + 1)}
    return Pagination(
        current=number,
        newest_url=group.url,
        newer_url=_leaf_url(group, number + 1, count) if number < count else "",
        older_url=_leaf_url(group, number - 1, count) if number > 1 else "",
        pages=tuple(
            PageNumber(each, _leaf_url(group, each, count), each == number)
            for each in sorted(offered, reverse=True)
        ),
    )
