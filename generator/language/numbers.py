"""Numbers written in Chinese."""

import re

_WRITTEN_DIGITS = "零〇○Ｏ０ 一壹１ 二贰兩两２ 三叁３ 四肆４ 五伍５ 六陆６ 七柒７ 八捌８ 九玖９"
_DIGITS = {letter: value for value, letters in enumerate(_WRITTEN_DIGITS.split()) for letter in letters}
_UNITS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_TENS = {"廿": 20, "卅": 30, "卌": 40}
_MYRIAD = {"万": 10_000, "萬": 10_000, "亿": 100_000_000, "億": 100_000_000}
_LONGEST = 24

_NUMBERED_PAGE = re.compile(r"第?\s*(?:0*([0-9]+)|([一二三四五六七八九十]+))\s*版?")


def parse_chinese_number(text: str) -> int | None:
    """Return the whole number that `text` is, or None: 二〇二四, 一百二十一, 十, 廿三, 1234, 3万."""
    if not 0 < len(text) <= _LONGEST:
        return None
    if text.isdecimal():
        return int(text)
    values = [_DIGITS.get(letter, int(letter) if letter.isdecimal() else None) for letter in text]
    if len(text) > 1 and all(value is not None for value in values):
        return int("".join(str(value) for value in values))
    return _with_units(text)


def _with_units(text: str) -> int | None:
    total = section = 0
    digits = ""
    for letter in text:
        if letter in _DIGITS or letter.isdecimal():
            value = _DIGITS.get(letter, int(letter) if letter.isdecimal() else 0)
            digits = str(value) if digits in ("", "0") else digits + str(value)
        elif letter in _TENS:
            section += _TENS[letter]
        elif letter in _UNITS:
            section += int(digits or 1) * _UNITS[letter]
            digits = ""
        elif letter in _MYRIAD:
            total = (total + section + int(digits or 0)) * _MYRIAD[letter]
            section, digits = 0, ""
        else:
            return None
    return total + section + int(digits or 0)


def printed_page_name(page: str) -> str:
    """Return the one name of a printed page that is written in many ways: 第二版, 02 and 2 are "2"."""
    numbered = _NUMBERED_PAGE.fullmatch(page.strip())
    if not numbered:
        return page.strip()
    return numbered[1] or str(parse_chinese_number(numbered[2]))
