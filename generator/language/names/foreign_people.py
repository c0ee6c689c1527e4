"""Foreign names spelled in Chinese characters, their parts joined by dots: 安德鲁·格林菲."""

import re
from collections.abc import Iterable, Iterator

from generator.language.characters import HAN
from generator.language.word_lists import word_list

_DOTS = "·•‧・"
_DOT = re.compile(f"[{_DOTS}]")
_FOREIGN = re.compile(rf"[{HAN}]{{1,12}}(?:[{_DOTS}][{HAN}]{{1,12}})+")


def foreign_names(text: str) -> Iterator[str]:
    """Yield the names; words before and behind that no transliteration would use are left off."""
    if not any(dot in text for dot in _DOTS):  # much quicker asked than the pattern of a name
        return
    spelling = word_list("transliteration")
    for match in _FOREIGN.finditer(text):
        parts = _DOT.split(match.group())
        first = _last_run(parts[0], spelling)
        last = parts[-1][: _first_run_length(parts[-1], spelling)]
        if first and last:
            yield match.group()[len(parts[0]) - len(first) : len(match.group()) - len(parts[-1]) + len(last)]


def _last_run(part: str, letters: frozenset[str]) -> str:
    start = len(part)
    while start and part[start - 1] in letters:
        start -= 1
    return part[start:]


def _first_run_length(part: str, letters: frozenset[str]) -> int:
    return next((place for place, letter in enumerate(part) if letter not in letters), len(part))


def later_parts(names: Iterable[str]) -> list[str]:
    """Return the parts behind the first dot of each name: a name inside one of them is cut from it."""
    return [part for name in names for part in _DOT.split(name)[1:]]


def family_names(people: Iterable[str]) -> dict[str, str]:
    """Return the last part of each foreign name with the name, where only one ends so."""
    by_last: dict[str, set[str]] = {}
    for name in people:
        first, *_, last = (name, *_DOT.split(name))
        if last != first and len(last) > 1:
            by_last.setdefault(last, set()).add(name)
    return {last: names.pop() for last, names in by_last.items() if len(names) == 1}
