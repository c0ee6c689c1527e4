"""Sentences of Chinese and English text."""

import functools
import re
from collections.abc import Sequence

from generator.language.characters import FULL_STOPS

_PARAGRAPH = re.compile(r"[^\r\n]+")
_CLOSER_BY_OPENER = dict(zip("“‘「『《〈（(【[", "”’」』》〉）)】]", strict=True))
_CLOSERS = frozenset(_CLOSER_BY_OPENER.values())
_SPAN_MARKS = r"“”‘’「」『』《》〈〉（）()【】\[\]\""
_SPAN_MARK = re.compile(f"[{_SPAN_MARKS}]")
_STOPS = "。！？!?…"
_MARK = re.compile(rf"[{_SPAN_MARKS}{_STOPS}.](?:(?<=[{_STOPS}])[{_STOPS}]*|(?<=\.)\.*|)")
_MOST_REMEMBERED = 512
"""Paragraphs whose sentences are kept: the steps of a conversion ask for the same ones."""
_DEEPEST = 8
"""Open marks looked back at; a mark that is never closed must not cost time at every later one."""
_AFTER_END = re.compile(r"[”’」』）)】\]\"]*")
_ABBREVIATION = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|St|Sr|Jr|Gen|Col|Capt|Lt|Sgt|Rev|Gov|Sen|Rep|Hon|No|Nos|Vol|Fig|vs|etc|cf|al"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec|Inc|Ltd|Co|Corp|e\.g|i\.e|a\.m|p\.m)|\b[A-Z])$"
)
_LONGEST_ABBREVIATION = 6
_GOES_ON = frozenset("，、；：。！？的之和与及等是在")
"""Characters that carry a sentence on behind a quote which itself ends with a full stop."""


def split_sentences(text: str) -> list[str]:
    """Return the sentences of `text`, without white space around them.

    A sentence ends at 。！？…… or at a full stop before a space; not within quotes or brackets that are
    closed later in the same line. A line break ends a sentence too.
    """
    return [
        sentence
        for paragraph in _PARAGRAPH.findall(text)
        for sentence in _split_paragraph(paragraph)
        if sentence
    ]


@functools.lru_cache(maxsize=_MOST_REMEMBERED)
def _split_paragraph(paragraph: str) -> Sequence[str]:
    closed_spans = _closed_spans(paragraph)
    sentences = []
    start = position = 0
    while mark := _MARK.search(paragraph, position):
        position = closed_spans.get(mark.start(), mark.end())
        if mark.start() in closed_spans:
            ends = _span_ends_sentence(paragraph, position)
        else:
            ends = _mark_ends_sentence(paragraph, mark)
            position = _skip_closers(paragraph, position) if ends else position
        if ends:
            sentences.append(paragraph[start:position].strip())
            start = position
    return [*sentences, paragraph[start:].strip()]


def _closed_spans(paragraph: str) -> dict[int, int]:
    """Return for each opening mark outside others where its span ends, behind the closing mark."""
    spans: dict[int, int] = {}
    open_marks: list[tuple[str, int]] = []
    straight = -1
    for mark in _SPAN_MARK.finditer(paragraph):
        letter = mark.group()
        if letter == '"':
            if straight < 0:
                straight = mark.start()
            else:
                spans[straight], straight = mark.end(), -1
        elif letter in _CLOSER_BY_OPENER:
            open_marks.append((_CLOSER_BY_OPENER[letter], mark.start()))
        else:
            _close(open_marks, letter, mark.end(), spans)
    return spans


def _close(open_marks: list[tuple[str, int]], closer: str, end: int, spans: dict[int, int]) -> None:
    """Close the nearest open mark of that kind; marks left open inside it are dropped."""
    for back in range(1, min(_DEEPEST, len(open_marks)) + 1):
        if open_marks[-back][0] == closer:
            spans[open_marks[-back][1]] = end
            del open_marks[-back:]
            return


def _mark_ends_sentence(paragraph: str, mark: re.Match[str]) -> bool:
    letters, end = mark.group(), _skip_closers(paragraph, mark.end())
    if letters == "…":
        return end == len(paragraph)
    if letters[0] in FULL_STOPS:
        return True
    if letters[0] not in ".!?":
        return False
    if end == len(paragraph):
        return True
    if letters[0] == ".":
        before = paragraph[max(0, mark.start() - _LONGEST_ABBREVIATION) : mark.start()]
        return paragraph[end].isspace() and not _ABBREVIATION.search(before)
    return paragraph[end].isspace() or not paragraph[end].isascii()


def _span_ends_sentence(paragraph: str, end: int) -> bool:
    """Say whether the quote or bracket closed before `end` ends with a sentence that is not carried on."""
    last = end - 2
    while last >= 0 and paragraph[last] in _CLOSERS:
        last -= 1
    if last < 0 or paragraph[last] not in "。！？!?….":
        return False
    following = paragraph[end : end + 2].lstrip()[:1]
    if not following:
        return True
    if following.isascii():
        return following.isupper() or following in "\"'"
    return paragraph[end - 1] not in "》〉" and following not in _GOES_ON


def _skip_closers(paragraph: str, position: int) -> int:
    match = _AFTER_END.match(paragraph, position)
    return match.end() if match else position
