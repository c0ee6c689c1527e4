"""Lists of words in ``lists/``, one file each: words between white space, comments behind #."""

import functools
from importlib.resources import files


@functools.cache
def word_list(name: str) -> frozenset[str]:
    text = files("generator.language").joinpath("lists", f"{name}.txt").read_text("utf-8")
    return frozenset(word for line in text.splitlines() if not line.startswith("#") for word in line.split())
