"""What is worked out for some articles by themselves, and kept in the memo until one of them changes."""

import json
from collections.abc import Callable, Mapping, MutableMapping, Sequence
from contextlib import suppress
from functools import partial
from hashlib import blake2b
from itertools import accumulate

import msgspec
import numpy as np
from numpy.typing import NDArray

from generator.search.blocks import block_path, cut_blocks
from generator.search.documents import Memo, SearchSegment, Spread
from generator.search.facets import FacetRow, facet_row
from generator.search.files import FORMAT, key_of, pack
from generator.search.packing import PackedPostings, pack_postings, unpack_stretches
from generator.search.postings import NO_POSTINGS, Postings, collect_postings, merge_postings
from generator.search.records import decode_record, encode_record
from generator.search.volumes import Span

SUMMARIES = "search-span"
FACETS = "search-facets"
POSTINGS = "search-postings"
LAST = "search-span-last"


class _Summary(msgspec.Struct, frozen=True):
    """Of an IndexedSpan; the digests as hexadecimal figures."""

    blocks: list[dict[str, str]]
    facets_key: str
    digests: str


class _Last(msgspec.Struct, frozen=True):
    """By what the memo knows the last state of a span: its key, its segments by name, key and count."""

    key: str
    segments: list[tuple[str, str, int]]


class IndexedSpan(msgspec.Struct, frozen=True):
    """A span's share of its volume. Documents count from the span's first, 0.

    `block_keys` are keys of block files by path, for each segment; `facets_key` is one of the facets;
    `digests` are those of stretches of terms.
    """

    count: int
    block_keys: Sequence[Mapping[str, str]]
    facets_key: str
    digests: NDArray[np.uint64]
    load_facets: Callable[[], Sequence[FacetRow]]
    load_postings: Callable[[], PackedPostings]


class _MadeSpan(msgspec.Struct, frozen=True):
    """A span worked out: what the memo keeps of it, and its block files by path for each segment by name."""

    summary: bytes
    facets: bytes
    postings: bytes
    blocks: Mapping[str, Mapping[str, bytes]]


def index_spans(
    spans: Sequence[Span],
    boundaries: NDArray[np.uint64],
    memo: Memo,
    spread: Spread,
    blocks: MutableMapping[str, Mapping[str, bytes]],
) -> list[IndexedSpan]:
    """Work the spans out, or remember them. Documents are loaded only where the memo knows too little; the
    block files of their segments are made then, too, and put into `blocks`: files by path, by segment.
    """
    keys = [_key(span, boundaries) for span in spans]
    known = [decode_record(memo.get(SUMMARIES, key), _Summary) for key in keys]
    unknown = [span for span, summary in zip(spans, known, strict=True) if summary is None]
    made = iter(spread(partial(_work_out, boundaries, memo), unknown))
    indexed = []
    for span, key, summary in zip(spans, keys, known, strict=True):
        load = partial(_recall_postings, span, boundaries, key, memo)
        load_facets = partial(_recall_facets, span, key, memo)
        if summary is None:
            anew = next(made)
            memo.put(SUMMARIES, key, anew.summary)
            memo.put(FACETS, key, anew.facets)
            memo.put(POSTINGS, key, anew.postings)
            last = {"key": key, "segments": [_identity(segment) for segment in span.segments]}
            memo.put(LAST, _last_key(span, boundaries), encode_record(last))
            summary = decode_record(anew.summary, _Summary)
            blocks.update(anew.blocks)
        assert summary is not None
        digests = np.frombuffer(bytes.fromhex(summary.digests), "<u8")
        facets_key = summary.facets_key
        indexed.append(IndexedSpan(span.count, summary.blocks, facets_key, digests, load_facets, load))
    return indexed


class _Share(msgspec.Struct, frozen=True):
    """What a segment adds to its span, its documents numbered from 0."""

    block_keys: Mapping[str, str]
    facets: Sequence[FacetRow]
    postings: Postings


def _work_out(boundaries: NDArray[np.uint64], memo: Memo, span: Span) -> _MadeSpan:
    """What an earlier state of the span has in common with it is taken over: an edit changes one segment."""
    earlier = _Earlier.recall(span, boundaries, memo)
    packed: dict[str, Mapping[str, bytes]] = {}
    shares = [
        earlier.share_of(segment) if earlier.has(segment) else _index_anew(segment, packed)
        for segment in span.segments
    ]
    firsts = accumulate((len(share.facets) for share in shares), initial=0)
    parts = zip((share.postings for share in shares), firsts, strict=False)
    postings = pack_postings(merge_postings(parts), boundaries)
    facets = encode_record([row for share in shares for row in share.facets])
    digests = postings.digests().astype("<u8").tobytes().hex()
    block_keys = [share.block_keys for share in shares]
    summary = {"blocks": block_keys, "facets_key": key_of(facets), "digests": digests}
    return _MadeSpan(encode_record(summary), facets, postings.content, packed)


def _index_anew(segment: SearchSegment, packed: MutableMapping[str, Mapping[str, bytes]]) -> _Share:
    """Load a segment; the files of its blocks are put into `packed`, by its name."""
    documents = list(segment.load_documents())
    blocks = {block_path(segment.name, at): block for at, block in enumerate(cut_blocks(documents))}
    packed[segment.name] = {path: pack(block) for path, block in blocks.items()}
    block_keys = {path: key_of(block) for path, block in blocks.items()}
    return _Share(block_keys, list(map(facet_row, documents)), collect_postings(documents))


class _Earlier(msgspec.Struct, frozen=True):
    """What the memo knows of the last state of a span. `places` has of each of its segments, by name, key and
    count, the place among them and the number of its first document."""

    places: Mapping[tuple[str, str, int], tuple[int, int]]
    summary: _Summary
    facets: Sequence[FacetRow]
    postings: Postings

    @classmethod
    def recall(cls, span: Span, boundaries: NDArray[np.uint64], memo: Memo) -> "_Earlier":
        """Return the last state; that of a span of no articles where the memo does not know all of it."""
        nothing = cls({}, _Summary([], "", ""), (), NO_POSTINGS)
        last = decode_record(memo.get(LAST, _last_key(span, boundaries)), _Last)
        if last is None:
            return nothing
        summary = decode_record(memo.get(SUMMARIES, last.key), _Summary)
        facets = decode_record(memo.get(FACETS, last.key), list[FacetRow])
        firsts = [0, *accumulate(count for _, _, count in last.segments)]
        known = memo.get(POSTINGS, last.key)
        if not summary or facets is None or not known:
            return nothing
        if len(summary.blocks) != len(last.segments) or len(facets) != firsts[-1]:
            return nothing
        with suppress(ValueError):  # a damaged record is a miss
            packed = PackedPostings(known)
            postings = unpack_stretches([(packed, 0)], range(len(boundaries) + 1))
            places = dict(zip(last.segments, enumerate(firsts), strict=False))
            return cls(places, summary, facets, postings)
        return nothing

    def has(self, segment: SearchSegment) -> bool:
        return _identity(segment) in self.places

    def share_of(self, segment: SearchSegment) -> _Share:
        place, first = self.places[_identity(segment)]
        end = first + segment.count
        return _Share(
            self.summary.blocks[place], self.facets[first:end], self.postings.of_documents(first, end)
        )


def _identity(segment: SearchSegment) -> tuple[str, str, int]:
    return segment.name, segment.key, segment.count


def _recall_facets(span: Span, key: str, memo: Memo) -> Sequence[FacetRow]:
    known = decode_record(memo.get(FACETS, key), list[FacetRow])
    if known is not None:
        return known
    return [facet_row(document) for segment in span.segments for document in segment.load_documents()]


def _recall_postings(span: Span, boundaries: NDArray[np.uint64], key: str, memo: Memo) -> PackedPostings:
    known = memo.get(POSTINGS, key)
    with suppress(ValueError):  # a damaged record is a miss
        return PackedPostings(known or b"")
    documents = [document for segment in span.segments for document in segment.load_documents()]
    postings = pack_postings(collect_postings(documents), boundaries)
    memo.put(POSTINGS, key, postings.content)
    return postings


def _key(span: Span, boundaries: NDArray[np.uint64]) -> str:
    return _digest([_identity(segment) for segment in span.segments], boundaries)


def _last_key(span: Span, boundaries: NDArray[np.uint64]) -> str:
    return _digest(span.segments[0].name, boundaries)


def _digest(identity: object, boundaries: NDArray[np.uint64]) -> str:
    content = json.dumps([FORMAT, identity]).encode() + boundaries.tobytes()
    return blake2b(content, digest_size=20).hexdigest()
