"""What the search is given: articles as plain text, in segments that change rarely."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Protocol

import msgspec


class SearchDocument(msgspec.Struct, frozen=True, kw_only=True):
    """One article as the search sees it.

    `url` stands without the base path; `date` is ISO or ""; `topics` are (slug, name) pairs; `words` are the
    tokens of title and body, used for ranking only, never for matching.
    """

    url: str
    title: str
    kicker: str = ""
    subtitle: str = ""
    byline: tuple[str, ...] = ()
    date: str = ""
    issue_id: str = ""
    issue_label: str = ""
    topics: tuple[tuple[str, str], ...] = ()
    body: str = ""
    words: tuple[str, ...] = ()


class SearchSegment(msgspec.Struct, frozen=True):
    """Articles of one stretch of time (a year or a month), oldest first.

    `name` sorts by time and makes a folder name (``2024``, ``2024-07``, ``undated``); `key` is a digest of
    all that its documents say; `count` is how many `load_documents` yields.
    """

    name: str
    key: str
    count: int
    load_documents: Callable[[], Iterable[SearchDocument]]


class Suggestion(msgspec.Struct, frozen=True):
    """Something offered while typing. `kind` is ``topic``, ``person`` or ``article`` (its headline)."""

    kind: str
    text: str
    url: str


class SearchSettings(msgspec.Struct, frozen=True, kw_only=True):
    """`offline` adds the service worker; `suggestions` stand in the order they are to be offered.

    `language` is the site's (``zh-Hans``); only Pagefind asks for it.
    """

    language: str = "zh-Hans"
    offline: bool = False
    suggestions: tuple[Suggestion, ...] = ()


Spread = Callable[[Callable[[Any], Any], Sequence[Any]], Iterable[Any]]
"""Like `map`: calls a function for each item, in order or on all cores; the results come in order."""


class Memo(Protocol):
    """Results kept between builds. A lost value costs time, nothing else."""

    def get(self, namespace: str, key: str) -> bytes | None: ...

    def put(self, namespace: str, key: str, value: bytes) -> None: ...
