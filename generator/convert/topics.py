"""Topics of an article, chosen by the words the editor listed for each topic."""

import functools
import re
from collections.abc import Sequence

import msgspec

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
_MOST_REMEMBERED = 256
_LONGEST_BODY = 50_000


class _Vote(msgspec.Struct, frozen=True):
    slug: str
    score: int
    words: tuple[str, ...]


def choose_topics(
    title: str, lead: str, body: str, topics: Sequence[Topic]
) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return slugs with the words that decided them: the best topic, and two more of 60 % of its points.

    Nothing is returned when no topic has points enough. `body` is the text without the lead.
    """
    parts = ((title, TITLE_WEIGHT), (lead, LEAD_WEIGHT), (body[:_LONGEST_BODY], BODY_WEIGHT))
    folded = [(part.casefold(), weight) for part, weight in parts]
    whole = "\n".join(text for text, _ in folded)
    votes = [_vote(topic, folded, whole) for topic in topics]
    best = max((vote.score for vote in votes), default=0)
    if best < ENOUGH:
        return ()
    chosen = [vote for vote in votes if vote.score >= max(ENOUGH, SHARE_OF_BEST * best)]
    best_first = sorted(chosen, key=lambda vote: -vote.score)[:MOST_TOPICS]
    return tuple((vote.slug, vote.words) for vote in best_first)


@functools.lru_cache(maxsize=_MOST_REMEMBERED)
def _words_of(topic: Topic) -> tuple[tuple[str, str, int], ...]:
    """The words of a topic as listed and folded, with the factor of each."""
    factors = dict.fromkeys(topic.triggers, 1) | dict.fromkeys(topic.strong, STRONG)
    return tuple((word, word.casefold(), factor) for word, factor in factors.items() if word)


def _vote(topic: Topic, parts: Sequence[tuple[str, int]], whole: str) -> _Vote:
    """Count the words of a topic; most stand in no part, which is asked first, of all parts at once."""
    points = {
        word: factor * min(MOST_PER_WORD, sum(weight * _count(folded, text) for text, weight in parts))
        for word, folded, factor in _words_of(topic)
        if folded in whole
    }
    deciding = sorted((word for word in points if points[word]), key=lambda word: (-points[word], word))
    # A single word of the body, though repeated, is in passing too.
    is_in_passing = len(deciding) == 1 and not _is_weighty(deciding[0], topic, parts)
    score = 0 if is_in_passing else sum(points.values())
    return _Vote(topic.slug, score, tuple(deciding[:_MOST_WORDS]))


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
