"""What is worked out for some articles by themselves, and kept in the memo until one of them changes."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from hashlib import blake2b
from itertools import accumulate, pairwise
from typing import Any

from generator.search.blocks import block_path, cut_blocks
from generator.search.documents import Memo, SearchDocument, SearchSegment
from generator.search.facets import FacetRow, facet_row
from generator.search.files import FORMAT, key_of, pack
from generator.search.postings import collect_postings
from generator.search.volumes import Span

SUMMARIES = "search-span"
POSTINGS = "search-postings"

Pieces = Sequence[bytes]
"""Encoded postings, one after the other for each stretch of terms."""


@dataclass(frozen=True, slots=True)
class IndexedSpan:
    """A span's share of its volume. Documents count from the span's first, 0.

    `block_keys` are keys of block files by path, for each segment; `digests` are those of the pieces.
    """

    count: int
    block_keys: Sequence[Mapping[str, str]]
    facets: Sequence[FacetRow]
    digests: Sequence[str]
    load_pieces: Callable[[], Pieces]
    blocks: Mapping[str, bytes]
    """Block files by path where they had to be made anyway."""


def index_span(span: Span, boundaries: Sequence[int], memo: Memo) -> IndexedSpan:
    """Work the span out, or remember it. Documents are loaded only where the memo knows too little."""
    key = _key(span, boundaries)
    known = _decode(memo.get(SUMMARIES, key))
    if known is None:
        return _index_anew(span, boundaries, key, memo)
    block_keys, facets, digests = known
    load_pieces = partial(_recall_pieces, span, boundaries, key, memo)
    return IndexedSpan(span.count, block_keys, [_row(*row) for row in facets], digests, load_pieces, {})


def make_blocks(segment: SearchSegment) -> Mapping[str, bytes]:
    """Return the files of the segment's documents, by path."""
    return {path: pack(block) for path, block in _blocks(segment.name, segment.load_documents()).items()}


def _index_anew(span: Span, boundaries: Sequence[int], key: str, memo: Memo) -> IndexedSpan:
    documents = [list(segment.load_documents()) for segment in span.segments]
    blocks = [_blocks(segment.name, some) for segment, some in zip(span.segments, documents, strict=True)]
    block_keys = [{path: key_of(block) for path, block in some.items()} for some in blocks]
    facets = [facet_row(document) for some in documents for document in some]
    pieces = _cut_pieces(documents, boundaries)
    digests = [blake2b(piece, digest_size=8).hexdigest() for piece in pieces]
    memo.put(POSTINGS, key, _join(pieces))
    memo.put(SUMMARIES, key, _encode([block_keys, facets, digests]))
    packed = {path: pack(block) for some in blocks for path, block in some.items()}
    return IndexedSpan(span.count, block_keys, facets, digests, lambda: pieces, packed)


def _blocks(segment_name: str, documents: Iterable[SearchDocument]) -> dict[str, bytes]:
    return {block_path(segment_name, place): block for place, block in enumerate(cut_blocks(documents))}


def _cut_pieces(documents: Sequence[Sequence[SearchDocument]], boundaries: Sequence[int]) -> Pieces:
    postings = collect_postings([document for some in documents for document in some])
    return [piece.encode() for piece in postings.cut(boundaries)]


def _recall_pieces(span: Span, boundaries: Sequence[int], key: str, memo: Memo) -> Pieces:
    known = memo.get(POSTINGS, key)
    if known is not None:
        return _split(known)
    pieces = _cut_pieces([list(segment.load_documents()) for segment in span.segments], boundaries)
    memo.put(POSTINGS, key, _join(pieces))
    return pieces


def _join(pieces: Pieces) -> bytes:
    sizes = json.dumps([len(piece) for piece in pieces]).encode()
    return b"".join((sizes, b"\n", *pieces))


def _split(joined: bytes) -> Pieces:
    start = joined.index(b"\n") + 1
    ends = accumulate(json.loads(joined[:start]), initial=start)
    return [joined[first:end] for first, end in pairwise(ends)]


def _key(span: Span, boundaries: Sequence[int]) -> str:
    segments = [[segment.name, segment.key, segment.count] for segment in span.segments]
    return blake2b(json.dumps([FORMAT, segments, boundaries]).encode(), digest_size=20).hexdigest()


def _encode(summary: Sequence[object]) -> bytes:
    return json.dumps(summary, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


def _decode(record: bytes | None) -> list[Any] | None:
    try:
        known: list[Any] = json.loads(record or b"")
    except ValueError:
        return None
    return known


def _row(date: str, issue: str, label: str, topics: list[list[str]], bylines: list[str]) -> FacetRow:
    return (date, issue, label, tuple((slug, name) for slug, name in topics), tuple(bylines))
