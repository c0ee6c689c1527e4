"""Indexes by name: topics, bylines, people, places, organisations, columns, printed pages."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import dropwhile, takewhile

from generator.catalog.addresses import SlugOf
from generator.diagnostics import Diagnostic, SourceSpan, error, nearest_name_hint
from generator.model import ArticleColumns, ChosenArticles, Group, GroupKind, SiteArticle, Topic

PageNameOf = Callable[[str], str]

PlacesByName = Mapping[str, Sequence[int]]
"""The places of articles by the names they have in an index."""

_FIGURES = re.compile(r"([0-9]+)")


def group_articles(
    articles: Sequence[SiteArticle],
    columns: ArticleColumns,
    names: Mapping[GroupKind, PlacesByName],
    topics: Sequence[Topic],
    slug_of: SlugOf,
) -> tuple[dict[GroupKind, tuple[Group, ...]], tuple[str, ...], list[Diagnostic]]:
    """Return the groups of every kind, the names of unknown topics, and a problem for each use of one.

    Largest first; printed pages as a reader leafs through them.

    `articles` are newest first, and so are those of a group.
    """
    members = {kind: names.get(kind, {}) for kind in GroupKind}
    known = {name: topic for topic in topics for name in (topic.slug, topic.name)}
    unknown = tuple(sorted(members[GroupKind.TOPIC].keys() - known.keys())) if topics else ()
    uses = [(place, name) for name in unknown for place in members[GroupKind.TOPIC][name]]
    problems = [_unknown_topic(articles[place], name, topics) for place, name in sorted(uses)]
    groups: dict[GroupKind, tuple[Group, ...]] = {}
    for kind, places_by_name in members.items():
        if kind is GroupKind.TOPIC and topics:
            named = _group_by_topic(articles, places_by_name, topics, known)
        else:
            named = _named_groups(kind, articles, columns, places_by_name, slug_of)
        order = _in_order_of_pages if kind is GroupKind.PAGE else _largest_first
        groups[kind] = order(named)
    return groups, unknown, problems


def _group_by_topic(
    articles: Sequence[SiteArticle],
    members: PlacesByName,
    topics: Sequence[Topic],
    by_name: Mapping[str, Topic],
) -> list[Group]:
    """An article may name a topic by its slug, by its name, or by both."""
    groups = []
    for topic in topics:
        names = [name for name in dict.fromkeys((topic.slug, topic.name)) if by_name[name] is topic]
        lists = [members[name] for name in names if name in members]
        places = lists[0] if len(lists) == 1 else sorted(set().union(*lists))
        if places:
            url = _group_url(GroupKind.TOPIC, topic.slug)
            chosen = ChosenArticles(articles, places)
            groups.append(Group(GroupKind.TOPIC, topic.name, topic.slug, url, chosen, topic.description))
    return groups


def _named_groups(
    kind: GroupKind,
    articles: Sequence[SiteArticle],
    columns: ArticleColumns,
    members: PlacesByName,
    slug_of: SlugOf,
) -> list[Group]:
    """Names of equal sound get -2, -3 …, in the order they first appeared: a newcomer moves nobody."""
    by_age = sorted(members, key=lambda name: _first_appearance(columns, members[name], name))
    taken: set[str] = set()
    groups = []
    for name in by_age:
        slug = _free_slug(slug_of(name), taken)
        taken.add(slug)
        chosen = ChosenArticles(articles, members[name])
        groups.append(Group(kind, name, slug, _group_url(kind, slug), chosen))
    return groups


def _first_appearance(columns: ArticleColumns, places: Sequence[int], name: str) -> tuple[str, str, str]:
    """The oldest day of the articles, which are newest first, the first address on it, and the name."""
    days = columns.days
    day = next((days[place] for place in reversed(places) if days[place]), "")
    there = dropwhile(lambda place: days[place] != day, reversed(places))
    url = min(columns.urls[place] for place in takewhile(lambda place: days[place] == day, there))
    return (day or "9999", url, name)


def _free_slug(slug: str, taken: set[str]) -> str:
    candidate, number = slug, 2
    while candidate in taken:
        candidate, number = f"{slug}-{number}", number + 1
    return candidate


def _largest_first(groups: Iterable[Group]) -> tuple[Group, ...]:
    return tuple(sorted(groups, key=lambda group: (-len(group.articles), group.name)))


def _in_order_of_pages(groups: Iterable[Group]) -> tuple[Group, ...]:
    """1, 2, 10, A1, A2: numbers by their value."""
    return tuple(sorted(groups, key=lambda group: _page_place(group.name)))


def _page_place(page: str) -> list[tuple[bool, int, str]]:
    parts = (part for part in _FIGURES.split(page) if part)
    return [(not part.isdigit(), int(part) if part.isdigit() else 0, part) for part in parts]


def _group_url(kind: GroupKind, slug: str) -> str:
    return f"/{kind.value}/{slug}/"


def _unknown_topic(article: SiteArticle, name: str, topics: Sequence[Topic]) -> Diagnostic:
    hint = nearest_name_hint(name, [topic.name for topic in topics] + [topic.slug for topic in topics])
    message = f'unknown topic "{name}"'
    return error(
        "unknown-topic", message, SourceSpan(article.path), f"{hint} Or add it to content/topics.toml"
    )
