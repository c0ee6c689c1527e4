"""Paths of the built site: sound, inside the output folder, and possible on every file system together."""

import re
from collections.abc import Callable, Iterable, Sequence, Set
from unicodedata import normalize

from generator.diagnostics import Diagnostic, SourceSpan, error

PAGE = "/index.html"
"""How the path of a page with a folder of its own ends."""

# The last place a publication may be staged: a folder inside the output folder itself.
RESERVED_FOLDER = ".bulletin-staging"
LONGEST_NAME = 255
FEW_ENDINGS = 20
SOUND = re.compile(r"(?:(?!\.{1,2}(?:/|\Z))[^/\\\x00-\x1f\x7f]{1,255}(?:/(?!\Z)|\Z))+")

Show = Callable[[str], SourceSpan]


def is_sound(path: str) -> bool:
    """Whether `path` is relative, stays below its folder, and can be a path on any file system."""
    if SOUND.fullmatch(path) is None or path.startswith(RESERVED_FOLDER):
        return False
    return path.isascii() or _is_encodable(path)


def plan_problems(paths: Sequence[str], fresh: Sequence[str], show: Show) -> list[Diagnostic]:
    """Return what makes a plan impossible: unsound paths, collisions, files that are also folders. Those that
    are not `fresh` stand in the output folder together."""
    problems = [_unsound(path, show) for path in fresh if not is_sound(path)]
    folded, lines = _fold_all(paths)
    different = set(folded)
    if len(different) < len(folded):
        problems += _collisions(paths, folded, show)
    if _may_clash(fresh, lines, different):
        clashing = parent_folders(folded) & different
        problems += _folder_clashes(paths, folded, clashing, show)
    return problems


def _may_clash(fresh: Sequence[str], lines: str, different: Set[str]) -> bool:
    """Whether a file may also be a folder: one that is `fresh` (those that were published together are not).
    To look at the folders of all files (which are `lines`) takes long in a large site."""
    folded = list(map(fold, fresh))
    endings = {_ending(path) for path in folded}
    if len(endings) > FEW_ENDINGS:
        return True
    return not different.isdisjoint(parent_folders(folded)) or any(
        f"{ending}/" in lines for ending in endings
    )


def _ending(path: str) -> str:
    """How the last name of a path ends: with its suffix, if it has one. No folder ends so on most sites."""
    name = path.rpartition("/")[2]
    return name[max(0, name.rfind(".")) :]


def parent_folders(paths: Iterable[str]) -> set[str]:
    """Return every folder above the given paths, without the root."""
    folders: set[str] = set()
    for path in paths:
        parent = path.rpartition("/")[0]
        while parent and parent not in folders:
            folders.add(parent)
            parent = parent.rpartition("/")[0]
    return folders


def ancestors(path: str) -> Iterable[str]:
    """Yield the folders above `path`, the nearest first, without the root."""
    parent = path.rpartition("/")[0]
    while parent:
        yield parent
        parent = parent.rpartition("/")[0]


def fold(path: str) -> str:
    return path.lower() if path.isascii() else normalize("NFC", path).casefold()


def _fold_all(paths: Sequence[str]) -> tuple[Sequence[str], str]:
    """Return the folded paths, one by one and all as lines of a text."""
    lines = "\n".join(paths)
    if lines.isascii():  # all at once: a large site has hundreds of thousands
        lowered = lines.lower()
        if lowered == lines:
            return paths, lines
        folded = lowered.split("\n")
        if len(folded) == len(paths):
            return folded, lowered
    folded = [fold(path) for path in paths]
    return folded, "\n".join(folded)


def _is_encodable(path: str) -> bool:
    try:
        return all(len(name.encode()) <= LONGEST_NAME for name in path.split("/"))
    except UnicodeEncodeError:
        return False


def _unsound(path: str, show: Show) -> Diagnostic:
    message = f"{path!r} cannot be the path of a file of the site"
    hint = "give it a relative path of plain names, each at most 255 bytes, without . and .."
    return error("output-path", message, show(""), hint)


def _collisions(paths: Sequence[str], folded: Sequence[str], show: Show) -> list[Diagnostic]:
    first: dict[str, str] = {}
    problems = []
    for path, fold in zip(paths, folded, strict=True):
        if fold not in first:
            first[fold] = path
            continue
        if first[fold] == path:
            message = "two files of the site have this path"
        else:
            message = (
                f"differs from {first[fold]} only by letter case, which many file systems do not tell apart"
            )
        problems.append(
            error("output-collision", message, show(path), "give one of them another slug or name")
        )
    return problems


def _folder_clashes(
    paths: Sequence[str], folded: Sequence[str], clashing: set[str], show: Show
) -> list[Diagnostic]:
    hint = "give one of them another slug or name"
    return [
        error("output-collision", "is a file of the site and also a folder of others", show(path), hint)
        for path, fold in zip(paths, folded, strict=True)
        if fold in clashing
    ]
