"""Where the forms of known names stand in a text."""

import functools
import itertools
import re
from collections.abc import Iterator, Mapping, Sequence

from generator.language.names.cues import ends_with_title, verb_pattern
from generator.language.scripts import is_latin_letter
from generator.language.words import cut

# Characters around a short name that jieba sees when it is asked whether the name ends where it should.
_CONTEXT = 6
_SHORT = 2
_SPACES = re.compile("[ 　][ 　]*")
_MOST_REMEMBERED = 16
"""Texts: each is asked for names of people, places and organisations, one after the other."""
_WIDEST_PADDING = 2
"""Spaces between the two characters of a name that is set as wide as longer ones."""


class Mentions:
    """Forms of names with the name each stands for; `certain` forms count wherever they stand."""

    __slots__ = ("_certain", "_name_by_form")

    def __init__(self, name_by_form: Mapping[str, str], certain: frozenset[str]) -> None:
        self._name_by_form = dict(name_by_form)
        self._certain = certain

    def name_of(self, form: str) -> str:
        """Return the name that `form` stands for, or ""."""
        return self._name_by_form.get(form, "")

    def names_in(self, text: str) -> tuple[str, ...]:
        """Return the names in the text, each once, in the order they first appear."""
        return tuple(dict.fromkeys(self._find(text)))

    def _find(self, text: str) -> Iterator[str]:
        """Yield the names from left to right; of forms that begin at one place the longest counts."""
        reached = 0
        for start, _, form, end in sorted(self._standing(text)):
            if start < reached:
                continue
            reached = end
            if form in self._certain or len(form) > _SHORT or _stands_alone(text, start, end):
                yield self._name_by_form[form]

    def _standing(self, text: str) -> Iterator[tuple[int, int, str, int]]:
        """Yield all forms in the text: where each begins, its length (negative), itself and where it ends."""
        # Looked for one by one: an expression of all names of an issue takes longer to compile.
        for form in [form for form in self._name_by_form if form in text]:
            start = text.find(form)
            while start >= 0:
                end = start + len(form)
                if not _is_part_of_word(text, start, end):
                    yield start, -len(form), form, end
                start = text.find(form, start + 1)
        for start, form, end in _set_apart(text):
            if form in self._name_by_form and not _is_part_of_word(text, start, end):
                yield start, -_SHORT, form, end


@functools.lru_cache(maxsize=_MOST_REMEMBERED)
def _set_apart(text: str) -> Sequence[tuple[int, str, int]]:
    """Return what may be names of two characters that are set apart, 王　五, with their places."""
    if " " not in text and "　" not in text:
        return ()
    found = []
    for space in _SPACES.finditer(text):
        before, behind = space.span()
        start, end = before - 1, behind + 1
        form = text[max(0, start) : before] + text[behind:end]
        if len(form) == _SHORT and behind - before <= _WIDEST_PADDING and not form.isascii():
            found.append((start, form, end))
    return found


def _is_part_of_word(text: str, start: int, end: int) -> bool:
    """Say whether a form of Latin letters goes on to the left or to the right."""
    return (text[start].isascii() and is_latin_letter(text[max(0, start - 1) : start])) or (
        text[end - 1].isascii() and is_latin_letter(text[end : end + 1])
    )


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Say whether a title stands before, a verb behind, or jieba too has a word here: not 温强 in 温强调."""
    first = max(0, start - _CONTEXT)
    if verb_pattern().match(text, end) and ends_with_title().search(text[first:start]):
        return True
    lengths = (len(word) for word in cut(text[first : end + _CONTEXT]))
    boundaries = set(itertools.accumulate(lengths, initial=first))
    return start in boundaries and end in boundaries
