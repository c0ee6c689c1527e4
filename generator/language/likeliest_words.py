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

_LATIN_RUN = re.compile(r"[A-Za-z0-9]{2,}")
_BETWEEN = "\n"
_ROW = re.compile(r"^(\S+) (\d+)", re.MULTILINE)
_PACKED = (2, 3, 4)
"""Lengths of words that are looked up as numbers: 16 bits a character."""
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


class _Lookup:
    """The table ready for use: the weights of all words of a text by where they begin."""

    def __init__(self, table: _Table) -> None:
        self.longer = table.longer
        self.longest = max(map(len, table.longer), default=_PACKED[-1])
        self._single = np.frombuffer(table.single, "<f8")
        self._numbers = [np.frombuffer(numbers, "<u8") for numbers in table.numbers]
        self._weights = [np.frombuffer(weights, "<f8") for weights in table.weights]
        self._unknown = table.unknown

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
            at = np.minimum(np.searchsorted(known, packed), len(known) - 1)
            is_known = known[at] == packed
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
    rows = _ROW.findall(dictionary_text())
    log_total = math.log(sum(int(count) for _, count in rows))
    han = [(word, count) for word, count in rows if HAN_RUN.fullmatch(word)]
    # The logarithms are jieba's own: those of numpy may differ in the last place.
    weight_by_count = {count: math.log(int(count)) - log_total for count in {count for _, count in han}}
    weights = np.array([weight_by_count[count] for _, count in han])
    lengths = np.array([len(word) for word, _ in han])
    codes = np.frombuffer("".join(word for word, _ in han).encode("utf-32-le"), "<u4").astype(np.uint64)
    starts = np.cumsum(lengths) - lengths
    numbers = codes[starts]
    single = np.zeros(_NOTHING + 1)
    single[[code for code in range(_NOTHING) if HAN_RUN.match(chr(code))]] = -log_total
    single[numbers[lengths == 1]] = weights[lengths == 1]
    columns = []
    for length in _PACKED:
        reach = lengths >= length
        starts, lengths, weights, numbers = starts[reach], lengths[reach], weights[reach], numbers[reach]
        numbers = numbers << np.uint64(16) | codes[starts + length - 1]
        columns.append(_column(numbers, np.where(lengths == length, weights, 0.0)))
    return _Table(
        single.astype("<f8").tobytes(),
        tuple(found.astype("<u8").tobytes() for found, _ in columns),
        tuple(values.astype("<f8").tobytes() for _, values in columns),
        _longer({word: weight_by_count[count] for word, count in han if len(word) > _PACKED[-1]}),
        -log_total,
    )


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
