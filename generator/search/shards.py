"""Terms in order, cut into files of a size that is quickly fetched.

Where to cut depends on the terms themselves, not on what stands before them: a changed term changes its own
file and no later one.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from zlib import compress, crc32

from generator.search.numbers import encode_numbers
from generator.search.postings import EncodedTerm

_BYTES_BESIDE_POSTINGS = 8
"""What a term takes beside its postings: its characters, a separator, its count."""
_MEAN_TERM_BYTES = 20


@dataclass(frozen=True, slots=True)
class Shard:
    """A file of terms: the first of them (by which it is found) and its bytes before compression."""

    first_term: str
    content: bytes


def cut_shards(terms: Iterable[EncodedTerm], size: int) -> Iterator[Shard]:
    """Yield shards of about `size` bytes before compression, at least half and at most twice that.

    Only a term that is longer than that by itself makes a larger one.
    """
    one_in = max(1, size // 2 // _MEAN_TERM_BYTES)
    held: list[EncodedTerm] = []
    held_size = 0
    for term in terms:
        term_size = len(term.distances) + term.count + _BYTES_BESIDE_POSTINGS
        is_boundary = held_size >= size // 2 and crc32(term.term.encode()) % one_in == 0
        if held and (is_boundary or held_size + term_size > 2 * size or term_size > size):
            yield _shard(held)
            held, held_size = [], 0
        held.append(term)
        held_size += term_size
    if held:
        yield _shard(held)


def _shard(terms: list[EncodedTerm]) -> Shard:
    """Lay out a shard: length of the terms, the terms, counts, distances, payloads."""
    keys = "\n".join(term.term for term in terms).encode()
    content = b"".join(
        (
            encode_numbers((len(keys),)),
            keys,
            encode_numbers(term.count for term in terms),
            *(term.distances for term in terms),
            *(term.payloads for term in terms),
        )
    )
    return Shard(terms[0].term, content)


def pack(content: bytes) -> bytes:
    """Compress as every browser and the script's own decoder can read it (zlib)."""
    return compress(content, 6)
