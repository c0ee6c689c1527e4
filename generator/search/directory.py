"""The file the browser reads first, and the small files of which it tells the stamps."""

import json
from collections.abc import Mapping, Sequence

from generator.model import Stage
from generator.search.documents import SearchSettings
from generator.search.files import FORMAT, ROOT, Part, key_of, single_file


def directory_parts(volumes: Sequence[Mapping[str, object]], extras: Mapping[str, bytes]) -> tuple[Part, ...]:
    """Return the directory of an index and its `extras` (content by name): volumes, first terms of shards,
    stamps of single files. An engine with files of its own has no volumes."""
    stamps = {name: key_of(content)[:4] for name, content in extras.items()}
    directory = {"format": FORMAT, "volumes": volumes, **stamps}
    encoded = json.dumps(directory, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()
    return (
        *(single_file(f"{ROOT}/{name}.bin", content) for name, content in extras.items()),
        single_file(f"{ROOT}/index.bin", encoded, Stage.INDEX),
    )


def encode_suggestions(settings: SearchSettings) -> bytes:
    rows = [[suggestion.kind, suggestion.text, suggestion.url] for suggestion in settings.suggestions]
    return json.dumps(rows, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
