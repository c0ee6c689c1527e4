"""The likeliest words of a text by jieba's dictionary, all of its places looked up at once.

The search wants the words of every article, and one word after the other would be most of a first build.
"""

import functools
import math
import re
from collections.abc import Sequence
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from generator.language.characters import HAN
from generator.language.stored_tables import stored_table
from generator.language.words import dictionary_text, jieba_release

_LATIN_RUN = re.compile(r"[A-Za-z0-9]{2,}")
_BETWEEN = "\n"
_HAN_WORD = re.compile(f"[{HAN}]+")
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
    dictionary lacks fall apart into characters. A run of Latin letters and figures is one word.
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

    The segmentation of greatest probability is found from the end of each run to its beginning.
    """
    table = _lookup()
    longer = table.longer
    # Sums and lengths of the likeliest words from each place on, the last place first; the nearest four sums
    # are at hand, too.
    sums: list[float] = []
    lengths: list[int] = []
    next1 = next2 = next3 = next4 = 0.0
    for single, pair, triple, four, has_longer in zip(*map(reversed, table.weights_in(text)), strict=True):
        length = 1
        score = 0.0
        if single:  # else it is no Chinese character: a run ends here, and the sum begins anew
            score = single + next1
            # Of equals the longer word is taken.
            if pair and pair + next2 >= score:
                score, length = pair + next2, 2
            if triple and triple + next3 >= score:
                score, length = triple + next3, 3
            if four and four + next4 >= score:
                score, length = four + next4, 4
            if has_longer:
                start = len(text) - len(sums) - 1
                for size in range(_PACKED[-1] + 1, len(sums) + 2):
                    weight = longer.get(text[start : start + size])
                    if weight is None:
                        break
                    after = sums[-size] if size <= len(sums) else 0.0
                    if weight and weight + after >= score:
                        score, length = weight + after, size
        next1, next2, next3, next4 = score, next1, next2, next3
        sums.append(score)
        lengths.append(length)
    lengths.reverse()
    return lengths


class _Lookup:
    """The table ready for use: the weights of all words of a text by where they begin."""

    def __init__(self, table: _Table) -> None:
        self.longer = table.longer
        self._single = np.frombuffer(table.single, "<f8")
        self._numbers = [np.frombuffer(numbers, "<u8") for numbers in table.numbers]
        self._weights = [np.frombuffer(weights, "<f8") for weights in table.weights]
        self._unknown = table.unknown

    def weights_in(self, text: str) -> list[list[Any]]:
        """Return the weights of one to four characters at each place (0: no word, or no Chinese), then
        whether four characters there begin a longer word."""
        codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4")
        letters = np.where(codes < _NOTHING, codes, _NOTHING)
        singles = self._single[letters]
        # Beyond the first plane there are Chinese characters, but no words of the dictionary.
        singles[(codes >= 0x20000) & (codes <= 0x3FFFF)] = self._unknown
        found: list[list[Any]] = [singles.tolist()]
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
            found.append(row.tolist())
        has_longer = np.zeros(len(codes), np.bool_)
        has_longer[begun] = True
        found.append(has_longer.tolist())
        return found


@functools.cache
def _lookup() -> _Lookup:
    return _Lookup(stored_table(f"likeliest-{jieba_release()}", _Table, _make_table))


def _make_table() -> _Table:
    """Made of whole columns: one word after the other takes seconds, and a first build waits for it."""
    rows = _ROW.findall(dictionary_text())
    log_total = math.log(sum(int(count) for _, count in rows))
    han = [(word, count) for word, count in rows if _HAN_WORD.fullmatch(word)]
    # The logarithms are jieba's own: those of numpy may differ in the last place.
    weight_by_count = {count: math.log(int(count)) - log_total for count in {count for _, count in han}}
    weights = np.array([weight_by_count[count] for _, count in han])
    lengths = np.array([len(word) for word, _ in han])
    codes = np.frombuffer("".join(word for word, _ in han).encode("utf-32-le"), "<u4").astype(np.uint64)
    starts = np.cumsum(lengths) - lengths
    numbers = codes[starts]
    single = np.zeros(_NOTHING + 1)
    single[[code for code in range(_NOTHING) if _HAN_WORD.match(chr(code))]] = -log_total
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
