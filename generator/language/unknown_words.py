"""Words of Chinese letters that the dictionary does not join: jieba's hidden Markov model.

A letter begins a word, stands inside, ends it, or is one by itself. The tables, the likeliest way and the
order of equal ones are those of ``jieba.finalseg``; written out, it takes a quarter of the time.
"""

from collections.abc import Sequence
from typing import Any

from generator.language.remembered import Remembered

_MOST_REMEMBERED = 32_768
"""Letters whose emissions are kept."""
_STATES = "BMES"
"""What jieba calls them."""
_NEVER = -3.14e100
_Emissions = tuple[float, float, float, float]
"""How likely a letter is where a word begins, inside, where it ends, and alone."""
_Ways = tuple[bool, bool, bool, bool]
"""Of a letter that begins a word, is inside, ends it, or is alone: whether the one before it is, likeliest,
alone (first and last) or inside a word (the others). Else it ends a word, or begins this one."""
_BEGIN, _INSIDE, _END, _ALONE = range(4)


class UnknownWords:
    """Cuts texts of Chinese letters by the tables of ``jieba.finalseg``, which is `model`."""

    def __init__(self, model: Any) -> None:
        steps = zip("ESBMBMES", "BBMMEESS", strict=True)
        self._starts = [float(model.start_P[state]) for state in _STATES]
        self._steps = [float(model.trans_P[one].get(other, _NEVER)) for one, other in steps]
        self._tables = [model.emit_P[state].get for state in _STATES]
        self._emissions: Remembered[str, _Emissions] = Remembered(self._look_up, _MOST_REMEMBERED)

    def _look_up(self, letter: str) -> _Emissions:
        begin, inside, end, alone = (table(letter, _NEVER) for table in self._tables)
        return begin, inside, end, alone

    def cut(self, letters: str) -> Sequence[str]:
        """Return the words of at least one letter."""
        emissions = self._emissions
        begin, inside, end, alone = self._starts
        at_begin, at_inside, at_end, at_alone = emissions[letters[0]]
        begin, inside, end, alone = begin + at_begin, inside + at_inside, end + at_end, alone + at_alone
        eb, ab, bi, ii, be, ie, ea, aa = self._steps
        ways: list[_Ways] = []
        for letter in letters[1:]:
            at_begin, at_inside, at_end, at_alone = emissions[letter]
            # Added in this order, so that rounding is jieba's. Of equals it takes the second.
            begin_1, begin_2 = end + eb + at_begin, alone + ab + at_begin
            inside_1, inside_2 = begin + bi + at_inside, inside + ii + at_inside
            end_1, end_2 = begin + be + at_end, inside + ie + at_end
            alone_1, alone_2 = end + ea + at_alone, alone + aa + at_alone
            ways.append((begin_2 >= begin_1, inside_2 >= inside_1, end_2 >= end_1, alone_2 >= alone_1))
            begin = begin_2 if begin_2 >= begin_1 else begin_1
            inside = inside_2 if inside_2 >= inside_1 else inside_1
            end = end_2 if end_2 >= end_1 else end_1
            alone = alone_2 if alone_2 >= alone_1 else alone_1
        return _words_on(letters, ways, is_alone=alone >= end)


def _words_on(letters: str, ways: Sequence[_Ways], *, is_alone: bool) -> Sequence[str]:
    """Go back along the likeliest way from the last letter; `ways` are those of all but the first."""
    words = []
    stop = len(letters)
    while stop:
        start = stop - 1
        first = _ALONE if is_alone else _BEGIN
        if not is_alone:
            is_inside = ways[start - 1][_END]
            start -= 1
            while is_inside:
                is_inside = ways[start - 1][_INSIDE]
                start -= 1
        words.append(letters[start:stop])
        is_alone = start > 0 and ways[start - 1][first]
        stop = start
    return words[::-1]
