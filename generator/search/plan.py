"""The search's files: planned from keys, made only where something changed."""

import json
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Protocol

from generator.model import OutputFile, PlannedFile, Stage
from generator.search.builder import FORMAT, ROOT, build_volume, encode_directory, key_of
from generator.search.documents import Memo, SearchSegment, SearchSettings
from generator.search.shards import pack
from generator.search.variants import encode_variants
from generator.search.volumes import Volume, arrange_volumes

NAMESPACE = "search-volume"


class SearchPlan(Protocol):
    """Files the search adds to the site, and the means to make them."""

    @property
    def files(self) -> tuple[PlannedFile, ...]: ...

    def render(self, paths: Collection[str]) -> Iterator[OutputFile]:
        """Yield the files of these paths; paths of other parts of the site are passed over."""
        ...


@dataclass(frozen=True, slots=True)
class Part:
    """Files made together. `make` returns their bytes by path; `stage` says when they are published."""

    keys: Mapping[str, str]
    make: Callable[[], Mapping[str, bytes]]
    stage: Stage = Stage.ASSET


@dataclass(frozen=True, slots=True)
class PlannedParts:
    """A SearchPlan of parts."""

    parts: tuple[Part, ...]

    @property
    def files(self) -> tuple[PlannedFile, ...]:
        return tuple(
            PlannedFile(path, key, part.stage) for part in self.parts for path, key in part.keys.items()
        )

    def render(self, paths: Collection[str]) -> Iterator[OutputFile]:
        wanted = frozenset(paths)
        for part in self.parts:
            needed = [path for path in part.keys if path in wanted]
            if needed:
                contents = part.make()
                yield from (OutputFile(path, contents[path]) for path in needed)


def plan_builtin(segments: Sequence[SearchSegment], settings: SearchSettings, memo: Memo) -> PlannedParts:
    """Plan the built-in index. Documents are loaded only for volumes the memo does not know."""
    volumes = arrange_volumes([segment for segment in segments if segment.count])
    planned = [_plan_volume(volume, memo) for volume in volumes]
    extras = {"suggestions": _encode_suggestions(settings), "variants": encode_variants()}
    stamps = {name: key_of(content)[:4] for name, content in extras.items()}
    directory = encode_directory([entry for _, entry in planned], stamps)
    return PlannedParts(
        (
            *(part for part, _ in planned),
            *(single_file(f"{ROOT}/{name}.bin", content, Stage.ASSET) for name, content in extras.items()),
            single_file(f"{ROOT}/index.bin", directory, Stage.INDEX),
        )
    )


def single_file(path: str, content: bytes, stage: Stage) -> Part:
    return Part({path: key_of(content)}, lambda: {path: pack(content)}, stage)


def _plan_volume(volume: Volume, memo: Memo) -> tuple[Part, dict[str, object]]:
    memo_key = _volume_key(volume)
    known = _known_volume(memo.get(NAMESPACE, memo_key))
    if known:
        keys, entry = known
        return Part(keys, lambda: build_volume(volume).contents), entry
    built = build_volume(volume)
    record = json.dumps([built.keys, built.entry], ensure_ascii=False, separators=(",", ":"))
    memo.put(NAMESPACE, memo_key, record.encode())
    return Part(built.keys, lambda: built.contents), built.entry


def _known_volume(record: bytes | None) -> tuple[dict[str, str], dict[str, object]] | None:
    try:
        keys, entry = json.loads(record or b"")
    except ValueError:
        return None
    return keys, entry


def _volume_key(volume: Volume) -> str:
    identity = [FORMAT, *((segment.name, segment.key, segment.count) for segment in volume.segments)]
    return blake2b(json.dumps(identity).encode(), digest_size=20).hexdigest()


def _encode_suggestions(settings: SearchSettings) -> bytes:
    rows = [[suggestion.kind, suggestion.text, suggestion.url] for suggestion in settings.suggestions]
    return json.dumps(rows, ensure_ascii=False, separators=(",", ":")).encode()
