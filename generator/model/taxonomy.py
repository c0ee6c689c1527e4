"""Topics and names an editor keeps: content/topics.toml and content/names.toml."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """A topic; `triggers` are words that speak for it, `strong` ones count double."""

    name: str
    slug: str
    description: str = ""
    triggers: tuple[str, ...] = ()
    strong: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class KnownName:
    """A name with the other forms it is printed in."""

    name: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class KnownNames:
    """The editor's word on names: what is one, and what is none (`not_names`)."""

    people: tuple[KnownName, ...] = ()
    places: tuple[KnownName, ...] = ()
    organisations: tuple[KnownName, ...] = ()
    not_names: tuple[str, ...] = ()
