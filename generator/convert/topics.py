"""Topics of an article, chosen by the words the editor listed for each topic."""

import functools
import re
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from generator.language import groups_of, units_of
from generator.model import Topic

TITLE_WEIGHT, LEAD_WEIGHT, BODY_WEIGHT = 3, 2, 1
MOST_PER_WORD = 6
"""So that one word said often does not outweigh several that agree."""
STRONG = 2
ENOUGH = 3
"""Fewer points than this are a word in passing."""
SHARE_OF_BEST = 0.6
MOST_TOPICS = 3
_MOST_WORDS = 6
_MOST_REMEMBERED = 8
_LONGEST_BODY = 50_000
_PAIR = 2


class _Vote(msgspec.Struct, frozen=True):
    """What speaks for a topic: its words that stand in the article, each with its points."""

    slug: str
    score: int
    points: Mapping[str, int]


def choose_topics(
    title: str, lead: str, body: str, topics: Sequence[Topic]
) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return slugs with the words that decided them: the best topic, and two more of 60 % of its points.

    Nothing is returned when no topic has points enough. `body` is the text without the lead.
    """
    parts = ((title, TITLE_WEIGHT), (lead, LEAD_WEIGHT), (body[:_LONGEST_BODY], BODY_WEIGHT))
    folded = [(part.casefold(), weight) for part, weight in parts]
    listed = _topic_words(tuple(topics))
    standing = _forms_in("\n".join(text for text, _ in folded), listed)
    forms_by_place: dict[int, list[str]] = {}
    for form in standing:
        for place in listed.places_by_form[form]:
            forms_by_place.setdefault(place, []).append(form)
    votes = [_vote(*listed.by_topic[place], forms, folded) for place, forms in sorted(forms_by_place.items())]
    best = max((vote.score for vote in votes), default=0)
    if best < ENOUGH:
        return ()
    chosen = [vote for vote in votes if vote.score >= max(ENOUGH, SHARE_OF_BEST * best)]
    best_first = sorted(chosen, key=lambda vote: -vote.score)[:MOST_TOPICS]
    return tuple((vote.slug, _deciding(vote.points)) for vote in best_first)


def _deciding(points: Mapping[str, int]) -> tuple[str, ...]:
    return tuple(sorted(points, key=lambda word: (-points[word], word))[:_MOST_WORDS])


class _ListedWord(msgspec.Struct, frozen=True):
    """A word as an editor listed it, and how much more than once it counts."""

    word: str
    factor: int


_Words = Mapping[str, Sequence[_ListedWord]]
"""The words of a topic by their folded form."""


class _TopicWords(msgspec.Struct, frozen=True):
    """The words of each topic; which topics (in `by_topic`) have a folded form; and all forms by the pair of
    letters they begin with (`beginnings`, made by `groups_of`), but for those of one letter."""

    by_topic: Sequence[tuple[Topic, _Words]]
    places_by_form: Mapping[str, Sequence[int]]
    beginnings: frozenset[int]
    forms_by_beginning: Mapping[int, Sequence[str]]
    letters: Sequence[str]


@functools.lru_cache(maxsize=_MOST_REMEMBERED)
def _topic_words(topics: tuple[Topic, ...]) -> _TopicWords:
    by_topic = [(topic, _words_of(topic)) for topic in topics]
    places: dict[str, list[int]] = {}
    for place, (_, words) in enumerate(by_topic):
        for form in words:
            places.setdefault(form, []).append(place)
    by_beginning: dict[int, list[str]] = {}
    letters = []
    for form in places:
        if pairs := groups_of(units_of(form), _PAIR):
            by_beginning.setdefault(pairs[0], []).append(form)
        else:
            letters.append(form)
    return _TopicWords(by_topic, places, frozenset(by_beginning), by_beginning, letters)


def _words_of(topic: Topic) -> _Words:
    factors = dict.fromkeys(topic.triggers, 1) | dict.fromkeys(topic.strong, STRONG)
    by_form: dict[str, list[_ListedWord]] = {}
    for word, factor in factors.items():
        if word:
            by_form.setdefault(word.casefold(), []).append(_ListedWord(word, factor))
    return by_form


def _forms_in(text: str, listed: _TopicWords) -> set[str]:
    """Return the forms that stand in the text; what begins as nothing there does is not looked for."""
    units = units_of(text)
    beginnings = listed.beginnings.intersection(groups_of(units, _PAIR))
    beginnings |= listed.beginnings.intersection(groups_of(units, _PAIR, 1))
    likely = [form for beginning in beginnings for form in listed.forms_by_beginning[beginning]]
    return {form for form in (*listed.letters, *likely) if form in text}


def _vote(topic: Topic, words: _Words, forms: Iterable[str], parts: Sequence[tuple[str, int]]) -> _Vote:
    """Count the words of a topic whose `forms` stand in the parts."""
    points: dict[str, int] = {}
    for form in forms:
        said = 0
        for text, weight in parts:
            said += weight * _count(form, text)
        if said:
            count = min(MOST_PER_WORD, said)
            for listed in words[form]:
                points[listed.word] = listed.factor * count
    # A single word of the body, though repeated, is in passing too.
    is_in_passing = len(points) == 1 and not any(_is_weighty(word, topic, parts) for word in points)
    score = 0 if is_in_passing else sum(points.values())
    return _Vote(topic.slug, score, points)


def _is_weighty(word: str, topic: Topic, parts: Sequence[tuple[str, int]]) -> bool:
    in_head = any(_count(word.casefold(), text) for text, weight in parts if weight > BODY_WEIGHT)
    return in_head or word in topic.strong


def _count(word: str, text: str) -> int:
    """Count a word; one of Latin letters must stand by itself."""
    if not word.isascii():
        return text.count(word)
    if word not in text:
        return 0
    return len(re.findall(rf"(?<![a-z0-9]){re.escape(word)}(?![a-z0-9])", text))
