"""Where the forms of known names stand in a text."""

import itertools
import re
from collections.abc import Iterator, Mapping

from generator.language.names.cues import ends_with_title, verb_pattern
from generator.language.words import cut

# Characters around a short name that jieba sees when it is asked whether the name ends where it should.
_CONTEXT = 6
_SHORT = 2


class Mentions:
    """Forms of names with the name each stands for; `certain` forms count wherever they stand."""

    __slots__ = ("_certain", "_name_by_form", "_pattern")

    def __init__(self, name_by_form: Mapping[str, str], certain: frozenset[str]) -> None:
        self._name_by_form = dict(name_by_form)
        self._certain = certain
        longest_first = sorted(self._name_by_form, key=lambda form: (-len(form), form))
        self._pattern = re.compile("|".join(map(_whole, longest_first))) if longest_first else None

    def name_of(self, form: str) -> str:
        """Return the name that `form` stands for, or ""."""
        return self._name_by_form.get(form, "")

    def names_in(self, text: str) -> tuple[str, ...]:
        """Return the names in the text, each once, in the order they first appear."""
        return tuple(dict.fromkeys(self._find(text)))

    def _find(self, text: str) -> Iterator[str]:
        if self._pattern is None:
            return
        for match in self._pattern.finditer(text):
            form = match.group() if match.group() in self._name_by_form else "".join(match.group().split())
            if form in self._certain or len(form) > _SHORT or _stands_alone(text, match.start(), match.end()):
                yield self._name_by_form[form]


def _whole(form: str) -> str:
    """Return a pattern of the form: Latin letters must not go on, two characters may be padded."""
    if len(form) == _SHORT and not form.isascii():
        return re.escape(form[0]) + "[ 　]{0,2}" + re.escape(form[1])
    before = r"(?<![A-Za-z])" if form[0].isascii() else ""
    after = r"(?![A-Za-z])" if form[-1].isascii() else ""
    return before + re.escape(form) + after


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Say whether a title stands before, a verb behind, or jieba too has a word here: not 温强 in 温强调."""
    first = max(0, start - _CONTEXT)
    if ends_with_title().search(text[first:start]) and verb_pattern().match(text, end):
        return True
    lengths = (len(word) for word in cut(text[first : end + _CONTEXT]))
    boundaries = set(itertools.accumulate(lengths, initial=first))
    return start in boundaries and end in boundaries
