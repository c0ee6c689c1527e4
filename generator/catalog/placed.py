"""Placed articles by volume: columns of what every build looks at, and the articles when they are asked for.

An archive has a hundred thousand articles, of which a build shows a few hundred: to make a value of each
would take longer than what is done with them. A volume is a row of folders, as issues are bound together.
"""

from bisect import bisect
from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate, chain, groupby, repeat, starmap
from typing import NamedTuple

import msgspec

from generator.catalog.entries import PlacedArticle
from generator.model import GroupKind

_decode = msgspec.msgpack.Decoder(tuple[PlacedArticle, ...]).decode
_encode = msgspec.msgpack.Encoder().encode

Runs = list[tuple[str, int]]
"""A column in which values repeat: each value with how often it follows itself."""


class VolumeColumns(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What every build looks at in the articles of a volume, in their order.

    `issues` are ids of issues, "" for none; `days` ISO dates, "" for none; `terms` digests of weighted terms;
    `names` has the numbers of articles (from 0) by the names they have in an index, by the kind of index. Of
    few articles there are the numbers: of those with corrections, with links or pictures, with aliases, and
    of drafts.
    """

    urls: list[str]
    issues: Runs
    days: Runs
    orders: list[int]
    faces: list[str]
    terms: list[str]
    names: dict[str, dict[str, list[int]]]
    corrected: list[int]
    referring: list[int]
    renamed: list[int]
    drafts: list[int]

    @classmethod
    def of(cls, articles: Sequence[PlacedArticle]) -> "VolumeColumns":
        outlines = [article.outline for article in articles]
        names: dict[str, Iterable[Sequence[str]]] = {
            GroupKind.TOPIC.value: (each.topics for each in outlines),
            GroupKind.BYLINE.value: (each.byline for each in outlines),
            GroupKind.PERSON.value: (each.people for each in outlines),
            GroupKind.PLACE.value: (each.places for each in outlines),
            GroupKind.ORGANISATION.value: (each.organisations for each in outlines),
            GroupKind.COLUMN.value: ((each.column,) if each.column else () for each in outlines),
            GroupKind.PAGE.value: ((each.page,) if each.page else () for each in outlines),
        }
        numbers = {kind: _numbers_by_name(column) for kind, column in names.items()}
        return cls(
            [article.url for article in articles],
            _runs(article.issue_id for article in articles),
            _runs(article.date.isoformat() if article.date else "" for article in articles),
            [outline.order for outline in outlines],
            [article.face for article in articles],
            [outline.terms_digest for outline in outlines],
            {kind: found for kind, found in numbers.items() if found},
            [number for number, each in enumerate(outlines) if each.corrected],
            [number for number, each in enumerate(outlines) if each.has_links or each.has_images],
            [number for number, each in enumerate(outlines) if each.aliases],
            [number for number, each in enumerate(outlines) if each.is_draft],
        )


class PlacedColumns(NamedTuple):
    """The columns of all volumes together; articles are numbered through. `alone` are those in no issue."""

    urls: list[str]
    issues: Runs
    days: list[str]
    orders: list[int]
    faces: list[str]
    terms: list[str]
    names: Mapping[GroupKind, Mapping[str, list[int]]]
    corrected: list[int]
    referring: list[int]
    renamed: list[int]
    alone: frozenset[int]

    @classmethod
    def joined(cls, volumes: Sequence[VolumeColumns]) -> "PlacedColumns":
        starts = list(accumulate((len(volume.urls) for volume in volumes), initial=0))
        names: dict[GroupKind, dict[str, list[int]]] = {}
        for start, volume in zip(starts, volumes, strict=False):
            for kind, numbers_by_name in volume.names.items():
                found = names.setdefault(GroupKind(kind), {})
                for name, numbers in numbers_by_name.items():
                    found.setdefault(name, []).extend([start + number for number in numbers])

        def few(columns: Iterable[Sequence[int]]) -> list[int]:
            return [
                start + number for start, numbers in zip(starts, columns, strict=False) for number in numbers
            ]

        days = chain.from_iterable(volume.days for volume in volumes)
        issues = list(chain.from_iterable(volume.issues for volume in volumes))
        ends = accumulate(count for _, count in issues)
        alone = (
            range(end - count, end)
            for (issue_id, count), end in zip(issues, ends, strict=True)
            if not issue_id
        )
        return cls(
            list(chain.from_iterable(volume.urls for volume in volumes)),
            issues,
            list(chain.from_iterable(starmap(repeat, days))),
            list(chain.from_iterable(volume.orders for volume in volumes)),
            list(chain.from_iterable(volume.faces for volume in volumes)),
            list(chain.from_iterable(volume.terms for volume in volumes)),
            names,
            few(volume.corrected for volume in volumes),
            few(volume.referring for volume in volumes),
            few(volume.renamed for volume in volumes),
            frozenset(chain.from_iterable(alone)),
        )


def _runs(column: Iterable[str]) -> Runs:
    return [(value, len(list(run))) for value, run in groupby(column)]


def _numbers_by_name(column: Iterable[Sequence[str]]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for number, names in enumerate(column):
        for name in names:
            found.setdefault(name, []).append(number)
    return found


class PlacedVolume(NamedTuple):
    """The placed articles of folders that follow each other; `folders` has those of each folder, packed as
    they are kept or as they are, and `counts` how many they are."""

    columns: VolumeColumns
    counts: list[int]
    folders: "Sequence[memoryview | Sequence[PlacedArticle]]"

    @classmethod
    def of(cls, folders: Sequence[Sequence[PlacedArticle]]) -> "PlacedVolume":
        return cls(
            VolumeColumns.of(list(chain.from_iterable(folders))), [len(folder) for folder in folders], folders
        )

    @property
    def packed(self) -> list[memoryview]:
        """Each folder apart: who asks for an article has the others of its issue unpacked, too."""
        return [
            folder if isinstance(folder, memoryview) else memoryview(_encode(folder))
            for folder in self.folders
        ]

    @property
    def unpacked(self) -> list[Sequence[PlacedArticle]]:
        return [_unpack(folder) for folder in self.folders]

    def without_drafts(self) -> "PlacedVolume":
        if not self.columns.drafts:
            return self
        return PlacedVolume.of(
            [[article for article in folder if not article.outline.is_draft] for folder in self.unpacked]
        )


class PlacedArticles:
    """Articles of all volumes, numbered from 0 in their order. Those of a folder are unpacked together."""

    def __init__(self, volumes: Sequence[PlacedVolume]) -> None:
        self._folders = list(chain.from_iterable(volume.folders for volume in volumes))
        counts = chain.from_iterable(volume.counts for volume in volumes)
        self._starts = list(accumulate(counts, initial=0))

    def __getitem__(self, number: int) -> PlacedArticle:
        place = bisect(self._starts, number) - 1
        folder = self._folders[place] = _unpack(self._folders[place])
        return folder[number - self._starts[place]]


def _unpack(folder: "memoryview | Sequence[PlacedArticle]") -> Sequence[PlacedArticle]:
    return _decode(folder) if isinstance(folder, memoryview) else folder
