"""Does the right text go on where the left one breaks off? Observations, weighed in table [join]."""

import re

from generator.convert.cues import Cues
from generator.convert.weights import Parts
from generator.language import first_word_class, is_latin_letter, last_word_class, seam_gain

_LONG, _MEDIUM = 45, 24
_FIRST_CLAUSE = re.compile(r"^[^，。、；：！？“”（）《》]*")
_MOST_GAIN = 7.5
_SHORT_CLAUSE = 3


def observe_join(left: Cues, right: Cues, *, right_is_indented: bool = False) -> Parts:
    """Return what speaks for and against `right` continuing the sentence that `left` breaks off."""
    is_long = left.length > _LONG or left.inner_stops > 0
    parts = _observe_left(left, is_long=is_long) + _observe_right(right)
    left_end, right_begin = left.folded[-1:], right.folded[:1]
    if right_is_indented:
        parts.append(("join.right-indented", 1.0))
    if right_begin.isdigit() and (left_end in "月年第约达" or left_end.isdigit()):
        parts.append(("join.number-across-seam", 1.0))
    if is_latin_letter(left_end) and is_latin_letter(right_begin):
        parts.append(("join.letters-across-seam", 1.0))
    if left.is_chinese and right.is_chinese and not left.is_terminated:
        parts += _observe_words(left, right, is_long=is_long)
    return parts


def _observe_left(left: Cues, *, is_long: bool) -> Parts:
    parts: Parts = [("join.left-terminated" if left.is_terminated else "join.left-unterminated", 1.0)]
    if is_long:
        parts.append(("join.left-long", 1.0))
    elif left.length > _MEDIUM:
        parts.append(("join.left-medium", 1.0))
    elif not left.has_lead_tag:
        parts.append(("join.left-short", 1.0))
    if left.has_lead_tag and not is_long:
        parts.append(("join.left-has-lead-tag", 1.0))
    if left.is_notice_head:
        parts.append(("join.left-is-notice-head", 1.0))
    if left.is_key_value and left.length < _MEDIUM:
        parts.append(("join.left-is-item-head", 1.0))
    if left.folded.endswith("："):
        parts.append(("join.left-ends-in-colon", 1.0))
    elif left.ends_in_mark:
        parts.append(("join.left-ends-in-mark", 1.0))
    if left.ends_in_function_word:
        parts.append(("join.left-ends-in-function-word", 1.0))
    if left.is_open:
        parts.append(("join.left-open", 1.0))
        if left.starts_in_quote:
            parts.append(("join.left-quoted", 1.0))
    return parts


def _observe_right(right: Cues) -> Parts:
    body_like = right.inner_stops > 0 or right.is_terminated or right.length > _LONG
    parts: Parts = [("join.right-body-like" if body_like else "join.right-head-like", 1.0)]
    if right.has_lead_tag:
        parts.append(("join.right-has-lead-tag", 1.0))
    if right.has_time_opening and right.folded[0] not in "0123456789":
        parts.append(("join.right-opens-with-time", 1.0))
    if right.is_list_item or right.is_dialogue or right.is_caption:
        parts.append(("join.right-is-item", 1.0))
    if right.starts_bound or right.starts_lower:
        parts.append(("join.right-starts-bound", 1.0))
    return parts


def _observe_words(left: Cues, right: Cues, *, is_long: bool) -> Parts:
    parts: Parts = [("join.word-across-seam", min(_MOST_GAIN, seam_gain(left.folded, right.folded)))]
    parts.append((f"join.right-begins-with-{first_word_class(right.folded[:8])}", 1.0))
    if is_long:
        return parts
    parts.append((f"join.left-ends-with-{last_word_class(left.folded[-8:])}", 1.0))
    clause = _FIRST_CLAUSE.match(right.folded)
    if clause and len(clause.group()) <= _SHORT_CLAUSE and right.length > len(clause.group()):
        parts.append(("join.right-clause-short", 1.0))
    if left.inner_commas and not left.inner_spaces:
        parts.append(("join.left-has-clauses", min(2.0, left.inner_commas)))
    if left.starts_like_sentence or left.has_time_opening:
        parts.append(("join.left-starts-like-sentence", 1.0))
    return parts
