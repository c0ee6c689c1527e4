"""Does the right text go on where the left one breaks off? Evidence as a score with its reasons."""

from collections.abc import Sequence
from dataclasses import dataclass

from generator.convert.cues import Cues
from generator.convert.weights import Weights
from generator.language import seam_gain


@dataclass(frozen=True, slots=True)
class Scored:
    """A sum of weights, and the observations that made it: (reason, weight)."""

    score: float
    reasons: tuple[tuple[str, float], ...] = ()


def add_up(parts: Sequence[tuple[str, float]]) -> Scored:
    return Scored(sum(weight for _, weight in parts), tuple(part for part in parts if part[1]))


def score_join(left: Cues, right: Cues, weights: Weights, *, right_is_indented: bool = False) -> Scored:
    """Return how much speaks for `right` continuing the sentence that `left` breaks off."""
    w = weights.join
    parts: list[tuple[str, float]] = []

    def note(reason: str, holds: bool) -> None:
        if holds:
            parts.append((reason, w[reason]))

    note("left-terminated", left.is_terminated)
    note("left-unterminated", not left.is_terminated)
    is_long = left.length > w["long-from"] or left.inner_stops > 0
    note("left-long", is_long)
    note("left-medium", not is_long and left.length > w["medium-from"])
    note("left-short", not is_long and left.length <= w["medium-from"] and not left.has_lead_tag)
    note("left-has-lead-tag", left.has_lead_tag and not is_long)
    body_like = right.inner_stops > 0 or right.is_terminated or right.length > w["long-from"]
    note("right-body-like", body_like)
    note("right-head-like", not body_like)
    note("right-has-lead-tag", right.has_lead_tag)
    note("right-opens-with-time", right.has_time_opening and right.folded[0] not in "0123456789")
    note("right-is-item", right.is_list_item or right.is_dialogue or right.is_caption)
    note("left-is-item-head", left.is_key_value and left.length < w["medium-from"])
    note("right-indented", right_is_indented)
    note("left-ends-in-mark", left.ends_in_mark and not left.folded.endswith("："))
    note("left-ends-in-colon", left.folded.endswith("："))
    note("left-ends-in-function-word", left.ends_in_function_word)
    note("left-open", left.is_open)
    number = left.folded[-1:] in "月年第约达" and right.folded[:1].isdigit()
    note("number-across-seam", number or (left.folded[-1:].isdigit() and right.folded[:1].isdigit()))
    note("right-starts-bound", right.starts_bound or right.starts_lower)
    if left.is_chinese and right.is_chinese and not left.is_terminated:
        gain = min(w["seam-most"], w["seam-factor"] * seam_gain(left.folded, right.folded))
        parts.append(("word-across-seam", gain))
    return add_up(parts)
