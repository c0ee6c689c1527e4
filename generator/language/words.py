"""Words of Chinese text: the one place where jieba is loaded, and only when a word is first asked for."""

import functools
import logging
import math
import re
import warnings
from collections.abc import Iterator, Sequence
from importlib.resources import files
from importlib.util import find_spec
from itertools import chain
from pathlib import Path
from typing import Any

from generator.language.characters import HAN_RUN
from generator.language.remembered import Remembered
from generator.language.stored_tables import stored_table
from generator.language.unknown_words import UnknownWords

Frequencies = dict[str, int]

SEAM_REACH = 4
"""Characters looked at on each side of a seam."""

# jieba's model of unknown words copies its path at every character: without a limit on the length of a
# piece the time would grow with the square of the text.
_LONGEST_PIECE = 400
_MOST_REMEMBERED = 32_768
"""Answers kept for texts that are asked again, as one issue is by several steps."""
_MOST_PIECES = 4096
"""Paragraphs, or pieces of them, whose words are kept."""
_MOST_WEIGHTS = 65_536
"""Words, and beginnings of words, whose weights are kept."""
_MARK = re.compile(r"([^\u4e00-\u9fd5a-zA-Z0-9+#&._%-])")
"""What always is a word by itself: jieba looks for others between such characters only."""
_LATIN = re.compile(r"([a-zA-Z0-9]+(?:\.[0-9]+)?%?)")
"""What jieba takes together of the other characters of a run."""
_PIECE = re.compile(rf"[\s\S]{{1,{_LONGEST_PIECE}}}(?<=[，。；：！？、\n])|[\s\S]{{1,{_LONGEST_PIECE}}}")


def cut(text: str) -> Sequence[str]:
    """Return the words of `text` in order; joined again they are the text.

    They are the words of ``jieba.cut(text, HMM=True)``, but for CR LF, which are two here. Paragraphs are
    remembered, and each run between marks: the steps of a conversion ask for the same ones again and again.
    """
    if len(text) <= _LONGEST_PIECE:
        return _words_of_piece(text)
    return tuple(chain.from_iterable(map(_words_of_piece, _PIECE.findall(text))))


@functools.lru_cache(maxsize=_MOST_PIECES)
def _words_of_piece(text: str) -> Sequence[str]:
    parts = _MARK.split(text)
    words: list[Sequence[str]] = list(parts)
    words[::2] = map(_WORDS_BY_RUN.__getitem__, parts[::2])
    return tuple(chain.from_iterable(words))


def _words_of(run: str) -> Sequence[str]:
    """The likeliest words of the dictionary; what falls apart into characters goes to jieba's model."""
    if len(run) < 2:
        return run
    ends = _ends_of_words(run)
    words: list[str] = []
    start = first_letter = 0
    while start < len(run):
        end = ends[start]
        if end > start + 1:
            if first_letter < start:
                words += _words_of_letters(run[first_letter:start])
            words.append(run[start:end])
            first_letter = end
        start = end
    if first_letter < start:
        words += _words_of_letters(run[first_letter:])
    return tuple(words)


_WORDS_BY_RUN: Remembered[str, Sequence[str]] = Remembered(_words_of, _MOST_REMEMBERED)


def _ends_of_words(run: str) -> list[int]:
    """Return where a word that begins at each place ends: jieba's segmentation without its model."""
    weights, least, never = _WEIGHTS, _least_weight(), -math.inf
    length = len(run)
    best = [0.0] * (length + 1)
    ends = [0] * length
    below = 0.0
    for start in range(length - 1, -1, -1):
        chosen = end = start + 1
        weight = weights[run[start]]
        if weight is None:
            score = least + below
        else:
            score = weight + below
            while end < length:
                end += 1
                weight = weights[run[start:end]]
                if weight is None:
                    break
                found = weight + best[end]
                if found >= score:  # of equals the longer word
                    score, chosen = found, end
            if score == never:
                score, chosen = least + below, start + 1
        best[start] = below = score
        ends[start] = chosen
    return ends


def _weight_of(word: str) -> float | None:
    """Return the log probability of a word of the dictionary.

    It is -inf for the beginning of a word that is none itself, None for what no word begins with.
    """
    count = frequencies()[0].get(word)
    if count is None:
        return None
    return _log_of_count(count) if count else -math.inf


def _log_of_count(count: int) -> float:
    return math.log(count) - math.log(frequencies()[1])


@functools.cache
def _least_weight() -> float:
    """Return what an unknown character weighs."""
    return _log_of_count(1)


# The words of an issue come back. In the whole dictionary, half a million words, each look takes longer.
_WEIGHTS: Remembered[str, float | None] = Remembered(_weight_of, _MOST_WEIGHTS)


@functools.lru_cache(maxsize=_MOST_REMEMBERED)
def _words_of_letters(letters: str) -> Sequence[str]:
    """Return the words that jieba's model of unknown words sees in letters the dictionary does not join."""
    if len(letters) == 1 or word_frequency(letters):
        return letters
    if HAN_RUN.fullmatch(letters):
        return _unknown_words().cut(letters)
    words: list[str] = []
    for place, part in enumerate(HAN_RUN.split(letters)):
        if part:
            words += _unknown_words().cut(part) if place % 2 else filter(None, _LATIN.split(part))
    return words


@functools.cache
def _unknown_words() -> UnknownWords:
    return UnknownWords(_jieba().finalseg)


@functools.lru_cache(maxsize=512)
def cut_by_line(text: str) -> Sequence[str]:
    """Return the words of `text` in order, cut line by line; each line end is a word."""
    words: list[str] = []
    for line in text.split("\n"):
        words += cut(line)
        words.append("\n")
    return tuple(words[:-1])


@functools.lru_cache(maxsize=_MOST_REMEMBERED)
def tag_of(word: str) -> str:
    """Return the tag that jieba's dictionary gives a word.

    One it does not know is tagged ``eng``, ``m`` (a number), ``x`` (Chinese) or ``w`` (anything else).
    """
    return tags().get(word) or _tag_unknown(word)


def word_frequency(word: str) -> int:
    """Return how often jieba's corpus has the word; 0 when its dictionary does not know it."""
    return frequencies()[0].get(word, 0)


def is_dictionary_word(word: str) -> bool:
    return word_frequency(word) > 0


def first_word_class(text: str) -> str:
    """Return the kind of word a short Chinese text begins with: noun, verb, adverb … (see `_CLASSES`)."""
    return _word_class(_known_words(text)[0]) if text else "other"


def last_word_class(text: str) -> str:
    """Return the kind of word a short Chinese text ends with."""
    return _word_class(_known_words(text)[-1]) if text else "other"


_CLASSES = {
    "n": "noun",
    "v": "verb",
    "a": "adjective",
    "d": "adverb",
    "p": "preposition",
    "c": "conjunction",
    "u": "particle",
    "q": "measure",
    "m": "number",
    "r": "pronoun",
    "t": "time",
    "f": "place-word",
}


def _word_class(word: str) -> str:
    if word[0] in "“‘（《〈【":
        return "opening-mark"
    if word[0].isdigit():
        return "number"
    if not HAN_RUN.match(word):
        return "other"
    tag = tags().get(word, "x")
    if tag in ("nr", "ns", "nt", "nz", "nrt", "nrfg"):
        return "name"
    if len(word) == 1 and tag not in ("v", "p", "c", "d", "u", "q", "m", "r"):
        return "single"
    return _CLASSES.get(tag[0], "other")


@functools.lru_cache(maxsize=_MOST_REMEMBERED)
def _known_words(text: str) -> list[str]:
    """Return the likeliest segmentation of a short text into words of the dictionary."""
    ends = _ends_of_words(text)
    words, start = [], 0
    while start < len(text):
        words.append(text[start : ends[start]])
        start = ends[start]
    return words


def seam_gain(left: str, right: str) -> float:
    """Return by how much `left` and `right` are likelier as one text than apart, never negative.

    Natural logarithm of the ratio in jieba's unigram model, over the last and first four characters;
    0 means that no word stands across the seam.
    """
    return _seam_gain(left[-SEAM_REACH:], right[:SEAM_REACH])


@functools.lru_cache(maxsize=_MOST_REMEMBERED)
def _seam_gain(left: str, right: str) -> float:
    if not left or not right:
        return 0.0
    together = _log_probability(left + right)
    gain = together - _log_probability(left) - _log_probability(right)
    return max(0.0, round(gain, 6))


@functools.cache
def frequencies() -> tuple[Frequencies, int]:
    """Return jieba's words (and, with 0, their beginnings) with their frequencies, and the sum of them."""
    name = f"words-{jieba_release()}"
    return stored_table(name, tuple[Frequencies, int], _parse_dictionary)


@functools.cache
def tags() -> dict[str, str]:
    """Return the part of speech that jieba's dictionary gives each word (``n``, ``nr``, ``v`` …)."""
    return stored_table(f"tags-{jieba_release()}", dict[str, str], _parse_tags)


@functools.cache
def inverse_document_frequencies() -> dict[str, float]:
    """Return jieba's static table: the rarer a word in its corpus of news, the higher."""
    return stored_table(f"rarity-{jieba_release()}", dict[str, float], _parse_rarity)


def _tag_unknown(word: str) -> str:
    if HAN_RUN.fullmatch(word):
        return "x"
    if not word.isascii() or not word[0].isalnum():
        return "w"
    return "m" if word[0].isdigit() else "eng"


def _log_probability(text: str) -> float:
    """Return the log probability of the likeliest segmentation of a short text into known words."""
    weights, least = _WEIGHTS, _least_weight()
    length = len(text)
    best = [0.0] * (length + 1)
    for start in range(length - 1, -1, -1):
        end = start + 1
        weight = weights[text[start]]
        likeliest = (least if weight is None or weight < least else weight) + best[end]
        while weight is not None and end < length:
            end += 1
            weight = weights[text[start:end]]
            if weight is not None:
                found = weight + best[end]
                if found > likeliest:
                    likeliest = found
        best[start] = likeliest
    return best[0]


@functools.cache
def jieba_release() -> str:
    """Return the release of jieba that is installed, by which its tables are known.

    Its folder of metadata tells; what Python has for asking takes 30 ms to load.
    """
    spec = find_spec("jieba")
    places = Path(spec.origin).parent.parent.glob("jieba-*-info") if spec and spec.origin else iter(())
    folder = next(places, None)
    if folder is None:
        from importlib.metadata import version

        return version("jieba")
    return folder.name.removeprefix("jieba-").rpartition(".")[0]


@functools.cache
def _jieba() -> Any:
    # The last release of jieba has invalid escapes and asks for pkg_resources: with warnings as errors
    # its first import would fail. It also reports to stderr when it loads.
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import jieba
    jieba.setLogLevel(logging.CRITICAL)
    return jieba


def _parse_dictionary() -> tuple[Frequencies, int]:
    with (files(_jieba()) / "dict.txt").open("rb") as dictionary:
        counts, total = _jieba().Tokenizer.gen_pfdict(dictionary)
    return counts, total


def _parse_tags() -> dict[str, str]:
    return {fields[0]: fields[2] for fields in _rows("dict.txt") if len(fields) == 3}


def _parse_rarity() -> dict[str, float]:
    return {word: float(value) for word, value in _rows("analyse/idf.txt")}


def _rows(name: str) -> Iterator[list[str]]:
    return (line.split(" ") for line in _text(name).splitlines())


def dictionary_text() -> str:
    """Return jieba's dictionary: a line for each word, its frequency and its tag."""
    return _text("dict.txt")


def _text(name: str) -> str:
    # The package is found without being loaded.
    return files("jieba").joinpath(*name.split("/")).read_text("utf-8")
