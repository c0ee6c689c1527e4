"""Keywords for readers and weighted terms for finding related articles."""

import functools
import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import compress
from types import MappingProxyType

import msgspec

from generator.language.characters import HAN_RUN
from generator.language.remembered import Remembered
from generator.language.scripts import is_chinese
from generator.language.word_kinds import (
    BEFORE_VERBAL_NOUN,
    HEAD,
    NOUN,
    QUALIFIER,
    VERBAL_NOUN,
    WHOLE,
    kinds_of,
    row_of,
)
from generator.language.word_lists import word_list
from generator.language.words import cut_by_line, inverse_document_frequencies, tag_of

TITLE_BONUS = 1.8
COMPOUND_BONUS = 1.2
"""For words of four characters and more."""
UNKNOWN_RARITY = 11.0
"""For words jieba's table does not have; about the middle of the table."""
ENGLISH_RARITY = 6.0
# Only the beginning of a very long text is counted, so that its length cannot stop a conversion.
_LONGEST_TEXT = 50_000
_LONGEST_COMPOUND = 8
_MOST_REMEMBERED = 32_768
"""Words whose rarity is kept."""
_NO_KIND = b"\0"
"""Of the line end between title and text."""

_ENGLISH_WORD = re.compile(r"[A-Za-z][A-Za-z'’-]+")


class _Terms(msgspec.Struct, frozen=True):
    """How often each word stands that may become a keyword, and what else its weight rests on."""

    counts: Mapping[str, int]
    rarity_of: Callable[[str], float]
    in_title: frozenset[str]


def keywords(
    title: str,
    text: str,
    *,
    issue_document_frequency: Mapping[str, int],
    issue_size: int,
    count: int = 8,
) -> tuple[str, ...]:
    """Return the words that tell this article from the others of its issue, best first.

    `issue_document_frequency` says in how many of the issue's `issue_size` articles a word of
    `keyword_candidates` stands; a word it lacks counts as standing in this one only.
    """
    articles = max(1, issue_size)
    rarity_in_issue = [math.log((articles + 1) / max(1, found_in)) for found_in in range(articles + 1)]

    terms = _terms(title, text)

    def score(word: str) -> int:
        """In millionths: logarithms are not the same to the last digit everywhere."""
        found_in = min(articles, issue_document_frequency.get(word, 1))
        bonus = (TITLE_BONUS if word in terms.in_title else 1.0) * (COMPOUND_BONUS if len(word) >= 4 else 1.0)
        weight = math.log1p(terms.counts[word]) * terms.rarity_of(word) * rarity_in_issue[found_in]
        return int(weight * bonus * 1e6 + 0.5)

    words = [word for word in terms.counts if len(word) > 1]
    weighty = [word for word in words if terms.counts[word] > 1 or word in terms.in_title]
    chosen = _without_parts(_ranked(weighty, score), count)
    if len(chosen) > count // 2:
        return chosen
    # A brief repeats nothing: some words that stand there once are better than none.
    return _without_parts([*chosen, *_ranked(words, score)], max(1, count // 2))[:count]


def _ranked(words: Iterable[str], score: Callable[[str], int]) -> list[str]:
    return [word for _, word in sorted([(-score(word), word) for word in words])]


def keyword_candidates(title: str, text: str) -> Mapping[str, int]:
    """Return how often each word stands in the article that may become a keyword."""
    return MappingProxyType(_terms(title, text).counts)


def content_terms(title: str, words: Sequence[str], count: int = 24) -> tuple[tuple[str, float], ...]:
    """Return the words that carry a text with weights of unit length, heaviest first.

    `words` are those of the text (`dictionary_words`). The terms depend on this text alone, so a new article
    changes no other article's. They tell which articles are alike; readers are shown `keywords`.
    """
    rarity = inverse_document_frequencies()
    weights = {
        word: (1 + math.log(seen)) * rarity.get(word, UNKNOWN_RARITY) * (TITLE_BONUS if word in title else 1)
        for word, seen in _telling_words(words)
    }
    chosen = sorted(weights, key=lambda word: (-round(weights[word], 6), word))[:count]
    length = math.sqrt(math.fsum(weights[word] ** 2 for word in chosen))
    return tuple((word, round(weights[word] / length, 4)) for word in chosen)


def _telling_words(words: Sequence[str]) -> Iterator[tuple[str, int]]:
    """How often each word of two characters or more stands in the text, without those that say nothing."""
    ignored = word_list("generic_words") | word_list("english_stop_words")
    for word, seen in Counter(word for word in words if len(word) > 1).items():
        if word not in ignored and not word.isdigit() and word.lower() not in ignored:
            yield word, seen


def _without_parts(words: Sequence[str], count: int) -> tuple[str, ...]:
    chosen: list[str] = []
    for word in words:
        if len(chosen) >= count:
            break
        if not any(_overlap(word, other) for other in chosen):
            chosen.append(word)
    return tuple(chosen)


def _overlap(one: str, other: str) -> bool:
    """Say whether one word is part of the other, or they share two characters where they would join."""
    if one in other or other in one:
        return True
    return HAN_RUN.fullmatch(one[0] + other[0]) is not None and any(
        one.endswith(other[:size]) or other.endswith(one[:size])
        for size in range(2, min(len(one), len(other)))
    )


@functools.lru_cache(maxsize=512)
def _terms(title: str, text: str) -> _Terms:
    whole = f"{title}\n{text[:_LONGEST_TEXT]}"
    return _chinese_terms(title, text[:_LONGEST_TEXT]) if is_chinese(whole) else _english_terms(title, whole)


def _chinese_terms(title: str, text: str) -> _Terms:
    words = (*cut_by_line(title), "\n", *cut_by_line(text))
    kinds = b"".join((kinds_of(title), _NO_KIND, kinds_of(text)))
    compounds = _compounds(words, kinds)
    counts = Counter(compress(words, row_of(kinds, NOUN)))
    # What jieba's dictionary lacks is a word when it is repeated, and a slip of its model when not.
    guessed = {word for word, seen in counts.items() if seen == 1 and tag_of(word) == "x"}
    for (parts, _), seen in compounds.items():
        counts.subtract(dict.fromkeys(parts, seen))
    found = {word: seen for word, seen in counts.items() if seen > 0 and word not in guessed}
    of_compounds: dict[str, float] = {}
    for (parts, word), seen in compounds.items():
        found[word] = seen
        of_compounds[word] = max(_RARITIES[part] or UNKNOWN_RARITY for part in parts)
    return _Terms(
        found,
        lambda word: _RARITIES[word] or of_compounds.get(word, UNKNOWN_RARITY),
        frozenset([word for word in found if word in title]),
    )


def _rarity_of(word: str) -> float | None:
    return inverse_document_frequencies().get(word)


_RARITIES: Remembered[str, float | None] = Remembered(_rarity_of, _MOST_REMEMBERED)


def _compounds(words: Sequence[str], kinds: bytes) -> dict[tuple[tuple[str, ...], str], int]:
    """Return the pairs and triples of adjacent nouns that stand there at least twice, as parts and word."""

    def are(kind: int, distance: int = 0) -> int:
        """A number with a byte for each word: 1 where the one `distance` words behind it is of the kind."""
        return int.from_bytes(row_of(kinds[distance:], kind), "little")

    def ends(distance: int) -> int:
        verbal = are(VERBAL_NOUN, distance) & are(BEFORE_VERBAL_NOUN, distance - 1)
        return are(HEAD, distance) | verbal

    joined = are(QUALIFIER) & are(WHOLE, 1)
    joined_on = joined & are(QUALIFIER, 1) & are(WHOLE, 2)
    seen = Counter(_groups(words, joined & ends(1), 2))
    seen.update(_groups(words, joined_on & ends(2), 3))
    repeated = {parts: count for parts, count in seen.items() if count > 1}
    longest = {parts: count for parts, count in repeated.items() if len(parts) == 3}
    for parts, count in longest.items():
        for pair in (parts[:2], parts[1:]):
            if repeated.get(pair) == count:
                del repeated[pair]
    return {(parts, "".join(parts)): count for parts, count in repeated.items()}


def _groups(words: Sequence[str], begin: int, size: int) -> Iterator[tuple[str, ...]]:
    """Yield the `size` words at each place where a byte of `begin` is 1, but for groups that are too long."""
    for place in compress(range(len(words)), begin.to_bytes(len(words), "little")):
        parts = tuple(words[place : place + size])
        if sum(map(len, parts)) <= _LONGEST_COMPOUND:
            yield parts


def _english_terms(title: str, text: str) -> _Terms:
    counts: Counter[str] = Counter()
    forms: dict[str, Counter[str]] = {}
    for word in _ENGLISH_WORD.findall(text.replace("’", "'")):
        form = word.removesuffix("'s").strip("'-")
        key = form.casefold()
        if len(key) > 2 and "'" not in key and key not in word_list("english_stop_words"):
            counts[key] += 1
            forms.setdefault(key, Counter())[form] += 1
    in_title = {word.casefold().removesuffix("'s") for word in _ENGLISH_WORD.findall(title.replace("’", "'"))}
    usual = {key: _usual_form(forms[key]) for key in counts}
    return _Terms(
        {usual[key]: count for key, count in counts.items()},
        lambda _: ENGLISH_RARITY,
        frozenset([usual[key] for key in in_title & usual.keys()]),
    )


def _usual_form(forms: Counter[str]) -> str:
    """Return the form that stands in the text most often; the lower-case one when two are equal."""
    return min(forms, key=lambda form: (-forms[form], not form.islower(), form))
