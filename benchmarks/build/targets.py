"""What a build may cost: figures as ratios within one run, each with its limit."""

from collections.abc import Iterator, Mapping
from typing import Protocol

from benchmarks.build.commands import CONVERT, GROWTH, HELP, SAMPLE
from benchmarks.build.sides import ADDED, COLD, EDITED, UNCHANGED

PLAIN, DEFAULT, FULL = "ours: plain", "ours: default", "ours: default+search"
HUGO, PELICAN, HUGO_SEARCH = "Hugo", "Pelican", "Hugo + Pagefind"
MEDIUM, LARGE = 10_000, 100_000


class Measured(Protocol):
    @property
    def wall(self) -> float: ...
    @property
    def peak(self) -> int: ...


Rows = Mapping[tuple[int, str, str], Measured]

# Case, our side, the other side, what is compared, the most the ratio may be.
_RATIOS = (
    (COLD, PLAIN, HUGO, "wall", 1.0),
    (COLD, PLAIN, PELICAN, "wall", 0.2),
    (COLD, DEFAULT, HUGO, "wall", 2.5),
    (COLD, FULL, HUGO_SEARCH, "wall", 0.5),
    (UNCHANGED, FULL, HUGO, "wall", 0.13),
    (EDITED, FULL, HUGO, "wall", 0.2),
    (ADDED, FULL, HUGO, "wall", 0.3),
    (COLD, PLAIN, HUGO, "peak", 1.0),
    (COLD, DEFAULT, HUGO, "peak", 1.0),
    (COLD, FULL, HUGO_SEARCH, "peak", 1.0),
    (COLD, FULL, HUGO, "peak", 1.0),
)
_SECONDS = ((UNCHANGED, 2.0), (EDITED, 2.5), (ADDED, 3.0))
_GROWTH = 11.0
_BYTES = 1.5e9


def judge(rows: Rows, commands: Mapping[str, float]) -> Iterator[str]:
    """Yield a line of a Markdown table for each figure that was measured."""
    yield "| figure | measured | limit | |"
    yield "|---|---|---|---|"
    yield from _judge_ratios(rows)
    yield from _judge_large(rows)
    for name, limit in ((HELP, 0.15), (SAMPLE, 0.3), (GROWTH, 1.1)):
        yield _line(name, commands[name], limit)
    speed = commands[CONVERT]
    yield f"| {CONVERT} | {speed:.0f} | ≥ 250000 | {'met' if speed >= 250_000 else '**missed**'} |"


def _judge_ratios(rows: Rows) -> Iterator[str]:
    sizes = {size for size, _, _ in rows if size < LARGE}
    size = MEDIUM if MEDIUM in sizes else max(sizes, default=0)
    for case, ours, other, kind, limit in _RATIOS:
        mine, theirs = rows.get((size, case, ours)), rows.get((size, case, other))
        if mine and theirs:
            name = f"{size} articles, {case}, {ours.removeprefix('ours: ')}: {kind} ÷ {other}"
            yield _line(name, getattr(mine, kind) / getattr(theirs, kind), limit)


def _judge_large(rows: Rows) -> Iterator[str]:
    cold, base = rows.get((LARGE, COLD, FULL)), rows.get((MEDIUM, COLD, FULL))
    if cold and base:
        yield _line("100,000 articles, cold: wall ÷ that at 10,000", cold.wall / base.wall, _GROWTH)
        yield _line("100,000 articles, cold: memory ÷ that at 10,000", cold.peak / base.peak, 10.0)
    if cold:
        yield _line("100,000 articles, cold: memory, GB", cold.peak / 1e9, _BYTES / 1e9)
    for case, limit in _SECONDS:
        row = rows.get((LARGE, case, FULL))
        if row:
            yield _line(f"100,000 articles, {case}: wall s", row.wall, limit)


def _line(name: str, value: float, limit: float) -> str:
    return f"| {name} | {value:.2f} | ≤ {limit:g} | {'met' if value <= limit else '**missed**'} |"
