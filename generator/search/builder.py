"""A volume's files, from its documents."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import blake2b

from generator.search.blocks import cut_blocks
from generator.search.facets import Facets
from generator.search.postings import Postings
from generator.search.shards import cut_shards, pack
from generator.search.volumes import Volume

FORMAT = "1"
"""Goes up whenever files are laid out differently: everything is made anew, and the script must follow."""

ROOT = "search"
SHARDS_IN_GROUP = 16
"""Shards share a stamp by groups; the browser's cache is renewed by group, the list of stamps stays short."""


@dataclass(frozen=True, slots=True)
class BuiltVolume:
    """`contents` by path, compressed; `keys` by path; `entry` is the volume's part of the directory."""

    contents: dict[str, bytes]
    keys: dict[str, str]
    entry: dict[str, object]


def build_volume(volume: Volume) -> BuiltVolume:
    """Load the volume's documents, one segment at a time, and make its files."""
    postings, facets = Postings(), Facets()
    contents: dict[str, bytes] = {}
    keys: dict[str, str] = {}

    def keep(path: str, content: bytes) -> str:
        keys[path] = key_of(content)
        contents[path] = pack(content)
        return keys[path]

    segments = []
    for segment in volume.segments:
        stamps = []
        documents = list(segment.load_documents())
        for document in documents:
            postings.add(document)
            facets.add(document)
        for place, block in enumerate(cut_blocks(documents)):
            stamps.append(keep(f"{ROOT}/documents/{segment.name}/{place}.bin", block))
        segments.append([segment.name, len(documents), stamp_of(stamps)])
    first_terms, shard_keys = [], []
    for shard in cut_shards(postings.encoded_terms(heavy=volume.shard_size), volume.shard_size):
        first_terms.append(shard.first_term)
        shard_keys.append(keep(f"{ROOT}/{volume.name}/{file_name(shard.first_term)}", shard.content))
    entry: dict[str, object] = {
        "name": volume.name,
        "count": postings.count,
        "terms": "\n".join(first_terms),
        "stamps": "".join(_group_stamps(shard_keys)),
        "facets": keep(f"{ROOT}/{volume.name}/facets.bin", facets.encode())[:4],
        "segments": segments,
    }
    return BuiltVolume(contents, keys, entry)


def file_name(first_term: str) -> str:
    """Return the name of a shard's file: the code points of its first term, ``4e2d-56fd.bin``."""
    return "-".join(f"{ord(character):x}" for character in first_term) + ".bin"


def key_of(content: bytes) -> str:
    return blake2b(content, digest_size=12, key=FORMAT.encode()).hexdigest()


def stamp_of(keys: Iterable[str]) -> str:
    """Return four characters that change when one of the keys does."""
    return blake2b("\n".join(keys).encode(), digest_size=2).hexdigest()


def _group_stamps(keys: list[str]) -> Iterator[str]:
    for start in range(0, len(keys), SHARDS_IN_GROUP):
        yield stamp_of(keys[start : start + SHARDS_IN_GROUP])


def encode_directory(entries: Iterable[dict[str, object]], stamps: Mapping[str, str]) -> bytes:
    """Return the file the browser reads first: volumes, first terms of shards, stamps of single files."""
    directory = {"format": FORMAT, "volumes": list(entries), **stamps}
    return json.dumps(directory, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()
