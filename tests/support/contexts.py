"""Contexts for every kind of page, made from the types: the least a template may receive, and a lot.

A field that the reference allows to be empty (its docstring says ``""``) is empty in the smallest context; in
the largest nothing is empty, lists have several members and texts are long.
"""

import calendar
import datetime
import itertools
import types
import typing
from collections.abc import Callable, Iterator, Mapping
from enum import Enum
from functools import cache
from typing import Any

import msgspec
from markupsafe import Markup

from generator.render.context_parts import CalendarDay, Link, MonthCalendar
from generator.render.contexts import (
    CONTENT_BY_KIND,
    PageContext,
    PageKind,
    SiteContext,
    ThemeContext,
)
from generator.render.reference import field_docs

LANGUAGES = ("zh-Hans", "zh-Hant", "en")
SIZES = ("smallest", "largest")
DAY = datetime.date(2024, 7, 22)

_LONG = "云岫县老旧小区改造工程进入收尾阶段　三千余户居民年底前搬进新居"
_SENTENCE = "记者昨日从县住建局获悉，今年列入计划的二十六个小区已有二十二个完工，其余四个将在年底前交付。"
_BODY = Markup(
    '<h2 id="b-one">改造之前</h2><p>' + _SENTENCE * 3 + "</p>"
    '<p>据介绍，<strong>屋面防水</strong>与<em>管网更新</em>同步推进<span class="gap">此处原文缺失</span>，'
    '详见 <a href="https://example.org/a-very-long-address-without-any-place-to-break-it/0123456789">'
    "https://example.org/a-very-long-address-without-any-place-to-break-it/0123456789</a>。</p>"
    '<h3 id="b-two">进度</h3><ul><li>一季度完工八个</li><li>二季度完工十四个</li></ul>'
    "<table><thead><tr><th>小区</th><th>户数</th></tr></thead><tbody><tr><td>印月苑</td><td>312</td></tr>"
    "</tbody></table><blockquote><p>“楼道亮了，心里也亮了。”</p></blockquote>"
    "<pre><code>a = 1</code></pre><hr>"
    '<h2 id="b-three">改造之后</h2><p>' + _SENTENCE * 2 + "</p>"
    '<h2 id="b-four">Second hand: 30 kW charging points</h2><p>共 86 处，Wi-Fi 覆盖 3 个小区。</p>'
)
_QR = Markup('<svg viewBox="0 0 29 29"><path fill="#fff" d="M0 0h29v29H0z"/></svg>')

# What a field of the largest context holds, by the field's name; others follow from their type.
_BY_NAME: Mapping[str, Callable[[int], object]] = {
    "url": lambda n: f"/issues/2024-07-22/a-{n}/",
    "anchor": lambda n: f"part-{n}",
    "kicker": lambda _: "“一刻钟便民生活圈”建设观察之三",
    "title": lambda n: f"{_LONG}（{n}）",
    "label": lambda n: f"2024年7月22日　第{n}期",
    "subtitle": lambda _: "——县住建局、县民政局与十二个街道社区联合回访见闻",
    "summary": lambda _: _SENTENCE * 2,
    "description": lambda _: _SENTENCE,
    "byline": lambda _: "沈忱　通讯员　顾晓岚",
    "page": lambda n: f"A{n:02}",
    "column": lambda _: "基层观察",
    "number": lambda n: n,
    "total_number": lambda _: "616",
    "base_url": lambda _: "https://example.org",
    "base_path": lambda _: "/bulletin",
    "canonical_url": lambda n: f"https://example.org/bulletin/a-{n}/",
    "image_url": lambda _: "https://example.org/bulletin/assets/images/a.jpg",
    "police_url": lambda _: "https://beian.example.org/?code=1&x=2",
    "media_type": lambda _: "application/atom+xml",
    "telephone": lambda _: "0000-555 0123",
    "email": lambda _: "bianji@example.org",
    "engine": lambda _: "builtin",
    "byline_kind": lambda _: "source",
    "body_html": lambda n: Markup(str(_BODY).replace('id="b-', f'id="b{n}-')),
    "note_html": lambda _: Markup("<p>" + _SENTENCE + "</p>"),
    "json_ld": lambda _: Markup('{"@context":"https://schema.org","@graph":[]}'),
    "qr_svg": lambda _: _QR,
    "level": lambda n: 2 + n % 3,
    "year": lambda n: 2100 - n,
    "count": lambda _: 128,
    "width": lambda _: 960,
    "height": lambda _: 640,
}


def make_contexts(
    kind: PageKind, size: str, language: str, options: Mapping[str, object]
) -> dict[str, object]:
    """Return what a template of `kind` receives: `site`, `page`, `theme`, `content`."""
    filler = _Filler(size == "largest", language)
    page = msgspec.structs.replace(filler.make(PageContext), kind=kind, language=language)
    theme = ThemeContext(name="default", options=options)
    content: Any = filler.make(CONTENT_BY_KIND[kind])
    if kind is PageKind.YEAR:
        months = tuple(filler.month(number) for number in range(1, 13))
        content = msgspec.structs.replace(content, months=months)
    return {"site": filler.make(SiteContext), "page": page, "theme": theme, "content": content}


@cache
def _fields_of(kind: type) -> tuple[tuple[str, Any, str], ...]:
    """Name, type and meaning of every field."""
    hints = typing.get_type_hints(kind)
    return tuple((name, hints[name], meaning) for name, _, meaning in field_docs(kind))


class _Filler:
    """Makes values of the types contexts are made of."""

    def __init__(self, is_largest: bool, language: str) -> None:
        self._is_largest = is_largest
        self._language = language
        self._numbers: Iterator[int] = itertools.count(1)

    def make(self, kind: type) -> Any:
        if kind is MonthCalendar:
            return self.month(7)
        number = next(self._numbers)
        return kind(
            **{name: self._field(name, hint, meaning, number) for name, hint, meaning in _fields_of(kind)}
        )

    def month(self, month: int) -> MonthCalendar:
        days = calendar.Calendar().monthdatescalendar(DAY.year, month)
        weeks = tuple(tuple(self._day(day, month) for day in week) for week in days)
        url = f"/dates/2024/{month:02}/" if self._is_largest else ""
        return MonthCalendar(datetime.date(DAY.year, month, 1), url, weeks, 4 if url else 0)

    def _day(self, day: datetime.date, month: int) -> CalendarDay:
        has_issue = self._is_largest and day.month == month and day.weekday() == 0
        issues = (Link("第1期", "/issues/a/"), Link("增刊", "/issues/b/")) if has_issue else ()
        return CalendarDay(day, day.month == month, issues if day.day > 7 else issues[:1])

    def _field(self, name: str, kind: Any, meaning: str, number: int) -> Any:
        if name == "language":
            return self._language
        if typing.get_origin(kind) in (typing.Union, types.UnionType):
            chosen = next(each for each in typing.get_args(kind) if each is not type(None))
            return self._field(name, chosen, meaning, number) if self._is_largest else None
        if typing.get_origin(kind) is tuple:
            inner = typing.get_args(kind)[0]
            times = 5 if self._is_largest else 0
            return tuple(self._field(name, inner, meaning, next(self._numbers)) for _ in range(times))
        if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
            return self.make(kind)
        return self._plain(name, kind, meaning, number)

    def _plain(self, name: str, kind: Any, meaning: str, number: int) -> object:
        if kind is datetime.date:
            return DAY - datetime.timedelta(days=7 * (number % 5))
        if kind is bool:
            return self._is_largest
        if typing.get_origin(kind) is not None:
            return {"motto": "一县之事"} if self._is_largest else {}
        if isinstance(kind, type) and issubclass(kind, Enum):
            return next(iter(kind))
        if kind in (str, Markup) and not self._is_largest and '""' in meaning:
            return kind("")
        if name == "count" and not self._is_largest:
            return 0
        if name in _BY_NAME:
            return kind(_BY_NAME[name](number))
        if name.endswith("url"):
            return _BY_NAME["url"](number)
        return number if kind is int else kind(f"{name}{number}")
