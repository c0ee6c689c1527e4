"""What is worked out for some articles by themselves, and kept in the memo until one of them changes."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from generator.search.blocks import block_path, cut_blocks
from generator.search.documents import Memo, SearchDocument
from generator.search.facets import FacetRow, facet_row
from generator.search.files import FORMAT, key_of, pack
from generator.search.packing import PackedPostings, pack_postings
from generator.search.postings import collect_postings
from generator.search.records import decode_record, encode_record
from generator.search.volumes import Span

SUMMARIES = "search-span"
POSTINGS = "search-postings"


@dataclass(frozen=True, slots=True)
class _Summary:
    """Of an IndexedSpan; the digests as hexadecimal figures."""

    blocks: list[dict[str, str]]
    facets: list[FacetRow]
    digests: str


@dataclass(frozen=True, slots=True)
class IndexedSpan:
    """A span's share of its volume. Documents count from the span's first, 0.

    `block_keys` are keys of block files by path, for each segment; `digests` are those of stretches of terms.
    """

    count: int
    block_keys: Sequence[Mapping[str, str]]
    facets: Sequence[FacetRow]
    digests: NDArray[np.uint64]
    load_postings: Callable[[], PackedPostings]
    blocks: Mapping[str, bytes]
    """Block files by path where they had to be made anyway."""


def index_span(span: Span, boundaries: NDArray[np.uint64], memo: Memo) -> IndexedSpan:
    """Work the span out, or remember it. Documents are loaded only where the memo knows too little."""
    key = _key(span, boundaries)
    known = decode_record(memo.get(SUMMARIES, key), _Summary)
    if known is None:
        return _index_anew(span, boundaries, key, memo)
    return IndexedSpan(
        span.count,
        known.blocks,
        known.facets,
        np.frombuffer(bytes.fromhex(known.digests), "<u8"),
        partial(_recall_postings, span, boundaries, key, memo),
        {},
    )


def _index_anew(span: Span, boundaries: NDArray[np.uint64], key: str, memo: Memo) -> IndexedSpan:
    documents = [list(segment.load_documents()) for segment in span.segments]
    blocks = [_blocks(segment.name, some) for segment, some in zip(span.segments, documents, strict=True)]
    block_keys = [{path: key_of(block) for path, block in some.items()} for some in blocks]
    facets = [facet_row(document) for some in documents for document in some]
    postings = _pack(documents, boundaries)
    digests = postings.digests()
    summary = {"blocks": block_keys, "facets": facets, "digests": digests.astype("<u8").tobytes().hex()}
    memo.put(POSTINGS, key, postings.content)
    memo.put(SUMMARIES, key, encode_record(summary))
    packed = {path: pack(block) for some in blocks for path, block in some.items()}
    return IndexedSpan(span.count, block_keys, facets, digests, lambda: postings, packed)


def _blocks(segment_name: str, documents: Iterable[SearchDocument]) -> dict[str, bytes]:
    return {block_path(segment_name, place): block for place, block in enumerate(cut_blocks(documents))}


def _pack(documents: Sequence[Sequence[SearchDocument]], boundaries: NDArray[np.uint64]) -> PackedPostings:
    return pack_postings(collect_postings([document for some in documents for document in some]), boundaries)


def _recall_postings(span: Span, boundaries: NDArray[np.uint64], key: str, memo: Memo) -> PackedPostings:
    known = memo.get(POSTINGS, key)
    if known is not None:
        return PackedPostings(known)
    postings = _pack([list(segment.load_documents()) for segment in span.segments], boundaries)
    memo.put(POSTINGS, key, postings.content)
    return postings


def _key(span: Span, boundaries: NDArray[np.uint64]) -> str:
    segments = [[segment.name, segment.key, segment.count] for segment in span.segments]
    identity = json.dumps([FORMAT, segments]).encode() + boundaries.tobytes()
    return blake2b(identity, digest_size=20).hexdigest()
