"""Make generator/language/traditional.txt from OpenCC (Apache-2.0): `pip install opencc`, then run this file.

Only single characters that OpenCC turns into single characters are taken, chains followed to their end, so
that folding keeps the length of a text and folding twice is folding once.
"""

from collections import defaultdict
from pathlib import Path

import opencc

CONFIGURATIONS = ("t2s", "tw2s", "hk2s")
BLOCKS = ((0x3400, 0x4DC0), (0x4E00, 0xA000), (0xF900, 0xFB00))
TARGET = Path(__file__).parents[2] / "generator" / "language" / "traditional.txt"
HEADER = """\
# Simplified character, then the traditional ones that fold to it.
# Made by benchmarks/language/make_traditional_table.py
# from the character tables of OpenCC {version} (https://github.com/BYVoid/OpenCC, Apache License 2.0).
"""
KEPT = "么"
"""Simplified characters that OpenCC also knows as rare traditional ones."""


def main() -> None:
    simplified = single_characters()
    by_simplified = defaultdict(list)
    for traditional in simplified:
        by_simplified[end_of_chain(traditional, simplified)].append(traditional)
    lines = [f"{key}{''.join(sorted(letters))}" for key, letters in sorted(by_simplified.items())]
    TARGET.write_text(HEADER.format(version=opencc.__version__) + "\n".join(lines) + "\n", "utf-8")
    print(f"{len(simplified)} characters -> {TARGET}")


def single_characters() -> dict[str, str]:
    converters = [opencc.OpenCC(name) for name in CONFIGURATIONS]
    found = {}
    for letter in (chr(code) for start, end in BLOCKS for code in range(start, end)):
        results = (converter.convert(letter) for converter in converters)
        result = next((one for one in results if one != letter and len(one) == 1), letter)
        if result != letter and letter not in KEPT:
            found[letter] = result
    return found


def end_of_chain(letter: str, simplified: dict[str, str]) -> str:
    while letter in simplified:
        letter = simplified[letter]
    return letter


if __name__ == "__main__":
    main()
