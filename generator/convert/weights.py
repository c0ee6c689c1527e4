"""The weights of conversion: weights.toml, read once."""

import functools
import tomllib
from collections.abc import Iterable, Mapping
from importlib.resources import files
from operator import itemgetter

import msgspec

_MOST_REMEMBERED = 4096
"""Observations with their weights: few weigh different from block to block."""
Parts = list[tuple[str, float]]
"""Observations as (name, value): the name is ``table.entry`` of weights.toml."""


@functools.lru_cache(maxsize=_MOST_REMEMBERED)
def tell(name: str, weight: float) -> str:
    """Return an observation with its weight, as records show it."""
    return f"{name} ({weight:+.1f})"


class Scored(msgspec.Struct, frozen=True):
    """A sum of weights, and the observations that made it: (name, weight × value)."""

    score: float
    reasons: tuple[tuple[str, float], ...] = ()


class Weights(msgspec.Struct, frozen=True):
    """Every entry of weights.toml under ``table.entry``; the file says what each means."""

    entries: Mapping[str, float]

    def __getitem__(self, name: str) -> float:
        return self.entries[name]

    def sum(self, parts: Iterable[tuple[str, float]], start: float = 0.0) -> float:
        entries = self.entries
        for name, value in parts:
            start += entries[name] * value
        return start

    def heaviest(self, parts: Iterable[tuple[str, float]], most: int) -> tuple[tuple[str, float], ...]:
        """Return the observations that weigh most: (name without its table, weight × value)."""
        entries = self.entries
        weighed = [(abs(weight), name, weight) for name, value in parts if (weight := entries[name] * value)]
        weighed.sort(key=itemgetter(0), reverse=True)
        return tuple([(name.partition(".")[2], weight) for _, name, weight in weighed[:most]])

    def scored(self, parts: Iterable[tuple[str, float]]) -> Scored:
        """Return the sum with its reasons, named without their table."""
        weighed = [(name, self.entries[name] * value) for name, value in parts]
        reasons = tuple((name.partition(".")[2], weight) for name, weight in weighed if weight)
        return Scored(sum(weight for _, weight in weighed), reasons)


def parse_weights(text: str) -> Weights:
    tables = tomllib.loads(text)
    return Weights(
        {f"{name}.{key}": float(value) for name, table in tables.items() for key, value in table.items()}
    )


@functools.cache
def shipped_weights() -> Weights:
    return parse_weights(files("generator.convert").joinpath("weights.toml").read_text("utf-8"))
