"""Topics and names an editor keeps: content/topics.toml and content/names.toml."""

import msgspec


class Topic(msgspec.Struct, frozen=True, kw_only=True):
    """A topic; `triggers` are words that speak for it, `strong` ones count double."""

    name: str
    slug: str
    description: str = ""
    triggers: tuple[str, ...] = ()
    strong: tuple[str, ...] = ()


class KnownName(msgspec.Struct, frozen=True):
    """A name with the other forms it is printed in."""

    name: str
    aliases: tuple[str, ...] = ()


class KnownNames(msgspec.Struct, frozen=True):
    """The editor's word on names: what is one, and what is none (`not_names`)."""

    people: tuple[KnownName, ...] = ()
    places: tuple[KnownName, ...] = ()
    organisations: tuple[KnownName, ...] = ()
    not_names: tuple[str, ...] = ()
