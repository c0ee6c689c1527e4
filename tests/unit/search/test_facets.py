"""Facets: every date, issue, topic and byline of a volume, in the order of its documents."""

import json

from generator.search.facets import encode_facets, facet_row
from tests.support.searching import read_numbers, search_document


def read(content: bytes) -> tuple[dict[str, object], list[int]]:
    length = next(read_numbers(content))
    start = next(place for place, byte in enumerate(content) if byte < 0x80) + 1
    return json.loads(content[start : start + length]), list(read_numbers(content[start + length :]))


def test_dates_and_issues_stand_in_runs_topics_and_bylines_in_lists() -> None:
    urban, health = ("urban", "城建"), ("health", "卫生")
    late = {"date": "2024-01-05", "issue_id": "a", "issue_label": "第1期", "byline": ("林甲",)}
    documents = [
        search_document(1, date="", topics=(urban,)),
        search_document(2, topics=(health, urban), **late),
        search_document(3, topics=(health, urban), **late),
    ]
    head, lists = read(encode_facets([facet_row(document) for document in documents]))
    assert head["dates"] == [["", 1], ["2024-01-05", 2]]
    assert head["issues"] == [["", "", 1], ["a", "第1期", 2]]
    assert head["topics"] == [["urban", "城建"], ["health", "卫生"]]
    assert head["bylines"] == ["林甲"]
    assert lists == [1, 0, 2, 0, 1, 2, 0, 1, 0, 1, 0, 1, 0]


def test_a_topic_named_twice_counts_once() -> None:
    document = search_document(1, topics=(("a", "甲"), ("a", "甲")))
    assert read(encode_facets([facet_row(document)]))[1] == [1, 0, 0]
