"""One joint decision over the roles of all blocks and the joins between them: the best path by Viterbi."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from generator.convert.cues import Cues
from generator.convert.evidence import Counts, Habits, Observed, later_habits
from generator.convert.joins import Scored, add_up, score_join
from generator.convert.weights import Weights

Parts = list[tuple[str, float]]

_NEVER = -1000.0
_HEAD_REACH = 4


class Role(StrEnum):
    """What a block is. HEAD opens an article, SECOND … FOURTH go on with its headline block."""

    LABEL = "column"
    HEAD = "headline"
    SECOND = "headline-2"
    THIRD = "headline-3"
    FOURTH = "headline-4"
    TOP = "byline-top"
    BRIEF = "article-without-headline"
    BODY = "body"
    MORE = "continuation"
    SUBHEAD = "subhead"
    BYLINE = "byline"


HEADS = (Role.HEAD, Role.SECOND, Role.THIRD, Role.FOURTH)
_TEXT = (Role.BODY, Role.MORE, Role.BRIEF)
_ENDS = (*_TEXT, Role.BYLINE, Role.SUBHEAD, Role.TOP)

_FOLLOWS: Mapping[Role, tuple[Role, ...]] = {
    Role.LABEL: _ENDS,
    Role.HEAD: (Role.LABEL, *_ENDS),
    Role.SECOND: (Role.HEAD,),
    Role.THIRD: (Role.SECOND,),
    Role.FOURTH: (Role.THIRD,),
    Role.TOP: HEADS,
    Role.BRIEF: (Role.LABEL, Role.BODY, Role.MORE, Role.BRIEF, Role.BYLINE),
    Role.BODY: (*HEADS, Role.TOP, *_TEXT, Role.SUBHEAD, Role.BYLINE, Role.LABEL),
    Role.MORE: _TEXT,
    Role.SUBHEAD: (*HEADS, Role.TOP, *_TEXT, Role.SUBHEAD, Role.BYLINE),
    Role.BYLINE: (*_TEXT, Role.BYLINE),
}


@dataclass(frozen=True, slots=True)
class Decided:
    """The role of a block, the observations that spoke for it (strongest first), its lead over the next role."""

    role: Role
    reasons: tuple[tuple[str, float], ...]
    margin: float


class Decoder:
    """Scores of roles for one sequence of observed blocks under given habits."""

    def __init__(
        self,
        observed: Sequence[Observed],
        habits: Habits,
        weights: Weights,
        forced: Mapping[int, frozenset[Role]],
    ) -> None:
        self.observed = observed
        self.habits = habits
        self.weights = weights
        self.forced = forced
        self.heads = [self._score_head(index) for index in range(len(observed))]
        self.joins = [Scored(_NEVER)] + [
            score_join(
                left.cues,
                right.cues,
                weights,
                right_is_indented=right.block.is_indented and habits.has_indents,
            )
            for left, right in zip(observed, observed[1:], strict=False)
        ]
        self.leads = [self._lead_after(index) for index in range(len(observed))]

    def decode(self) -> list[Decided]:
        """Return the best role of every block."""
        best: list[dict[Role, tuple[float, Role | None]]] = []
        for index in range(len(self.observed)):
            row: dict[Role, tuple[float, Role | None]] = {}
            for role in Role:
                if index in self.forced and role not in self.forced[index]:
                    continue
                found = self._best_before(index, role, best[-1] if best else None)
                if found is not None:
                    row[role] = found
            best.append(row)
        return self._trace(best)

    def _best_before(
        self, index: int, role: Role, row: Mapping[Role, tuple[float, Role | None]] | None
    ) -> tuple[float, Role | None] | None:
        if row is None:
            if (
                role in (Role.MORE, Role.SECOND, Role.THIRD, Role.FOURTH, Role.TOP, Role.BYLINE)
                and index not in self.forced
            ):
                return None
            return self.score(index, role, None).score, None
        candidates = [
            (row[before][0] + self.score(index, role, before).score, before)
            for before in _FOLLOWS[role]
            if before in row
        ]
        if not candidates and index in self.forced:
            candidates = [(score + _NEVER, before) for before, (score, _) in row.items()]
        return max(candidates, key=lambda item: item[0]) if candidates else None

    def _trace(self, best: Sequence[Mapping[Role, tuple[float, Role | None]]]) -> list[Decided]:
        if not best:
            return []
        last = len(best) - 1
        finals = {role: score + self._at_end(role) for role, (score, _) in best[-1].items()}
        role: Role | None = max(finals, key=lambda item: finals[item])
        path: list[Role] = []
        for index in range(last, -1, -1):
            assert role is not None
            path.append(role)
            role = best[index][role][1]
        path.reverse()
        return [self._explain(index, path, best[index]) for index in range(len(path))]

    def _at_end(self, role: Role) -> float:
        w = self.weights.order
        if role in HEADS or role is Role.LABEL:
            return w["article-at-end"]
        return w["subhead-at-end"] if role is Role.SUBHEAD else 0.0

    def _explain(
        self, index: int, path: Sequence[Role], row: Mapping[Role, tuple[float, Role | None]]
    ) -> Decided:
        before = path[index - 1] if index else None
        after = path[index + 1] if index + 1 < len(path) else None
        mine = self.score(index, path[index], before)

        def through(role: Role) -> float:
            if before is not None and before not in _FOLLOWS[role]:
                return _NEVER
            if after is not None and role not in _FOLLOWS[after]:
                return _NEVER
            later = self.score(index + 1, after, role).score if after is not None else self._at_end(role)
            return self.score(index, role, before).score + later

        others = [through(role) for role in row if role is not path[index]]
        margin = min(99.0, through(path[index]) - max(others, default=_NEVER))
        reasons = sorted(mine.reasons, key=lambda item: -abs(item[1]))
        return Decided(path[index], tuple(reasons[:3]), round(margin, 2))

    def score(self, index: int, role: Role, before: Role | None) -> Scored:
        """Return how well `role` suits the block at `index` when the block above it is `before`."""
        scorer: Callable[[int, Role | None], Parts] = {
            Role.LABEL: self._label,
            Role.HEAD: self._headline,
            Role.SECOND: self._further_head,
            Role.THIRD: self._further_head,
            Role.FOURTH: self._further_head,
            Role.TOP: self._top_byline,
            Role.BRIEF: self._brief,
            Role.BODY: self._body,
            Role.MORE: self._more,
            Role.SUBHEAD: self._subhead,
            Role.BYLINE: self._byline,
        }[role]
        return add_up(scorer(index, before))

    # The scores of single roles.

    def _score_head(self, index: int) -> Scored:
        return score_head(self.observed[index], self.weights.head, has_indents=self.habits.has_indents)

    def _headline(self, index: int, before: Role | None) -> Parts:
        w, item = self.weights.order, self.observed[index]
        parts = list(self.heads[index].reasons)
        if before is None:
            parts.append(("article-first", w["article-first"]))
        elif before is Role.LABEL:
            parts.append(("article-column-label", w["article-column-label"]))
        elif self._is_signed(index - 1, before):
            parts.append(("article-after-signed", w["article-after-signed"]))
        else:
            parts.append(
                ("article-after-unsigned", w["article-after-unsigned"] * max(0.0, 2 * self.habits.signed - 1))
            )
        parts += self._lead_parts(index)
        if item.after_furniture:
            parts.append(("article-after-furniture", w["article-after-furniture"]))
        if item.block.blank_before > 1 and self.habits.has_wide_gaps:
            parts.append(("article-after-wide-gap", w["article-after-wide-gap"]))
        if before is Role.SUBHEAD:
            parts.append(("article-after-subhead", w["article-after-subhead"]))
        if before is not None:
            parts.append(("article-like-before", w["article-like-before"] * item.kinship))
        return parts + self._break_parts(index)

    def _lead_parts(self, index: int) -> Parts:
        """What the block that would be the lead says of a headline here."""
        w = self.weights.order
        lead, distance = self.leads[index]
        if lead is None:
            return []
        if lead.has_lead_tag:
            return [("article-before-lead-tag", w["article-before-lead-tag"])]
        parts = []
        if lead.has_time_opening:
            parts.append(("article-before-time", w["article-before-time"]))
        if lead.has_precise_opening:
            parts.append(("article-before-precise-time", w["article-before-precise-time"]))
        if lead.has_names_first:
            parts.append(("article-before-names", w["article-before-names"]))
        lacking = min(1.0, max(0.0, (self.habits.tagged - 0.6) * 3))
        parts.append(("article-without-lead", w["article-without-lead"] * lacking))
        if distance > 1:
            parts.append(("article-with-two-heads", w["article-with-two-heads"]))
        return parts

    def _lead_after(self, index: int) -> tuple[Cues | None, int]:
        """Return the first block after `index` that is no head, and how far it is."""
        for distance in range(1, _HEAD_REACH + 1):
            if index + distance >= len(self.observed):
                return None, distance
            item = self.observed[index + distance]
            if self.heads[index + distance].score < 0 or item.cues.has_lead_tag:
                return item.cues, distance
            if item.own is not None and item.own.strength >= 2:
                continue
        return None, _HEAD_REACH

    def _is_signed(self, index: int, role: Role) -> bool:
        return _is_signed(self.observed[index], role)

    def _break_parts(self, index: int) -> Parts:
        if index == 0:
            return []
        w, above = self.weights.order, self.observed[index - 1]
        if (
            above.cues.is_terminated
            or above.tail
            or above.own
            or above.block.is_lines
            or above.block.is_orphan
        ):
            return []
        if above.cues.length > 45 or above.cues.inner_stops:
            return [("break-before-head", w["break-before-head"])]
        return []

    def _breaks_off(self, index: int) -> bool:
        above = self.observed[index]
        settled = above.cues.is_terminated or above.tail is not None or above.own is not None
        return not (
            settled or above.block.is_lines or above.block.is_orphan or above.cues.folded.endswith("：")
        )

    def _further_head(self, index: int, before: Role | None) -> Parts:
        w, item = self.weights.order, self.observed[index]
        parts = list(self.heads[index].reasons)
        if before is Role.SECOND:
            parts.append(("head-third", w["head-third"]))
        elif before is Role.THIRD:
            parts.append(("head-fourth", w["head-fourth"]))
        lead, distance = self.leads[index]
        if lead is not None and distance == 1 and lead.has_lead_tag:
            parts.append(("article-before-lead-tag", w["article-before-lead-tag"] / 2))
        if item.own is not None and item.own.strength >= 2:
            parts.append(("is a byline", -w["byline"]))
        return parts

    def _subhead(self, index: int, before: Role | None) -> Parts:
        w, item = self.weights.order, self.observed[index]
        parts = [*self.heads[index].reasons, ("subhead", w["subhead"])]
        lead, distance = self.leads[index]
        if lead is not None and lead.has_lead_tag:
            parts.append(("subhead-before-lead-tag", w["subhead-before-lead-tag"]))
        if lead is not None and lead.has_precise_opening:
            parts.append(("subhead-before-precise-time", w["subhead-before-precise-time"]))
        if item.cues.is_numbered:
            parts.append(("subhead-numbered", w["subhead-numbered"]))
        if item.cues.length > 20:
            parts.append(("subhead-medium", w["subhead-medium"]))
        parts.append(("subhead-comma", w["subhead-comma"] * item.cues.inner_commas))
        if before is not None and self._is_signed(index - 1, before):
            parts.append(("subhead-after-signed", w["subhead-after-signed"]))
        if before is Role.SUBHEAD:
            parts.append(("subhead-after-subhead", w["subhead-after-subhead"]))
        elif before in HEADS or before is None:
            parts.append(("subhead-after-headline", w["subhead-after-headline"]))
        return parts + self._break_parts(index)

    def _body(self, index: int, before: Role | None) -> Parts:
        w, item = self.weights.body, self.observed[index]
        parts = [("base", w["base"])]
        if before is None:
            parts.append(("first-without-head", w["first-without-head"]))
        if before in HEADS or before is Role.TOP:
            parts.append(("lead-after-head", w["lead-after-head"]))
        if before is Role.LABEL:
            parts.append(("label without a headline", -self.weights.order["label"]))
        if before is Role.BYLINE:
            parts.append(("text after a byline", -2.0))
        if before in _TEXT and self._breaks_off(index - 1):
            parts.append(("after-break", w["after-break"]))
        cues = item.cues
        if not cues.is_terminated and cues.length <= 32 and not (item.block.is_lines or cues.is_list_item):
            parts.append(("short-unterminated", w["short-unterminated"]))
        if not cues.is_terminated and item.tail is None and self._next_has_tag(index):
            parts.append(("before-lead-tag-unterminated", w["before-lead-tag-unterminated"]))
        if cues.has_lead_tag and before in (*_TEXT, Role.SUBHEAD, Role.BYLINE) and not item.is_repeated:
            parts.append(("lead tag inside an article", -2.5))
        return parts

    def _next_has_tag(self, index: int) -> bool:
        return index + 1 < len(self.observed) and self.observed[index + 1].cues.has_lead_tag

    def _brief(self, index: int, before: Role | None) -> Parts:
        item = self.observed[index]
        if not item.cues.has_lead_tag and before is not Role.LABEL:
            return [("no tag", -6.0)]
        if item.is_repeated:
            return [("stands elsewhere too", -6.0)]
        penalty = self.weights.order["article-without-headline"]
        if before is not None and before is not Role.LABEL and not self._is_signed(index - 1, before):
            penalty -= 0.5
        return [("article-without-headline", penalty)]

    def _more(self, index: int, before: Role | None) -> Parts:
        join = self.joins[index]
        above = self.observed[index - 1]
        if (
            above.block.is_lines
            or self.observed[index].block.is_lines
            or above.tail is not None
            or above.block.is_orphan
        ):
            return [("cannot continue", -6.0)]
        return [*join.reasons, ("threshold", -self.weights.join["threshold"])]

    def _label(self, index: int, before: Role | None) -> Parts:
        item = self.observed[index]
        if not item.cues.is_whole_bracket or item.block.is_lines:
            return [("no column label", _NEVER)]
        parts = [("label", self.weights.order["label"])]
        if item.own is not None:
            unsigned = before is not None and not self._is_signed(index - 1, before)
            parts.append(("may be a byline", -item.own.strength * (1.0 if unsigned else 0.4)))
        return parts

    def _byline(self, index: int, before: Role | None) -> Parts:
        w, item = self.weights.order, self.observed[index]
        if item.own is None:
            return [("no byline", _NEVER)]
        parts = [("byline", w["byline"] + item.own.strength - 2.0)]
        if before is not None and self._is_signed(index - 1, before):
            parts.append(("signed already", -3.0))
        if item.cues.is_whole_bracket and item.own.strength <= 1.0:
            parts.append(("weak", w["byline-not"]))
        return parts

    def _top_byline(self, index: int, before: Role | None) -> Parts:
        item = self.observed[index]
        if item.own is None or item.own.strength < 2.0:
            return [("no byline", _NEVER)]
        return [("byline-top", self.weights.order["byline-top"] + item.own.strength)]


def score_head(item: Observed, w: Mapping[str, float], *, has_indents: bool) -> Scored:
    """Return how much a block looks like a head, whatever kind of head."""
    cues = item.cues
    parts: Parts = [("base", w["base"])]

    def note(reason: str, holds: bool, times: float = 1.0) -> None:
        if holds:
            parts.append((reason, w[reason] * times))

    is_question = cues.is_terminated and cues.folded.rstrip("”’）").endswith(("？", "！", "?", "!"))
    note("unterminated", not cues.is_terminated)
    note("terminated-question", is_question and cues.length <= 32)
    note(
        "terminated",
        cues.is_terminated and not (is_question and cues.length <= 32) and not cues.folded.endswith("——"),
    )
    spaced = cues.inner_spaces > 0 and cues.inner_commas == 0
    note("short", cues.length <= 32)
    note("medium", 32 < cues.length <= 50)
    note("long", cues.length > 50, 0.5 if spaced else 1.0)
    note("very-long", cues.length > 75)
    note("inner-stop", cues.inner_stops > 0, min(2, cues.inner_stops))
    note("inner-space", cues.inner_spaces > 0, min(2, cues.inner_spaces))
    note("comma", cues.inner_commas > 0)
    ends_in_colon = cues.folded.endswith("：")
    note("commas", cues.inner_commas > 1)
    note("word-to-next", item.seam_after > 0, min(6.0, item.seam_after))
    note("word-from-before", item.seam_before > 0, min(6.0, item.seam_before))
    note("ends-in-mark", cues.ends_in_mark and not ends_in_colon)
    note("ends-in-colon", ends_in_colon)
    note("starts-badly", cues.starts_badly)
    note("speech", cues.has_speech)
    note("starts-like-sentence", cues.starts_like_sentence and not cues.has_time_opening)
    note("ends-in-function-word", cues.ends_in_function_word)
    note("open-quote", cues.is_open)
    note("lead-tag", cues.has_lead_tag)
    note("time-opening", cues.has_time_opening and cues.inner_commas > 0)
    note("list-item", cues.is_list_item and not cues.is_numbered)
    note("key-value", cues.is_key_value and not cues.inner_spaces)
    note("dialogue", cues.is_dialogue and cues.folded[:2] in ("问：", "答："))
    note("caption", cues.is_caption)
    note("lines", item.block.is_lines or item.block.is_orphan)
    note("bracket-tag", cues.ends_in_tag)
    note("whole-bracket", cues.is_whole_bracket)
    note("dash", cues.starts_with_dash)
    note("indented", has_indents and item.block.is_indented)
    note("not-indented", has_indents and not item.block.is_indented)
    note("number", cues.is_numbered and not cues.is_terminated)
    note("starts-lower", cues.starts_lower and not cues.is_chinese)
    note("repeats", item.is_repeated and cues.length > 32)
    return add_up(parts)


def decode_roles(
    observed: Sequence[Observed], habits: Habits, weights: Weights, forced: Mapping[int, frozenset[Role]]
) -> tuple[list[Decided], Habits]:
    """Decode twice: the first reading shows the habits of the paper, the second one uses them."""
    first = Decoder(observed, habits, weights, forced).decode()
    settled = later_habits(habits, count_habits(observed, [decided.role for decided in first]))
    return Decoder(observed, settled, weights, forced).decode(), settled


def count_habits(observed: Sequence[Observed], roles: Sequence[Role]) -> Counts:
    """Count what the articles of a reading have in common."""
    sure: list[bool] = []
    every: list[bool] = []
    tagged_after_signed = 0
    was_signed = True
    for index, role in enumerate(roles):
        previous = roles[index - 1] if index else None
        if role in (Role.HEAD, Role.LABEL) and previous is not Role.LABEL:
            was_signed = index == 0 or _is_signed(observed[index - 1], previous)
        if role is Role.BRIEF or (role is Role.BODY and (previous in HEADS or previous is Role.TOP)):
            is_tagged = observed[index].cues.has_lead_tag
            every.append(is_tagged)
            if was_signed:
                sure.append(is_tagged)
            tagged_after_signed += is_tagged and was_signed and len(every) > 1
    tagged_after_any = sum(every[1:])
    if len(sure) * 3 < len(every):
        sure = every
    return Counts(len(sure), sum(sure), tagged_after_any, tagged_after_signed)


def _is_signed(item: Observed, role: Role | None) -> bool:
    return role is Role.BYLINE or (role in _TEXT and item.tail is not None)
