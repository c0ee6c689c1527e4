"""The built-in index: planned from keys, made only where something changed."""

from collections.abc import Sequence

from generator.search.builder import plan_volume
from generator.search.directory import directory_parts, encode_suggestions
from generator.search.documents import Memo, SearchSegment, SearchSettings, Spread
from generator.search.files import FORMAT, PlannedParts
from generator.search.offline import offline_parts
from generator.search.records import decode_record, encode_record
from generator.search.variants import encode_variants
from generator.search.volumes import arrange_volumes

VARIANTS = "search-variants"


def plan_builtin(
    segments: Sequence[SearchSegment], settings: SearchSettings, memo: Memo, spread: Spread
) -> PlannedParts:
    """Plan the built-in index. Documents are loaded only of segments the memo does not know, where `spread`
    calls for them."""
    volumes = arrange_volumes([segment for segment in segments if segment.count])
    planned = [plan_volume(volume, memo, spread) for volume in volumes]
    extras = {"suggestions": encode_suggestions(settings), "variants": _variants(memo)}
    return PlannedParts(
        (
            *(part for volume in planned for part in volume.parts),
            *directory_parts([volume.entry for volume in planned], extras),
            *offline_parts(settings.offline),
        )
    )


def _variants(memo: Memo) -> bytes:
    """A table of every release; working it out takes longer than looking it up."""
    known = decode_record(memo.get(VARIANTS, FORMAT), str)
    if known is None:
        known = encode_variants()
        memo.put(VARIANTS, FORMAT, encode_record(known))
    return known.encode()
