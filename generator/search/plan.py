"""The built-in index: planned from keys, made only where something changed."""

from collections.abc import Sequence

from generator.search.builder import plan_volume
from generator.search.directory import directory_parts, encode_suggestions
from generator.search.documents import Memo, SearchSegment, SearchSettings, Spread
from generator.search.files import PlannedParts
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
    extras = {"suggestions": encode_suggestions(settings), "variants": encode_variants()}
    return PlannedParts(
        (
            *(part for volume in planned for part in volume.parts),
            *directory_parts([volume.entry for volume in planned], extras),
            *offline_parts(settings.offline),
        )
    )
