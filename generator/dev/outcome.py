"""What the preview needs to know of a build."""

from pathlib import Path

import msgspec

from generator.diagnostics import Diagnostic, Severity


class BuildOutcome(msgspec.Struct, frozen=True):
    """`changed`: output paths written or removed (``issues/1/index.html``).

    `written_sources`: files in the watched folders that the build itself wrote (converted articles), which
    are no reason to build again.
    """

    is_ok: bool
    diagnostics: tuple[Diagnostic, ...] = ()
    changed: tuple[str, ...] = ()
    written_sources: frozenset[Path] = msgspec.field(default_factory=frozenset)

    @property
    def problems(self) -> tuple[Diagnostic, ...]:
        """What the page has to show: the errors, in the order of files and lines; none after a good build."""
        if self.is_ok:
            return ()
        worst = max((diagnostic.severity for diagnostic in self.diagnostics), default=Severity.ERROR)
        shown = {diagnostic for diagnostic in self.diagnostics if diagnostic.severity == worst}
        return tuple(sorted(shown, key=lambda diagnostic: diagnostic.sort_key))
