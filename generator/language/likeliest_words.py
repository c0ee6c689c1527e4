"""The likeliest words of a text by jieba's dictionary, all of its places looked up at once.

The search wants the words of every article, and one word after the other would be most of a first build.
"""

import functools
import math
import re
from collections.abc import Sequence

import msgspec
import numpy as np
from numpy.typing import NDArray

from generator.language.characters import HAN_RUN
from generator.language.stored_tables import stored_table
from generator.language.words import dictionary_text, jieba_release

_LATIN_RUN = re.compile(r"[A-Za-z0-9][A-Za-z0-9]+")
_BETWEEN = "\n"
_PACKED = (2, 3, 4)
"""Lengths of words that are looked up as numbers: 16 bits a character."""
_SLOT_BITS = 19
_SPREAD = np.uint64(0x9E3779B97F4A7C15)
"""2 to the 64th by the golden ratio."""
_NOTHING = 0xFFFF
"""Stands for what is no letter of a word of the dictionary; Unicode has no character there."""


class _Table(msgspec.Struct, frozen=True):
    """Natural logarithms of probabilities, as the bytes of arrays: of characters by their code points; of
    words of two to four characters by their numbers, in order; of longer words by text. 0 stands for the
    beginning of a word that is none itself. `unknown` is that of words jieba does not know.
    """

    single: bytes
    numbers: tuple[bytes, ...]
    weights: tuple[bytes, ...]
    longer: dict[str, float]
    unknown: float


def dictionary_words(text: str) -> list[str]:
    """Return the likeliest words of `text` by jieba's dictionary alone; joined again they are the text.

    For Chinese these are the words of ``jieba.cut(text, HMM=False)``, in a small part of the time: names the
    dictionary lacks fall apart into characters. Of two ways that are equally likely (啊啊啊 啊, 啊 啊啊啊) it
    may be the other one. A run of Latin letters and figures is one word.
    """
    return words_of_texts([text])[0]


def prepare_for_many_texts() -> None:
    """Load the dictionary in the form that is quickest for many texts; forked workers have it in common."""
    _lookup().make_slots()


def words_of_texts(texts: Sequence[str]) -> list[list[str]]:
    """Return the `dictionary_words` of each text. For many texts together it takes two thirds of the time."""
    whole = _BETWEEN.join(texts)
    lengths = _lengths_of_words(whole) if whole else []
    for run in _LATIN_RUN.finditer(whole):
        lengths[run.start()] = run.end() - run.start()
    found = []
    at = 0
    for text in texts:
        end = at + len(text)
        starts = []
        while at < end:
            starts.append(at)
            at += lengths[at]
        found.append([whole[start:after] for start, after in zip(starts, [*starts[1:], end], strict=False)])
        at = end + len(_BETWEEN)
    return found


def _lengths_of_words(text: str) -> list[int]:
    """For each Chinese character the length of the likeliest word that begins there, 1 for other characters.

    The segmentation of greatest probability is found from the end of each stretch to its beginning, in all
    stretches at once: a step for each character of the longest one.
    """
    table = _lookup()
    weights = table.weights_in(text)
    lengths = np.ones(len(text), np.intp)
    starts, ends = _stretches(weights, table.longest)
    sizes = ends - starts
    order = np.argsort(-sizes, kind="stable")
    ends, sizes = ends[order], sizes[order]
    reach = np.searchsorted(-sizes, -np.arange(1, sizes.max(initial=0) + 1), "right").tolist()
    # Sums of the likeliest words of a stretch by how many characters before its end they begin.
    sums = [np.zeros(len(ends))]
    for step, count in enumerate(reach, start=1):  # so many stretches are as long as that
        at = ends[:count] - step
        best = weights.single[at] + sums[-1][:count]
        chosen = np.ones(count, np.intp)
        for length, column in zip(_PACKED[: step - 1], weights.words, strict=False):
            weight = column[at]
            score = weight + sums[step - length][:count]
            # Of equals the longer word is taken.
            is_better = (weight < 0) & (score >= best)
            best = np.where(is_better, score, best)
            chosen[is_better] = length
        for place in np.flatnonzero(weights.begins_longer[at]).tolist():
            start = int(at[place])
            for size in range(_PACKED[-1] + 1, step + 1):
                known = table.longer.get(text[start : start + size])
                if known is None:
                    break
                if known and known + sums[step - size][place] >= best[place]:
                    best[place], chosen[place] = known + sums[step - size][place], size
        sums.append(best)
        lengths[at] = chosen
    found: list[int] = lengths.tolist()
    return found


class _Weights(msgspec.Struct, frozen=True):
    """Of each place of a text: the weight of its character (0: it is not Chinese), those of the words of two
    to four characters that begin there (0: none), and whether four characters there begin a longer word."""

    single: NDArray[np.float64]
    words: Sequence[NDArray[np.float64]]
    begins_longer: NDArray[np.bool_]


def _stretches(weights: _Weights, longest: int) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Where Chinese begins and ends that words of the dictionary hold together: between two stretches there
    is a word's edge, whatever the words are. Single characters are left out."""
    is_chinese = weights.single < 0
    is_inside = np.zeros(len(is_chinese) + longest, np.bool_)
    columns = (*weights.words, weights.begins_longer)
    for length, column in zip((*_PACKED, longest), columns, strict=True):
        at = np.flatnonzero(column)
        for place in range(1, length):
            is_inside[at + place] = True
    # Each place that is held to the one before it; where such places begin, a stretch began one earlier.
    is_held = np.concatenate((is_inside[1 : len(is_chinese)] & is_chinese[1:] & is_chinese[:-1], [False]))
    edges = np.flatnonzero(np.diff(is_held, prepend=False))
    return edges[::2], edges[1::2] + 1


class _Numbers:
    """Numbers in order, and where each stands."""

    def __init__(self, numbers: NDArray[np.uint64]) -> None:
        self._numbers = numbers
        self._slots: tuple[NDArray[np.int32], NDArray[np.bool_]] | None = None

    def make_slots(self) -> None:
        """Note for each hash the place of a number that has it, and whether others have it, too: by that most
        numbers are found in a fifth of the time of a search. It takes some milliseconds."""
        slots = _slots_of(self._numbers)
        places = np.arange(len(slots), dtype=np.int32)
        place_by_slot, is_shared = np.zeros(1 << _SLOT_BITS, np.int32), np.zeros(1 << _SLOT_BITS, np.bool_)
        place_by_slot[slots] = places
        is_shared[slots[place_by_slot[slots] != places]] = True
        self._slots = place_by_slot, is_shared

    def places_of(self, wanted: NDArray[np.uint64]) -> tuple[NDArray[np.integer], NDArray[np.bool_]]:
        """Return the place of each wanted number, and whether it is that number which stands there."""
        if self._slots is None:
            return self._searched(wanted)
        place_by_slot, is_shared = self._slots
        slots = _slots_of(wanted)
        places = place_by_slot[slots]
        is_found = self._numbers[places] == wanted
        unsure = np.flatnonzero(is_shared[slots] & ~is_found)
        places[unsure], is_found[unsure] = self._searched(wanted[unsure])
        return places, is_found

    def _searched(self, wanted: NDArray[np.uint64]) -> tuple[NDArray[np.integer], NDArray[np.bool_]]:
        places = np.minimum(np.searchsorted(self._numbers, wanted), len(self._numbers) - 1)
        return places, self._numbers[places] == wanted


def _slots_of(numbers: NDArray[np.uint64]) -> NDArray[np.int64]:
    """A hash of each number: the upper bits of a product (Knuth, The Art of Computer Programming, 6.4)."""
    return (numbers * _SPREAD >> np.uint64(64 - _SLOT_BITS)).view(np.int64)


class _Lookup:
    """The table ready for use: the weights of all words of a text by where they begin."""

    def __init__(self, table: _Table) -> None:
        self.longer = table.longer
        self.longest = max(map(len, table.longer), default=_PACKED[-1])
        self._single = np.frombuffer(table.single, "<f8")
        self._numbers = [_Numbers(np.frombuffer(numbers, "<u8")) for numbers in table.numbers]
        self._weights = [np.frombuffer(weights, "<f8") for weights in table.weights]
        self._unknown = table.unknown

    def make_slots(self) -> None:
        for numbers in self._numbers:
            numbers.make_slots()

    def weights_in(self, text: str) -> _Weights:
        codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4")
        letters = np.where(codes < _NOTHING, codes, _NOTHING)
        singles = self._single[letters]
        # Beyond the first plane there are Chinese characters, but no words of the dictionary.
        singles[(codes >= 0x20000) & (codes <= 0x3FFFF)] = self._unknown
        words = []
        numbers = letters.astype(np.uint64)
        places = np.arange(len(codes))
        begun = places
        for length, known, weights in zip(_PACKED, self._numbers, self._weights, strict=True):
            # What begins no word of two characters begins none of three.
            places = begun[begun + length <= len(codes)]
            packed = numbers[places] << np.uint64(16) | letters[places + length - 1].astype(np.uint64)
            at, is_known = known.places_of(packed)
            begun = places[is_known]
            numbers[begun] = packed[is_known]
            row = np.zeros(len(codes))
            row[begun] = weights[at[is_known]]
            words.append(row)
        begins_longer = np.zeros(len(codes), np.bool_)
        begins_longer[begun] = True
        return _Weights(singles, words, begins_longer)


@functools.cache
def _lookup() -> _Lookup:
    return _Lookup(stored_table(f"likeliest-{jieba_release()}", _Table, _make_table))


def _make_table() -> _Table:
    """Made of whole columns: one word after the other takes seconds, and a first build waits for it."""
    text = dictionary_text()
    codes = np.frombuffer(text.encode("utf-32-le"), "<u4")
    starts, ends, counts = _rows(codes)
    log_total = math.log(int(counts.sum()))
    is_han = np.zeros(_NOTHING + 1, np.bool_)
    for run in HAN_RUN.finditer("".join(map(chr, range(_NOTHING)))):
        is_han[run.start() : run.end()] = True
    others = np.concatenate(([0], np.cumsum(~is_han[np.minimum(codes, _NOTHING)], dtype=np.int32)))
    is_chinese = others[starts] == others[ends]
    starts, ends, counts = starts[is_chinese], ends[is_chinese], counts[is_chinese]
    # The logarithms are jieba's own: those of numpy may differ in the last place.
    distinct, which = np.unique(counts, return_inverse=True)
    weights = np.array([math.log(count) - log_total for count in distinct.tolist()])[which]
    lengths = ends - starts
    is_longer = lengths > _PACKED[-1]
    spans = zip(
        starts[is_longer].tolist(), ends[is_longer].tolist(), weights[is_longer].tolist(), strict=True
    )
    longer = _longer({text[start:end]: weight for start, end, weight in spans})
    numbers = codes[starts].astype(np.uint64)
    single = np.zeros(_NOTHING + 1)
    single[is_han] = -log_total
    single[numbers[lengths == 1]] = weights[lengths == 1]
    columns = []
    for length in _PACKED:
        reach = lengths >= length
        starts, lengths, weights, numbers = starts[reach], lengths[reach], weights[reach], numbers[reach]
        numbers = numbers << np.uint64(16) | codes[starts + length - 1].astype(np.uint64)
        columns.append(_column(numbers, np.where(lengths == length, weights, 0.0)))
    return _Table(
        single.astype("<f8").tobytes(),
        tuple(found.astype("<u8").tobytes() for found, _ in columns),
        tuple(values.astype("<f8").tobytes() for _, values in columns),
        longer,
        -log_total,
    )


def _rows(codes: NDArray[np.uint32]) -> tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.int64]]:
    """Return where each word of the dictionary begins and ends, and its frequency: a line has the word, a
    space, the frequency, a space and the tag."""
    spaces = np.flatnonzero(codes == ord(" "))
    starts = np.concatenate(([0], np.flatnonzero(codes == ord("\n")) + 1))
    starts = starts[starts < len(codes)]
    ends = spaces[np.searchsorted(spaces, starts)]
    digits = spaces[np.searchsorted(spaces, ends + 1)] - ends - 1
    counts = np.zeros(len(starts), np.int64)
    for place in range(1, digits.max(initial=0) + 1):
        here = np.flatnonzero(digits >= place)
        counts[here] = counts[here] * 10 + codes[ends[here] + place] - ord("0")
    return starts, ends, counts


def _column(
    numbers: NDArray[np.uint64], weights: NDArray[np.float64]
) -> tuple[NDArray[np.uint64], NDArray[np.float64]]:
    """Each number once, in order, and its weight: that of the word rather than of what only begins one."""
    order = np.lexsort((weights, numbers))
    numbers, weights = numbers[order], weights[order]
    is_first = np.concatenate(([True], numbers[1:] != numbers[:-1]))
    return numbers[is_first], weights[is_first]


def _longer(words: dict[str, float]) -> dict[str, float]:
    """Words longer than those of columns, and how they begin."""
    begun = {word[:end] for word in words for end in range(_PACKED[-1] + 1, len(word))}
    return dict.fromkeys(sorted(begun), 0.0) | words
