"""Which articles are related: worked out for what changed since the last build, taken over for the rest."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import chain, groupby
from typing import TYPE_CHECKING

import msgspec

from generator.catalog import GatheredTerms, Terms
from generator.content import digest_of_texts
from generator.model import ArticleColumns, ChosenArticles, RelatedArticles, SiteArticle
from generator.pipeline.sequences import equal_lines, lines_from
from generator.pipeline.workers import map_on_cores
from generator.store import Store

if TYPE_CHECKING:
    from generator.catalog.related import ChangedArticle, Place, TermIndex, TermTable

NAMESPACE = "relations"
ROWS = "relations-rows"
_KEY = "all"
MOST_CHANGES = 200
"""With more changed articles everything is worked out anew."""

AT_ONCE = 4000
"""Articles whose terms are in memory together before they are put into the table."""

LEAST_PER_JOB = 64
"""Portions that are worth a fork, after which all memory that is touched is copied."""

TOGETHER = 32
"""Articles whose related ones are worked out together."""

ReadTerms = Callable[[Mapping[str, str]], Mapping[str, Terms]]
"""Given the digests of articles' terms by the paths of the articles, reads the terms and returns them by
digest."""


class TermSource(msgspec.Struct, frozen=True):
    """Where terms come from that are not in the table of the last build: those of articles read in this one
    are `gathered`; to `read` others takes as long as it did when they were new."""

    gathered: GatheredTerms
    read: ReadTerms


class KeptRelations(msgspec.Struct, frozen=True, gc=False):
    """What the last build found. `mark` is a digest of all that it depends on: the articles in the order of
    the site, and each one's date, address and terms."""

    mark: str
    related: RelatedArticles


class Rows(msgspec.Struct, frozen=True, gc=False):
    """Articles in the order of time, from number `first` on: date, address, digest of terms."""

    first: int
    dates: Sequence[str]
    urls: Sequence[str]
    digests: Sequence[str]

    @property
    def texts(self) -> tuple[str, str, str]:
        """A line a row of each column. Long texts are kept and compared in a moment, their lines are not."""
        dates, urls, digests = ("\n".join([*each, ""]) for each in (self.dates, self.urls, self.digests))
        return dates, urls, digests

    @property
    def places(self) -> "list[Place]":
        return list(zip(self.dates, self.urls, strict=True))

    def place(self, number: int) -> "Place":
        return self.dates[number - self.first], self.urls[number - self.first]

    def from_number(self, number: int) -> "Rows":
        start = number - self.first
        return Rows(number, self.dates[start:], self.urls[start:], self.digests[start:])


class KeptRows(msgspec.Struct, frozen=True, gc=False):
    """The `texts` of all rows; `mark` is that of the relations found from them."""

    mark: str
    texts: tuple[str, str, str]

    def split(self, texts: tuple[str, str, str]) -> Rows:
        """Return the rows behind those that these begin with as the ones of other texts do."""
        same = min(map(equal_lines, self.texts, texts))
        return Rows(same, *(lines_from(one, same) for one in self.texts))


class Moves(msgspec.Struct, frozen=True, gc=False):
    """Where rows went between two builds. `sources` has of each row the number it had, -1 where the article
    or its terms are new; `targets` of each former row the number its article has, -1 where it is gone. The
    first `same` rows are those there were.
    """

    same: int
    sources: list[int]
    targets: list[int]

    @classmethod
    def between(cls, before: Rows, now: Rows) -> "Moves":
        """Of rows from the same number on, which those before them have in common."""
        same = before.first
        then = {place: number for number, place in enumerate(before.places, same)}
        here = {place: number for number, place in enumerate(now.places, same)}
        numbers = [then.get(place, -1) for place in here]
        sources = [
            number if number >= 0 and before.digests[number - same] == digest else -1
            for number, digest in zip(numbers, now.digests, strict=True)
        ]
        begin = list(range(same))
        return cls(same, begin + sources, begin + [here.get(place, -1) for place in then])

    @property
    def fresh(self) -> list[int]:
        """The numbers of rows that are new or have new terms."""
        return [number for number in range(self.same, len(self.sources)) if self.sources[number] < 0]

    @property
    def left(self) -> list[int]:
        """The former numbers of rows that are gone or had other terms."""
        stayed = set(self.sources[self.same :])
        return [number for number in range(self.same, len(self.targets)) if number not in stayed]


def relate(
    articles: Sequence[SiteArticle], columns: ArticleColumns, source: TermSource, store: Store, jobs: int
) -> RelatedArticles:
    """Return which articles are like which."""
    wanted = (columns.days, columns.urls, columns.terms)
    mark = digest_of_texts(map("\n".join, wanted))
    kept = store.recall(NAMESPACE, (_KEY,), KeptRelations).get(_KEY)
    if kept is None or kept.mark != mark:
        order = _in_time_order(columns)
        rows = Rows(0, *([column[place] for place in order] for column in wanted))
        numbers = _work_out(kept, mark, rows, ChosenArticles(articles, order), source, store, jobs)
        kept = KeptRelations(mark, RelatedArticles(order, numbers))
        store.keep(NAMESPACE, {_KEY: kept})
    return kept.related


def unrelated(_articles: Sequence[SiteArticle], columns: ArticleColumns) -> RelatedArticles:
    """Return that nothing is like anything, for a site that does not show it."""
    order = _in_time_order(columns)
    return RelatedArticles(order, [()] * len(order))


def _in_time_order(columns: ArticleColumns) -> list[int]:
    """The places of the articles, the oldest first, those of a day by their addresses. (All articles of a
    site stand newest first.)"""
    order: list[int] = []
    for _, places in groupby(reversed(range(len(columns.days))), columns.days.__getitem__):
        order += sorted(places, key=columns.urls.__getitem__)
    return order


def _work_out(
    kept: KeptRelations | None,
    mark: str,
    rows: Rows,
    articles: Sequence[SiteArticle],
    source: TermSource,
    store: Store,
    jobs: int,
) -> list[tuple[int, ...]]:
    """Return for each article the numbers of related ones, and keep what the next build will want."""
    from generator.catalog.related import TermIndex  # loads numpy
    from generator.pipeline.term_tables import keep_term_table

    kept_rows, table_before = _recall_before(store, kept)
    texts = rows.texts
    before = kept_rows.split(texts)
    moves = Moves.between(before, rows.from_number(before.first))
    fresh, left = moves.fresh, moves.left
    if table_before is None:
        table = _table_anew(rows.digests, articles, source)
    else:
        table = table_before.rearranged(moves.sources, _terms([articles[each] for each in fresh], source))
    index = TermIndex(rows.places, table)
    if kept is None or table_before is None or len(fresh) + len(left) > MOST_CHANGES:
        numbers = _related_to(index, range(len(articles)), jobs)
    else:
        old = {before.place(each): table_before.terms_at(each) for each in left}
        new = {index.places[each]: table.terms_at(each) for each in fresh}
        changes = _changes(old, new)
        numbers = _related_numbers(index, kept.related.numbers, moves, changes, jobs)
    store.keep(ROWS, {_KEY: KeptRows(mark, texts)})
    keep_term_table(store, mark, table, table_before)
    return numbers


def _table_anew(digests: Sequence[str], articles: Sequence[SiteArticle], source: TermSource) -> "TermTable":
    from generator.catalog.related import TermTable

    number_of = source.gathered.number_of
    numbers = [number_of.get(digest, -1) for digest in digests]
    others = [articles[place] for place, number in enumerate(numbers) if number < 0]
    return TermTable.of(source.gathered).rearranged(numbers, _terms(others, source))


def _recall_before(store: Store, kept: KeptRelations | None) -> "tuple[KeptRows, TermTable | None]":
    """Return the rows of the last build and their terms; no terms when they were lost."""
    from generator.pipeline.term_tables import recall_term_table

    before = store.recall(ROWS, (_KEY,), KeptRows).get(_KEY)
    if kept is None or before is None or before.mark != kept.mark:
        return KeptRows("", ("", "", "")), None
    return before, recall_term_table(store, before.mark)


def _terms(articles: Sequence[SiteArticle], source: TermSource) -> Iterator[Terms]:
    for start in range(0, len(articles), AT_ONCE):
        some = articles[start : start + AT_ONCE]
        wanted = {article.path: article.outline.terms_digest for article in some}
        known = source.gathered.among(wanted.values())
        unread = {path: digest for path, digest in wanted.items() if digest not in known}
        if unread:
            known |= source.read(unread)
        yield from (known[article.outline.terms_digest] for article in some)


def _changes(old: "Mapping[Place, Terms]", new: "Mapping[Place, Terms]") -> "list[ChangedArticle]":
    from generator.catalog.related import ChangedArticle

    return [
        ChangedArticle(place, old.get(place, ()), new.get(place, ())) for place in old.keys() | new.keys()
    ]


def _related_numbers(
    index: "TermIndex",
    before: Sequence[tuple[int, ...]],
    moves: Moves,
    changes: "Sequence[ChangedArticle]",
    jobs: int,
) -> list[tuple[int, ...]]:
    numbers = _renumbered(before, moves)
    missing = {number for number, others in enumerate(numbers) if others is None}
    asked = sorted(index.affected_by(changes) | missing)
    for number, found in zip(asked, _related_to(index, asked, jobs), strict=True):
        numbers[number] = found
    return [others or () for others in numbers]


def _renumbered(before: Sequence[tuple[int, ...]], moves: Moves) -> list[tuple[int, ...] | None]:
    """The relations of the last build in the numbers of this one, None for new articles and for those that
    have lost a relation."""
    numbers: list[tuple[int, ...] | None] = [None] * len(moves.sources)
    if moves.same == len(before):
        numbers[: moves.same] = before
        return numbers
    targets = moves.targets
    for number, others in zip(targets, before, strict=True):
        renumbered = tuple([targets[other] for other in others])
        if number >= 0 and -1 not in renumbered:
            numbers[number] = renumbered
    return numbers


def _related_to(index: "TermIndex", numbers: Sequence[int], jobs: int) -> list[tuple[int, ...]]:
    portions = [numbers[start : start + TOGETHER] for start in range(0, len(numbers), TOGETHER)]
    return list(chain.from_iterable(map_on_cores(index.related, portions, jobs, LEAST_PER_JOB, 4)))
