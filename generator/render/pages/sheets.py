"""Sheets: pages that are planned and made together.

All pages of an issue are one sheet. An archive has many issues of which few change between two builds, so the
keys of their pages are taken over from the last build where a mark of everything they are made from is the
same. A mark is coarser than the keys, and quick to make: with a new mark the keys are worked out anew, and
only new keys make new pages.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial

import msgspec

from generator.model import PlannedFile, SiteArticle, SiteIssue, Stage
from generator.render.contexts import PageKind
from generator.render.pages.articles import plan_article
from generator.render.pages.calendars import Calendars
from generator.render.pages.desk import Desk
from generator.render.pages.issues import plan_issue_pages, whole_url
from generator.render.pages.page import INDEX, Page, key_of, output_path

NO_ARTICLE_KINDS = frozenset((PageKind.ISSUE, PageKind.WHOLE_ISSUE))
ISSUE_KINDS = NO_ARTICLE_KINDS | {PageKind.ARTICLE}


class Sheet(msgspec.Struct, frozen=True):
    """Pages made together. `plan` says how, and is asked when one of `files` has to be made; where two pages
    have one address, the first has it.

    `is_indexed`: search engines may list them.
    """

    files: tuple[PlannedFile, ...]
    plan: Callable[[], Iterable[Page]]
    kinds: frozenset[PageKind]
    is_indexed: bool = True

    @classmethod
    def of(cls, page: Page) -> "Sheet":
        return cls((page.planned,), lambda: (page,), frozenset((page.kind,)), page.is_indexed)

    @property
    def urls(self) -> Iterator[str]:
        for file in self.files:
            yield f"/{file.path.removesuffix(INDEX)}"


class KeptKeys(msgspec.Struct, frozen=True):
    """Keys of the last build. `facts` is what all pages of issues have in common, `names` are the groups they
    lead to; `basis` was made from both when one of them last changed otherwise than by new names.

    `keys` has of each issue, by address: the mark, the keys of its pages, those of its articles' cards.
    """

    facts: str = ""
    basis: str = ""
    names: Mapping[str, str] = {}
    keys: Mapping[str, Sequence[str]] = {}


def plan_issue_sheets(desk: Desk, calendars: Calendars, kept: KeptKeys) -> tuple[list[Sheet], KeptKeys]:
    """Plan the pages of every issue and its articles; return what is to be kept for the next build, too."""
    marker = _Marker(desk, calendars, kept)
    known, found = kept.keys, {}
    sheets = []
    for place, issue in enumerate(desk.site.issues):
        older, newer = _neighbours(desk.site.issues, place)
        plan = partial(_plan_pages, desk, calendars, issue, older, newer)
        mark = marker.mark(issue, older, newer)
        keys = known.get(issue.url, ())
        if not keys or keys[0] != mark:
            keys = [mark, *(page.key for page in plan()), *map(desk.card_key, issue.articles)]
        found[issue.url] = keys
        count = len(issue.articles)
        desk.take_card_keys(issue.articles, keys[-count:] if count else ())
        sheets.append(Sheet(tuple(_files(issue, keys)), plan, ISSUE_KINDS if count else NO_ARTICLE_KINDS))
    return sheets, KeptKeys(marker.facts, marker.basis, marker.names, found)


def _neighbours(issues: Sequence[SiteIssue], place: int) -> tuple[SiteIssue | None, SiteIssue | None]:
    return (
        issues[place + 1] if place + 1 < len(issues) else None,
        issues[place - 1] if place else None,
    )


def _plan_pages(
    desk: Desk, calendars: Calendars, issue: SiteIssue, older: SiteIssue | None, newer: SiteIssue | None
) -> Iterator[Page]:
    yield from plan_issue_pages(desk, calendars, issue, older, newer)
    for place, article in enumerate(issue.articles):
        yield plan_article(desk, article, issue, place)


def _files(issue: SiteIssue, keys: Sequence[str]) -> Iterator[PlannedFile]:
    """The files of the pages, in the order in which they are planned."""
    yield PlannedFile(output_path(issue.url), keys[1], Stage.ISSUE)
    yield PlannedFile(output_path(whole_url(issue)), keys[2], Stage.ISSUE)
    for article, key in zip(issue.articles, keys[3:], strict=False):
        yield PlannedFile(output_path(article.url), key, Stage.ARTICLE)


class _Marker:
    """Makes the marks of issues: digests of everything that their pages are made from."""

    def __init__(self, desk: Desk, calendars: Calendars, kept: KeptKeys) -> None:
        self._related = desk.site.related.numbers
        self._number_by_url = desk.number_by_url
        self._calendars = calendars
        self._texts = desk.texts
        self.facts = key_of(*map(desk.key, sorted(ISSUE_KINDS)))
        self.names = desk.names_of_groups()
        is_same = self.facts == kept.facts and kept.names.items() <= self.names.items()
        self.basis = kept.basis if is_same else key_of(self.facts, repr(self.names))
        labels = {issue.issue.id: issue.label for issue in desk.site.issues}
        by_number = map(desk.site.articles.__getitem__, desk.site.related.places)
        self._described = [self._describe(article, labels.get(article.issue_id, "")) for article in by_number]

    def _describe(self, article: SiteArticle, label: str) -> str:
        """All that an article is made from; where its links and pictures lead is not in its face."""
        outline = article.outline
        if outline.has_links or outline.has_images:
            return f"{article.face}\n{label}\n{self._texts.article_key(article)}"
        return f"{article.face}\n{label}"

    def mark(self, issue: SiteIssue, older: SiteIssue | None, newer: SiteIssue | None) -> str:
        known, number_of, related = self._described.__getitem__, self._number_by_url, self._related
        parts = [
            self.basis,
            f"{issue.url}\n{issue.label}\n{issue.date}\n{issue.digest}",
            f"{older.url}\n{older.label}" if older else "",
            f"{newer.url}\n{newer.label}" if newer else "",
            self._calendars.key_of_day(issue.date),
            self._texts.note_key(issue),
        ]
        for article in issue.articles:
            number = number_of[article.url]
            parts.append(known(number))
            parts += map(known, related[number])
            parts.append("")
        return key_of(*parts)
