"""A summary made of the article's own sentences."""

import re
from collections.abc import Iterator, Sequence

from generator.language import is_chinese, split_sentences

_IN_BRACKETS = r"\s?(?:[（(][^（）()]{1,40}[）)])?[\s：:]*"
_DATELINE = re.compile(
    r"^\s*(?:"
    rf"(?:本[报報刊][讯訊]|[讯訊](?=[\s（(：:])){_IN_BRACKETS}"
    # 本报北京2月1日电, 据新华社…电: behind a day, or before a bracket, colon or space; not in 新华社的电器.
    r"|[^，。；！？]{0,20}?(?:本[报報]|新[华華]社|中新[社网網]|央[视視][网網]|人民[网網])[^，。；！？]{0,24}?"
    rf"(?:日[电電]|(?:[电電]|[讯訊]|消息)(?=[\s（(：:])){_IN_BRACKETS}"
    rf"|[\u4e00-\u9fff]{{2,8}}(?:消息|[电電])(?=\s?[（(：:]){_IN_BRACKETS}"
    r"|[A-Z][A-Za-z0-9.,/ ]{2,40}(?:\((?:AP|AFP|Reuters|Xinhua)\))\s?[-–—]+\s*"
    r")"
)
_BRACKETED = re.compile(r"^[（(【\[].*[）)】\]]$")
_BYLINE_AT_END = re.compile(r"\s?[（(][^（）()。，]{2,24}[）)]\s*$")
_CLAUSE_END = "，、；：,;:"
_LONGEST_TEXT = 4000
_ENGLISH_STRETCH = 2
"""An English letter is half as wide as a Chinese character."""
_ENDS = tuple("。！？…”’」』）.!?\"')")


def summarise(title: str, paragraphs: Sequence[str], longest: int = 120) -> str:
    """Return whole sentences from the beginning of the article, at most `longest` characters.

    The dateline is left out, and what is no prose (captions, subheads, bylines). English may be twice as
    long. A first sentence that is longer by itself is cut behind a clause and ends with ….
    """
    sentences = _sentences(title, paragraphs)
    summary = next(sentences, "")
    limit, joint = (longest, "") if is_chinese(summary) else (longest * _ENGLISH_STRETCH, " ")
    if len(summary) > limit:
        return _cut_at_clause(summary, limit)
    for sentence in sentences:
        if len(summary) + len(joint) + len(sentence) > limit:
            break
        summary += joint + sentence
    return summary


def _sentences(title: str, paragraphs: Sequence[str]) -> Iterator[str]:
    length = 0
    for paragraph in paragraphs:
        prose = _DATELINE.sub("", paragraph[:_LONGEST_TEXT].strip(), count=1) if not length else paragraph
        prose = prose[:_LONGEST_TEXT].strip()
        if prose.endswith(("）", ")")):
            prose = _BYLINE_AT_END.sub("", prose)
        if not prose.endswith(_ENDS) and (length or len(prose) < _LONGEST_TEXT):
            continue
        for sentence in split_sentences(prose):
            if not _BRACKETED.match(sentence) and sentence != title:
                yield sentence
                length += len(sentence)
        if length >= _LONGEST_TEXT:
            return


def _cut_at_clause(sentence: str, longest: int) -> str:
    cut = max(sentence.rfind(mark, 0, longest) for mark in _CLAUSE_END)
    if cut >= longest // 3:
        return sentence[:cut] + "…"
    space = sentence.rfind(" ", 0, longest)
    return sentence[: space if space > longest // 2 else longest - 1].rstrip() + "…"
