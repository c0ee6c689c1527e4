"""The headline block: which of its lines is the kicker, the headline, the subtitle."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from generator.convert.cues import Cues
from generator.convert.joins import Scored, add_up
from generator.convert.weights import Weights
from generator.language import cut

_PRESENCE = re.compile(
    r"^(?:[^ \u3000，]{2,12}(?:出席|主持|讲话|致辞|致信|参加|作报告|宣布|强调|批示)[^，。]{0,6}[ \u3000]?)+$"
)
_VERB_FIRST = re.compile(
    r"^(?:听取|审议|研究|部署|决定|强调|要求|指出|不再|具有|将|共|通过|传达|学习|讨论|表决|涉及|包括|覆盖|助力|推动|预计|"
    r"力争|确保|实现|促进|打造|构建|开启|为|让|使|从|在|以|已|可|有望|全面|首次|累计|总投资|现场|记者)"
)


@dataclass(frozen=True, slots=True)
class HeadlineBlock:
    """Indices of the head lines by role (-1: none), and why."""

    title: int
    kicker: int = -1
    subtitle: int = -1
    reasons: tuple[str, ...] = ()
    margin: float = 9.0


def arrange_heads(heads: Sequence[Cues], lead: Cues | None, weights: Weights) -> HeadlineBlock:
    """Assign the roles of one to three head lines (more: the last ones join the subtitle)."""
    dashed = [n for n, head in enumerate(heads) if head.starts_with_dash and n > 0]
    plain = [n for n in range(len(heads)) if n not in dashed]
    subtitle = dashed[0] if dashed else -1
    if len(plain) == 1:
        return HeadlineBlock(plain[0], subtitle=subtitle)
    if len(plain) == 2:
        scored = score_kicker(heads[plain[0]], heads[plain[1]], lead, weights)
        first, second = plain
        reasons = tuple(f"{reason} ({weight:+.1f})" for reason, weight in scored.reasons)
        if scored.score > 0 or dashed:
            return HeadlineBlock(second, first, subtitle, reasons, abs(scored.score))
        return HeadlineBlock(first, -1, second, reasons, abs(scored.score))
    return _arrange_three(heads, plain, subtitle, lead, weights)


def _arrange_three(
    heads: Sequence[Cues], plain: Sequence[int], subtitle: int, lead: Cues | None, weights: Weights
) -> HeadlineBlock:
    first, second, third = plain[0], plain[1], plain[2]
    top = score_kicker(heads[first], heads[second], lead, weights)
    if top.score <= -1.5 and subtitle < 0:
        return HeadlineBlock(first, -1, second, ("the lines below it say more of the same",), abs(top.score))
    return HeadlineBlock(second, first, third if subtitle < 0 else subtitle, ("three lines",), 0.5)


def score_kicker(first: Cues, second: Cues, lead: Cues | None, weights: Weights) -> Scored:
    """Positive: the first line is a kicker to the second; negative: the second is a subtitle to the first."""
    w = weights.headline
    parts = [("base", w["base"])]
    shorter = second.length - first.length
    parts.append(("first-shorter", w["first-shorter"] * max(-8.0, min(8.0, shorter))))

    def note(reason: str, holds: bool) -> None:
        if holds:
            parts.append((reason, w[reason]))

    note("first-ends-like-kicker", first.ends_like_kicker)
    note("first-in-tag", first.ends_in_tag)
    note("second-in-tag", second.ends_in_tag)
    note("second-verb-first", _VERB_FIRST.match(second.folded) is not None)
    note("second-presence", _PRESENCE.match(second.folded) is not None)
    note("second-longer", shorter > 4)
    parts += _first_lines(first, second, w)
    return add_up(parts)


def _first_lines(first: Cues, second: Cues, w: object) -> list[tuple[str, float]]:
    del first, second, w
    return []


def words_of(text: str) -> set[str]:
    """Return the words of two and more characters."""
    return {word for word in cut(text) if len(word) > 1}
