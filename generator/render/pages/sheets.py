"""Sheets: pages that are planned and made together.

All pages of an issue are one sheet. An archive has many issues of which few change between two builds, so the
keys of their pages are taken over from the last build where a mark of everything they are made from is the
same: first by volume, then by issue. A mark is coarser than the keys, and quick to make: with a new mark the
keys are worked out anew, and only new keys make new pages.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import chain

import msgspec

from generator.model import (
    PlannedFile,
    Site,
    SiteIssue,
    Stage,
    begins_volume,
    output_path,
    output_paths,
    pick,
    url_of,
)
from generator.render.contexts import PageKind
from generator.render.pages.articles import article_key, plan_article
from generator.render.pages.calendars import Calendars
from generator.render.pages.desk import Desk
from generator.render.pages.issues import (
    Neighbours,
    issue_page_keys,
    neighbour_keys,
    plan_issue_pages,
    whole_url,
)
from generator.render.pages.page import ANYWHERE, Page, key_of, place_of

NO_ARTICLE_KINDS = frozenset((PageKind.ISSUE, PageKind.WHOLE_ISSUE))
ISSUE_KINDS = NO_ARTICLE_KINDS | {PageKind.ARTICLE}


Spread = Callable[[Callable[[range], "VolumeKeys"], Sequence[range]], Iterable["VolumeKeys"]]
"""Does work on each of several items in order, perhaps on all cores."""


class Sheet(msgspec.Struct, frozen=True):
    """Pages made together. `plan` says how, and is asked when one of `files` has to be made; where two pages
    have one address, the first has it.

    `is_indexed`: search engines may list them. `place` is one of their articles' (see `Page`).
    """

    files: tuple[PlannedFile, ...]
    plan: Callable[[], Iterable[Page]]
    kinds: frozenset[PageKind]
    is_indexed: bool = True
    place: int = ANYWHERE

    @classmethod
    def of(cls, page: Page) -> "Sheet":
        return cls((page.planned,), lambda: (page,), frozenset((page.kind,)), page.is_indexed, page.place)

    @property
    def urls(self) -> Iterator[str]:
        return (url_of(file.path) for file in self.files)


class IssueKeys(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """Keys of an issue: of its card with all of its articles, of their own cards, and of its pages. `mark` is
    that of all they are made from."""

    mark: str
    card: str
    article_cards: list[str]
    pages: list[str]


class VolumeKeys(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """Keys of the issues of a volume by their addresses, newest first. `mark` is that of all they are made
    from."""

    mark: str
    issues: dict[str, IssueKeys]


class ListKeys(msgspec.Struct, frozen=True, gc=False):
    """Keys of the pages of every list but its newest, by address and name of the list. `state` is a digest of
    all they are made from."""

    state: str = ""
    older: Mapping[str, list[str]] = {}


class KeptKeys(msgspec.Struct, frozen=True):
    """Keys of the last build. `facts` is what all pages of issues have in common, `names` are the groups they
    lead to; `basis` was made from both when one of them last changed otherwise than by new names. Volumes
    stand by the address of their oldest issue.
    """

    facts: str = ""
    basis: str = ""
    names: Mapping[str, str] = {}
    volumes: Mapping[str, VolumeKeys] = {}
    lists: ListKeys = ListKeys()

    @property
    def issues(self) -> dict[str, IssueKeys]:
        """The keys of all issues by their addresses, newest first where the volumes are."""
        found: dict[str, IssueKeys] = {}
        for volume in self.volumes.values():
            found |= volume.issues
        return found


def plan_issue_sheets(
    desk: Desk, calendars: Calendars, kept: KeptKeys, spread: Spread = map
) -> tuple[list[Sheet], KeptKeys]:
    """Plan the pages of every issue and its articles; return what is to be kept for the next build, too."""
    marker = _Marker(desk, calendars, kept)
    volumes = list(_volumes(desk.site.issues))
    make = partial(_volume_keys, desk, calendars, marker, kept.volumes, kept.issues)
    # With another basis all keys are made anew. Of one that is kept, few are.
    made = map(make, volumes) if marker.basis == kept.basis else spread(make, volumes)
    paths = output_paths(desk.site.columns.urls)
    found: dict[str, VolumeKeys] = {}
    sheets = []
    for places, volume in zip(volumes, made, strict=True):
        found[desk.site.issues[places[-1]].url] = volume
        for place, keys in zip(places, volume.issues.values(), strict=True):
            sheets.append(_sheet(desk, calendars, place, keys, paths))
    return sheets, KeptKeys(marker.facts, marker.basis, marker.names, found)


def _volumes(issues: Sequence[SiteIssue]) -> Iterator[range]:
    """Yield the places of the issues of each volume."""
    start = 0
    for place, issue in enumerate(issues, start=1):
        if begins_volume(issue.id) or place == len(issues):
            yield range(start, place)
            start = place


def _volume_keys(
    desk: Desk,
    calendars: Calendars,
    marker: "_Marker",
    known_volumes: Mapping[str, VolumeKeys],
    known: Mapping[str, IssueKeys],
    places: range,
) -> VolumeKeys:
    issues = desk.site.issues
    mark = marker.volume_mark(places)
    before = known_volumes.get(issues[places[-1]].url)
    if before is not None and before.mark == mark:
        return before
    keys = (_issue_keys(desk, calendars, marker, known, place) for place in places)
    return VolumeKeys(mark, {issues[place].url: each for place, each in zip(places, keys, strict=True)})


def _issue_keys(
    desk: Desk, calendars: Calendars, marker: "_Marker", known: Mapping[str, IssueKeys], place: int
) -> IssueKeys:
    issue, beside = desk.site.issues[place], _neighbours(desk.site.issues, place)
    mark = marker.mark(issue, beside)
    keys = known.get(issue.url)
    if keys is not None and keys.mark == mark:
        return keys
    article_cards = [desk.card_key(article) for article in issue.articles]
    pages = list(_page_keys(desk, calendars, issue, beside))
    return IssueKeys(mark, desk.full_issue_key(issue), article_cards, pages)


def _sheet(desk: Desk, calendars: Calendars, place: int, keys: IssueKeys, paths: Sequence[str]) -> Sheet:
    """Return the sheet of an issue; all articles have `paths`."""
    issue = desk.site.issues[place]
    desk.take_full_issue_key(issue, keys.card)
    desk.take_card_keys(issue.articles, keys.article_cards)
    beside = _neighbours(desk.site.issues, place)
    plan = partial(_plan_pages, desk, calendars, issue, beside, keys.pages)
    kinds = ISSUE_KINDS if issue.articles else NO_ARTICLE_KINDS
    files = _files(issue, pick(paths, issue.articles.places), keys.pages)
    return Sheet(tuple(files), plan, kinds, place=place_of(issue.articles))


def _neighbours(issues: Sequence[SiteIssue], place: int) -> Neighbours:
    return (
        issues[place + 1] if place + 1 < len(issues) else None,
        issues[place - 1] if place else None,
    )


def _page_keys(desk: Desk, calendars: Calendars, issue: SiteIssue, beside: Neighbours) -> Iterator[str]:
    """The keys of the pages of an issue, in the order in which they are planned."""
    yield from issue_page_keys(desk, calendars, issue, beside)
    for place, article in enumerate(issue.articles):
        yield article_key(desk, article, issue, place)


def _plan_pages(
    desk: Desk, calendars: Calendars, issue: SiteIssue, beside: Neighbours, keys: Sequence[str]
) -> Iterator[Page]:
    yield from plan_issue_pages(desk, calendars, issue, beside, keys[:2])
    for place, (article, key) in enumerate(zip(issue.articles, keys[2:], strict=True)):
        yield plan_article(desk, article, key, issue, place)


def _files(issue: SiteIssue, paths: Sequence[str], keys: Sequence[str]) -> Iterator[PlannedFile]:
    """The files of pages with these keys, in the order in which they are planned. Articles have `paths`."""
    yield PlannedFile(output_path(issue.url), keys[0], Stage.ISSUE)
    yield PlannedFile(output_path(whole_url(issue)), keys[1], Stage.ISSUE)
    stage = Stage.ARTICLE  # looked up on its enumeration once, not for each of all articles
    for path, key in zip(paths, keys[2:], strict=True):
        yield PlannedFile(path, key, stage)


class _Marker:
    """Makes the marks of issues: digests of everything that their pages are made from."""

    def __init__(self, desk: Desk, calendars: Calendars, kept: KeptKeys) -> None:
        self._site = desk.site
        self._related = desk.site.related.numbers
        self._numbers = desk.numbers
        self._calendars = calendars
        self._texts = desk.texts
        self.facts = key_of(*map(desk.key, sorted(ISSUE_KINDS)))
        self.names = desk.names_of_groups()
        is_same = self.facts == kept.facts and kept.names.items() <= self.names.items()
        self.basis = kept.basis if is_same else key_of(self.facts, repr(self.names))
        self._described = self._describe(desk.site)

    def _describe(self, site: Site) -> list[str]:
        """All that each article is made from, by the numbers of related articles."""
        described = site.columns.faces.copy()
        for place in site.columns.referring:  # where links and pictures lead is not in the face
            described[place] += f"\n{self._texts.article_key(site.articles[place])}"
        return list(pick(described, site.related.places))

    def volume_mark(self, places: range) -> str:
        """Make the mark of issues that follow each other."""
        every = self._site.issues
        issues = pick(every, places)
        beside = _neighbours(every, places[-1])[0], _neighbours(every, places[0])[1]
        of_articles = (issue.articles.places for issue in issues)
        shown = pick(self._numbers, list(chain.from_iterable(of_articles)))
        others = pick(self._related, shown)
        return key_of(
            self.basis,
            str(len(issues)),
            *map(_row, issues),
            *map(self._texts.note_key, issues),
            *neighbour_keys(beside),
            # Of other months than the first and the last there are all issues.
            self._calendars.key_of_day(issues[0].date),
            self._calendars.key_of_day(issues[-1].date),
            repr(list(map(len, others))),
            *pick(self._described, [*shown, *chain.from_iterable(others)]),
        )

    def mark(self, issue: SiteIssue, beside: Neighbours) -> str:
        shown: list[int] = []
        counts: list[int] = []
        for number in pick(self._numbers, issue.articles.places):
            others = self._related[number]
            shown.append(number)
            shown += others
            counts.append(len(others))
        return key_of(
            self.basis,
            _row(issue),
            *neighbour_keys(beside),
            self._calendars.key_of_day(issue.date),
            self._texts.note_key(issue),
            repr(counts),
            *pick(self._described, shown),
        )


def _row(issue: SiteIssue) -> str:
    return f"{issue.url}\n{issue.label}\n{issue.date}\n{issue.digest}\n{len(issue.articles)}"
