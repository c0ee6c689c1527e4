"""Words that stand before or behind the names of people."""

import functools
import re

from generator.language.word_lists import word_list


@functools.cache
def title_pattern() -> re.Pattern[str]:
    return _alternatives("person_titles")


@functools.cache
def verb_pattern() -> re.Pattern[str]:
    return _alternatives("speech_verbs")


@functools.cache
def ends_with_title() -> re.Pattern[str]:
    return re.compile(f"(?:{title_pattern().pattern})$")


def _alternatives(name: str) -> re.Pattern[str]:
    """Return a pattern of the words in a list, the longer before the shorter."""
    return re.compile("|".join(sorted(map(re.escape, word_list(name)), key=lambda word: (-len(word), word))))
