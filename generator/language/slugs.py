"""Slugs: the ASCII names of articles, issues and index entries in addresses and file names."""

import functools
import re
import unicodedata
import warnings
from collections.abc import Callable, Collection

from generator.language.characters import HAN_RUN

UNTITLED = "untitled"

# A slug is made from the beginning of a text; a megabyte in one line need not be spelled out.
_LONGEST_TEXT = 400
_WORD = re.compile(r"[a-z0-9]+")
_MOST_REMEMBERED = 16_384


def prepare_for_slugs() -> None:
    """Load the tables of pinyin, which takes 0.08 s."""
    _pinyin()


def slug(text: str, longest: int = 60) -> str:
    """Return `text` in pinyin and ASCII (``a-z0-9-``), cut at a syllable; "untitled" when nothing is left."""
    parts: list[str] = []
    length = -1
    for part in _parts(text[:_LONGEST_TEXT]):
        length += len(part) + 1
        if length > longest:
            break
        parts.append(part)
    else:
        return "-".join(parts) or UNTITLED
    return "-".join(parts) or part[:longest]


def unique_slug(base: str, taken: Collection[str]) -> str:
    """Return `base`, or the first of ``base-2``, ``base-3`` … that is not taken."""
    candidate, number = base, 1
    while candidate in taken:
        number += 1
        candidate = f"{base}-{number}"
    return candidate


def _parts(text: str) -> list[str]:
    spelled: list[str] = []
    for place, run in enumerate(HAN_RUN.split(text)):
        is_chinese = place % 2 == 1
        spelled += _pinyin()(run) if is_chinese else [run]
    return _WORD.findall(_plain_ascii(" ".join(spelled)))


def _plain_ascii(text: str) -> str:
    if text.isascii():
        return text.replace("'", "").casefold()
    folded = unicodedata.normalize("NFKD", text.replace("'", "").replace("’", "")).casefold()
    return "".join(letter for letter in folded if not unicodedata.combining(letter))


@functools.cache
def _pinyin() -> Callable[[str], list[str]]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from pypinyin.converter import DefaultConverter
        from pypinyin.core import Pinyin

    class Remembering(DefaultConverter):
        """The words of headlines come back, and to spell them takes most of the time."""

        convert = functools.lru_cache(maxsize=_MOST_REMEMBERED)(DefaultConverter.convert)

    return functools.partial(Pinyin(Remembering()).lazy_pinyin, errors="ignore")
