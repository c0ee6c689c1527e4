"""Full-width punctuation for Chinese text that was typed or converted with half-width marks.

Works line by line, and only on lines that are Chinese. Every decision looks at characters that no step
changes (Chinese characters, digits, brackets after they were paired), so a second run changes nothing.
"""

import functools
import re
from collections.abc import Callable

from generator.language.characters import CLOSING, HAN, OPENING
from generator.language.scripts import is_chinese

_HAN_CHARACTER = re.compile(f"[{HAN}]")
# Addresses stay as they are. The look-behinds keep a long run of letters from being tried at each letter.
_PROTECTED = re.compile(
    r"(?<![A-Za-z0-9+.-])(?:[A-Za-z][A-Za-z0-9+.-]{0,19}://|www\.)[!-;=?-~]+(?<![.,;:!?)'\"])"
    r"|(?<![A-Za-z0-9._%+-])[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+"
)
_ADDRESS_SIGN = re.compile(r"@|://|www\.")
"""One of these stands in every address; it is quicker looked for than the address."""
# A character of private use: in no class below, so an address is neither Chinese nor a mark.
_STAND_IN = "\ue0ff"
_TO_WIDEN = re.compile(r'[,;:?!.()"…-](?:(?<!-)|-)')
_STRAIGHT_QUOTE = re.compile('"')
_BRACKET = re.compile("[()（）]")
_ELLIPSIS = re.compile(r"(?:…|\.{3,})+")
_DASH = re.compile(rf"(?<=[{HAN}{CLOSING}])-{{2,}}|-{{2,}}(?=[{HAN}{OPENING}])")
_MARKS = re.compile(r"[,;:?!，；：？！。、…]+")
_HALF_TO_FULL = str.maketrans(",;:?!", "，；：？！")
_STOP = re.compile(rf"(?<=[{HAN}{CLOSING}])\.(?=[{HAN}{OPENING}{CLOSING}]|\s*$)")
_NUMBERING = re.compile(rf"\s*[（(]?[一二三四五六七八九十百零〇]{{1,4}}\.(?=[{HAN}{OPENING}])")
_BESIDE = re.compile(rf"[{HAN}{OPENING}{CLOSING}]")
_MOST_REMEMBERED = 1024
"""Texts kept as they were widened: a conversion asks several times for each."""


@functools.lru_cache(maxsize=_MOST_REMEMBERED)
def widen_punctuation(text: str) -> str:
    """Return `text` with the marks of its Chinese lines in full width; idempotent.

    Marks between digits (7:30, 3:1, 162,090), in addresses and between Latin words stay; brackets widen in
    pairs, straight quotes by order where their number in the line is even. Nothing else is changed.
    """
    return "".join([_widen_line(line) for line in text.splitlines(keepends=True)])


def _widen_line(line: str) -> str:
    if not _TO_WIDEN.search(line):
        return line
    if not is_chinese(_PROTECTED.sub(_STAND_IN, line) if _ADDRESS_SIGN.search(line) else line):
        return line
    for step in (_pair_quotes, _widen_brackets, _lengthen, _widen_stops, _widen_marks):
        line = _outside_addresses(line, step)
    return line


def _outside_addresses(line: str, step: Callable[[str], str]) -> str:
    """Apply `step` with every address replaced by one letter, which no step changes."""
    addresses = _PROTECTED.findall(line) if _ADDRESS_SIGN.search(line) else []
    if not addresses:
        return step(line)
    if _STAND_IN in line:
        return line
    found = iter(addresses)
    return re.sub(_STAND_IN, lambda _: next(found), step(_PROTECTED.sub(_STAND_IN, line)))


def _pair_quotes(line: str) -> str:
    count = line.count('"')
    if not count or count % 2:
        return line
    quotes = iter("“”" * (count // 2))
    return _STRAIGHT_QUOTE.sub(lambda _: next(quotes), line)


def _widen_brackets(line: str) -> str:
    letters = list(line)
    for opening, closing in _bracket_pairs(line):
        wide = line[opening] == "（" or line[closing] == "）"
        before = line[opening - 1 : opening]
        if wide or _HAN_CHARACTER.match(before) or _has_chinese(line, opening, closing):
            letters[opening], letters[closing] = "（", "）"
    return "".join(letters)


def _bracket_pairs(line: str) -> list[tuple[int, int]]:
    pairs, open_brackets = [], []
    for bracket in _BRACKET.finditer(line):
        if bracket.group() in "(（":
            open_brackets.append(bracket.start())
        elif open_brackets:
            pairs.append((open_brackets.pop(), bracket.start()))
    return pairs


def _has_chinese(line: str, start: int, end: int) -> bool:
    return _HAN_CHARACTER.search(line, start, end) is not None


def _lengthen(line: str) -> str:
    """Give ellipses and dashes beside Chinese their full length of two characters."""

    def ellipsis(match: re.Match[str]) -> str:
        is_full = set(match.group()) == {"…"} and len(match.group()) > 1
        return match.group() if is_full or not _is_beside_chinese(match) else "……"

    return _DASH.sub("——", _ELLIPSIS.sub(ellipsis, line))


def _widen_stops(line: str) -> str:
    """Turn full stops behind Chinese into 。 where the line has none.

    Where it has, a full stop between Chinese is something else: a foreign name, a number of a list.
    """
    if "。" in line:
        return line
    numbering = _NUMBERING.match(line)
    keep = numbering.end() if numbering else 0
    return line[:keep] + _STOP.sub("。", line[keep:])


def _widen_marks(line: str) -> str:
    def widen(match: re.Match[str]) -> str:
        marks = match.group()
        if _is_between_digits(match) or not (_is_beside_chinese(match) or not marks.isascii()):
            return marks
        return marks.translate(_HALF_TO_FULL)

    return _MARKS.sub(widen, line)


def _is_between_digits(match: re.Match[str]) -> bool:
    line = match.string
    before, after = line[match.start() - 1 : match.start()], line[match.end() : match.end() + 1]
    return len(match.group()) == 1 and before.isdecimal() and after.isdecimal()


def _is_beside_chinese(match: re.Match[str]) -> bool:
    """Say whether Chinese, a bracket or a quote stands before or after, or the line ends here."""
    line = match.string
    before = line[max(0, match.start() - 1) : match.start()]
    after = line[match.end() : match.end() + 40].lstrip()[:1]
    return bool(before == "%" or not after or _BESIDE.match(before) or _BESIDE.match(after))
