"""Placed articles by folder: columns of what every build looks at, and the articles when they are asked for.

An archive has a hundred thousand articles, of which a build shows a few hundred: to make a value of each
would take longer than what is done with them.
"""

from bisect import bisect
from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import NamedTuple

import msgspec

from generator.catalog.entries import PlacedArticle
from generator.model import GroupKind

_decode = msgspec.msgpack.Decoder(tuple[PlacedArticle, ...]).decode
_encode = msgspec.msgpack.Encoder().encode


class PlacedColumns(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What every build looks at in placed articles, in their order. Where all have the same issue or day, it
    stands once.

    `days` are ISO dates, "" for none; `terms` are digests of weighted terms; `names` has the names of each
    article in an index, by the kind of index, where one of the articles has any. Of few articles there are
    the numbers (from 0): of those with corrections, with links or pictures, with aliases, and of drafts.
    """

    urls: list[str]
    issue_ids: list[str]
    days: list[str]
    orders: list[int]
    faces: list[str]
    terms: list[str]
    names: dict[str, list[Sequence[str]]]
    corrected: list[int]
    referring: list[int]
    renamed: list[int]
    drafts: list[int]

    @classmethod
    def of(cls, articles: Sequence[PlacedArticle]) -> "PlacedColumns":
        outlines = [article.outline for article in articles]
        names: dict[str, list[Sequence[str]]] = {
            GroupKind.TOPIC.value: [each.topics for each in outlines],
            GroupKind.BYLINE.value: [each.byline for each in outlines],
            GroupKind.PERSON.value: [each.people for each in outlines],
            GroupKind.PLACE.value: [each.places for each in outlines],
            GroupKind.ORGANISATION.value: [each.organisations for each in outlines],
            GroupKind.COLUMN.value: [(each.column,) if each.column else () for each in outlines],
            GroupKind.PAGE.value: [(each.page,) if each.page else () for each in outlines],
        }
        return cls(
            [article.url for article in articles],
            _once([article.issue_id for article in articles]),
            _once([article.date.isoformat() if article.date else "" for article in articles]),
            [outline.order for outline in outlines],
            [article.face for article in articles],
            [outline.terms_digest for outline in outlines],
            {kind: column for kind, column in names.items() if any(column)},
            [number for number, each in enumerate(outlines) if each.corrected],
            [number for number, each in enumerate(outlines) if each.has_links or each.has_images],
            [number for number, each in enumerate(outlines) if each.aliases],
            [number for number, each in enumerate(outlines) if each.is_draft],
        )

    @property
    def _few(self) -> tuple[list[int], ...]:
        return self.corrected, self.referring, self.renamed, self.drafts

    @classmethod
    def joined(cls, parts: Iterable["PlacedColumns"]) -> "PlacedColumns":
        whole = cls([], [], [], [], [], [], {}, [], [], [], [])
        start = 0
        for part in parts:
            count = len(part.urls)
            whole.urls.extend(part.urls)
            whole.issue_ids.extend(part.issue_ids if len(part.issue_ids) == count else part.issue_ids * count)
            whole.days.extend(part.days if len(part.days) == count else part.days * count)
            whole.orders.extend(part.orders)
            whole.faces.extend(part.faces)
            whole.terms.extend(part.terms)
            for kind, column in part.names.items():
                names = whole.names.setdefault(kind, [])
                if len(names) < start:
                    names.extend([()] * (start - len(names)))
                names.extend(column)
            if any(part._few):
                for few, those in zip(whole._few, part._few, strict=True):
                    few.extend([start + number for number in those])
            start += count
        for names in whole.names.values():
            names.extend([()] * (start - len(names)))
        return whole


def _once(column: list[str]) -> list[str]:
    return column[:1] if len(set(column)) == 1 else column


class PlacedFolder(NamedTuple):
    """The placed articles of a folder, packed as they are kept or as they are."""

    columns: PlacedColumns
    articles: "msgspec.Raw | tuple[PlacedArticle, ...]"

    @classmethod
    def of(cls, articles: Iterable[PlacedArticle]) -> "PlacedFolder":
        placed = tuple(articles)
        return cls(PlacedColumns.of(placed), placed)

    @property
    def packed(self) -> msgspec.Raw:
        return (
            self.articles if isinstance(self.articles, msgspec.Raw) else msgspec.Raw(_encode(self.articles))
        )

    @property
    def unpacked(self) -> tuple[PlacedArticle, ...]:
        return _decode(self.articles) if isinstance(self.articles, msgspec.Raw) else self.articles

    def without_drafts(self) -> "PlacedFolder":
        if not self.columns.drafts:
            return self
        return PlacedFolder.of(article for article in self.unpacked if not article.outline.is_draft)


class PlacedArticles:
    """Articles of all folders, numbered from 0 in their order. Those of a folder are unpacked together."""

    def __init__(self, folders: Sequence[PlacedFolder]) -> None:
        self._parts = [folder.articles for folder in folders]
        self._starts = [*accumulate((len(folder.columns.urls) for folder in folders), initial=0)]

    def __getitem__(self, number: int) -> PlacedArticle:
        place = bisect(self._starts, number) - 1
        part = self._parts[place]
        if isinstance(part, msgspec.Raw):
            part = self._parts[place] = _decode(part)
        return part[number - self._starts[place]]
