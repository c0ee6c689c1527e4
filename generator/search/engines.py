"""The search engines a site can choose from, behind one interface."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Protocol

from generator.search.documents import Memo, SearchSegment, SearchSettings, Spread
from generator.search.files import PlannedParts, SearchPlan
from generator.search.plan import plan_builtin


class SearchEngine(Protocol):
    """Plans the files of a search over these segments."""

    def __call__(
        self, segments: Sequence[SearchSegment], settings: SearchSettings, memo: Memo, spread: Spread
    ) -> SearchPlan: ...


def plan_nothing(
    segments: Sequence[SearchSegment],  # noqa: ARG001
    settings: SearchSettings,  # noqa: ARG001
    memo: Memo,  # noqa: ARG001
    spread: Spread,  # noqa: ARG001
) -> PlannedParts:
    """The engine of a site without search."""
    return PlannedParts(())


def plan_pagefind(
    segments: Sequence[SearchSegment], settings: SearchSettings, memo: Memo, spread: Spread
) -> SearchPlan:
    """Pagefind's engine, loaded for the sites that chose it."""
    from generator.search.pagefind_engine import plan_pagefind

    return plan_pagefind(segments, settings, memo, spread)


ENGINES: Mapping[str, SearchEngine] = MappingProxyType(
    {"builtin": plan_builtin, "pagefind": plan_pagefind, "off": plan_nothing}
)
"""By their names in site.toml."""


def plan_search(
    engine: str,
    segments: Sequence[SearchSegment],
    settings: SearchSettings,
    memo: Memo,
    spread: Spread = map,
) -> SearchPlan:
    """Plan the files of the engine `site.toml` names."""
    return ENGINES[engine](segments, settings, memo, spread)
