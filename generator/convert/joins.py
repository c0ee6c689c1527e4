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
    body_like = right.inner_stops > 0 or right.is_terminated or right.length > _LONG
    number = left.folded[-1:] in "月年第约达" and right.folded[:1].isdigit()
    notes = (
        ("join.left-terminated", left.is_terminated),
        ("join.left-unterminated", not left.is_terminated),
        ("join.left-long", is_long),
        ("join.left-medium", not is_long and left.length > _MEDIUM),
        ("join.left-short", not is_long and left.length <= _MEDIUM and not left.has_lead_tag),
        ("join.left-has-lead-tag", left.has_lead_tag and not is_long),
        ("join.right-body-like", body_like),
        ("join.right-head-like", not body_like),
        ("join.right-has-lead-tag", right.has_lead_tag),
        ("join.right-opens-with-time", right.has_time_opening and right.folded[0] not in "0123456789"),
        ("join.right-is-item", right.is_list_item or right.is_dialogue or right.is_caption),
        ("join.left-is-notice-head", left.is_notice_head),
        ("join.left-is-item-head", left.is_key_value and left.length < _MEDIUM),
        ("join.right-indented", right_is_indented),
        ("join.left-ends-in-mark", left.ends_in_mark and not left.folded.endswith("：")),
        ("join.left-ends-in-colon", left.folded.endswith("：")),
        ("join.left-ends-in-function-word", left.ends_in_function_word),
        ("join.left-open", left.is_open),
        ("join.left-quoted", left.starts_in_quote and left.is_open),
        ("join.number-across-seam", number or (left.folded[-1:].isdigit() and right.folded[:1].isdigit())),
        ("join.letters-across-seam", is_latin_letter(left.folded[-1:]) and is_latin_letter(right.folded[:1])),
        ("join.right-starts-bound", right.starts_bound or right.starts_lower),
    )
    parts = [(name, 1.0) for name, holds in notes if holds]
    if left.is_chinese and right.is_chinese and not left.is_terminated:
        parts += _observe_words(left, right, is_long=is_long)
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
