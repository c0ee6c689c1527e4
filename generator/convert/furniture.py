"""Page furniture: running heads, folios, lines of the editors, telephone numbers."""

import functools
import re
from collections import Counter
from collections.abc import Sequence

import msgspec

from generator.convert.blocks import RawLine
from generator.convert.cues import HAN, fold

_DATE = (
    r"(?:(?:19|20)\d{2}|[二〇零○一三四五六七八九]{4})年"
    r"[\d一二三四五六七八九十]{1,3}月[\d一二三四五六七八九十廿卅]{1,3}日"
)
_WEEKDAY = r"星期[一二三四五六日天]|周[一二三四五六日]"
_NUMBER = r"[\d一二三四五六七八九十百〇零]{1,6}"
_PAGE = re.compile(r"第?\s*(?P<number>[A-Za-z]?\d{1,3}|[一二三四五六七八九十]{1,3})\s*版(?![权式面图本画])")
_SECTION = re.compile(
    rf"(?:(?P<before>[A-Z]?\d{{1,2}})[ \u3000|·・/]+[{HAN}]{{2,5}}|"
    rf"[{HAN}]{{2,4}}[ \u3000|·・/]+(?P<after>[A-Z]?\d{{1,2}}))$"
)
_FOLIO = re.compile(
    r"[-—–·• ]*(?:第\s*)?[A-Z]?\d{1,3}(?:\s*页)?(?:\s*/\s*\d{1,3}| of \d{1,3})?[-—–·• ]*$"
    r"|[Pp](?:age|\.)?\s?\d{1,3}(?: of \d{1,3})?$|第[一二三四五六七八九十]{1,3}页$"
)
_STAFF_WORD = (
    r"(?:本[版期]?)?(?:责任?编辑|责编|执行主编|主编|编辑|美术?编辑|美编|版式(?:设计)?|校对|排版|组版|检校|"
    r"值班(?:主任|总编)|审读|统筹|制图|视觉|监制)"
)
_STAFF = re.compile(
    rf"(?:{_STAFF_WORD}\s*[：:/／丨|]?\s*[{HAN}·]{{1,4}}(?:[ \u3000]?[{HAN}])?(?:[、 \u3000][{HAN}·]{{1,4}})?"
    r"[\s,，;；|/]*)+(?:电话.*|E-?mail.*|邮箱.*)?$",
    re.I,
)
_CONTACT_FIRST = re.compile(
    r"(?:本报|本刊|编辑部|报社|社址|新闻|广告|订阅|投稿|发行|读者|总机)+"
    r"(?:地址|热线|电话|邮箱|信箱|传真|邮编|E-?mail|网址|投稿邮箱|QQ|微信号?)\s*[：:].*(?:\d{3,}|@|www|http|路|号)"
    r"|社址\s*[：:]"
    r"|(?:国内统一(?:连续出版物|刊)号|国内统一刊号|统一刊号|邮发代号|准印证|内部资料|印刷[：:]|承印|零售价|定价|投稿邮箱|新闻热线|责任编辑|总编辑[：:]|社长[：:])",
    re.I,
)
_CONTACT_INSIDE = re.compile(
    r"(?:出版|主办|承办).{0,30}(?:网址|热线|电话)\s*[：:]"
    r"|(?:国内统一(?:连续出版物|刊)号|CN ?\d\d[-—]\d{4}|邮发代号|ISSN ?\d)",
    re.I,
)
_CONTACT_SIGN = re.compile("[Nn统邮址线话]")
"""One of these stands in what is looked for inside; it is quicker looked for."""
_WEAK_CONTACT = re.compile(
    r"^(?:地址|热线|电话|邮箱|信箱|传真|邮编|E-?mail|网址|QQ|微信号?)\s*[：:].*(?:\d{3,}|@|www|http|路|号)",
    re.I,
)
_MONTH = r"(?:january|february|march|april|may|june|july|august|september|october|november|december)"
_MASTHEAD_PART = re.compile(
    # The first characters of all parts, so that others are passed over at once.
    r"(?=[\s\dA-Za-z\u017f\u212a〇零○一二三四五六七八九十百星周农第总今本共])(?:"
    rf"{_DATE}|{_WEEKDAY}|农历\S{{2,14}}|{_PAGE.pattern.replace('?P<number>', '?:')}|总?第\s*{_NUMBER}\s*期|"
    r"(?:今日|本期|共)\s*\d{1,2}\s*版|"
    r"\d{4}[-./]\d{1,2}[-./]\d{1,2}|\b\d{1,2}[-./]\d{1,2}[-./]\d{4}\b|"
    r"第\s*\d{1,3}\s*卷|vol\.? ?\d+|no\.? ?\d+|issue \d+|page \d+|"
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|"
    rf"\d{{1,2}}(?:st|nd|rd|th)? {_MONTH},? \d{{4}}|{_MONTH} \d{{1,2}},? \d{{4}})",
    re.I,
)
_MASTHEAD_SIGN = re.compile(r"[年周期历版卷\dA-Za-z\u017f\u212a]")
"""One of these stands in every such part; it is quicker looked for than the parts."""
_DATED = re.compile(
    rf"{_DATE}|\d{{4}}[-./]\d{{1,2}}[-./]\d{{1,2}}|\b\d{{1,2}}[-./]\d{{1,2}}[-./]\d{{4}}\b|{_MONTH}\b.*\d{{4}}",
    re.I,
)
_ENGLISH_STAFF = re.compile(
    r"^(?:editor|page editor|layout|design|proofreading|copy editor|subscriptions?|tel|telephone|phone|"
    r"fax|e-?mail)\s?[:.].{2,80}$",
    re.I,
)
_NAME_OF_PAPER = re.compile(
    rf"[{HAN}]{{1,8}}(?:报|周报|日报|导报|晚报|快报|时报|早报|周刊|新闻|通讯|简报|快讯|之声|之窗)$"
)
_LATIN_PAPER = re.compile(
    r"(?:The |THE )?(?:[A-Z][\w'&.-]* ){0,4}(?:Gazette|Times|News|Herald|Post|Bulletin|Journal|Chronicle|"
    r"Tribune|Courier|Weekly|Mail|Observer|Star|Echo|Record|Review|Mercury|Advertiser|Argus|Standard|Telegraph|"
    r"Press|Daily)$",
    re.I,
)
_BESIDE_NAME = re.compile(r"[\s,，·|—-]|^\d{1,3}(?=\s)|(?<=\s)\d{1,3}$")
_LONGEST_MASTHEAD = 90
_LONGEST_REPEATED = 30
_LONGEST_NAME = 48
_MASTHEAD_REST = 18
_LATIN_MASTHEAD_REST = 44
_CHINESE = re.compile(f"[{HAN}]")
_SPACES = re.compile(r"\s")
_SENTENCE_MARK = re.compile("[。，：；！？]")
_DIGITS = re.compile(r"\d+")
_MOST_REMEMBERED = 4096
"""Lines whose reading is kept: each is asked for by several steps."""


class PageMark(msgspec.Struct, frozen=True):
    """A line that belongs to the page: why it does, and the page it names ("" when it names none)."""

    reason: str
    page: str = ""


def find_furniture(lines: Sequence[RawLine]) -> dict[int, PageMark]:
    """Return the furniture among `lines`, by index in the sequence."""
    found: dict[int, PageMark] = {}
    for index, line in enumerate(lines):
        mark = page_mark(line.stripped)
        if mark is not None and _stands_alone(lines, index, mark):
            found[index] = mark
    _add_wrapped_ends(lines, found)
    _add_paper_names(lines, found)
    _add_lone_dates(lines, found)
    _add_paper_names(lines, found)
    _add_repeated_lines(lines, found)
    return found


@functools.lru_cache(maxsize=_MOST_REMEMBERED)
def _fold(text: str) -> str:
    """Fold Chinese lines; the marks of other languages stay as they are."""
    return fold(text) if _CHINESE.search(text) else text


@functools.lru_cache(maxsize=_MOST_REMEMBERED)
def page_mark(text: str) -> PageMark | None:
    """Return what a single line says of the page, or None when it may be text."""
    folded = _fold(text)
    if len(folded) > 160:
        return None
    if _FOLIO.fullmatch(folded):
        is_plain = re.fullmatch(r"[A-Z]?\d{1,3}", folded.strip()) is not None
        return PageMark("folio") if is_plain else PageMark("page number")
    if section := _SECTION.fullmatch(folded):
        return PageMark("section of the page", _page_number(section["before"] or section["after"]))
    if _STAFF.fullmatch(folded) or _ENGLISH_STAFF.match(text):
        return PageMark("names of the page's editors")
    if folded.endswith("。"):
        return None
    if len(folded) < 120 and _is_contact(folded):
        return PageMark("address or telephone of the paper")
    if len(folded) < 80 and _WEAK_CONTACT.search(folded):
        return PageMark("telephone")
    return _masthead(folded)


def _is_contact(folded: str) -> bool:
    return _CONTACT_FIRST.match(folded) is not None or (
        _CONTACT_SIGN.search(folded) is not None and _CONTACT_INSIDE.search(folded) is not None
    )


def _masthead(folded: str) -> PageMark | None:
    """A line made of a date, weekday, page or number of the issue, and little else (the paper's name)."""
    if len(folded) > _LONGEST_MASTHEAD or folded.endswith("."):
        return None
    parts = _MASTHEAD_PART.findall(folded) if _MASTHEAD_SIGN.search(folded) else []
    if not parts:
        return None
    rest = re.sub(r"[\s,，·|()（）【】/—-]", "", _MASTHEAD_PART.sub("", folded))
    limit = _MASTHEAD_REST if _CHINESE.search(folded) else _LATIN_MASTHEAD_REST
    page = _PAGE.search(folded)
    is_bare_date = len(parts) == 1 and page is None and not rest
    if is_bare_date and not re.search(r"期|卷|vol|issue", folded, re.I):
        return PageMark("date") if _DATED.search(folded) else None
    if len(rest) > limit or "：" in rest or "，" in folded:
        return None
    if page is None and not (_DATED.search(folded) and len(parts) > 1) and len(rest) > 8:
        return None
    if page is None and len(parts) == 1 and (rest or not re.search(r"期|卷|vol|issue|page", folded, re.I)):
        return PageMark("date") if _DATED.search(folded) and _NAME_OF_PAPER.fullmatch(rest) else None
    return PageMark("running head", _page_number(page["number"]) if page else "")


def _page_number(printed: str) -> str:
    return str(int(printed)) if printed.isdecimal() else printed


def _stands_alone(lines: Sequence[RawLine], index: int, mark: PageMark) -> bool:
    """A folio or section is only believed between empty lines; a date only beside other furniture."""
    if mark.reason == "date":
        return False
    if mark.reason not in ("folio", "section of the page", "telephone"):
        return True
    below = lines[index + 1].blank_before if index + 1 < len(lines) else 1
    above = lines[index].blank_before or index == 0
    near = [lines[n] for n in (index - 1, index + 1) if 0 <= n < len(lines)]
    stands_free = bool(above and below) and mark.reason != "telephone"
    return stands_free or any(page_mark(line.stripped) is not None for line in near)


def _add_wrapped_ends(lines: Sequence[RawLine], found: dict[int, PageMark]) -> None:
    """The end of a line of furniture that was broken in two."""
    for index in sorted(found):
        if index + 1 >= len(lines) or index + 1 in found or lines[index + 1].blank_before:
            continue
        below = lines[index + 1].stripped
        whole = page_mark(f"{lines[index].stripped}{below}")
        ends_run = index + 2 >= len(lines) or lines[index + 2].blank_before > 0
        if whole is not None and len(below) <= 24 and ends_run and found[index].reason != "folio":
            found[index + 1] = PageMark(found[index].reason)


def _add_paper_names(lines: Sequence[RawLine], found: dict[int, PageMark]) -> None:
    """The paper's name on a line of its own, beside a running head, or known from one."""
    known = {
        name
        for index in found
        if (name := _paper_name(lines[index].stripped))
        and found[index].reason in ("running head", "name of the paper", "date of the page")
    }
    for index, line in enumerate(lines):
        text = line.stripped
        if index in found or len(text) > _LONGEST_NAME:
            continue
        name = _paper_name(text)
        if not name or _SENTENCE_MARK.search(_fold(text)):
            continue
        near = [n for n in range(index - 2, index + 3) if n != index and (n in found or _is_date(lines, n))]
        has_page = name != _SPACES.sub("", _fold(text))
        is_known = name in known and (bool(near) or index == 0 or has_page)
        if is_known or _is_masthead_name(lines, index, near):
            found[index] = PageMark("name of the paper")


@functools.lru_cache(maxsize=_MOST_REMEMBERED)
def _paper_name(text: str) -> str:
    """Return what is left of a line without dates, pages and numbers."""
    folded = _fold(text)
    return _BESIDE_NAME.sub("", _MASTHEAD_PART.sub("", folded) if _MASTHEAD_SIGN.search(folded) else folded)


def _is_masthead_name(lines: Sequence[RawLine], index: int, near: Sequence[int]) -> bool:
    """Say whether a line reads like the name of a paper and stands where a masthead stands."""
    text = _SPACES.sub("", _fold(lines[index].stripped))
    is_beside = any(abs(n - index) == 1 and _is_dated(lines, n) for n in near)
    is_named = _NAME_OF_PAPER.match(text) is not None or (
        _LATIN_PAPER.fullmatch(lines[index].stripped) is not None
    )
    is_on_line_one = index == 0 or (index == 1 and not lines[index].blank_before)
    is_first = is_on_line_one and bool(near) and len(text) <= 12 and bool(_CHINESE.search(text))
    is_capital_title = text.isascii() and text.isupper() and index <= 2 and bool(near)
    is_on_top = index <= 2 and any(_is_dated(lines, n) for n in near) and is_named
    return len(text) >= 2 and ((is_beside and (is_named or is_first)) or is_on_top or is_capital_title)


def _is_dated(lines: Sequence[RawLine], index: int) -> bool:
    return 0 <= index < len(lines) and _DATED.search(_fold(lines[index].stripped)) is not None


def _is_date(lines: Sequence[RawLine], index: int) -> bool:
    if not 0 <= index < len(lines):
        return False
    mark = page_mark(lines[index].stripped)
    return mark is not None and mark.reason == "date"


def _add_lone_dates(lines: Sequence[RawLine], found: dict[int, PageMark]) -> None:
    """A bare date is furniture beside other furniture; under a notice it is the date of the notice."""
    for index in range(len(lines)):
        if index in found or not _is_date(lines, index):
            continue
        if index - 1 in found or index + 1 in found:
            found[index] = PageMark("date of the page")


def _add_repeated_lines(lines: Sequence[RawLine], found: dict[int, PageMark]) -> None:
    """Short lines that stand at least three times, beside furniture at least twice, belong to the page."""
    counts = Counter(_shape(line.stripped) for line in lines if len(line.stripped) <= _LONGEST_REPEATED)
    places_by_shape: dict[str, list[int]] = {
        shape: [] for shape, count in counts.items() if shape and count >= 3
    }
    if not places_by_shape:
        return
    for index, line in enumerate(lines):
        if (places := places_by_shape.get(_shape(line.stripped))) is not None:
            places.append(index)
    for places in places_by_shape.values():
        free = [n for n in places if n not in found]
        beside = [n for n in free if n - 1 in found or n + 1 in found]
        if len(beside) >= 2 and len(beside) * 2 > len(free):
            found.update({n: PageMark("repeated beside page furniture") for n in beside})


@functools.lru_cache(maxsize=_MOST_REMEMBERED)
def _shape(text: str) -> str:
    return _DIGITS.sub("#", _SPACES.sub("", _fold(text)))
