"""Indexes by name: topics, bylines, people, places, organisations, columns, printed pages."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from itertools import dropwhile, takewhile
from operator import attrgetter

from generator.catalog.addresses import SlugOf
from generator.diagnostics import Diagnostic, SourceSpan, error, nearest_name_hint
from generator.model import ChosenArticles, Group, GroupKind, SiteArticle, Topic

_NAMES: Mapping[GroupKind, Callable[[SiteArticle], Sequence[str]]] = {
    GroupKind.BYLINE: attrgetter("outline.byline"),
    GroupKind.PERSON: attrgetter("outline.people"),
    GroupKind.PLACE: attrgetter("outline.places"),
    GroupKind.ORGANISATION: attrgetter("outline.organisations"),
}

PageNameOf = Callable[[str], str]

_FIGURES = re.compile(r"([0-9]+)")


def group_articles(
    articles: Sequence[SiteArticle], topics: Sequence[Topic], slug_of: SlugOf, page_name_of: PageNameOf
) -> tuple[dict[GroupKind, tuple[Group, ...]], list[Diagnostic]]:
    """Return the groups of every kind, and a problem for each unknown topic.

    Largest first; printed pages as a reader leafs through them.

    `articles` are newest first, and so are those of a group.
    """
    topic_groups, problems = _group_by_topic(articles, topics, slug_of)
    groups = {GroupKind.TOPIC: topic_groups}
    for kind, names_of in _NAMES.items():
        members = _collect(articles, map(names_of, articles))
        groups[kind] = _largest_first(_named_groups(kind, members, slug_of))
    columns = [article.outline.column for article in articles]
    members = _collect(articles, ((column,) if column else () for column in columns))
    groups[GroupKind.COLUMN] = _largest_first(_named_groups(GroupKind.COLUMN, members, slug_of))
    pages = [article.outline.page for article in articles]
    members = _collect(articles, ((page_name_of(page),) if page else () for page in pages))
    groups[GroupKind.PAGE] = _in_order_of_pages(_named_groups(GroupKind.PAGE, members, slug_of))
    return groups, problems


def _group_by_topic(
    articles: Sequence[SiteArticle], topics: Sequence[Topic], slug_of: SlugOf
) -> tuple[tuple[Group, ...], list[Diagnostic]]:
    named = map(attrgetter("outline.topics"), articles)
    if not topics:
        members = _collect(articles, named)
        return _largest_first(_named_groups(GroupKind.TOPIC, members, slug_of)), []
    places_by_slug: dict[str, list[int]] = {topic.slug: [] for topic in topics}
    places_by_name = {
        name: places_by_slug[topic.slug] for topic in topics for name in (topic.slug, topic.name)
    }
    problems = []
    for place, names in enumerate(named):
        for name in names:
            places = places_by_name.get(name)
            if places is None:
                problems.append(_unknown_topic(articles[place], name, topics))
            elif not places or places[-1] != place:  # an article may name a topic twice, by slug and by name
                places.append(place)
    return _largest_first(
        Group(
            GroupKind.TOPIC,
            topic.name,
            topic.slug,
            _group_url(GroupKind.TOPIC, topic.slug),
            ChosenArticles(articles, places_by_slug[topic.slug]),
            topic.description,
        )
        for topic in topics
        if places_by_slug[topic.slug]
    ), problems


def _collect(articles: Sequence[SiteArticle], named: Iterable[Sequence[str]]) -> dict[str, ChosenArticles]:
    """Return the articles by the names that stand for each in `named`."""
    places_by_name: defaultdict[str, list[int]] = defaultdict(list)
    for place, names in enumerate(named):
        for name in names:
            places_by_name[name].append(place)
    return {name: ChosenArticles(articles, places) for name, places in places_by_name.items()}


def _named_groups(kind: GroupKind, members: Mapping[str, ChosenArticles], slug_of: SlugOf) -> list[Group]:
    """Names of equal sound get -2, -3 …, in the order they first appeared: a newcomer moves nobody."""
    by_age = sorted(members, key=lambda name: _first_appearance(members[name], name))
    taken: set[str] = set()
    groups = []
    for name in by_age:
        slug = _free_slug(slug_of(name), taken)
        taken.add(slug)
        groups.append(Group(kind, name, slug, _group_url(kind, slug), members[name]))
    return groups


def _first_appearance(articles: Sequence[SiteArticle], name: str) -> tuple[str, str, str]:
    """The oldest day of the articles, which are newest first, the first address on it, and the name."""
    day = next((article.date for article in reversed(articles) if article.date), None)
    url = min(article.url for article in takewhile(lambda each: each.date == day, _from(articles, day)))
    return (day.isoformat() if day else "9999", url, name)


def _from(articles: Sequence[SiteArticle], day: date | None) -> Iterable[SiteArticle]:
    """The articles from the oldest on, without those that have no date if others have."""
    return dropwhile(lambda each: each.date != day, reversed(articles))


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
