"""Checks of single configuration values: each returns the value to keep or raises ValueError."""

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from generator.diagnostics import nearest_name_hint

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def text(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError(f"expected text in double quotes, found {_kind(value)}")
    return value.strip()


def some_text(value: object) -> str:
    if not text(value):
        raise ValueError("must not be empty")
    return text(value)


def slug(value: object) -> str:
    if not _SLUG.fullmatch(text(value)):
        raise ValueError("expected small letters a-z, figures and single hyphens")
    return text(value)


def boolean(value: object) -> bool:
    if not isinstance(value, bool):
        raise ValueError(f"expected true or false, found {_kind(value)}")
    return value


def texts(value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise ValueError("expected a list of texts")
    return tuple(item.strip() for item in value if item.strip())


def table(value: object) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise ValueError("expected a table")
    return MappingProxyType(value)


def number_between(low: int, high: int) -> Callable[[object], int]:
    def check(value: object) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            raise ValueError(f"expected a whole number from {low} to {high}")
        return value

    return check


def one_of(*choices: str) -> Callable[[object], str]:
    def check(value: object) -> str:
        chosen = text(value)
        if chosen not in choices:
            raise ValueError(f'"{chosen}" is not one of {", ".join(choices)}; {_nearest(chosen, choices)}')
        return chosen

    return check


def web_address(value: object) -> str:
    """An http(s) address of the site's root, kept without the last slash; "" stays ""."""
    address = text(value)
    if not address:
        return ""
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.netloc:
        raise ValueError("expected a full address that begins with https:// or http://")
    if parts.query or parts.fragment:
        raise ValueError("the address must not have a ? or # part")
    return address.rstrip("/")


def site_path(value: object) -> str:
    """A path under the site's root (``/share.png``); "" stays ""."""
    path = text(value)
    if path and (not path.startswith("/") or path.startswith("//") or path.endswith("/")):
        raise ValueError('expected the path of a file that begins with one slash, like "/share.png"')
    return path


def timezone(value: object) -> str:
    name = text(value)
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError(f'"{name}" is no time zone of the IANA list') from None
    return name


def _kind(value: object) -> str:
    names = {bool: "true/false", int: "a number", float: "a number", list: "a list", dict: "a table"}
    return names.get(type(value), type(value).__name__)


def _nearest(chosen: str, choices: tuple[str, ...]) -> str:
    return nearest_name_hint(chosen, choices)
