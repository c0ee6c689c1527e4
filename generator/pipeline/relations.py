"""Which articles are related: worked out for what changed since the last build, taken over for the rest."""

from collections.abc import Callable, Mapping, Sequence

import msgspec

from generator.catalog import ChangedArticle, Place, TermIndex, Terms
from generator.model import SiteArticle
from generator.pipeline.kept import TERMS, KeptTerms
from generator.pipeline.workers import map_on_cores
from generator.store import Store

NAMESPACE = "relations"
_KEY = "all"

MOST_CHANGES = 200
"""With more changed articles everything is worked out anew."""

TermsOf = Callable[[Mapping[str, str]], Mapping[str, Terms]]
"""Given the digests of articles' terms by the paths of the articles, returns the terms by digest."""


class Relations(msgspec.Struct, frozen=True, gc=False):
    """The last build's articles in time order: date, address, digest of terms, numbers of related ones."""

    dates: list[str]
    urls: list[str]
    digests: list[str]
    related: list[tuple[int, ...]]


def relate(
    articles: Sequence[SiteArticle], terms_of: TermsOf, store: Store, jobs: int
) -> dict[str, tuple[str, ...]]:
    """Return the addresses of related articles by address."""
    ordered = sorted(articles, key=_place)
    dates, urls = [_place(article)[0] for article in ordered], [article.url for article in ordered]
    digests = [article.outline.terms_digest for article in ordered]
    before = store.recall(NAMESPACE, (_KEY,), Relations).get(_KEY, Relations([], [], [], []))
    if (before.dates, before.urls, before.digests) == (dates, urls, digests):
        related = before.related
    else:
        known = terms_of({article.path: article.outline.terms_digest for article in ordered})
        terms_by_place = {_place(article): known[article.outline.terms_digest] for article in ordered}
        known_before = store.recall(TERMS, before.digests, KeptTerms)
        index = TermIndex(terms_by_place)
        related = _related_numbers(index, digests, before, known_before, jobs)
        store.keep(NAMESPACE, {_KEY: Relations(dates, urls, digests, related)})
    return {
        url: tuple(urls[other] for other in others)
        for url, others in zip(urls, related, strict=True)
        if others
    }


def _place(article: SiteArticle) -> Place:
    return (article.date.isoformat() if article.date else "", article.url)


def _related_numbers(
    index: TermIndex, digests: list[str], before: Relations, known: Mapping[str, Terms], jobs: int
) -> list[tuple[int, ...]]:
    numbers: Sequence[int] = range(len(index.places))
    related: list[tuple[int, ...]] = [()] * len(index.places)
    changes = _changes(index, digests, before, known)
    if changes is not None:
        affected = index.affected_by(changes)
        kept = _kept(index, before)
        numbers = sorted(affected | {number for number in numbers if number not in kept})
        for number, others in kept.items():
            related[number] = others
    found = map_on_cores(index.related, numbers, jobs, 500, 100)
    for number, others in zip(numbers, found, strict=True):
        related[number] = others
    return related


def _changes(
    index: TermIndex, digests: list[str], before: Relations, known: Mapping[str, Terms]
) -> list[ChangedArticle] | None:
    """Return what changed since the last build, None when that is too much or not known."""
    old = dict(zip(zip(before.dates, before.urls, strict=True), before.digests, strict=True))
    new = dict(zip(index.places, digests, strict=True))
    places = [place for place in old.keys() | new.keys() if old.get(place) != new.get(place)]
    if not old or len(places) > MOST_CHANGES:
        return None
    changes = []
    for place in places:
        terms_before = known.get(old[place]) if place in old else ()
        if terms_before is None:
            return None
        changes.append(ChangedArticle(place, terms_before, index.terms_at(place) if place in new else ()))
    return changes


def _kept(index: TermIndex, before: Relations) -> dict[int, tuple[int, ...]]:
    """The relations of the last build in the numbers of this one, of articles that are still there.

    One that has lost a relation is left out.
    """
    now = {place: number for number, place in enumerate(index.places)}
    moved = [now.get(place, -1) for place in zip(before.dates, before.urls, strict=True)]
    kept = {}
    for number, others in zip(moved, before.related, strict=True):
        renumbered = tuple(moved[other] for other in others)
        if number >= 0 and -1 not in renumbered:
            kept[number] = renumbered
    return kept
