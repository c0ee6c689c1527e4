"""Terms of articles, gathered while they are read: numpy need not be loaded yet."""

from array import array
from collections import defaultdict
from collections.abc import Iterable
from itertools import accumulate, count

from generator.catalog.entries import Terms


class GatheredTerms:
    """The terms of articles as plain arrays: article after article, `lengths` of them each; `ids` are places
    in `names`. `number_of` has the number of an article by the digest of its terms.
    """

    def __init__(self, names: Iterable[str] = ()) -> None:
        known = {name: place for place, name in enumerate(names)}
        self._place_of = defaultdict(count(len(known)).__next__, known)
        self.lengths, self.ids, self.weights = array("i"), array("i"), array("f")
        self.number_of: dict[str, int] = {}

    @classmethod
    def of(cls, articles: Iterable[Terms], names: Iterable[str] = ()) -> "GatheredTerms":
        gathered = cls(names)
        for terms in articles:
            gathered.add(terms)
        return gathered

    @property
    def names(self) -> list[str]:
        return list(self._place_of)

    def add(self, terms: Terms, digest: str = "") -> None:
        """Add those of one more article; with a digest they can be found again."""
        if digest:
            self.number_of.setdefault(digest, len(self.lengths))
        weights = dict(terms)
        self.lengths.append(len(weights))
        self.ids.extend(map(self._place_of.__getitem__, weights))
        self.weights.extend(weights.values())

    def among(self, digests: Iterable[str]) -> dict[str, Terms]:
        """Return the terms that have one of these digests, by digest."""
        names, starts = self.names, list(accumulate(self.lengths, initial=0))
        found: dict[str, Terms] = {}
        for digest in digests:
            number = self.number_of.get(digest)
            if number is not None:
                part = slice(starts[number], starts[number + 1])
                terms = zip(map(names.__getitem__, self.ids[part]), self.weights[part], strict=True)
                found[digest] = tuple(terms)
        return found
