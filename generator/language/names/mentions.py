"""Where the forms of known names stand in a text."""

import itertools
from collections.abc import Iterator, Mapping

from generator.language.names.cues import ends_with_title, verb_pattern
from generator.language.words import cut

# Characters around a short name that jieba sees when it is asked whether the name ends where it should.
_CONTEXT = 6
_SHORT = 2
_SPACES = (" ", "　")
_PADDINGS = (*_SPACES, *map("".join, itertools.product(_SPACES, repeat=2)))
"""What may stand between the two characters of a name that is set as wide as longer ones."""


class Mentions:
    """Forms of names with the name each stands for; `certain` forms count wherever they stand."""

    __slots__ = ("_certain", "_form_by_padded", "_name_by_form")

    def __init__(self, name_by_form: Mapping[str, str], certain: frozenset[str]) -> None:
        self._name_by_form = dict(name_by_form)
        self._certain = certain
        short = [form for form in name_by_form if len(form) == _SHORT and not form.isascii()]
        self._form_by_padded = {padding.join(form): form for form in short for padding in _PADDINGS}

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
            yield from _places(text, form, form)
        if any(space in text for space in _SPACES):
            for padded in [padded for padded in self._form_by_padded if padded in text]:
                yield from _places(text, padded, self._form_by_padded[padded])


def _places(text: str, written: str, form: str) -> Iterator[tuple[int, int, str, int]]:
    start = text.find(written)
    while start >= 0:
        end = start + len(written)
        if not _is_part_of_word(text, start, end):
            yield start, -len(form), form, end
        start = text.find(written, start + 1)


def _is_part_of_word(text: str, start: int, end: int) -> bool:
    """Say whether a form of Latin letters goes on to the left or to the right."""
    before, after = text[max(0, start - 1) : start], text[end : end + 1]
    return (text[start].isascii() and _is_latin(before)) or (text[end - 1].isascii() and _is_latin(after))


def _is_latin(letter: str) -> bool:
    return letter.isascii() and letter.isalpha()


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Say whether a title stands before, a verb behind, or jieba too has a word here: not 温强 in 温强调."""
    first = max(0, start - _CONTEXT)
    if ends_with_title().search(text[first:start]) and verb_pattern().match(text, end):
        return True
    lengths = (len(word) for word in cut(text[first : end + _CONTEXT]))
    boundaries = set(itertools.accumulate(lengths, initial=first))
    return start in boundaries and end in boundaries
