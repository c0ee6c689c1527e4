"""A volume's files, from its segments."""

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property, partial
from hashlib import blake2b
from itertools import accumulate
from typing import Any

from generator.search.documents import Memo
from generator.search.facets import encode_facets
from generator.search.files import FORMAT, ROOT, Part, key_of, pack, stamp_of
from generator.search.postings import Postings, merge_postings, with_frequent_characters
from generator.search.shards import Shard, cut_shards, pack_shard
from generator.search.spans import IndexedSpan, Pieces, index_span, make_blocks
from generator.search.volumes import Volume

VOLUMES = "search-volume"
STRETCHES = "search-stretch"
SHARDS_IN_GROUP = 16
"""Shards share a stamp by groups; the browser's cache is renewed by group, the list of stamps stays short."""


@dataclass(frozen=True, slots=True)
class PlannedVolume:
    """A volume's files, and its part of the directory."""

    parts: tuple[Part, ...]
    entry: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class _Keys:
    """Keys of a volume's files: of blocks by path, for each segment; of shards by first term, for each
    stretch of terms; of the facets."""

    blocks: Sequence[Mapping[str, str]]
    shards: Sequence[Mapping[str, str]]
    facets: str


def plan_volume(volume: Volume, memo: Memo) -> PlannedVolume:
    """Plan the files. Only what changed since the memo knew it is worked out anew."""
    workshop = _Workshop(volume, memo)
    memo_key = _digest([volume.name, [[s.name, s.key, s.count] for s in volume.segments]])
    known = _decode(memo.get(VOLUMES, memo_key))
    keys = _Keys(**known) if known else workshop.find_keys()
    if not known:
        memo.put(VOLUMES, memo_key, _encode(asdict(keys)))
    return PlannedVolume(tuple(_parts(workshop, keys)), _entry(volume, keys))


def _parts(workshop: "_Workshop", keys: _Keys) -> Iterator[Part]:
    volume = workshop.volume
    for place, block_keys in enumerate(keys.blocks):
        yield Part(block_keys, partial(workshop.make_blocks, place, block_keys))
    for place, shard_keys in enumerate(keys.shards):
        by_path = {_shard_path(volume, first): key for first, key in shard_keys.items()}
        yield Part(by_path, partial(workshop.make_shards, place))
    yield Part({_facets_path(volume): keys.facets}, workshop.make_facets)


class _Workshop:
    """Works a volume's files out, each of them when it is first asked for."""

    def __init__(self, volume: Volume, memo: Memo) -> None:
        self.volume = volume
        self._memo = memo
        self._blocks: dict[str, bytes] = {}
        self._shards: dict[int, Mapping[str, bytes]] = {}

    def find_keys(self) -> _Keys:
        for span in self._spans:
            self._blocks.update(span.blocks)
        blocks = [keys for span in self._spans for keys in span.block_keys]
        shards = [self._shard_keys(place) for place in range(len(self.volume.boundaries) + 1)]
        return _Keys(blocks, shards, key_of(self._facets))

    def make_blocks(self, place: int, paths: Collection[str]) -> Mapping[str, bytes]:
        if self._blocks.keys() >= set(paths):
            return self._blocks
        return make_blocks(self.volume.segments[place])

    def make_facets(self) -> Mapping[str, bytes]:
        return {_facets_path(self.volume): pack(self._facets)}

    def make_shards(self, place: int) -> Mapping[str, bytes]:
        if place not in self._shards:
            self._pack_shards(place, self._cut_shards(place))
        return self._shards[place]

    @cached_property
    def _spans(self) -> Sequence[IndexedSpan]:
        boundaries = self.volume.boundaries
        return [index_span(span, boundaries, self._memo) for span in self.volume.spans]

    @cached_property
    def _facets(self) -> bytes:
        return encode_facets([row for span in self._spans for row in span.facets])

    @cached_property
    def _offsets(self) -> Sequence[int]:
        """Number of each span's first document."""
        return [0, *accumulate(span.count for span in self._spans)][:-1]

    @cached_property
    def _pieces(self) -> Sequence[Pieces]:
        return [span.load_pieces() for span in self._spans]

    def _shard_keys(self, place: int) -> Mapping[str, str]:
        digests = [span.digests[place] for span in self._spans]
        memo_key = _digest([self.volume.shard_size, self._offsets, digests])
        known = _decode(self._memo.get(STRETCHES, memo_key))
        if known is not None:
            return known
        shards = self._cut_shards(place)
        self._pack_shards(place, shards)
        keys = {shard.first_term: key_of(shard.content) for shard in shards}
        self._memo.put(STRETCHES, memo_key, _encode(keys))
        return keys

    def _cut_shards(self, place: int) -> Sequence[Shard]:
        size = self.volume.shard_size
        postings = merge_postings([Postings.decode(some[place]) for some in self._pieces], self._offsets)
        return list(cut_shards(with_frequent_characters(postings, size), size))

    def _pack_shards(self, place: int, shards: Sequence[Shard]) -> None:
        self._shards[place] = {
            _shard_path(self.volume, shard.first_term): pack_shard(shard) for shard in shards
        }


def _entry(volume: Volume, keys: _Keys) -> Mapping[str, object]:
    shards = {first: key for shard_keys in keys.shards for first, key in shard_keys.items()}
    return {
        "name": volume.name,
        "count": volume.count,
        "terms": "\n".join(shards),
        "stamps": "".join(_group_stamps(list(shards.values()))),
        "facets": keys.facets[:4],
        "segments": [
            [segment.name, segment.count, stamp_of(block_keys.values())]
            for segment, block_keys in zip(volume.segments, keys.blocks, strict=True)
        ],
    }


def _group_stamps(keys: Sequence[str]) -> Iterator[str]:
    for start in range(0, len(keys), SHARDS_IN_GROUP):
        yield stamp_of(keys[start : start + SHARDS_IN_GROUP])


def _shard_path(volume: Volume, first_term: str) -> str:
    return f"{ROOT}/{volume.name}/{file_name(first_term)}"


def _facets_path(volume: Volume) -> str:
    return f"{ROOT}/{volume.name}/facets.bin"


def file_name(first_term: str) -> str:
    """Return the name of a shard's file: the code points of its first term, ``4e2d-56fd.bin``."""
    return "-".join(f"{ord(character):x}" for character in first_term) + ".bin"


def _digest(identity: Sequence[object]) -> str:
    return blake2b(json.dumps([FORMAT, *identity]).encode(), digest_size=20).hexdigest()


def _encode(keys: Mapping[str, object]) -> bytes:
    return json.dumps(keys, ensure_ascii=False, separators=(",", ":")).encode()


def _decode(record: bytes | None) -> dict[str, Any] | None:
    try:
        known: dict[str, Any] = json.loads(record or b"")
    except ValueError:
        return None
    return known
