"""Organisations: a word that ends such names, grown leftwards over the words that can be part of one."""

from collections.abc import Iterable, Mapping, Sequence

from generator.language.word_kinds import ORGANISATION_END, kinds_of, organisation_suffix, places_of
from generator.language.word_lists import word_list
from generator.language.words import cut_by_line, tag_of

_PART_TAGS = frozenset(("ns", "nz", "n", "nr", "nrt", "nrfg", "nt", "x", "j", "b", "eng", "vn", "an"))
_PROPER_TAGS = frozenset(("ns", "nr", "nrt", "nt", "x", "eng"))
_LEVELS = frozenset("省市区县镇乡")
"""A level of government before an office makes it one office: 区商务局."""
_OFFICES = ("局", "委员会", "法院", "检察院", "协会", "总工会", "联合会", "支队", "大队")
_NEVER_INSIDE = frozenset("据该本各我这那每某在为与对从由向将被把到")
_CARRIED_ON = frozenset("城园界部")
"""Words that make something else of what ends here: 科技|城."""
_LONGEST = 20
_MOST_PARTS = 8


def find_organisations(texts: Sequence[str]) -> set[str]:
    return {name for text in texts for name in _organisations(cut_by_line(text), kinds_of(text))}


def organisation_aliases(names: Iterable[str]) -> Mapping[str, str]:
    """Return each name that ends exactly one longer name, with that: 环能集团 for 杭州环能集团."""
    known = set(names)
    longer: dict[str, set[str]] = {}
    for name in known:
        for start in range(1, len(name)):
            if name[start:] in known:
                longer.setdefault(name[start:], set()).add(name)
    return {short: next(iter(ones)) for short, ones in longer.items() if len(ones) == 1}


def _organisations(words: Sequence[str], kinds: bytes) -> Iterable[str]:
    for place in places_of(kinds, ORGANISATION_END):
        if place + 1 < len(words) and (
            kinds[place + 1] & ORGANISATION_END or words[place + 1] in _CARRIED_ON
        ):
            continue
        word = words[place]
        tag, suffix = tag_of(word), organisation_suffix(word)
        if not _may_end(word, tag, suffix):
            continue
        name = _of_level(words, place) if tag == "nt" and word != suffix else _grown(words, place)
        if 4 <= len(name) <= _LONGEST and name not in word_list("not_organisations"):
            yield name


def _may_end(word: str, tag: str, suffix: str) -> bool:
    """Two-character words such as 大局 only look as if they ended with an office."""
    return (word == suffix or len(word) > 2 or tag == "nt") and not (
        word.endswith("政府") and not word.endswith("人民政府")
    )


def _of_level(words: Sequence[str], place: int) -> str:
    """Return a name the dictionary knows, an office with the level of government before it (区商务局)."""
    word = words[place]
    has_level = place > 0 and words[place - 1] in _LEVELS and word.endswith(_OFFICES)
    return words[place - 1] + word if has_level else word


def _grown(words: Sequence[str], place: int) -> str:
    """Return the name that ends with the word at `place`, or "" when nothing proper belongs to it.

    It begins with the nearest run of proper words: what stands before that is another name.
    """
    start, first = place, -1
    while start > 0 and place - start < _MOST_PARTS and _is_part(words[start - 1]):
        start -= 1
        if _is_proper(words, start, place):
            if first not in (-1, start + 1):
                break
            first = start
    return "".join(words[first : place + 1]) if first >= 0 else ""


def _is_part(word: str) -> bool:
    if word in word_list("person_titles") or word in word_list("generic_words"):
        return word == "中国"
    tag = tag_of(word)
    return tag in _PART_TAGS or (tag == "m" and word.startswith("第")) or word in _LEVELS


def _is_proper(words: Sequence[str], start: int, place: int) -> bool:
    word = words[start]
    if word in _LEVELS:
        return start == place - 1 and words[place].endswith(_OFFICES) and len(words[place]) > 1
    if tag_of(word) not in _PROPER_TAGS or len(word) < 2 or _NEVER_INSIDE.intersection(word):
        return False
    return word == "中国" or word not in word_list("not_places")
