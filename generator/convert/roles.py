"""The roles of blocks, and which may follow which: the states of the decoder."""

from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple


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


# A member that is looked up on its enumeration takes ten times as long as a name.
LABEL, HEAD, SECOND, THIRD, FOURTH, TOP, BRIEF, BODY, MORE, SUBHEAD, BYLINE = Role

HEADS = (HEAD, SECOND, THIRD, FOURTH)
TEXT = (BODY, MORE, BRIEF)
OPENERS = (LABEL, HEAD, BRIEF)
_ENDS = (*TEXT, BYLINE, TOP)

FOLLOWS: Mapping[Role, tuple[Role, ...]] = {
    LABEL: (*_ENDS, SUBHEAD),
    HEAD: (LABEL, *_ENDS, SUBHEAD),
    SECOND: (HEAD,),
    THIRD: (SECOND,),
    FOURTH: (THIRD,),
    TOP: HEADS,
    BRIEF: (LABEL, *TEXT, BYLINE),
    BODY: (*HEADS, TOP, *TEXT, SUBHEAD, BYLINE, LABEL),
    MORE: TEXT,
    SUBHEAD: (*HEADS, TOP, *TEXT, SUBHEAD, BYLINE),
    BYLINE: (*TEXT, BYLINE),
}
_CAN_START = (LABEL, HEAD, BRIEF, BODY, SUBHEAD)
_MOST_COUNTED = 2


class State(NamedTuple):
    """A role, and how many subheads its article has had so far (0, 1, or 2 for more)."""

    role: Role
    subheads: int


def _states(role: Role) -> tuple[State, ...]:
    if role in (*HEADS, LABEL, TOP, BRIEF):
        return (State(role, 0),)
    counts = range(1 if role is SUBHEAD else 0, _MOST_COUNTED + 1)
    return tuple(State(role, count) for count in counts)


def _before(state: State) -> tuple[State, ...]:
    """The states that may stand above `state`."""
    above = [other for role in FOLLOWS[state.role] for other in _states(role)]
    if state.role in OPENERS:
        return tuple(above)
    if state.role is SUBHEAD:
        return tuple(other for other in above if min(_MOST_COUNTED, other.subheads + 1) == state.subheads)
    return tuple(other for other in above if other.subheads == state.subheads)


ALONE: Mapping[Role, int] = dict.fromkeys((*HEADS, LABEL, TOP, BRIEF), 0) | {SUBHEAD: 1}
"""The count of subheads with which a role is looked at when no article is known."""

STATES: tuple[State, ...] = tuple(state for role in Role for state in _states(role))
BEFORE: Mapping[State, tuple[State, ...]] = {state: _before(state) for state in STATES}


def _shared_step(state: State, before: State | None) -> tuple[object, ...]:
    """What a step from `before` to `state` is judged by: equal for steps that are judged alike."""
    role = state.role
    if before is None:
        return (role in OPENERS, None)
    kind = next((roles for roles in (TEXT, HEADS) if before.role in roles), before.role)
    if role in OPENERS:
        opens = (role is BRIEF, role is LABEL) if before.role is LABEL else (role is BRIEF,)
        return (*opens, kind, before.subheads == 1)
    if role in (BODY, BYLINE, SUBHEAD):
        return (role, kind, role is SUBHEAD and before.subheads > 0)
    return (role,)


def _number_steps() -> dict[tuple[State, State | None], int]:
    numbers: dict[tuple[object, ...], int] = {}
    return {
        (state, before): numbers.setdefault(_shared_step(state, before), len(numbers))
        for state in STATES
        for before in (None, *STATES)
    }


STEPS: Mapping[tuple[State, State | None], int] = _number_steps()
"""A number for each step between two states, the same for steps that the evidence judges alike."""


def is_likened(state: State, before: State | None) -> bool:
    """Say whether it counts, for a state that opens an article, how much the block is like those above."""
    is_labelled = before is not None and before.role is LABEL and state.role is not LABEL
    return state.role in OPENERS and before is not None and not is_labelled


def can_start(state: State) -> bool:
    """Say whether an issue may begin with the state."""
    return state.role in _CAN_START and state.subheads == (1 if state.role is SUBHEAD else 0)
