"""The headline block: which of its lines is the kicker, the headline, the subtitle."""

import re
from collections.abc import Sequence
from itertools import starmap

import msgspec

from generator.convert.cues import Cues
from generator.convert.weights import Parts, Scored, Weights, tell

_PRESENCE = re.compile(
    r"^(?:[^ \u3000，]{2,12}(?:出席|主持|讲话|致辞|致信|参加|作报告|宣布|强调|批示)[^，。]{0,6}[ \u3000]?)+$"
)
_VERB_FIRST = re.compile(
    r"^(?:听取|审议|研究|部署|决定|强调|要求|指出|不再|具有|将|共|通过|传达|学习|讨论|表决|涉及|包括|覆盖|助力|推动|预计|"
    r"力争|确保|实现|促进|打造|构建|开启|为|让|使|从|在|以|已|可|有望|全面|首次|累计|总投资|现场|记者)"
)


# A kicker names the occasion (…锦标赛, …赛落幕), or who announces what the headline then says (…发布新规).
_OCCASION = re.compile(
    r"(?:赛|杯|[决分]站|本站|锦标赛|联赛|公开赛|女子最强战|\d米|米|公斤级|大奖赛)$|(?:赛|杯|锦标赛|联赛)(?:落幕|收官|结束|开赛|揭幕|开幕)$"
)
_ANNOUNCEMENT = re.compile(
    r"(?:发文|新规|试点|(?:发布|出台|印发|下发|公布|推出|实施)(?:新规|意见|通知|方案|办法|规定|举措|措施|条例|公告|报告|白皮书)|报告|提醒|部署)$"
    r"|^[^ ，]{2,8}(?:部|局|委|办|院|厅|省|市|区|县|署|会|台办|发言人)$"
)
_ADVERBIAL = re.compile(r"^(?:针对|围绕|随着|面对|关于|继|为了|截至|历时|聚焦|作为|从.{2,12}到)")
# A subtitle says what kind of piece it is: …调查, …侧记, 本报记者对话…, 走进….
_NOTE = re.compile(
    r"^(?:本报记者|记者|来自|走进|访|写在|探访)|(?:调查|纪实|侧记|见闻|自治记|启示|速写|述评|综述|观察|掠影|之[一二三四五六七八九])$"
)
_MEANING = re.compile(
    r"(?:新?[征历]程|新?篇章|新?局面|新?阶段|先河|空白|作用|意义|结构|基础|准备|稳定|水平)$"
)
_QUESTION = re.compile(r"怎|什么|谁|哪|为何|为啥|几[道个张]|多少|吗|？")
_FIGURES = re.compile(r"\d|[一二三四五六七八九十百千万两]{2,}|[一二三四五六七八九十两][个条名座项家年天户]")
_NEWS = re.compile(
    r"(?:公布|通车|开学|投用|启动|开幕|落幕|举行|召开|揭晓|发布|出炉|开通|开工|竣工|启用|上线|入藏|结束|闭幕|揭牌|"
    r"推进|回落|增长|会见)(?:[^，。]{0,4})$|首[架次个台条例批届座]"
)


class HeadlineBlock(msgspec.Struct, frozen=True):
    """Indices of the head lines by role (-1: none), and why."""

    title: int
    kicker: int = -1
    subtitle: int = -1
    reasons: tuple[str, ...] = ()
    margin: float = 9.0


def arrange_heads(heads: Sequence[Cues], weights: Weights) -> HeadlineBlock:
    """Assign the roles of one to three head lines (more: the last ones join the subtitle)."""
    dashed = [n for n, head in enumerate(heads) if head.starts_with_dash and n > 0]
    plain = [n for n in range(len(heads)) if n not in dashed]
    subtitle = dashed[0] if dashed else -1
    if len(plain) == 1:
        return HeadlineBlock(plain[0], subtitle=subtitle)
    if len(plain) == 2:
        scored = score_kicker(heads[plain[0]], heads[plain[1]], weights)
        first, second = plain
        reasons = tuple(starmap(tell, scored.reasons))
        if scored.score > 0 or dashed:
            return HeadlineBlock(second, first, subtitle, reasons, abs(scored.score))
        return HeadlineBlock(first, -1, second, reasons, abs(scored.score))
    return _arrange_three(heads, plain, subtitle, weights)


def _arrange_three(
    heads: Sequence[Cues], plain: Sequence[int], subtitle: int, weights: Weights
) -> HeadlineBlock:
    first, second, third = plain[0], plain[1], plain[2]
    top = score_kicker(heads[first], heads[second], weights)
    if top.score <= -1.5 and subtitle < 0:
        return HeadlineBlock(first, -1, second, ("the lines below it say more of the same",), abs(top.score))
    return HeadlineBlock(second, first, third if subtitle < 0 else subtitle, ("three lines",), 0.5)


def score_kicker(first: Cues, second: Cues, weights: Weights) -> Scored:
    """Positive: the first line is a kicker to the second; negative: the second is a subtitle to the first."""
    return weights.scored(observe_pair(first, second))


def observe_pair(first: Cues, second: Cues) -> Parts:
    shorter = second.length - first.length
    parts: Parts = [("headline.base", 1.0), ("headline.first-shorter", max(0.0, min(8.0, shorter)))]

    def note(reason: str, holds: bool) -> None:
        if holds:
            parts.append((f"headline.{reason}", 1.0))

    note("first-ends-like-kicker", first.ends_like_kicker)
    note("first-in-tag", first.ends_in_tag)
    note("second-in-tag", second.ends_in_tag)
    note("second-verb-first", _VERB_FIRST.match(second.folded) is not None)
    note("second-presence", _PRESENCE.match(second.folded) is not None)
    note("second-longer", shorter > 4)
    note("first-much-longer", shorter < -4)
    note("first-has-comma", first.inner_commas > second.inner_commas)
    note("first-is-occasion", _OCCASION.search(first.folded) is not None)
    note("first-is-announcement", _ANNOUNCEMENT.search(first.folded) is not None)
    note("first-is-adverbial", _ADVERBIAL.match(first.folded) is not None)
    note("first-very-short", first.length <= 8 and shorter > 2)
    note("second-has-comma", second.inner_commas > first.inner_commas)
    note("second-is-question", _QUESTION.search(second.folded) is not None)
    note("second-has-quote", "“" in second.folded and "“" not in first.folded)
    note("second-has-figures", _FIGURES.search(second.folded) is not None)
    note("first-has-figures", _FIGURES.search(first.folded) is not None)
    note("first-tells-news", _NEWS.search(first.folded) is not None)
    note("second-tells-news", _NEWS.search(second.folded) is not None)
    note("second-says-meaning", _MEANING.search(second.folded) is not None)
    note("second-is-note", _NOTE.search(second.folded) is not None)
    note("second-shorter", shorter < -2)
    note("first-spaced", first.inner_spaces > second.inner_spaces)
    note("second-spaced", second.inner_spaces > first.inner_spaces)
    return parts
