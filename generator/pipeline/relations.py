"""Which articles are related: worked out for what changed since the last build, taken over for the rest."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING

import msgspec

from generator.catalog import Terms
from generator.content import digest_of_texts
from generator.model import SiteArticle
from generator.pipeline.workers import map_on_cores
from generator.store import Store

if TYPE_CHECKING:
    from generator.catalog.related import ChangedArticle, Place, TermIndex, TermTable

MARKED = "relations-marked"
NAMESPACE = "relations"
_KEY = "all"
TABLE = "relations-terms"

MOST_CHANGES = 200
"""With more changed articles everything is worked out anew."""

AT_ONCE = 4000
"""Articles whose terms are in memory together before they are put into the table."""

TOGETHER = 32
"""Articles whose related ones are worked out together."""

TermsOf = Callable[[Mapping[str, str]], Mapping[str, Terms]]
"""Given the digests of articles' terms by the paths of the articles, returns the terms by digest."""


class KeptRelations(msgspec.Struct, frozen=True, gc=False):
    """What the last build found, of the articles in the order of its site. `mark` is a digest of all that it
    depends on: their order, and each one's date, address and terms."""

    mark: str
    related: list[tuple[int, ...]]


class Relations(msgspec.Struct, frozen=True, gc=False):
    """The last build's articles in time order: date, address, digest of terms, numbers of related ones."""

    dates: list[str]
    urls: list[str]
    digests: list[str]
    related: list[tuple[int, ...]]

    @property
    def places(self) -> "list[Place]":
        return list(zip(self.dates, self.urls, strict=True))


class KeptTable(msgspec.Struct, frozen=True, gc=False):
    """The terms of those articles (`generator.catalog.related.TermTable`)."""

    digests: list[str]
    names: list[str]
    lengths: bytes
    ids: bytes
    weights: bytes


def relate(
    articles: Sequence[SiteArticle], terms_of: TermsOf, store: Store, jobs: int
) -> list[tuple[int, ...]]:
    """Return for each article the places of related ones among all, best first."""
    mark = _mark(articles)
    kept = store.recall(MARKED, (_KEY,), KeptRelations).get(_KEY)
    if kept is None or kept.mark != mark:
        kept = KeptRelations(mark, _relate_anew(articles, terms_of, store, jobs))
        store.keep(MARKED, {_KEY: kept})
    return kept.related


def _mark(articles: Sequence[SiteArticle]) -> str:
    written = cache(str)  # there are more articles than days
    return digest_of_texts(
        [f"{each.url}\t{written(each.date)}\t{each.outline.terms_digest}" for each in articles]
    )


def _relate_anew(
    articles: Sequence[SiteArticle], terms_of: TermsOf, store: Store, jobs: int
) -> list[tuple[int, ...]]:
    keys = [_place(article) for article in articles]
    order = sorted(range(len(articles)), key=keys.__getitem__)
    ordered = [articles[place] for place in order]
    dates, urls = [keys[place][0] for place in order], [keys[place][1] for place in order]
    digests = [article.outline.terms_digest for article in ordered]
    known = store.recall(NAMESPACE, (_KEY,), Relations).get(_KEY, Relations([], [], [], []))
    if (known.dates, known.urls, known.digests) != (dates, urls, digests):
        known = _work_out(known, Relations(dates, urls, digests, []), ordered, terms_of, store, jobs)
        store.keep(NAMESPACE, {_KEY: known})
    related: list[tuple[int, ...]] = [()] * len(articles)
    for place, others in zip(order, known.related, strict=True):
        related[place] = tuple([order[other] for other in others])
    return related


def _place(article: SiteArticle) -> "Place":
    return (article.date.isoformat() if article.date else "", article.url)


def _work_out(
    before: Relations,
    now: Relations,
    articles: Sequence[SiteArticle],
    terms_of: TermsOf,
    store: Store,
    jobs: int,
) -> Relations:
    from generator.catalog.related import TermIndex, TermTable  # loads numpy

    table_before = _recall_table(store, before)
    old_numbers = {place: number for number, place in enumerate(before.places)}
    moves = [
        old if old is not None and before.digests[old] == digest else -1
        for old, digest in zip(map(old_numbers.get, now.places), now.digests, strict=True)
    ]
    fresh = [article for article, old in zip(articles, moves, strict=True) if old < 0]
    gone = len(before.urls) - (len(moves) - len(fresh))
    if table_before is None or len(fresh) + gone > MOST_CHANGES:
        index = TermIndex(now.places, TermTable.of(_terms(articles, terms_of)))
        related = _related_to(index, range(len(articles)), jobs)
    else:
        table = table_before.rearranged(moves, _terms(fresh, terms_of))
        index = TermIndex(now.places, table)
        related = _related_numbers(index, before, table_before, moves, jobs)
    _keep_table(store, now, index.table)
    return Relations(now.dates, now.urls, now.digests, related)


def _terms(articles: Sequence[SiteArticle], terms_of: TermsOf) -> Iterator[Terms]:
    for start in range(0, len(articles), AT_ONCE):
        some = articles[start : start + AT_ONCE]
        known = terms_of({article.path: article.outline.terms_digest for article in some})
        yield from (known[article.outline.terms_digest] for article in some)


def _related_numbers(
    index: "TermIndex", before: Relations, table_before: "TermTable", moves: Sequence[int], jobs: int
) -> list[tuple[int, ...]]:
    changes = _changes(index, before, table_before, moves)
    kept = _kept(index, before)
    missing = {number for number in range(len(index.places)) if number not in kept}
    numbers = sorted(index.affected_by(changes) | missing)
    found = dict(zip(numbers, _related_to(index, numbers, jobs), strict=True))
    return [found[number] if number in found else kept[number] for number in range(len(index.places))]


def _related_to(index: "TermIndex", numbers: Sequence[int], jobs: int) -> list[tuple[int, ...]]:
    portions = [numbers[start : start + TOGETHER] for start in range(0, len(numbers), TOGETHER)]
    return list(chain.from_iterable(map_on_cores(index.related, portions, jobs, 16, 4)))


def _changes(
    index: "TermIndex", before: Relations, table_before: "TermTable", moves: Sequence[int]
) -> "list[ChangedArticle]":
    from generator.catalog.related import ChangedArticle

    stayed = set(moves)
    old = {place: number for number, place in enumerate(before.places) if number not in stayed}
    new = {place: number for number, place in enumerate(index.places) if moves[number] < 0}
    return [
        ChangedArticle(
            place,
            table_before.terms_at(old[place]) if place in old else (),
            index.table.terms_at(new[place]) if place in new else (),
        )
        for place in old.keys() | new.keys()
    ]


def _kept(index: "TermIndex", before: Relations) -> dict[int, tuple[int, ...]]:
    """The relations of the last build in the numbers of this one, of articles that are still there.

    One that has lost a relation is left out.
    """
    now = {place: number for number, place in enumerate(index.places)}
    moved = [now.get(place, -1) for place in before.places]
    kept = {}
    for number, others in zip(moved, before.related, strict=True):
        renumbered = tuple([moved[other] for other in others])
        if number >= 0 and -1 not in renumbered:
            kept[number] = renumbered
    return kept


def _recall_table(store: Store, relations: Relations) -> "TermTable | None":
    """Return the table of these articles, None when it was lost or is that of others."""
    import numpy as np

    from generator.catalog.related import TermTable

    kept = store.recall(TABLE, (_KEY,), KeptTable).get(_KEY)
    if kept is None or kept.digests != relations.digests:
        return None
    ids, weights = np.frombuffer(kept.ids, np.int32), np.frombuffer(kept.weights, np.float32)
    return TermTable(kept.names, np.frombuffer(kept.lengths, np.int32), ids, weights)


def _keep_table(store: Store, relations: Relations, table: "TermTable") -> None:
    arrays = (table.lengths.tobytes(), table.ids.tobytes(), table.weights.tobytes())
    store.keep(TABLE, {_KEY: KeptTable(relations.digests, list(table.names), *arrays)})
