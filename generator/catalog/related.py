"""Related articles, from the weighted terms of their texts.

Two articles are alike by the terms they share. A term that many articles have says little, so it counts less
with every doubling of their number; and each term only looks at the articles nearest in time, so that the
work grows with the number of articles and not with its square. What an article is related to thus depends on
its neighbours only, and a changed article changes the relations of few others (`affected_by`).
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from functools import cached_property
from itertools import pairwise

import msgspec
import numpy as np
from numpy.typing import NDArray

from generator.catalog.entries import Terms
from generator.catalog.gathering import GatheredTerms

NEAREST = 25
"""Articles looked at on each side of an article, in the time order of those sharing a term."""

LEAST_SCORE = 0.06
LEAST_SHARED_TERMS = 2
MOST_RELATED = 5

_LEAST_USED = 8
"""Of so many names one may be unused."""

Place = tuple[str, str]
"""Where an article stands in time: its date (ISO, "" for none) and its address."""


class ChangedArticle(msgspec.Struct, frozen=True):
    """An article that came, went or changed: its terms before and now, () when it was not there."""

    place: Place
    terms_before: Terms
    terms: Terms


class TermTable(msgspec.Struct, frozen=True, dict=True):
    """The terms of many articles as arrays: article after article, `lengths` of them each; `ids` are places
    in `names`. A tenth of the memory of lists, and read in a moment.
    """

    names: Sequence[str]
    lengths: NDArray[np.int32]
    ids: NDArray[np.int32]
    weights: NDArray[np.float32]

    @classmethod
    def of(cls, gathered: GatheredTerms) -> "TermTable":
        return cls(
            gathered.names,
            np.array(gathered.lengths, np.int32),
            np.array(gathered.ids, np.int32),
            np.array(gathered.weights, np.float32),
        )

    @cached_property
    def starts(self) -> NDArray[np.int64]:
        """Where the terms of each article begin, and where those of the last end."""
        return np.concatenate([[0], np.cumsum(self.lengths, dtype=np.int64)])

    def terms_at(self, number: int) -> Terms:
        """Return the terms of the article with this number."""
        start, end = self.starts[number : number + 2]
        names = (self.names[place] for place in self.ids[start:end].tolist())
        return tuple(zip(names, self.weights[start:end].tolist(), strict=True))

    def rearranged(self, before: Sequence[int], fresh: Iterable[Terms]) -> "TermTable":
        """Return the table of other articles: `before` has the number each had in this table, -1 for those
        that are new, whose terms are `fresh`, in order."""
        added = TermTable.of(GatheredTerms.of(fresh, self.names))
        old, is_new = np.array(before, np.int64), np.array(before, np.int64) < 0
        old[is_new] = np.arange(np.count_nonzero(is_new))
        # Most articles follow the one they followed before, and what lies together is taken together.
        breaks = np.flatnonzero((np.diff(old) != 1) | (is_new[1:] != is_new[:-1])) + 1
        parts = [(self.ids[:0], self.weights[:0], self.lengths[:0])]
        for first, end in pairwise([0, *breaks.tolist(), len(old)] if before else []):
            source = added if is_new[first] else self
            parts.append(source._part(int(old[first]), int(old[end - 1]) + 1))
        ids, weights, lengths = map(np.concatenate, zip(*parts, strict=True))
        return TermTable(added.names, lengths, ids, weights)._without_unused_names()

    def _part(self, first: int, end: int) -> tuple[NDArray[np.int32], NDArray[np.float32], NDArray[np.int32]]:
        """The ids and the weights of these articles, and how many each of them has."""
        start, after = self.starts[first], self.starts[end]
        return self.ids[start:after], self.weights[start:after], self.lengths[first:end]

    def _without_unused_names(self) -> "TermTable":
        """Few unused names do no harm, and to drop them would give all others other numbers."""
        is_used = np.zeros(len(self.names), np.bool_)
        is_used[self.ids] = True
        if np.count_nonzero(is_used) * _LEAST_USED > len(self.names) * (_LEAST_USED - 1):
            return self
        names = [name for name, used in zip(self.names, is_used.tolist(), strict=True) if used]
        ids = (np.cumsum(is_used, dtype=np.int32) - np.int32(1))[self.ids]
        return TermTable(names, self.lengths, ids, self.weights)


class TermIndex:
    """Articles in time order, each with its terms."""

    def __init__(self, places: Sequence[Place], table: TermTable) -> None:
        self.places = places
        self.table = table
        # Not the distance in the list: that changes with articles that have nothing to do with either.
        dates = [date for date, _ in places]
        days = {date: _day(date) for date in set(dates)}  # there are more articles than days
        self._days = np.fromiter(map(days.__getitem__, dates), np.int64, len(dates))
        owners = np.repeat(np.arange(len(places), dtype=np.int32), table.lengths)
        # Entries by term, and within a term in time order.
        order = _stable_order(table.ids)
        self._holders = owners[order]
        self._ranks = np.empty(len(order), np.int32)
        self._ranks[order] = np.arange(len(order), dtype=np.int32)
        counts = np.bincount(table.ids, minlength=len(table.names))
        self._term_starts = np.concatenate([[0], np.cumsum(counts, dtype=np.int64)])
        self._commonness = _commonness(counts)
        self._lengths = _lengths(table)
        self._holder_weights = table.weights[order]

    @cached_property
    def _ids_by_name(self) -> dict[str, int]:
        return {name: place for place, name in enumerate(self.table.names)}

    def related(self, numbers: Sequence[int], most: int = MOST_RELATED) -> list[tuple[int, ...]]:
        """Return for each of these articles the numbers of up to `most` others like it, best first.

        Several at once take less time each; some kilobytes are held for each meanwhile.
        """
        asked = np.array(numbers, np.int64)
        entries, asking = self._entries_of(asked)
        ids, ranks = self.table.ids[entries], self._ranks[entries]
        first = np.maximum(self._term_starts[ids], ranks - NEAREST)
        lengths = np.minimum(self._term_starts[ids + 1], ranks + 1 + NEAREST) - first
        near = _ranges(first, lengths)
        holders = self._holders[near]
        pairs, order = _sorted_stably(np.repeat(asking * len(self.places), lengths) + holders)
        weights = self.table.weights[entries] / self._lengths[asked[asking]] / self._commonness[ids]
        near_weights = self._holder_weights[near] / self._lengths[holders]
        parts = (np.repeat(weights, lengths) * near_weights)[order]
        is_first = np.ones(len(pairs), np.bool_)
        is_first[1:] = pairs[1:] != pairs[:-1]
        places = np.cumsum(is_first) - 1
        shared = np.bincount(places)
        scores = np.bincount(places, parts).astype(np.float64, copy=False).round(6)
        good = np.flatnonzero((shared >= LEAST_SHARED_TERMS) & (scores >= LEAST_SCORE))
        asking, others = np.divmod(pairs[is_first][good], max(1, len(self.places)))
        return self._best(asked, asking, others, scores[good], most)

    def _entries_of(self, numbers: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return the places of these articles' terms in the table, and beside each which of them it is of."""
        starts = self.table.starts[numbers]
        lengths = self.table.lengths[numbers].astype(np.int64)
        return _ranges(starts, lengths), np.repeat(np.arange(len(numbers)), lengths)

    def _best(
        self,
        asked: NDArray[np.int64],
        asking: NDArray[np.int64],
        others: NDArray[np.int64],
        scores: NDArray[np.float64],
        most: int,
    ) -> list[tuple[int, ...]]:
        """Return the best for each article asked about. Of each of the `others`, `asking` has the place among
        `asked` of the article it is like, and `scores` how much."""
        distances = np.abs(self._days[others] - self._days[asked[asking]])
        order = np.lexsort((others, distances, -scores, asking))
        order = order[others[order] != asked[asking[order]]]
        ordered = others[order].tolist()
        ends = np.searchsorted(asking[order], np.arange(len(asked) + 1)).tolist()
        return [tuple(ordered[start : min(end, start + most)]) for start, end in pairwise(ends)]

    def affected_by(self, changes: Sequence[ChangedArticle]) -> set[int]:
        """Return every article whose relations may differ because of the changes, the changed ones too."""
        now = Counter(term for change in changes for term in _names(change.terms))
        before = Counter(term for change in changes for term in _names(change.terms_before))
        affected: set[int] = set()
        for term in now.keys() | before.keys():
            holders = self._holders_of(term)
            counts = np.array([len(holders), len(holders) - now[term] + before[term]])
            if np.ptp(_commonness(counts)):
                affected.update(holders.tolist())
        for change in changes:
            number = bisect_left(self.places, change.place)
            if number < len(self.places) and self.places[number] == change.place:
                affected.add(number)  # it may have no terms any more that would lead to it
            for term in _names(change.terms_before) | _names(change.terms):
                affected.update(_around(self._holders_of(term), number, NEAREST + len(changes)))
        return affected

    def _holders_of(self, term: str) -> NDArray[np.int32]:
        place = self._ids_by_name.get(term)
        if place is None:
            return self._holders[:0]
        return self._holders[self._term_starts[place] : self._term_starts[place + 1]]


def _ranges(starts: NDArray[np.int64], lengths: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the numbers of every range one after the other."""
    ends = np.cumsum(lengths)
    return np.arange(ends[-1] if len(ends) else 0) + np.repeat(starts - ends + lengths, lengths)


def _lengths(table: TermTable) -> NDArray[np.float64]:
    """Return the lengths of the articles as vectors of their terms, 1 for those without any."""
    lengths = np.ones(len(table.lengths))
    has_terms = table.lengths > 0
    begins = table.starts[:-1][has_terms]
    if len(begins):
        weights = table.weights.astype(np.float64)
        lengths[has_terms] = np.sqrt(np.add.reduceat(np.square(weights, out=weights), begins))
    lengths[lengths == 0] = 1.0
    return lengths


def _day(iso_date: str) -> int:
    return date.fromisoformat(iso_date).toordinal() if iso_date else 0


def _stable_order(ids: NDArray[np.int32]) -> NDArray[np.int64]:
    """Return what argsort(kind="stable") does. Of numbers of 16 bits it is six times as quick: it does not
    compare them."""
    low, high = (ids & 0xFFFF).astype(np.uint16), (ids >> 16).astype(np.uint16)
    order = low.argsort(kind="stable")
    return order[high[order].argsort(kind="stable")] if high.any() else order


def _sorted_stably(numbers: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the numbers in order, and the places they had. No two are equal while each has its place behind
    it, so that any sort is stable, and the quickest is one of plain numbers.
    """
    bits = len(numbers).bit_length()
    placed = (numbers << bits) | np.arange(len(numbers))
    placed.sort()
    return placed >> bits, placed & ((1 << bits) - 1)


def _names(terms: Terms) -> set[str]:
    return {term for term, _ in terms}


def _commonness(counts: NDArray[np.int64]) -> NDArray[np.int64]:
    """1 for a term of up to three articles, 2 of up to seven, and so on."""
    powers: NDArray[np.int64] = np.maximum(1, np.frexp(counts)[1] - 1)
    return powers


def _around(holders: NDArray[np.int32], number: int, reach: int) -> Iterable[int]:
    place = int(np.searchsorted(holders, number))
    around: list[int] = holders[max(0, place - reach) : place + reach + 1].tolist()
    return around
