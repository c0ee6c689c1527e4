"""What results can be narrowed by: date, issue, topics, bylines of every document of a volume."""

import json
from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from itertools import groupby
from typing import TypeVar

from generator.search.documents import SearchDocument
from generator.search.numbers import encode_numbers

FacetRow = tuple[str, str, str, tuple[tuple[str, str], ...], tuple[str, ...]]
"""Date, issue, its label, topics (slug, name), bylines."""

_Value = TypeVar("_Value", bound=Hashable)


def facet_row(document: SearchDocument) -> FacetRow:
    return (document.date, document.issue_id, document.issue_label, document.topics, document.byline)


def encode_facets(rows: Sequence[FacetRow]) -> bytes:
    """Lay out: length of the JSON head, the head, then for each document its topics and its bylines.

    Dates and issues come in runs; each of the others is a count followed by that many places in the head's
    list.
    """
    topics_of, bylines_of = [row[3] for row in rows], [row[4] for row in rows]
    topics, bylines = _most_common_first(topics_of), _most_common_first(bylines_of)
    head = {
        "dates": _runs([row[0] for row in rows]),
        "issues": [[id_, label, count] for (id_, label), count in _runs([row[1:3] for row in rows])],
        "topics": topics,
        "bylines": bylines,
    }
    encoded = json.dumps(head, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
    lists = b"".join((_places(topics_of, topics), _places(bylines_of, bylines)))
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
