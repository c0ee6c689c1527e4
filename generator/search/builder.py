"""A volume's files: planned from what the memo knows, else from its articles."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, partial
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING

import msgspec

from generator.search.documents import Memo, Spread
from generator.search.files import Part, stamp_of
from generator.search.records import (
    VolumeKeys,
    decode_record,
    digest_of,
    encode_record,
    facets_path,
    shard_path,
)
from generator.search.volumes import Volume

if TYPE_CHECKING:
    from generator.search.workshop import Workshop

VOLUMES = "search-volume"
SHARDS_IN_GROUP = 32
"""Shards share a stamp by groups; the browser's cache is renewed by group, the list of stamps stays short."""


class PlannedVolume(msgspec.Struct, frozen=True):
    """A volume's files, and its part of the directory."""

    parts: tuple[Part, ...]
    entry: Mapping[str, object]


def plan_volume(volume: Volume, memo: Memo, spread: Spread) -> PlannedVolume:
    """Plan the files. Only what changed since the memo knew it is worked out anew."""

    @cache
    def workshop() -> "Workshop":
        from generator.search.workshop import Workshop

        return Workshop(volume, memo, spread)

    memo_key = digest_of([volume.name, [[s.name, s.key, s.count] for s in volume.segments]])
    known = decode_record(memo.get(VOLUMES, memo_key), VolumeKeys)
    keys = known or workshop().find_keys()
    if not known:
        memo.put(VOLUMES, memo_key, encode_record(keys.as_record()))
    return PlannedVolume(tuple(_parts(volume, keys, workshop)), _entry(volume, keys))


def _parts(volume: Volume, keys: VolumeKeys, workshop: "Callable[[], Workshop]") -> Iterator[Part]:
    for place, block_keys in enumerate(keys.blocks):
        yield Part(block_keys, partial(_make_blocks, workshop, place))
    for place, shard_keys in enumerate(keys.shards):
        if shard_keys:
            by_path = {shard_path(volume, first): key for first, key in shard_keys.items()}
            yield Part(by_path, partial(_make_shards, workshop, place))
    yield Part({facets_path(volume): keys.facets}, lambda: workshop().make_facets())


def _make_blocks(workshop: "Callable[[], Workshop]", place: int) -> Mapping[str, bytes]:
    return workshop().make_blocks(place)


def _make_shards(workshop: "Callable[[], Workshop]", place: int) -> Mapping[str, bytes]:
    return workshop().make_shards(place)


def _entry(volume: Volume, keys: VolumeKeys) -> Mapping[str, object]:
    shards = {first: key for shard_keys in keys.shards for first, key in shard_keys.items()}
    return {
        "name": volume.name,
        "count": volume.count,
        "terms": "\n".join(map(_line, _by_first_character(shards))),
        "stamps": "".join(_group_stamps(list(shards.values()))),
        "facets": keys.facets[:4],
        "segments": [
            [segment.name, segment.count, stamp_of(block_keys.values())]
            for segment, block_keys in zip(volume.segments, keys.blocks, strict=True)
        ],
    }


def _by_first_character(keys: Iterable[str]) -> Iterator[list[str]]:
    return (list(group) for _, group in groupby(keys, key=itemgetter(0)))


def _line(keys: Sequence[str]) -> str:
    """Return keys with the same first character as a shard spells its terms."""
    rests = (
        "\t" if len(key) == 1 else key[1] if len(key) == 2 else f"\x02{key[1]}\x01{key[2]}" for key in keys
    )
    return keys[0][0] + "".join(rests)


def _group_stamps(keys: Sequence[str]) -> Iterator[str]:
    for start in range(0, len(keys), SHARDS_IN_GROUP):
        yield stamp_of(keys[start : start + SHARDS_IN_GROUP])
