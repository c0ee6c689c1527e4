"""Packages that load their modules when one of the names in them is first asked for."""

import importlib
import sys
from collections.abc import Callable, Iterable, Mapping
from typing import Any


def names_from(package: str, names_by_module: Mapping[str, Iterable[str]]) -> Callable[[str], Any]:
    """Return a package's ``__getattr__`` (PEP 562) that finds these names in these modules of it."""
    homes = {name: f"{package}.{module}" for module, names in names_by_module.items() for name in names}

    def look_up(name: str) -> Any:
        if name not in homes:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        value = getattr(importlib.import_module(homes[name]), name)
        setattr(sys.modules[package], name, value)
        return value

    return look_up
