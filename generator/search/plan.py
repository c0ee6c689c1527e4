"""The built-in index: planned from keys, made only where something changed."""

import json
from collections.abc import Mapping, Sequence

from generator.model import Stage
from generator.search.builder import plan_volume
from generator.search.documents import Memo, SearchSegment, SearchSettings, Spread
from generator.search.files import FORMAT, ROOT, PlannedParts, key_of, single_file
from generator.search.offline import offline_parts
from generator.search.variants import encode_variants
from generator.search.volumes import arrange_volumes


def plan_builtin(
    segments: Sequence[SearchSegment], settings: SearchSettings, memo: Memo, spread: Spread
) -> PlannedParts:
    """Plan the built-in index. Documents are loaded only of segments the memo does not know, where `spread`
    calls for them."""
    volumes = arrange_volumes([segment for segment in segments if segment.count])
    planned = [plan_volume(volume, memo, spread) for volume in volumes]
    extras = {"suggestions": _encode_suggestions(settings), "variants": encode_variants()}
    stamps = {name: key_of(content)[:4] for name, content in extras.items()}
    directory = _encode_directory([volume.entry for volume in planned], stamps)
    return PlannedParts(
        (
            *(part for volume in planned for part in volume.parts),
            *(single_file(f"{ROOT}/{name}.bin", content) for name, content in extras.items()),
            single_file(f"{ROOT}/index.bin", directory, Stage.INDEX),
            *offline_parts(settings.offline),
        )
    )


def _encode_directory(entries: Sequence[Mapping[str, object]], stamps: Mapping[str, str]) -> bytes:
    """Return the file the browser reads first: volumes, first terms of shards, stamps of single files."""
    directory = {"format": FORMAT, "volumes": entries, **stamps}
    return json.dumps(directory, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()


def _encode_suggestions(settings: SearchSettings) -> bytes:
    rows = [[suggestion.kind, suggestion.text, suggestion.url] for suggestion in settings.suggestions]
    return json.dumps(rows, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
