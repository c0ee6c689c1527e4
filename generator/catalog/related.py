"""Related articles, from the weighted terms of their texts.

Two articles are alike by the terms they share. A term that many articles have says little, so its weight
falls with the power of two below its number of articles; and each term only looks at the articles nearest in
time, so that the work grows with the number of articles and not with its square.
"""

from bisect import bisect_left
from collections.abc import Mapping, Sequence

NEAREST = 40
"""Articles looked at on each side of an article, in the time order of those sharing a term."""

LEAST_SCORE = 0.08
LEAST_SHARED_TERMS = 2

Terms = Sequence[tuple[str, float]]


def relate_articles(terms_by_url: Mapping[str, Terms], count: int = 5) -> dict[str, tuple[str, ...]]:
    """Return for each article (by URL, in time order) up to `count` URLs of like ones, best first."""
    urls = list(terms_by_url)
    weights = _weigh(list(terms_by_url.values()))
    holders = _holders(weights)
    return {
        url: tuple(urls[other] for other in _most_alike(number, weights, holders, count))
        for number, url in enumerate(urls)
    }


def _weigh(all_terms: list[Terms]) -> list[dict[str, float]]:
    frequency: dict[str, int] = {}
    for terms in all_terms:
        for term, _ in terms:
            frequency[term] = frequency.get(term, 0) + 1
    weighed = []
    for terms in all_terms:
        damped = {term: weight / frequency[term].bit_length() for term, weight in terms}
        length = sum(weight * weight for weight in damped.values()) ** 0.5 or 1.0
        weighed.append({term: weight / length for term, weight in damped.items()})
    return weighed


def _holders(weights: list[dict[str, float]]) -> dict[str, list[int]]:
    holders: dict[str, list[int]] = {}
    for number, terms in enumerate(weights):
        for term in terms:
            holders.setdefault(term, []).append(number)
    return holders


def _most_alike(
    number: int, weights: list[dict[str, float]], holders: dict[str, list[int]], count: int
) -> list[int]:
    scores: dict[int, float] = {}
    shared: dict[int, int] = {}
    for term, weight in weights[number].items():
        for other in _neighbours(holders[term], number):
            scores[other] = scores.get(other, 0.0) + weight * weights[other][term]
            shared[other] = shared.get(other, 0) + 1
    good = [
        (-round(score, 6), abs(other - number), other)
        for other, score in scores.items()
        if score >= LEAST_SCORE and shared[other] >= LEAST_SHARED_TERMS
    ]
    return [other for _, _, other in sorted(good)[:count]]


def _neighbours(holders: list[int], number: int) -> list[int]:
    if len(holders) <= 2 * NEAREST:
        return [other for other in holders if other != number]
    place = bisect_left(holders, number)
    return holders[max(0, place - NEAREST) : place] + holders[place + 1 : place + 1 + NEAREST]
