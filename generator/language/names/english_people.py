"""English names of people: a title or a verb of speech beside capitalised words."""

import re
from collections.abc import Sequence

_WORD = r"(?:[A-Z][a-z]+(?:['’-][A-Z]?[a-z]+)?|[A-Z]\.)"
_FULL = rf"{_WORD}(?: {_WORD}){{1,2}}"
_TITLE = (
    r"(?:Mr|Mrs|Ms|Dr|Sir|Dame|Lord|Lady|Professor|President|Chancellor|Senator|Mayor|Judge|Captain|General|Director|Doctor|Inspector"
    r"|(?:Prime |Foreign |Finance |Home )?Minister|Secretary)"
)
_CAPITALISED = re.compile("[A-Z](?=[a-z.])")
_TITLED = re.compile(rf"\b{_TITLE}\.? ({_WORD}(?: {_WORD}){{0,2}})")
_SPEAKER = re.compile(rf"(?:\b({_FULL}),? (?:said|says|told|added|insisted|explained|believes)\b)")
_NOT_FIRST = re.compile("The|An?|But|And|In|On|At|For|S?He|They|It|This|That|When|While|After|Before|As")
_TITLE_WORD = re.compile(_TITLE)


def find_english_people(texts: Sequence[str]) -> tuple[set[str], dict[str, str]]:
    """Return the full names, and surnames behind a title (``Mr Smith``) with the one full name they end."""
    found: set[str] = set()
    titled: dict[str, str] = {}
    for text in texts:
        if " " not in text or not _CAPITALISED.search(text):
            continue  # every English name here has two words
        for match in _SPEAKER.finditer(text):
            found.update(_full_name(match.group(1)))
        for match in _TITLED.finditer(text):
            found.update(_full_name(match.group(1)))
            if " " not in match.group(1):
                titled[match.group()] = match.group(1)
    aliases = {}
    for form, surname in titled.items():
        owners = [name for name in found if name.rsplit(" ", 1)[-1] == surname]
        if len(owners) == 1:
            aliases[form] = owners[0]
    return found, aliases


def _full_name(text: str) -> set[str]:
    words = text.split(" ")
    while words and (_NOT_FIRST.fullmatch(words[0]) or _TITLE_WORD.fullmatch(words[0])):
        del words[0]
    return {" ".join(words)} if len(words) > 1 else set()
