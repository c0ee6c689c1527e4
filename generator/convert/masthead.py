"""What mastheads and running heads say: the paper, and the number of the issue."""

import re
from collections import Counter
from itertools import pairwise

import msgspec

from generator.language import find_dates, parse_chinese_number

_NUMBER = r"[\d一二三四五六七八九十百千万〇零○]{1,8}"
_TOTAL = re.compile(rf"(?:总|總)\s?第?\s?({_NUMBER})\s?(?:期|號|号)|累计第\s?({_NUMBER})\s?期")
_ISSUE = re.compile(
    rf"(?<![总總计計])第\s?({_NUMBER})\s?(?:期|號|号)(?!楼)|\b(?:[Ii]ssue|No\.?|NO\.?) ?(\d{{1,6}})\b"
)
_TITLE = re.compile(
    r"[\u4e00-\u9fff]{1,10}(?:日报|晚报|早报|时报|导报|快报|周报|新报|報|报|周刊|月刊|期刊|學刊|学刊|通讯|简报|快讯|时讯|新闻|之声|之窗)"
)
_ENGLISH_TITLE = re.compile(
    r"(?:The )?(?:[A-Z][A-Za-z']+ ){1,4}"
    r"(?:Gazette|Times|News|Herald|Post|Bulletin|Journal|Chronicle|Tribune|Courier|Weekly|Mail)"
)
_NO_TITLE = re.compile("^(?:本报|书报|简报|本刊|新闻|快讯|通讯|周刊|月刊)$")
_SPACES = re.compile(r"[\s\u3000]+")
_PAGE = re.compile(
    r"第?\s?(?:[A-Za-z]?\d{1,3}|[一二三四五六七八九十]{1,3})\s?版(?![权式面图本画])[\s\u3000：:·|/]*[\u4e00-\u9fff·]{0,8}"
    r"|[Pp]age [A-Z]?\d{1,3}"
)
WEEKDAY = re.compile(
    r"(?:星期|周|週|禮拜|礼拜)([一二三四五六日天])|\b(mon|tues|wednes|thurs|fri|satur|sun)day\b",
    re.IGNORECASE,
)
_PARTS = re.compile(
    r"[农夏農][历曆]\S{2,14}|[（(]?(?:总|第|總)+\s?[\d一二三四五六七八九十百千〇零]{1,7}\s?[期号號][)）]?"
    r"|(?:今日|本期|共)\s?\d{1,3}\s?版|\b[Pp]age \d+|\b(?:[Nn]o|[Ii]ssue)\.? ?\d+"
)
LONGEST_LINE = 90
_LONGEST_NAME = 10


class Masthead(msgspec.Struct, frozen=True):
    """What the head of an issue says; each "" when it does not."""

    title: str = ""
    number: str = ""
    total_number: str = ""


def parse_masthead(head_text: str) -> Masthead:
    """Return the paper's name and the issue's numbers from the first lines and running heads of an issue."""
    lines = [line.strip() for line in head_text.splitlines() if 0 < len(line.strip()) <= LONGEST_LINE]
    titles = Counter(filter(None, map(_title, lines)))
    titles.update(above for above, line in pairwise(lines) if _is_short_name(above) and _is_only_dated(line))
    number, total = parse_issue_number("\n".join(lines))
    title = max(titles, key=lambda title: (titles[title], -len(title), title), default="")
    return Masthead(title, number, total)


def beside_the_date(line: str) -> str:
    """Return what a running head says besides date, weekday, page and numbers: the paper's name, or ""."""
    for pattern in (_PARTS, WEEKDAY, _PAGE):
        line = pattern.sub(" ", line)
    for date in reversed(find_dates(line)):
        line = line[: date.position] + " " + line[date.position + len(date.text) :]
    return " ".join(re.sub(r"[|·,，()（）—–-]", " ", line).split())


def is_paper_name(text: str) -> bool:
    """Say whether the words are like the name of a paper: an ending such as 报, or a few in English."""
    joined = _SPACES.sub("", text)
    return _TITLE.fullmatch(joined) is not None or re.fullmatch(r"[A-Z][A-Za-z' ]{3,40}", text) is not None


def parse_issue_number(text: str) -> tuple[str, str]:
    """Return number and running total of an issue as digits: ("12", "345") for 第12期（总第345期）."""
    total = _TOTAL.search(text)
    number = _ISSUE.search(_TOTAL.sub(" ", text))
    return _digits(number), _digits(total)


def _title(line: str) -> str:
    """Return the paper's name when the line holds it and nothing of an article."""
    if re.search("[，。；：！？“”]", line):
        return ""
    rest = beside_the_date(line)
    joined = _SPACES.sub("", rest)
    if _TITLE.fullmatch(joined):
        return "" if _NO_TITLE.match(joined) else joined
    if rest != line and _is_short_name(rest) and find_dates(line):
        return rest
    return rest if _ENGLISH_TITLE.fullmatch(rest) else ""


def _is_short_name(text: str) -> bool:
    return re.fullmatch(rf"[\u4e00-\u9fff]{{2,{_LONGEST_NAME}}}", text) is not None


def _is_only_dated(line: str) -> bool:
    """Say whether a line holds a date of an issue and nothing else."""
    return any(date.year and date.day for date in find_dates(line)) and not beside_the_date(line)


def _digits(match: re.Match[str] | None) -> str:
    if match is None:
        return ""
    number = parse_chinese_number(match.group(1) or match.group(2))
    return "" if number is None else str(number)
