"""Chinese names of people: a title, a verb of speech, a byline or a list says that a name stands here."""

import functools
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from generator.language.characters import HAN, HAN_RUN
from generator.language.names.cues import title_pattern, titles_in, verb_pattern
from generator.language.names.foreign_people import foreign_names, later_parts
from generator.language.word_lists import word_list
from generator.language.words import cut, tags, word_frequency

_WINDOW = 10
"""Characters behind a cue that are looked at."""
_COMMON = 200
"""A dictionary word this frequent, and no name there, is no name here."""
_VERY_COMMON = 2000
_NEVER_INSIDE = frozenset("的了是在与及某们个这那不没很最每")
_NEVER_LAST = frozenset(
    "也至来还就说称等将对向先则均都又并已曾从于以为被把让到去里上下部局县市省镇乡队组姓某作做"
)
_MAY_FOLLOW = frozenset("在到和与向对作率为是同及赴就也还则从将把被让用给有去来一带曾已")
_LIST_MARK = re.compile("、")
_TURN = re.compile(rf"\n([{HAN}]{{2,4}})[：:]")
_PADDED = re.compile(rf"([{HAN}])[ 　]+([{HAN}])(?![{HAN}])")


def find_people(texts: Sequence[str], authors: Iterable[str]) -> set[str]:
    """Return the names that a cue proves somewhere in the texts, and the authors that look like people."""
    found = {author for author in map(_without_spaces, authors) if _may_be_name(author)}
    for text in texts:
        titles = titles_in(text)
        found.update(_names_behind_titles(text, titles))
        found.update(_names_before_titles(text, titles))
        found.update(_speakers(text))
        found.update(foreign_names(text))
    for text in texts:
        found.update(_names_in_lists(text, found))
    parts = later_parts(found)
    return {name for name in found if not any(name in part for part in parts)}


def _names_behind_titles(text: str, titles: Iterable[re.Match[str]]) -> Iterator[str]:
    for title in titles:
        start = title.end()
        if text[start : start + 1] in (" ", "　", ":", "："):
            start += 1
        window = text[start : start + _WINDOW]
        padded = _PADDED.match(window)
        if padded and _may_be_name("".join(padded.groups())):
            yield "".join(padded.groups())
        elif name := _name_at_start(window, title_before=True):
            yield name


def _names_before_titles(text: str, titles: Iterable[re.Match[str]]) -> Iterator[str]:
    """Yield names such as 王五 in 王五教授, where jieba too sees a word before the title."""
    for title in titles:
        before = text[max(0, title.start() - _WINDOW) : title.start()]
        if before and before[-1] not in _NEVER_LAST and _begins_with_surname(before[-3:]):
            word = before[-4:] if before[-4:-2] in word_list("compound_surnames") else cut(before)[-1]
            if _may_be_name(word) and _is_person_word(word):
                yield word


def _speakers(text: str) -> Iterator[str]:
    """Yield names that begin a clause before a verb of speech, and those of an interview (甲：… 乙：…)."""
    lines = f"\n{text}"  # so that every line begins behind one
    for name, turns in Counter(_TURN.findall(lines)).items():
        if turns > 1 and _may_be_name(name) and _is_person_word(name):
            yield name
    for clause in _named_clause().finditer(lines):
        if name := _name_at_start(lines[clause.end() : clause.end() + _WINDOW], title_before=False):
            yield name


@functools.cache
def _named_clause() -> re.Pattern[str]:
    """Return the pattern of the place before a clause that begins with a surname."""
    singles = "".join(sorted(word_list("surnames")))
    compounds = "|".join(sorted(word_list("compound_surnames")))
    return re.compile(rf"[。，；！？“：,;!?\n](?=[{singles}]|{compounds})(?=[{HAN}]{{3}})")


def _names_in_lists(text: str, proven: Iterable[str]) -> Iterator[str]:
    """Yield what follows a proven name behind an enumeration comma and looks like a name."""
    names = tuple(proven)
    for mark in _LIST_MARK.finditer(text):
        if not text.endswith(names, 0, mark.start()):
            continue
        position = mark.end()
        while name := _name_at_start(text[position : position + _WINDOW], title_before=False, in_list=True):
            yield name
            position += len(name)
            if text[position : position + 1] != "、":
                break
            position += 1


def _name_at_start(window: str, *, title_before: bool, in_list: bool = False) -> str:
    """Return the name that `window` begins with, or "".

    Behind a title the surname and what follows the name are proof enough; elsewhere jieba must not know
    the word as anything but a name.
    """
    length = _surname_length(window)
    if not length:
        return _foreign_at_start(window) if title_before else ""
    candidates = [window[: length + given] for given in (2, 1) if len(window) >= length + given]
    sound = [name for name in candidates if _may_be_name(name) and (title_before or _is_person_word(name))]
    sure = [name for name in sound if _is_followed_well(window[len(name) :], in_list=title_before or in_list)]
    if sure:
        return sure[0] if len(sure) == 1 or cut(window)[0] == sure[0] else sure[-1]
    return _jieba_agrees(sound, window, length) if title_before else ""


def _jieba_agrees(names: Sequence[str], window: str, surname_length: int) -> str:
    """Return the name that jieba too sees as a word: one of full length, or one before a function word."""
    first = cut(window)[0] if names else ""
    for name in names:
        if name == first and (len(name) == surname_length + 2 or window[len(name)] in _MAY_FOLLOW):
            return name
    return ""


def _foreign_at_start(window: str) -> str:
    """Return the word behind a title that jieba knows as a name though no surname begins it."""
    spelling = word_list("transliteration")
    if not spelling.issuperset(window[:2]):
        return ""
    word = cut(window)[0] if window else ""
    is_name = 2 <= len(word) <= 5 and tags().get(word, "").startswith("nr") and _has_name_shape(word)
    is_spelled = is_name and spelling.issuperset(word)
    return word if is_spelled and _is_followed_well(window[len(word) :], in_list=True) else ""


def _is_followed_well(rest: str, *, in_list: bool) -> bool:
    """Say whether a mark (where a list or a title makes that enough), a verb or a title follows."""
    if not rest or not HAN_RUN.match(rest):
        return in_list and rest[:1] not in ("·", "•", "‧", "・")
    return verb_pattern().match(rest) is not None or title_pattern().match(rest) is not None


@functools.lru_cache(maxsize=4096)
def _may_be_name(word: str) -> bool:
    if not _has_name_shape(word):
        return False
    length = _surname_length(word)
    if not length or not length < len(word) <= length + 2:
        return False
    tag = tags().get(word, "")
    if tag.startswith("nr"):
        return True
    if tag and (len(word) > 2 or tag.startswith(("ns", "nt", "t", "m"))):
        return False
    if len(word) == 3 and length == 1 and _begins_or_ends_with_word(word):
        return False
    return word_frequency(word) < _COMMON


def _begins_or_ends_with_word(word: str) -> bool:
    """Say whether a common word makes up all but one character: 宣传|部, 管|部门."""
    begins, ends = word[:2], word[1:]
    if tags().get(begins, "") in ("ns", "nt", "t"):
        return True
    return any(
        word_frequency(part) >= _VERY_COMMON and not tags()[part].startswith("nr") for part in (begins, ends)
    )


def _has_name_shape(word: str) -> bool:
    return (
        HAN_RUN.fullmatch(word) is not None
        and word[-1] not in _NEVER_LAST
        and not _NEVER_INSIDE.intersection(word)
        and word not in word_list("not_people")
        and word[:2] not in word_list("not_people")
        and not any(word[start:] in word_list("person_titles") for start in (0, 1, 2))
    )


def _is_person_word(word: str) -> bool:
    """Say whether jieba's dictionary has the word as a name or not at all."""
    tag = tags().get(word, "")
    return not tag or tag.startswith("nr")


def _begins_with_surname(text: str) -> bool:
    return any(_surname_length(text[start:]) for start in range(max(1, len(text) - 1)))


def _surname_length(text: str) -> int:
    if text[:2] in word_list("compound_surnames"):
        return 2
    return 1 if text[:1] in word_list("surnames") else 0


def _without_spaces(text: str) -> str:
    return "".join(text.split())
