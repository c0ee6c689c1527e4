"""What results can be narrowed by: dates, issues, topics, bylines of every document of a volume."""

import json
from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from itertools import groupby
from typing import TypeVar

from generator.search.documents import SearchDocument
from generator.search.numbers import encode_numbers

_Value = TypeVar("_Value", bound=Hashable)


class Facets:
    """Collects document by document. Dates and issues come in runs, topics and bylines in lists."""

    __slots__ = ("_bylines", "_dates", "_issues", "_topics")

    def __init__(self) -> None:
        self._dates: list[str] = []
        self._issues: list[tuple[str, str]] = []
        self._topics: list[tuple[tuple[str, str], ...]] = []
        self._bylines: list[tuple[str, ...]] = []

    def add(self, document: SearchDocument) -> None:
        self._dates.append(document.date)
        self._issues.append((document.issue_id, document.issue_label))
        self._topics.append(document.topics)
        self._bylines.append(document.byline)

    def encode(self) -> bytes:
        """Lay out: length of the JSON head, the head, then for each document its topics and its bylines.

        Each of these is a count followed by that many places in the head's list.
        """
        topics, bylines = _most_common_first(self._topics), _most_common_first(self._bylines)
        head = {
            "dates": _runs(self._dates),
            "issues": [[id_, label, count] for (id_, label), count in _runs(self._issues)],
            "topics": topics,
            "bylines": bylines,
        }
        encoded = json.dumps(head, ensure_ascii=False, separators=(",", ":")).encode()
        lists = b"".join((_places(self._topics, topics), _places(self._bylines, bylines)))
        return encode_numbers((len(encoded),)) + encoded + lists


def _runs(values: Sequence[_Value]) -> list[tuple[_Value, int]]:
    return [(value, sum(1 for _ in run)) for value, run in groupby(values)]


def _most_common_first(lists: Iterable[Sequence[_Value]]) -> list[_Value]:
    counts = Counter(value for values in lists for value in values)
    return sorted(counts, key=lambda value: (-counts[value], repr(value)))


def _places(lists: Iterable[Sequence[_Value]], order: Sequence[_Value]) -> bytes:
    place_of = {value: place for place, value in enumerate(order)}
    numbers: list[int] = []
    for values in lists:
        places = sorted({place_of[value] for value in values})
        numbers.append(len(places))
        numbers.extend(places)
    return encode_numbers(numbers)
