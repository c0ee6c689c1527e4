"""What the memo keeps of a volume, and where its files stand."""

import json
from collections.abc import Mapping, Sequence
from hashlib import blake2b
from typing import TypeVar

import msgspec

from generator.search.files import FORMAT, ROOT
from generator.search.volumes import Volume

_Kind = TypeVar("_Kind")


class VolumeKeys(msgspec.Struct, frozen=True):
    """Keys of a volume's files: of blocks by path, for each segment; of shards by Shard.key, for each
    stretch of terms; of the facets."""

    blocks: Sequence[Mapping[str, str]]
    shards: Sequence[Mapping[str, str]]
    facets: str

    def as_record(self) -> dict[str, object]:
        return {"blocks": self.blocks, "shards": self.shards, "facets": self.facets}


def shard_path(volume: Volume, key: str) -> str:
    return f"{ROOT}/{volume.name}/{file_name(key)}"


def facets_path(volume: Volume) -> str:
    return f"{ROOT}/{volume.name}/facets.bin"


def file_name(key: str) -> str:
    """Return the name of a shard's file: the code points of its key, ``4e2d-56fd.bin``."""
    return "-".join(f"{ord(character):x}" for character in key) + ".bin"


def digest_of(identity: Sequence[object]) -> str:
    return blake2b(json.dumps([FORMAT, *identity]).encode(), digest_size=20).hexdigest()


def encode_record(record: object) -> bytes:
    """Return JSON for the memo; what cannot be written as UTF-8 becomes a question mark."""
    return json.dumps(record, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


def decode_record(record: bytes | None, kind: type[_Kind]) -> _Kind | None:
    """Return what was encoded; None for nothing, and for a damaged record."""
    try:
        return msgspec.json.decode(record or b"", type=kind)
    except msgspec.DecodeError:
        return None
