"""Volumes: neighbouring segments that share one index.

A query reads each volume, so there must be few; a new issue rewrites the newest one, so that must be small.
Three sizes settle both: years gather in the newest volume; once full it joins the middle one, and that in
turn the oldest.
"""

from collections.abc import Iterable, Sequence

import msgspec

from generator.search.documents import SearchSegment

NEWEST_LIMIT = 800
MIDDLE_LIMIT = 10_000
SPAN = 200
"""Articles of a span in a large volume, at least; twice as many in the largest. An edit puts one
span together anew and merges it with all others."""


class Span(msgspec.Struct, frozen=True):
    """Neighbouring segments of a volume whose terms are collected together, and kept until one changes."""

    segments: tuple[SearchSegment, ...]

    @property
    def count(self) -> int:
        return sum(segment.count for segment in self.segments)


class Volume(msgspec.Struct, frozen=True):
    """Segments indexed together, oldest first. `name` is the folder of its files."""

    name: str
    segments: tuple[SearchSegment, ...]

    @property
    def count(self) -> int:
        return sum(segment.count for segment in self.segments)

    @property
    def shard_size(self) -> int:
        """Bytes of a shard before compression: large volumes have larger ones, lest their list grow long."""
        if self.count <= 2 * NEWEST_LIMIT:
            return 8_000
        return 11_000 if self.count <= 2 * MIDDLE_LIMIT else 18_000

    @property
    def spans(self) -> Sequence[Span]:
        """Its segments in order: many of them together where the volume is large, else each by itself."""
        least = 0 if self.count <= 2 * NEWEST_LIMIT else SPAN if self.count <= 2 * MIDDLE_LIMIT else 2 * SPAN
        spans: list[list[SearchSegment]] = [[]]
        for segment in self.segments:
            if spans[-1] and _total(spans[-1]) >= least:
                spans.append([])
            spans[-1].append(segment)
        return [Span(tuple(segments)) for segments in spans]


def arrange_volumes(segments: Sequence[SearchSegment]) -> tuple[Volume, ...]:
    """Return the volumes, oldest first. Depends on the segments' counts alone, never on earlier builds."""
    oldest: list[SearchSegment] = []
    middle: list[SearchSegment] = []
    newest: list[SearchSegment] = []
    for segment in sorted(segments, key=_by_time):
        if newest and _total(newest) + segment.count > NEWEST_LIMIT:
            if middle and _total(middle) + _total(newest) > MIDDLE_LIMIT:
                oldest, middle = oldest + middle, []
            middle, newest = middle + newest, []
        newest.append(segment)
    return tuple(_volume(part) for part in (oldest, middle, newest) if part)


def _by_time(segment: SearchSegment) -> tuple[bool, str]:
    """Undated articles count as the oldest."""
    return (segment.name[:1].isdigit(), segment.name)


def _total(segments: Iterable[SearchSegment]) -> int:
    return sum(segment.count for segment in segments)


def _volume(segments: list[SearchSegment]) -> Volume:
    first, last = segments[0].name, segments[-1].name
    return Volume(first if first == last else f"{first}_{last}", tuple(segments))
