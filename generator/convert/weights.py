"""The weights of conversion: weights.toml, read once."""

import functools
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Weights:
    """One table per kind of evidence; the file says what each entry means."""

    head: Mapping[str, float]
    body: Mapping[str, float]
    join: Mapping[str, float]
    order: Mapping[str, float]
    headline: Mapping[str, float]
    splice: Mapping[str, float]


def parse_weights(text: str) -> Weights:
    tables = tomllib.loads(text)
    return Weights(
        **{name: {key: float(value) for key, value in table.items()} for name, table in tables.items()}
    )


@functools.cache
def shipped_weights() -> Weights:
    return parse_weights(files("generator.convert").joinpath("weights.toml").read_text("utf-8"))
