"""The whole site as one value: issues, articles and every index over them, with their addresses.

All `url` fields are paths under the site's root, with a leading slash and without the base path
(``/issues/2024-07-22/``); rendering puts the base path in front.
"""

import datetime
from abc import abstractmethod
from collections.abc import Callable, Iterator, Mapping, Sequence
from enum import StrEnum
from operator import itemgetter
from typing import TypeVar, overload

import msgspec

from generator.model.articles import ArticleDetails, ArticleHead, ArticleOutline
from generator.model.issues import Issue
from generator.model.markup import TextFacts

Value = TypeVar("Value")


class GroupKind(StrEnum):
    """The indexes by name; the value is the first segment of their addresses."""

    TOPIC = "topics"
    BYLINE = "bylines"
    PERSON = "people"
    PLACE = "places"
    ORGANISATION = "organisations"
    COLUMN = "columns"
    PAGE = "printed-pages"


LookUp = Callable[[str, str], ArticleDetails]
"""Gives the details of an article by path and digest of its file; any process may ask."""


class SiteArticle(msgspec.Struct, frozen=True, gc=False):
    """An article with its address. What is not in its outline is looked up when a page needs it.

    `date` is the article's own date or else its issue's; `face` is a digest that changes with the article's
    text, address or date; `place` is where it stands among all articles of the site, from 0.
    """

    outline: ArticleOutline
    path: str
    digest: str
    slug: str
    url: str
    date: datetime.date | None
    issue_id: str
    face: str
    look_up: LookUp
    place: int

    @property
    def head(self) -> ArticleHead:
        return self.look_up(self.path, self.digest).head

    @property
    def facts(self) -> TextFacts:
        return self.look_up(self.path, self.digest).facts

    @property
    def summary(self) -> str:
        """The editor's, or else the first sentence."""
        details = self.look_up(self.path, self.digest)
        return details.head.summary or details.lead


class SiteIssue(msgspec.Struct, frozen=True):
    """An issue with its articles in reading order. `id` is what its articles call it (`issue.id` is the name
    of its folder, from which it follows); `label` is what the issue is called in lists."""

    id: str
    issue: Issue
    url: str
    label: str
    date: datetime.date | None
    articles: "ChosenArticles"
    digest: str
    """Of issue.md; "" when the issue has none."""


class ArticleList(Sequence[SiteArticle]):
    """Articles in an order, of which a part is `ChosenArticles`."""

    __slots__ = ()

    @overload
    def __getitem__(self, place: int) -> SiteArticle: ...
    @overload
    def __getitem__(self, place: slice) -> "ChosenArticles": ...
    def __getitem__(self, place: int | slice) -> "SiteArticle | ChosenArticles":
        return self._part(place) if isinstance(place, slice) else self._at(place)

    @abstractmethod
    def _at(self, place: int) -> SiteArticle: ...

    @abstractmethod
    def _part(self, part: slice) -> "ChosenArticles": ...


class SiteArticles(ArticleList):
    """All articles of a site, each made when it is first asked for."""

    __slots__ = ("_made", "_make")

    def __init__(self, count: int, make: Callable[[int], SiteArticle]) -> None:
        """`make` is given places from 0 on."""
        self._made: list[SiteArticle | None] = [None] * count
        self._make = make

    def __len__(self) -> int:
        return len(self._made)

    def _at(self, place: int) -> SiteArticle:
        found = self._made[place]
        if found is None:
            found = self._made[place] = self._make(range(len(self))[place])
        return found

    def _part(self, part: slice) -> "ChosenArticles":
        return ChosenArticles(self, range(len(self))[part])


class ChosenArticles(ArticleList):
    """Some articles of a site, by their places among all of them. An archive has many long lists of articles
    and its pages show few of each, so that a list is no more than numbers. Those of an issue, which mostly
    stand beside each other, are a range."""

    __slots__ = ("_all", "places")

    def __init__(self, all_articles: Sequence[SiteArticle], places: Sequence[int]) -> None:
        self._all = all_articles
        self.places = places

    def __len__(self) -> int:
        return len(self.places)

    def __iter__(self) -> Iterator[SiteArticle]:
        return map(self._all.__getitem__, self.places)

    def _at(self, place: int) -> SiteArticle:
        return self._all[self.places[place]]

    def _part(self, part: slice) -> "ChosenArticles":
        return ChosenArticles(self._all, self.places[part])


class Group(msgspec.Struct, frozen=True):
    """One entry of an index: a topic, a byline, a person, a place, an organisation, a column, a printed page.

    `articles` are newest first.
    """

    kind: GroupKind
    name: str
    slug: str
    url: str
    articles: ChosenArticles
    description: str = ""


class SitePage(msgspec.Struct, frozen=True):
    """A static page (about, contact …) from content/pages/."""

    title: str
    slug: str
    url: str
    path: str
    digest: str
    summary: str = ""
    order: int = 0
    aliases: tuple[str, ...] = ()
    extra: Mapping[str, object] = msgspec.field(default_factory=dict)
    facts: TextFacts = msgspec.field(default_factory=TextFacts)


def pick(column: Sequence[Value], places: Sequence[int]) -> Sequence[Value]:
    """Return what a column has at these places."""
    if isinstance(places, range) and places.step == 1:
        return column[places.start : places.stop]
    return itemgetter(*places)(column) if len(places) > 1 else [column[place] for place in places]


def put(column: list[Value], places: Sequence[int], values: Sequence[Value]) -> None:
    """Set what a column has at these places."""
    if isinstance(places, range) and places.step == 1:
        column[places.start : places.stop] = values
        return
    for place, value in zip(places, values, strict=True):
        column[place] = value


class ArticleColumns(msgspec.Struct, frozen=True, gc=False):
    """What every build looks at in all articles, in their order: in a large archive, coming to each of them
    takes longer than what is done there.

    `days` are ISO dates, "" for none; `faces` change with all that is said of an article anywhere, the label
    of its issue too (but where its links and pictures lead); `terms` are digests of weighted terms. Of few
    articles there are the places: of those with corrections, with links or pictures, with aliases, with
    another date than their issue, and of those in no issue.
    """

    urls: list[str]
    days: list[str]
    faces: list[str]
    terms: list[str]
    corrected: list[int]
    referring: list[int]
    renamed: list[int]
    apart: list[int]
    alone: list[int]


class RelatedArticles(msgspec.Struct, frozen=True, gc=False):
    """Which articles are like which. They are numbered in the order of time, the oldest first, so that a new
    issue changes no number: `numbers` has of each article those of others like it, best first. `places` has
    their places among all articles of the site."""

    places: list[int]
    numbers: list[tuple[int, ...]]


class Site(msgspec.Struct, frozen=True):
    """Everything the pages are made from.

    `issues` newest first (undated ones last); `articles` newest issue first, reading order within, with their
    `columns`; `groups_by_kind` sorted by number of articles, then name, but printed pages in their own
    order; `redirects` old address → new address.
    """

    issues: tuple[SiteIssue, ...]
    articles: Sequence[SiteArticle]
    columns: ArticleColumns
    groups_by_kind: Mapping[GroupKind, tuple[Group, ...]]
    pages: tuple[SitePage, ...]
    related: RelatedArticles
    redirects: Mapping[str, str]
    unknown_topics: tuple[str, ...] = ()
    """Those that articles name and content/topics.toml does not."""

    def topics_by_name(self) -> dict[str, Group]:
        """The topics by name and by slug: articles may use either."""
        topics = self.groups_by_kind.get(GroupKind.TOPIC, ())
        return {topic.name: topic for topic in topics} | {topic.slug: topic for topic in topics}

    @property
    def texts(self) -> Iterator[SiteArticle | SitePage]:
        """Everything with a text of its own: articles, then static pages."""
        yield from self.articles
        yield from self.pages
