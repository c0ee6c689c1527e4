"""The nearest known name, for "did you mean" hints."""

from collections.abc import Iterable


def nearest_name(unknown: str, known: Iterable[str]) -> str:
    """Return the known name most like `unknown`, or "" when none is alike."""
    from difflib import get_close_matches  # loaded when somebody mistook a name

    by_folded = {name.casefold(): name for name in known}
    matches = get_close_matches(unknown.casefold(), by_folded, n=1, cutoff=0.6)
    return by_folded[matches[0]] if matches else ""


def nearest_name_hint(unknown: str, known: Iterable[str]) -> str:
    """Return a hint for an unknown name: the nearest one, or the list of all of them."""
    names = sorted(known)
    nearest = nearest_name(unknown, names)
    return f'did you mean "{nearest}"?' if nearest else f"known: {', '.join(names)}"
