"""Working a volume's files out. Needs numpy, which is loaded only where something changed."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from hashlib import blake2b
from itertools import accumulate

import numpy as np

from generator.search.blocks import make_blocks
from generator.search.documents import Memo, Spread
from generator.search.facets import encode_facets
from generator.search.files import key_of, pack
from generator.search.packing import PackedPostings, unpack_stretches
from generator.search.postings import with_frequent_characters
from generator.search.records import (
    VolumeKeys,
    decode_record,
    digest_of,
    encode_record,
    facets_path,
    shard_path,
)
from generator.search.shards import Shard, cut_shards, pack_shard
from generator.search.spans import IndexedSpan, index_spans
from generator.search.stretches import boundaries_of
from generator.search.volumes import Volume

STRETCHES = "search-stretch"
VOLUME_FACETS = "search-volume-facets"
POSTINGS_AT_ONCE = 1_000_000
"""Stretches are merged in one go up to about so many postings, 50 bytes each."""


class Workshop:
    """Works a volume's files out, each of them when it is first asked for."""

    def __init__(self, volume: Volume, memo: Memo, spread: Spread) -> None:
        self.volume = volume
        self._memo = memo
        self._spread = spread
        self._blocks: dict[str, Mapping[str, bytes]] = {}
        self._shards: dict[int, Mapping[str, bytes]] = {}
        self._boundaries = boundaries_of(volume)

    def find_keys(self) -> VolumeKeys:
        blocks = [keys for span in self._spans for keys in span.block_keys]
        return VolumeKeys(blocks, self._find_shard_keys(), key_of(self._facets))

    def make_blocks(self, place: int) -> Mapping[str, bytes]:
        """Make the blocks of a segment; those made while it was indexed are handed out once."""
        segment = self.volume.segments[place]
        return self._blocks.pop(segment.name, None) or make_blocks(segment)

    def make_facets(self) -> Mapping[str, bytes]:
        return {facets_path(self.volume): pack(self._facets)}

    def make_shards(self, place: int) -> Mapping[str, bytes]:
        if place not in self._shards:
            (shards,) = self._cut_shards(self._postings, [place])
            return self._pack_shards(shards)
        return self._shards.pop(place)

    @cached_property
    def _spans(self) -> Sequence[IndexedSpan]:
        return index_spans(self.volume.spans, self._boundaries, self._memo, self._spread, self._blocks)

    @cached_property
    def _facets(self) -> bytes:
        memo_key = digest_of([span.facets_key for span in self._spans])
        known = decode_record(self._memo.get(VOLUME_FACETS, memo_key), str)
        if known is None:
            known = encode_facets([row for span in self._spans for row in span.load_facets()]).hex()
            self._memo.put(VOLUME_FACETS, memo_key, encode_record(known))
        return bytes.fromhex(known)

    @cached_property
    def _offsets(self) -> Sequence[int]:
        """Number of each span's first document."""
        return [0, *accumulate(span.count for span in self._spans)][:-1]

    @cached_property
    def _postings(self) -> Sequence[PackedPostings]:
        return self._load_postings()

    def _load_postings(self) -> Sequence[PackedPostings]:
        """Those of all spans: the largest part of an index, held only where shards are missing."""
        return [span.load_postings() for span in self._spans]

    def _find_shard_keys(self) -> Sequence[Mapping[str, str]]:
        """Keys of the shards of each stretch. The memo keeps those of the volume's last state."""
        memo_key = digest_of([self.volume.segments[0].name, self.volume.shard_size])
        known = decode_record(self._memo.get(STRETCHES, memo_key), dict[str, dict[str, str]]) or {}
        stretches = self._stretch_keys()
        missing = [place for place, key in enumerate(stretches) if key not in known]
        postings = self._load_postings() if missing else []

        def make(places: Sequence[int]) -> Sequence[tuple[dict[str, str], Mapping[str, bytes]]]:
            return [
                ({shard.key: key_of(shard.content) for shard in shards}, self._pack_shards(shards))
                for shards in self._cut_shards(postings, places)
            ]

        portions = list(_portions(missing, postings, POSTINGS_AT_ONCE))
        for places, made in zip(portions, self._spread(make, portions), strict=True):
            for place, (found, packed) in zip(places, made, strict=True):
                known[stretches[place]] = found
                self._shards[place] = packed
        keys = {key: known[key] for key in stretches}
        if missing:
            self._memo.put(STRETCHES, memo_key, encode_record(keys))
        return [keys[key] for key in stretches]

    def _stretch_keys(self) -> Sequence[str]:
        """A key of what each stretch holds, and of the numbers of documents it is counted by."""
        counted_by = np.array([self.volume.shard_size, *self._offsets], "<u8").tobytes()
        columns = np.stack([span.digests for span in self._spans], axis=1)
        return [
            blake2b(b"%d" % place + counted_by + column.tobytes(), digest_size=12).hexdigest()
            for place, column in enumerate(columns)
        ]

    def _cut_shards(
        self, postings: Sequence[PackedPostings], places: Sequence[int]
    ) -> Iterator[Sequence[Shard]]:
        """Yield the shards of each of these stretches."""
        size = self.volume.shard_size
        merged = unpack_stretches(list(zip(postings, self._offsets, strict=True)), places)
        lowest = np.concatenate((np.zeros(1, np.uint64), self._boundaries))[list(places)]
        stretches = with_frequent_characters(merged, size // 4).cut(lowest[1:])
        for stretch, boundary in zip(stretches, lowest.tolist(), strict=True):
            yield list(cut_shards(stretch, size, boundary))

    def _pack_shards(self, shards: Sequence[Shard]) -> Mapping[str, bytes]:
        return {shard_path(self.volume, shard.key): pack_shard(shard) for shard in shards}


def _portions(
    places: Sequence[int], postings: Sequence[PackedPostings], most: int
) -> Iterator[Sequence[int]]:
    """Yield places of stretches together, with no more than `most` postings if several."""
    if not places:
        return
    sizes = np.sum([some.sizes()[:, 1] for some in postings], axis=0).tolist()
    portion: list[int] = []
    held = 0
    for place in places:
        if portion and held + sizes[place] > most:
            yield portion
            portion, held = [], 0
        portion.append(place)
        held += sizes[place]
    yield portion
