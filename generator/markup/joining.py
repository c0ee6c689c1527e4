"""Line breaks of the source that readers should not see as spaces, and the text of a block on one line."""

import re
from functools import cache

from generator.language.characters import HAN

_WIDE = f"{HAN}\u3001-\u3003\u3008-\u3011\u2014\u2018-\u201d\u2026\uff01-\uff5e"


@cache
def _break() -> re.Pattern[str]:
    """Compiled when a text has line breaks: two such large classes take as long as to render ten texts."""
    return re.compile(f"(?<=[{_WIDE}])\n(?=[{_WIDE}])")


def join_lines(text: str) -> str:
    """Take out the line breaks between two full-width characters: Chinese has no spaces between words."""
    return _break().sub("", text) if "\n" in text else text


def one_line(text: str) -> str:
    return " ".join(text.split())
