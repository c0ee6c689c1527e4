"""An archive of invented articles, the same for every generator: about 700 characters, 8 in a weekly issue.

An article depends on the seed and its number alone, but for its title, which no article before it has.
"""

import random
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate

from benchmarks.build import vocabulary as words

PER_ISSUE = 8
LAST_ISSUE = date(2024, 7, 22)
CHARACTERS = (500, 800)
"""Least and most characters of a text."""

REPORTERS = [surname + given for surname, given in zip(words.SURNAMES, words.GIVEN_NAMES, strict=False)]
"""Who writes the articles: a newsroom of a few dozen."""

_SLOT = re.compile(r"\{(\w+)\}")
_WORDS: Mapping[str, tuple[str, ...] | list[str]] = {
    "town": words.TOWNS,
    "village": words.VILLAGES,
    "office": words.OFFICES,
    "road": words.ROADS,
    "crop": words.CROPS,
    "work": words.WORKS,
    "event": words.EVENTS,
    "feeling": words.FEELINGS,
    "shop": words.SHOPS,
}
_NUMBERS = {
    "number": (11, 990),
    "few": (2, 19),
    "percent": (3, 97),
    "age": (20, 79),
    "month": (1, 12),
    "day": (1, 28),
    "year": (1950, 2024),
}
_KEYWORD_SLOTS = ("work", "crop", "event", "town", "office", "village", "shop", "road")
# A few topics are frequent and most are not, as in a real archive; none is empty.
_TOPIC_BOUNDS = list(accumulate(1 / (rank + 5) for rank in range(len(words.TOPICS))))


@dataclass(frozen=True, slots=True)
class CorpusArticle:
    """`number` counts from 0 in the whole corpus, `place` from 1 in the issue; `paragraphs` are Markdown."""

    number: int
    place: int
    date: date
    issue_number: int
    title: str
    byline: str
    topics: tuple[str, ...]
    keywords: tuple[str, ...]
    paragraphs: tuple[str, ...]

    @property
    def slug(self) -> str:
        return f"a{self.number:06}"

    @property
    def body(self) -> str:
        return "\n\n".join(self.paragraphs) + "\n"


def make_articles(count: int, seed: int = 6) -> Iterator[CorpusArticle]:
    """Yield the articles, oldest issue first. The last issue may be smaller than the others."""
    first_issue = LAST_ISSUE - timedelta(weeks=(count - 1) // PER_ISSUE)
    titles: set[str] = set()
    for number in range(count):
        week, place = divmod(number, PER_ISSUE)
        day = first_issue + timedelta(weeks=week)
        yield _make_article(random.Random(f"{seed}:{number}"), number, place + 1, day, week + 1, titles)


def _make_article(
    rng: random.Random, number: int, place: int, day: date, issue_number: int, titles: set[str]
) -> CorpusArticle:
    filler = _Filler(rng, {})
    return CorpusArticle(
        number=number,
        place=place,
        date=day,
        issue_number=issue_number,
        title=_new_title(filler, titles),
        byline=rng.choice(REPORTERS),
        paragraphs=tuple(_paragraphs(filler)),
        topics=_topics(rng),
        keywords=filler.keywords(),
    )


def _new_title(filler: "_Filler", titles: set[str]) -> str:
    title = filler.fill(filler.rng.choice(words.HEADLINES))
    while title in titles:
        title = f"{title.split('（')[0]}（{filler.rng.randint(2, 999)}）"
        if title in titles:
            title = filler.fill(filler.rng.choice(words.HEADLINES))
    titles.add(title)
    return title


def _paragraphs(filler: "_Filler") -> Iterator[str]:
    rng = filler.rng
    wanted = rng.randint(*CHARACTERS)
    sentences = iter(rng.sample(words.SENTENCES, len(words.SENTENCES)))
    subhead_at = wanted // 2 if rng.random() < 0.5 else wanted
    written, opening = 0, "本报讯　"
    while written < wanted:
        if written >= subhead_at:
            yield "## " + filler.fill(rng.choice(words.SUBHEADS))
            subhead_at = wanted
        paragraph = opening + "".join(filler.fill(next(sentences)) for _ in range(rng.randint(2, 3)))
        written, opening = written + len(paragraph), ""
        yield paragraph


def _topics(rng: random.Random) -> tuple[str, ...]:
    chosen: dict[str, None] = {}
    wanted = rng.randint(3, 5)
    while len(chosen) < wanted:
        chosen[rng.choices(words.TOPICS, cum_weights=_TOPIC_BOUNDS)[0]] = None
    return tuple(chosen)


@dataclass(frozen=True, slots=True)
class _Filler:
    """Fills slots and remembers the words it used, by slot."""

    rng: random.Random
    used: dict[str, dict[str, None]]

    def fill(self, sentence: str) -> str:
        return _SLOT.sub(lambda slot: self._word(slot[1]), sentence)

    def person(self) -> str:
        return self.rng.choice(words.SURNAMES) + self.rng.choice(words.GIVEN_NAMES)

    def keywords(self) -> tuple[str, ...]:
        found = [word for slot in _KEYWORD_SLOTS for word in self.used.get(slot, ())]
        return tuple(self.rng.sample(found, min(len(found), self.rng.randint(3, 6))))

    def _word(self, slot: str) -> str:
        if slot in _NUMBERS:
            return str(self.rng.randint(*_NUMBERS[slot]))
        if slot == "person":
            return self.person()
        word = self.rng.choice(_WORDS[slot])
        self.used.setdefault(slot, {})[word] = None
        return word
