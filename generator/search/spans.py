"""What is worked out for some articles by themselves, and kept in the memo until one of them changes."""

import json
from collections.abc import Callable, Iterable, Mapping, MutableMapping, Sequence
from contextlib import suppress
from functools import partial
from hashlib import blake2b

import msgspec
import numpy as np
from numpy.typing import NDArray

from generator.search.blocks import block_path, cut_blocks
from generator.search.documents import Memo, SearchDocument, Spread
from generator.search.facets import FacetRow, facet_row
from generator.search.files import FORMAT, key_of, pack
from generator.search.packing import PackedPostings, pack_postings
from generator.search.postings import collect_postings
from generator.search.records import decode_record, encode_record
from generator.search.volumes import Span

SUMMARIES = "search-span"
FACETS = "search-facets"
POSTINGS = "search-postings"


class _Summary(msgspec.Struct, frozen=True):
    """Of an IndexedSpan; the digests as hexadecimal figures."""

    blocks: list[dict[str, str]]
    facets_key: str
    digests: str


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
    made = iter(spread(partial(_index_anew, boundaries), unknown))
    indexed = []
    for span, key, summary in zip(spans, keys, known, strict=True):
        load = partial(_recall_postings, span, boundaries, key, memo)
        load_facets = partial(_recall_facets, span, key, memo)
        if summary is None:
            anew = next(made)
            memo.put(SUMMARIES, key, anew.summary)
            memo.put(FACETS, key, anew.facets)
            memo.put(POSTINGS, key, anew.postings)
            summary = decode_record(anew.summary, _Summary)
            blocks.update(anew.blocks)
        assert summary is not None
        digests = np.frombuffer(bytes.fromhex(summary.digests), "<u8")
        facets_key = summary.facets_key
        indexed.append(IndexedSpan(span.count, summary.blocks, facets_key, digests, load_facets, load))
    return indexed


def _index_anew(boundaries: NDArray[np.uint64], span: Span) -> _MadeSpan:
    documents = [list(segment.load_documents()) for segment in span.segments]
    blocks = [_blocks(segment.name, some) for segment, some in zip(span.segments, documents, strict=True)]
    block_keys = [{path: key_of(block) for path, block in some.items()} for some in blocks]
    facets = encode_record([facet_row(document) for some in documents for document in some])
    postings = _pack(documents, boundaries)
    digests = postings.digests().astype("<u8").tobytes().hex()
    packed = {
        segment.name: {path: pack(block) for path, block in some.items()}
        for segment, some in zip(span.segments, blocks, strict=True)
    }
    summary = {"blocks": block_keys, "facets_key": key_of(facets), "digests": digests}
    return _MadeSpan(encode_record(summary), facets, postings.content, packed)


def _blocks(segment_name: str, documents: Iterable[SearchDocument]) -> dict[str, bytes]:
    return {block_path(segment_name, place): block for place, block in enumerate(cut_blocks(documents))}


def _pack(documents: Sequence[Sequence[SearchDocument]], boundaries: NDArray[np.uint64]) -> PackedPostings:
    return pack_postings(collect_postings([document for some in documents for document in some]), boundaries)


def _recall_facets(span: Span, key: str, memo: Memo) -> Sequence[FacetRow]:
    known = decode_record(memo.get(FACETS, key), list[FacetRow])
    if known is not None:
        return known
    return [facet_row(document) for segment in span.segments for document in segment.load_documents()]


def _recall_postings(span: Span, boundaries: NDArray[np.uint64], key: str, memo: Memo) -> PackedPostings:
    known = memo.get(POSTINGS, key)
    with suppress(ValueError):  # a damaged record is a miss
        return PackedPostings(known or b"")
    postings = _pack([list(segment.load_documents()) for segment in span.segments], boundaries)
    memo.put(POSTINGS, key, postings.content)
    return postings


def _key(span: Span, boundaries: NDArray[np.uint64]) -> str:
    segments = [[segment.name, segment.key, segment.count] for segment in span.segments]
    identity = json.dumps([FORMAT, segments]).encode() + boundaries.tobytes()
    return blake2b(identity, digest_size=20).hexdigest()
