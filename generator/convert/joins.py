"""Does the right text go on where the left one breaks off? Observations, weighed in table [join]."""

import re

from generator.convert.cues import Cues
from generator.convert.weights import Parts
from generator.language import first_word_class, last_word_class, seam_gain

_LONG, _MEDIUM = 45, 24
_FIRST_CLAUSE = re.compile(r"^[^，。、；：！？“”（）《》]*")
_MOST_GAIN = 7.5
_SHORT_CLAUSE = 3


def observe_join(left: Cues, right: Cues, *, right_is_indented: bool = False) -> Parts:
    """Return what speaks for and against `right` continuing the sentence that `left` breaks off."""
    is_long = left.length > _LONG or left.inner_stops > 0
    body_like = right.inner_stops > 0 or right.is_terminated or right.length > _LONG
    number = left.folded[-1:] in "月年第约达" and right.folded[:1].isdigit()
    notes = (
        ("left-terminated", left.is_terminated),
        ("left-unterminated", not left.is_terminated),
        ("left-long", is_long),
        ("left-medium", not is_long and left.length > _MEDIUM),
        ("left-short", not is_long and left.length <= _MEDIUM and not left.has_lead_tag),
        ("left-has-lead-tag", left.has_lead_tag and not is_long),
        ("right-body-like", body_like),
        ("right-head-like", not body_like),
        ("right-has-lead-tag", right.has_lead_tag),
        ("right-opens-with-time", right.has_time_opening and right.folded[0] not in "0123456789"),
        ("right-is-item", right.is_list_item or right.is_dialogue or right.is_caption),
        ("left-is-notice-head", left.is_notice_head),
        ("left-is-item-head", left.is_key_value and left.length < _MEDIUM),
        ("right-indented", right_is_indented),
        ("left-ends-in-mark", left.ends_in_mark and not left.folded.endswith("：")),
        ("left-ends-in-colon", left.folded.endswith("：")),
        ("left-ends-in-function-word", left.ends_in_function_word),
        ("left-open", left.is_open),
        ("left-quoted", left.starts_in_quote and left.is_open),
        ("number-across-seam", number or (left.folded[-1:].isdigit() and right.folded[:1].isdigit())),
        ("letters-across-seam", _is_letter(left.folded[-1:]) and _is_letter(right.folded[:1])),
        ("right-starts-bound", right.starts_bound or right.starts_lower),
    )
    parts = [(f"join.{name}", 1.0) for name, holds in notes if holds]
    if left.is_chinese and right.is_chinese and not left.is_terminated:
        parts += _observe_words(left, right, is_long=is_long)
    return parts


def _is_letter(character: str) -> bool:
    return character.isascii() and character.isalpha()


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
