"""What speaks for each role of a block: observations named after the entries of weights.toml."""

from collections.abc import Callable, Mapping, Sequence

from generator.convert.cues import Cues
from generator.convert.evidence import Habits, Observed, breaks_off
from generator.convert.joins import observe_join
from generator.convert.roles import (
    BODY,
    BRIEF,
    BYLINE,
    FOURTH,
    HEAD,
    HEADS,
    LABEL,
    MORE,
    SUBHEAD,
    TEXT,
    THIRD,
    TOP,
    Role,
    State,
    is_likened,
)
from generator.convert.weights import Parts

_HEAD_REACH = 4
_LIST_REACH = 4
_LONGEST_HEAD = 56
_LONG = 45
_SURE_BYLINE = 2.0
NEVER = "order.never"
FURTHER_HEADS = HEADS[1:]
HEADLIKE = frozenset((*HEADS, SUBHEAD))
"""Roles whose evidence begins with the form of a head."""


class Evidence:
    """The observations of one sequence of blocks under given habits.

    The habits `signed` and `tagged` may be set anew: only HEAD, BYLINE and the openings of articles rest on
    them.
    """

    def __init__(self, observed: Sequence[Observed], habits: Habits) -> None:
        self.observed = observed
        self.habits = habits
        self._numbered = [item.cues.is_numbered and item.cues.is_terminated for item in observed]
        self._forms: list[Parts | None] = [None] * len(observed)
        self._may_be_head = [may_be_head(item) for item in observed]
        self._breaks_off = [breaks_off(item) for item in observed]
        self._leads = [self._lead_after(index) for index in range(len(observed))]

    def alone(self, index: int, role: Role) -> Parts:
        """Return what the block and those below it say of a role, whatever stands above."""
        beside = BESIDE_FORM[role](self, index)
        return [*self.form(index), *beside] if role in HEADLIKE else beside

    def form(self, index: int) -> Parts:
        """Return how the block looks like a head, which is the same for all roles of heads."""
        form = self._forms[index]
        if form is None:
            item, in_list = self.observed[index], self._in_list(index)
            form = observe_head(item, has_indents=self.habits.has_indents, in_list=in_list)
            self._forms[index] = form
        return form

    def situation(self, index: int) -> tuple[object, ...]:
        """Return all that `step` looks at but for the states: where it is equal, so is the evidence."""
        if index == 0:
            return ()
        item = self.observed[index]
        return (item.after_furniture, item.block.blank_before > 1, self.situation_inside(index))

    def situation_inside(self, index: int) -> tuple[object, ...]:
        """Return `situation` for roles that open no article."""
        if index == 0:
            return ()
        item, above = self.observed[index], self.observed[index - 1]
        return (
            item.cues.has_lead_tag and not item.is_repeated,
            above.tail is not None,
            self._breaks_off[index - 1],
            _is_long(above),
            above.cues.is_caption,
        )

    def above(self, index: int, state: State, before: State | None) -> Parts:
        """Return what the block above says of a state here, and its state."""
        likeness = self.likeness(index) if is_likened(state, before) else []
        return [*likeness, *self.step(index, state, before)]

    def likeness(self, index: int) -> Parts:
        """Return how much the block is like those above."""
        return [("order.article-like-before", self.observed[index].kinship)]

    def step(self, index: int, state: State, before: State | None) -> Parts:
        """Return what `situation` and the state of the block above say of a state here."""
        role = state.role
        if role is HEAD and before is not None and before.role is LABEL:
            return [("order.article-after-label", 1.0)]
        if role in (HEAD, LABEL, BRIEF):
            if role is BRIEF and before is not None and before.role is LABEL:
                return [("order.brief-after-label", 1.0)]
            return self._opening(index, role, before)
        if before is None:
            return [("order.first-without-head", 1.0)]
        if role is SUBHEAD:
            return self._subhead_after(index, before)
        if role in (THIRD, FOURTH):
            return [("order.head-third" if role is THIRD else "order.head-fourth", 1.0)]
        if role is BODY:
            return self._body_after(index, before.role)
        if role is BYLINE:
            return [("order.byline-after-signed", 1.0)] if self.is_signed(index - 1, before.role) else []
        return []

    def at_end(self, state: State) -> Parts:
        """Return what the end of the issue says of its last state."""
        parts: Parts = []
        if state.role in HEADS or state.role is LABEL:
            parts.append(("order.article-at-end", 1.0))
        if state.role is SUBHEAD:
            parts.append(("order.subhead-at-end", 1.0))
        return parts + ([("order.lone-subhead", 1.0)] if state.subheads == 1 else [])

    def is_signed(self, index: int, role: Role) -> bool:
        """Say whether the article is signed by the block, if it has the role."""
        return role is BYLINE or (role in TEXT and self.observed[index].tail is not None)

    # What opens an article.

    def _opening(self, index: int, role: Role, before: State | None) -> Parts:
        if before is None:
            return [("order.article-first", 1.0)]
        item = self.observed[index]
        parts: Parts = []
        if self.is_signed(index - 1, before.role):
            parts.append(("order.article-after-signed", 1.0))
        else:
            parts.append(("order.article-after-unsigned", max(0.0, 2 * self.habits.signed - 1)))
        if before.role is SUBHEAD:
            parts.append(("order.article-after-subhead", 1.0))
        if before.subheads == 1:
            parts.append(("order.lone-subhead", 1.0))
        if item.after_furniture:
            parts.append(("order.article-after-furniture", 1.0))
        if self.habits.has_wide_gaps:
            wide = item.block.blank_before > 1
            parts.append(("order.article-after-wide-gap" if wide else "order.article-without-wide-gap", 1.0))
        return parts + (self._break_parts(index) if role is not BRIEF else [])

    def _headline(self, index: int) -> Parts:
        """What the block that would be the lead says of a headline here."""
        lead, distance = self._leads[index]
        parts: Parts = [("order.headline", 1.0)]
        item = self.observed[index]
        parts.append(("order.headline-echo-above", item.echo_above))
        parts.append(("order.headline-echo-below", item.echo_below))
        parts.append(("order.headline-parallel", item.parallel))
        if not item.cues.is_chinese:
            parts.append(("order.headline-latin", 1.0))
        if item.cues.ends_like_kicker and distance > 1:
            parts.append(("order.kicker-before-head", 1.0))
        if item.cues.length <= 8:
            parts.append(("order.headline-short", 1.0))
        if lead is None:
            return parts
        if lead.has_lead_tag:
            return [*parts, ("order.article-before-lead-tag", 1.0)]
        if lead.has_time_opening:
            parts.append(("order.article-before-time", 1.0))
        if lead.has_precise_opening:
            parts.append(("order.article-before-precise-time", 1.0))
        if lead.has_names_first:
            parts.append(("order.article-before-names", 1.0))
        lacking = min(1.0, max(0.0, (self.habits.tagged - 0.55) * 2.5))
        parts.append(("order.article-without-lead", lacking))
        if distance > 1:
            parts.append(("order.article-with-two-heads", 1.0))
        return parts

    def _further_head(self, index: int) -> Parts:
        lead, distance = self._leads[index]
        parts: Parts = []
        if lead is not None and distance == 1 and lead.has_lead_tag:
            parts.append(("order.article-before-lead-tag", 0.5))
        if self.habits.has_wide_gaps and self.observed[index].block.blank_before > 1:
            parts.append(("order.wide-gap-inside", 1.0))
        return parts

    def _in_list(self, index: int) -> bool:
        """Say whether numbered sentences stand nearby: then a number makes no head."""
        if not self.observed[index].cues.is_numbered:
            return False
        return any(self._numbered[max(0, index - _LIST_REACH) : index + _LIST_REACH + 1])

    def _lead_after(self, index: int) -> tuple[Cues | None, int]:
        """Return the first block after `index` that is no head, and how far it is."""
        for distance in range(1, _HEAD_REACH + 1):
            if index + distance >= len(self.observed):
                return None, distance
            item = self.observed[index + distance]
            if item.own is not None and item.own.strength >= _SURE_BYLINE:
                continue
            if not self._may_be_head[index + distance]:
                return item.cues, distance
        return None, _HEAD_REACH

    def _break_parts(self, index: int) -> Parts:
        if index == 0:
            return []
        if not self._breaks_off[index - 1]:
            return []
        is_long = _is_long(self.observed[index - 1])
        return [("order.break-before-head" if is_long else "order.break-before-head-short", 1.0)]

    # Subheads.

    def _subhead(self, index: int) -> Parts:
        item = self.observed[index]
        lead, distance = self._leads[index]
        parts: Parts = [("order.subhead", 1.0), ("order.subhead-comma", item.cues.inner_commas)]
        if lead is not None and distance == 1:
            if lead.has_lead_tag:
                parts.append(("order.subhead-before-lead-tag", 1.0))
            if lead.has_precise_opening:
                parts.append(("order.subhead-before-precise-time", 1.0))
        if item.cues.is_numbered and not self._in_list(index):
            parts.append(("order.subhead-numbered", 1.0))
        if item.cues.length <= 12:
            parts.append(("order.subhead-short", 1.0))
        elif item.cues.length > 20:
            parts.append(("order.subhead-medium", 1.0))
        parts.append(("order.subhead-parallel", item.parallel))
        parts.append(("order.subhead-echo-below", item.echo_below))
        if self.habits.has_wide_gaps and item.block.blank_before > 1:
            parts.append(("order.wide-gap-inside", 1.0))
        if item.cues.has_time_opening or item.cues.starts_like_sentence:
            parts.append(("order.subhead-like-sentence", 1.0))
        if item.cues.is_notice_head:
            parts.append(("order.subhead-is-notice", 1.0))
        if item.cues.is_whole_bracket:
            parts.append(("order.subhead-in-brackets", 1.0))
        return parts

    def _subhead_after(self, index: int, before: State) -> Parts:
        parts: Parts = []
        if self.is_signed(index - 1, before.role):
            parts.append(("order.subhead-after-signed", 1.0))
        if before.subheads:
            parts.append(("order.subhead-further", 1.0))
        if before.role is SUBHEAD:
            parts.append(("order.subhead-after-subhead", 1.0))
        elif before.role in HEADS or before.role is TOP:
            parts.append(("order.subhead-after-headline", 1.0))
        return parts + self._break_parts(index)

    # Text.

    def _body(self, index: int) -> Parts:
        item = self.observed[index]
        cues = item.cues
        parts: Parts = [("body.base", 1.0)]
        is_item = item.block.is_lines or cues.is_list_item or cues.is_caption
        if not cues.is_terminated and cues.length <= 32 and not is_item:
            parts.append(("body.short-unterminated", 1.0))
        if item.own is not None:
            parts.append(("body.is-byline", item.own.strength / 3))
        if not cues.is_terminated and item.tail is None and self._next_has_tag(index):
            parts.append(("body.before-lead-tag-unterminated", 1.0))
        if self.habits.has_wide_gaps and item.block.blank_before > 1:
            parts.append(("order.wide-gap-inside", 1.0))
        return parts

    def _next_has_tag(self, index: int) -> bool:
        return index + 1 < len(self.observed) and self.observed[index + 1].cues.has_lead_tag

    def _body_after(self, index: int, before: Role) -> Parts:
        parts: Parts = []
        item = self.observed[index]
        if before in HEADS or before is TOP:
            parts.append(("body.lead-after-head", 1.0))
        if before is LABEL:
            parts.append(("body.after-label", 1.0))
        if before is BYLINE or self.is_signed(index - 1, before):
            parts.append(("body.after-byline", 1.0))
        if before in TEXT and self._breaks_off[index - 1]:
            parts.append(("body.after-break", 1.0))
        inside = before in (SUBHEAD, BYLINE) or (
            before in TEXT and not self.observed[index - 1].cues.is_caption
        )
        if item.cues.has_lead_tag and inside and not item.is_repeated:
            parts.append(("body.lead-tag-inside", 1.0))
        return parts

    def _brief(self, index: int) -> Parts:
        item = self.observed[index]
        parts: Parts = [("order.article-without-headline", 1.0)]
        if not item.cues.has_lead_tag:
            parts.append(("order.brief-without-tag", 1.0))
        if item.is_repeated:
            parts.append(("order.brief-repeated", 1.0))
        if index and self.observed[index - 1].cues.is_caption:
            parts.append(("order.brief-after-caption", 1.0))
        return parts

    def _more(self, index: int) -> Parts:
        if index == 0:
            return [(NEVER, 1.0)]
        above, item = self.observed[index - 1], self.observed[index]
        if above.block.is_lines or item.block.is_lines or above.tail or above.block.is_orphan:
            return [(NEVER, 1.0)]
        indented = item.block.is_indented and self.habits.has_indents
        parts = observe_join(above.cues, item.cues, right_is_indented=indented)
        if self.habits.has_wide_gaps and item.block.blank_before > 1:
            parts.append(("order.wide-gap-inside", 1.0))
        return [*parts, ("join.base", 1.0), ("join.in-broken-text", min(0.3, self.habits.broken))]

    # Labels and bylines.

    def _label(self, index: int) -> Parts:
        item = self.observed[index]
        if not item.cues.is_whole_bracket or item.block.is_lines:
            return [(NEVER, 1.0)]
        parts: Parts = [("order.label", 1.0)]
        if item.own is not None:
            parts.append(("order.label-is-byline", item.own.strength / 3))
        if item.own is not None and item.own.strength >= _SURE_BYLINE:
            parts.append(("order.label-is-sure-byline", 1.0))
        if item.cues.folded.startswith("（"):
            parts.append(("order.label-in-round-brackets", 1.0))
        if index + 1 < len(self.observed) and self._may_be_head[index + 1]:
            parts.append(("order.label-before-head", 1.0))
        return parts

    def _byline(self, index: int) -> Parts:
        item = self.observed[index]
        if item.own is None:
            return [(NEVER, 1.0)]
        parts: Parts = [("order.byline", 1.0), ("order.byline-strength", item.own.strength)]
        if item.cues.is_whole_bracket:
            parts.append(("order.byline-in-brackets", 1.0))
        elif item.own.kind == "source" and item.own.strength < _SURE_BYLINE:
            parts.append(("order.byline-bare-source", 1.0))
        parts.append(("order.byline-in-signed-paper", max(0.0, 2 * self.habits.signed - 1)))
        return parts

    def _top_byline(self, index: int) -> Parts:
        own = self.observed[index].own
        if own is None or own.strength < 1:
            return [(NEVER, 1.0)]
        parts: Parts = [("order.byline-top", 1.0), ("order.byline-strength", own.strength)]
        if self.observed[index].cues.is_whole_bracket:
            parts.append(("order.byline-top-in-brackets", 1.0))
        return parts


BESIDE_FORM: Mapping[Role, Callable[[Evidence, int], Parts]] = {
    HEAD: Evidence._headline,
    **dict.fromkeys(FURTHER_HEADS, Evidence._further_head),
    SUBHEAD: Evidence._subhead,
    LABEL: Evidence._label,
    TOP: Evidence._top_byline,
    BRIEF: Evidence._brief,
    BODY: Evidence._body,
    MORE: Evidence._more,
    BYLINE: Evidence._byline,
}
"""What `Evidence.alone` says of each role, without the form of a head, which all roles of heads share."""


def _is_long(item: Observed) -> bool:
    return item.cues.length > _LONG or item.cues.inner_stops > 0


def may_be_head(item: Observed) -> bool:
    """Say whether a block has the form of a head: a line that is no sentence."""
    cues = item.cues
    is_line = not cues.is_terminated or (cues.length <= 32 and cues.folded.endswith(("？", "！", "?", "!")))
    is_open = cues.ends_in_mark and not cues.ends_like_kicker
    is_text = cues.inner_stops or is_open or cues.has_lead_tag or cues.is_caption or cues.announces_list
    return is_line and cues.length <= _LONGEST_HEAD and not is_text and not item.block.is_lines


def observe_head(item: Observed, *, has_indents: bool, in_list: bool = False) -> Parts:
    """Return how a block looks like a head, whatever kind of head, and how it does not."""
    cues = item.cues
    is_question = cues.is_terminated and cues.folded.rstrip("”’）").endswith(("？", "！", "?", "!"))
    is_short_question = is_question and cues.length <= 32
    spaced = cues.inner_spaces > 0 and cues.inner_commas == 0
    ends_in_colon = cues.folded.endswith("：")
    sentence_like = cues.starts_like_sentence and not cues.has_time_opening
    notes = (
        ("head.unterminated", not cues.is_terminated),
        ("head.terminated-question", is_short_question),
        ("head.terminated", cues.is_terminated and not is_short_question and not cues.folded.endswith("——")),
        ("head.short", cues.length <= 32),
        ("head.medium", 32 < cues.length <= 50),
        ("head.long", (0.5 if spaced else 1.0) if cues.length > 50 else 0.0),
        ("head.very-long", cues.length > 75),
        ("head.inner-stop", min(2, cues.inner_stops)),
        ("head.inner-space", min(2, cues.inner_spaces)),
        ("head.commas", cues.inner_commas > 1),
        ("head.word-to-next", min(6.0, item.seam_after)),
        ("head.word-from-before", min(6.0, item.seam_before)),
        ("head.ends-in-mark", cues.ends_in_mark and not ends_in_colon),
        ("head.ends-in-colon", ends_in_colon),
        ("head.announces-list", cues.announces_list),
        ("head.starts-badly", cues.starts_badly),
        ("head.speech", cues.has_speech),
        ("head.auxiliary", cues.has_auxiliary),
        ("head.starts-like-sentence", sentence_like),
        ("head.ends-in-function-word", cues.ends_in_function_word),
        ("head.open-quote", cues.is_open),
        ("head.lead-tag", cues.has_lead_tag),
        ("head.time-opening", cues.has_time_opening and cues.inner_commas > 0),
        ("head.list-item", cues.is_list_item and not cues.is_numbered),
        ("head.key-value", _is_key_value(cues)),
        ("head.dialogue", cues.is_dialogue and cues.folded[:2] in ("问：", "答：")),
        ("head.caption", cues.is_caption),
        ("head.notice", cues.is_notice_head),
        ("head.salutation", cues.is_salutation),
        ("head.signature", item.own is not None and item.own.strength >= _SURE_BYLINE),
        ("head.lines", item.block.is_lines or item.block.is_orphan),
        ("head.bracket-tag", cues.ends_in_tag),
        ("head.whole-bracket", cues.is_whole_bracket),
        ("head.dash", cues.starts_with_dash),
        ("head.indented", has_indents and item.block.is_indented),
        ("head.not-indented", has_indents and not item.block.is_indented),
        ("head.number", cues.is_numbered and not (cues.is_terminated or cues.inner_commas or in_list)),
        ("head.number-in-list", in_list and not cues.is_terminated),
        ("head.starts-lower", cues.starts_lower and not cues.is_chinese),
        ("head.repeats", item.is_repeated and cues.length > 32),
    )
    return [(name, float(value)) for name, value in notes if value]


def _is_key_value(cues: Cues) -> bool:
    """Say whether 电话：… stands here rather than 第一趟：…."""
    value = cues.folded.partition("：")[2]
    return cues.is_key_value and (value[:1].isascii() or "，" in value)
