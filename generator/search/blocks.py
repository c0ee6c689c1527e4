"""Documents as the list of results shows them, a few to a file."""

import json
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice

from generator.search.documents import SearchDocument, SearchSegment
from generator.search.files import ROOT, pack

DOCUMENTS_IN_BLOCK = 3


def block_path(segment: str, place: int) -> str:
    return f"{ROOT}/documents/{segment}/{place}.bin"


def make_blocks(segment: SearchSegment) -> Mapping[str, bytes]:
    """Return the files of the segment's documents, by path, compressed."""
    blocks = cut_blocks(segment.load_documents())
    return {block_path(segment.name, place): pack(block) for place, block in enumerate(blocks)}


def cut_blocks(documents: Iterable[SearchDocument]) -> Iterator[bytes]:
    """Yield the contents of the block files in the order of the documents."""
    remaining = iter(documents)
    while block := list(islice(remaining, DOCUMENTS_IN_BLOCK)):
        rows = [_row(document) for document in block]
        text = json.dumps(rows, ensure_ascii=False, separators=(",", ":"))
        # Chinese in UTF-16 is shorter, and compressed it is smaller in less time than as UTF-8.
        yield text.encode("utf-16-le", "replace")


def _row(document: SearchDocument) -> list[object]:
    return [
        document.url,
        document.title,
        document.kicker,
        document.subtitle,
        document.byline,
        document.date,
        document.issue_label,
        document.body,
    ]
