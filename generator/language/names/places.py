"""Places: a name before the suffix of an administrative place, or a place jieba's dictionary knows so."""

import functools
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from generator.language.remembered import Remembered
from generator.language.word_kinds import PLACE_SUFFIX, kinds_of, places_of
from generator.language.word_lists import word_list
from generator.language.words import cut_by_line, tag_of, tags

_SUFFIXES_OF_WITNESS = ("市", "省", "县", "州", "自治区")
_ONE_WORD_TAGS = ("ns", "x")
"""Tags that the name of a place can have as one word."""
_NAME_TAGS = frozenset(("ns", "nz", "nr", "nrt", "nrfg", "x"))
_LONGEST = 9
_MOST_REMEMBERED = 16_384
_NEVER_FIRST = re.compile(
    "[零该本各全我这那每某一二两三四五六七八九十几多数到在为与和对从由向于将被把其此新老旧]"
)


def find_places(texts: Sequence[str]) -> set[str]:
    found: set[str] = set()
    bare: set[str] = set()
    for word in filter(_MAY_BE_PLACE.__getitem__, set().union(*map(cut_by_line, texts))):
        if _is_full_name(word):
            found.add(word)
        elif tag_of(word) == "ns" and word not in word_list("not_places"):
            bare.add(word)
    for text in texts:
        words = cut_by_line(text)
        for place in places_of(kinds_of(text), PLACE_SUFFIX):
            if place:
                found.update(_names_before_suffix(words, place))
    stems = set(place_aliases(found))
    return found | {word for word in bare if word not in stems and _is_known_place(word)}


def place_aliases(places: Iterable[str]) -> Mapping[str, str]:
    """Return the short form of each place with its full name: 无锡 stands for 无锡市 where both are used."""
    by_short: dict[str, set[str]] = {}
    for place in places:
        if len(place) > 2 and (suffix := _suffix_of(place)):
            by_short.setdefault(place.removesuffix(suffix), set()).add(place)
    return {
        short: min(names, key=lambda name: (_rank(name), name))
        for short, names in by_short.items()
        if len(short) > 1 and tags().get(short) == "ns" and short not in word_list("not_places")
    }


def _rank(name: str) -> int:
    """Return the place of a name's suffix from the larger to the smaller unit."""
    return next((rank for rank, suffix in enumerate("省市区县镇乡") if name.endswith(suffix)), 9)


@functools.lru_cache(maxsize=_MOST_REMEMBERED)
def _suffix_of(word: str) -> str:
    suffixes = word_list("place_suffixes")
    return next((word[start:] for start in range(1, len(word)) if word[start:] in suffixes), "")


def _may_be_place(word: str) -> bool:
    return len(word) > 1 and tag_of(word) in _ONE_WORD_TAGS


_MAY_BE_PLACE: Remembered[str, bool] = Remembered(_may_be_place, _MOST_REMEMBERED)


@functools.lru_cache(maxsize=_MOST_REMEMBERED)
def _is_full_name(word: str) -> bool:
    """Say whether one word is a place with its suffix: known as such, or an unknown word before one."""
    tag = tag_of(word)
    if len(word) < 3 or word in word_list("not_places") or not (suffix := _suffix_of(word)):
        return False
    stem = word.removesuffix(suffix)
    if tag == "ns":
        return stem not in word_list("not_places")
    return tag == "x" and _is_stem(stem, tags().get(stem, "x"))


def _names_before_suffix(words: Sequence[str], place: int) -> Iterator[str]:
    """Yield the place whose name ends with the suffix at `place`, by its tag or by the place around it."""
    stem, suffix = words[place - 1 : place + 1]
    tag = tag_of(stem)
    if name := _with_suffix(stem, tag, suffix):
        yield name
    is_any_noun = place > 1 and tag == "n" and _is_within_place(words[place - 2])
    if is_any_noun and (name := _with_suffix(stem, "x", suffix)):
        yield name


def _with_suffix(stem: str, tag: str, suffix: str) -> str:
    name = stem + suffix
    if len(name) <= _LONGEST and name not in word_list("not_places"):
        return name if _is_stem(stem, tag) and not _suffix_of(stem) else ""
    return ""


def _is_within_place(word: str) -> bool:
    """Say whether a place ends before a stem, so that any noun may be one: 学宫街道门楼社区."""
    return word in ("街道", "镇", "乡") or (len(word) > 2 and word[-1] in "镇乡")


def _is_stem(stem: str, tag: str) -> bool:
    return (
        len(stem) > 1
        and tag in _NAME_TAGS
        and stem not in word_list("not_places")
        and not _NEVER_FIRST.match(stem)
    )


@functools.lru_cache(maxsize=_MOST_REMEMBERED)
def _is_known_place(word: str) -> bool:
    """Say whether the dictionary also has the word with the suffix of an administrative place."""
    if word.endswith("国") and len(word) < 4:
        return True
    if len(word) > 2 and _suffix_of(word):
        return True
    return any(tags().get(word + suffix) == "ns" for suffix in _SUFFIXES_OF_WITNESS)
