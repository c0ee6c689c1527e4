"""Words that stand before or behind the names of people."""

import functools
import re
from collections.abc import Iterable, Iterator
from itertools import groupby

from generator.language.word_lists import word_list


@functools.cache
def title_pattern() -> re.Pattern[str]:
    return _alternatives("person_titles")


def titles_in(text: str) -> list[re.Match[str]]:
    """Return the titles in a text, from left to right."""
    # Two characters that begin a title are looked for in half the time of the titles.
    found: list[re.Match[str]] = []
    end = 0
    for place in _beginning_of_title().finditer(text):
        start = place.start()
        if start >= end and (title := title_pattern().match(text, start)):
            found.append(title)
            end = title.end()
    return found


@functools.cache
def _beginning_of_title() -> re.Pattern[str]:
    first, second = ({re.escape(word[place]) for word in word_list("person_titles")} for place in (0, 1))
    return re.compile(f"[{''.join(sorted(first))}](?=[{''.join(sorted(second))}])")


@functools.cache
def verb_pattern() -> re.Pattern[str]:
    return _alternatives("speech_verbs")


@functools.cache
def ends_with_title() -> re.Pattern[str]:
    return re.compile(f"(?:{title_pattern().pattern})$")


def _alternatives(name: str) -> re.Pattern[str]:
    """Return a pattern of the words in a list, the longer before the shorter.

    Those of one first character are tried together, which is quicker.
    """
    words = sorted(word_list(name), key=lambda word: (word[0], -len(word), word))
    together = groupby(words, key=lambda word: word[0])
    return re.compile(
        "|".join([f"{re.escape(first)}(?:{'|'.join(_endings(group))})" for first, group in together])
    )


def _endings(words: Iterable[str]) -> Iterator[str]:
    return (re.escape(word[1:]) for word in words)
