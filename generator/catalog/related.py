"""Related articles, from the weighted terms of their texts.

Two articles are alike by the terms they share. A term that many articles have says little, so it counts less
with every doubling of their number; and each term only looks at the articles nearest in time, so that the
work grows with the number of articles and not with its square. What an article is related to thus depends on
its neighbours only, and a changed article changes the relations of few others (`affected_by`).
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

NEAREST = 25
"""Articles looked at on each side of an article, in the time order of those sharing a term."""

LEAST_SCORE = 0.06
LEAST_SHARED_TERMS = 2
MOST_RELATED = 5

Terms = Sequence[tuple[str, float]]
Place = tuple[str, str]
"""Where an article stands in time: its date (ISO, "" for none) and its address."""


@dataclass(frozen=True, slots=True)
class ChangedArticle:
    """An article that came, went or changed: its terms before and now, () when it was not there."""

    place: Place
    terms_before: Terms
    terms: Terms


class TermIndex:
    """Articles in time order, each with its terms (`terms_by_place` is sorted by place)."""

    def __init__(self, terms_by_place: Mapping[Place, Terms]) -> None:
        self.places = list(terms_by_place)
        # Not the distance in the list: that changes with articles that have nothing to do with either.
        self._days = [_day(place) for place in terms_by_place]
        self._terms = [_to_unit_length(terms) for terms in terms_by_place.values()]
        self._holders: dict[str, list[int]] = {}
        self._weights: dict[str, list[float]] = {}
        for number, terms in enumerate(self._terms):
            for term, weight in terms:
                self._holders.setdefault(term, []).append(number)
                self._weights.setdefault(term, []).append(weight)

    def terms_at(self, place: Place) -> Terms:
        """Return the terms of the article at `place`, () when there is none."""
        number = bisect_left(self.places, place)
        found = number < len(self.places) and self.places[number] == place
        return self._terms[number] if found else ()

    def related(self, number: int, count: int = MOST_RELATED) -> tuple[int, ...]:
        """Return the numbers of up to `count` articles like this one, best first."""
        days = self._days
        day = days[number]
        scores: dict[int, float] = {}
        seen = scores.get
        for term, weight in self._terms[number]:
            holders = self._holders[term]
            start, end = _window(holders, number)
            own = weight / _commonness(len(holders))
            for other, theirs in zip(holders[start:end], self._weights[term][start:end], strict=True):
                # A score stays below 1, so whole numbers count the terms shared.
                scores[other] = seen(other, 0.0) + 1.0 + own * theirs
        scores.pop(number, None)
        good = [
            (-round(shared % 1.0, 6), abs(days[other] - day), other)
            for other, shared in scores.items()
            if shared >= LEAST_SHARED_TERMS and shared % 1.0 >= LEAST_SCORE
        ]
        good.sort()
        return tuple(other for _, _, other in good[:count])

    def affected_by(self, changes: Sequence[ChangedArticle]) -> set[int]:
        """Return every article whose relations may differ because of the changes, the changed ones too."""
        now = Counter(term for change in changes for term in _names(change.terms))
        before = Counter(term for change in changes for term in _names(change.terms_before))
        affected: set[int] = set()
        for term in now.keys() | before.keys():
            holders = self._holders.get(term, [])
            if _commonness(len(holders)) != _commonness(len(holders) - now[term] + before[term]):
                affected.update(holders)
        for change in changes:
            number = bisect_left(self.places, change.place)
            if number < len(self.places) and self.places[number] == change.place:
                affected.add(number)  # it may have no terms any more that would lead to it
            for term in _names(change.terms_before) | _names(change.terms):
                affected.update(_around(self._holders.get(term, []), number, NEAREST + len(changes)))
        return affected


def _to_unit_length(terms: Terms) -> list[tuple[str, float]]:
    length = sum(weight * weight for _, weight in terms) ** 0.5 or 1.0
    # Just below one, so that the scores of equal articles stay below it.
    return [(term, 0.999 * weight / length) for term, weight in dict(terms).items()]


def _day(place: Place) -> int:
    return date.fromisoformat(place[0]).toordinal() if place[0] else 0


def _names(terms: Terms) -> set[str]:
    return {term for term, _ in terms}


def _commonness(holders: int) -> int:
    """1 for a term of up to three articles, 2 of up to seven, and so on."""
    return max(1, holders.bit_length() - 1)


def _window(holders: list[int], number: int) -> tuple[int, int]:
    place = bisect_left(holders, number)
    return max(0, place - NEAREST), place + 1 + NEAREST


def _around(holders: list[int], number: int, reach: int) -> Iterable[int]:
    place = bisect_left(holders, number)
    return holders[max(0, place - reach) : place + reach + 1]
