"""One joint decision over the roles of all blocks and the joins between them: the best path by Viterbi."""

import functools
import math
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from generator.convert.evidence import Counts, Habits, Observed, later_habits
from generator.convert.role_evidence import BESIDE_FORM, FURTHER_HEADS, HEADLIKE, NEVER, Evidence
from generator.convert.roles import (
    ALONE,
    BEFORE,
    BODY,
    BRIEF,
    BYLINE,
    HEAD,
    HEADS,
    LABEL,
    OPENERS,
    SECOND,
    STATES,
    STEPS,
    TEXT,
    TOP,
    Role,
    can_start,
    is_likened,
)
from generator.convert.weights import Weights

Forced = Mapping[int, frozenset[Role]]
"""The roles an editor allows, by index of the block."""

# States are numbered as in STATES: a number is quicker looked up than a state.
_Scores = dict[int, float]
_Origins = dict[int, int]
_ROLES = tuple(state.role for state in STATES)
_ANY = tuple(Role)
_TEXT = tuple(role for role in _ANY if role in TEXT)
_Steps = list[float | None]
_READINGS = 3
_MOST_REASONS = 3
_SETTLED = 0.02
_SURELY_TEXT = 60
_BEAM = 16.0
_HOPELESS = 14.0
"""A role that much behind that of a paragraph is not followed up: what may stand above it weighs less."""
_LEAST_NEWS = 3
_Way = tuple[int, int]
"""A state that may stand above another, and the number of the step."""
_WAYS = [[(STATES.index(before), STEPS[state, before]) for before in BEFORE[state]] for state in STATES]
"""For each state the ways to it."""
_NOTHING = -1
"""What stands above the first block, where a state is asked for."""
_STEPS = [[STEPS[state, before] for before in (*STATES, None)] for state in STATES]
"""For each state the numbers of the steps to it: from each state, then from `_NOTHING`."""
_MAY_STAND_ABOVE = [{STATES.index(before) for before in BEFORE[state]} | {_NOTHING} for state in STATES]
_RIVALS = [
    [
        number
        for number, other in enumerate(STATES)
        if other.role is not state.role and other.subheads in (state.subheads, ALONE.get(other.role))
    ]
    for state in STATES
]
"""For each state those of other roles that a block might have instead."""
_ROLES_BEFORE = [frozenset(before.role for before in BEFORE[state]) for state in STATES]
_STEP_NUMBERS = frozenset(STEPS.values())
_OPENING_STEPS = frozenset(number for (state, _), number in STEPS.items() if state.role in OPENERS)
"""Steps to a role that opens an article."""
_LIKENED_STEPS = frozenset(number for (state, before), number in STEPS.items() if is_likened(state, before))
"""Steps for which it counts how much a block is like those above."""


def _shared_steps(situations: Iterable[tuple[object, ...]]) -> list[_Steps]:
    """Return room for the score of each step to each block, the same where situations are equal."""
    by_situation: dict[tuple[object, ...], _Steps] = {}
    return [by_situation.setdefault(situation, [None] * len(_STEP_NUMBERS)) for situation in situations]


@functools.lru_cache(maxsize=1024)
def _ways_below(above: tuple[int, ...]) -> dict[Role, list[tuple[int, list[_Way]]]]:
    """Return the states of each role that may stand below the states of a row, with the ways to them."""
    found: dict[Role, list[tuple[int, list[_Way]]]] = {role: [] for role in Role}
    for number, role in enumerate(_ROLES):
        if ways := [way for way in _WAYS[number] if way[0] in above]:
            found[role].append((number, ways))
    return found


@functools.lru_cache(maxsize=1024)
def _rivals_among(number: int, roles: tuple[Role, ...]) -> Sequence[int]:
    """Return the states of other `roles` that a block might have instead."""
    return [rival for rival in _RIVALS[number] if _ROLES[rival] in roles]


class Decided(msgspec.Struct, frozen=True):
    """The role of a block, the observations that weighed most, and its lead over the next best role."""

    role: Role
    reasons: tuple[tuple[str, float], ...]
    margin: float


class Decoder:
    """Finds the best path of states through the observed blocks under given habits."""

    def __init__(
        self, observed: Sequence[Observed], habits: Habits, weights: Weights, forced: Forced
    ) -> None:
        self.weights = weights
        self.forced = forced
        self.evidence = Evidence(observed, habits)
        self._forms = [0.0] * len(observed)
        self.alone = [self._all_alone(index) for index in range(len(observed))]
        # The score of each step (see `STEPS`) to each block; what blocks of one situation share of it.
        self._known_steps: list[_Steps] = [[None] * len(_STEP_NUMBERS) for _ in observed]
        self._known_openings = _shared_steps(
            [self.evidence.situation(index) for index in range(len(observed))]
        )
        self._known_inside = _shared_steps(
            [self.evidence.situation_inside(index) for index in range(len(observed))]
        )

    def learn(self, habits: Habits) -> None:
        """Weigh anew what rests on the habits that a reading shows."""
        self.evidence.habits = habits
        for index, alone in enumerate(self.alone):
            for role in (HEAD, BYLINE):
                if role in alone:
                    alone[role] = self._alone(index, role)
        for steps in (*self._known_steps, *self._known_openings):
            for step in _OPENING_STEPS:
                steps[step] = None

    def _all_alone(self, index: int) -> dict[Role, float]:
        """Return what the block and those below it say of each role it may have."""
        found: dict[Role, float] = {}
        allowed = self._allowed(index)
        if not HEADLIKE.isdisjoint(allowed):
            self._forms[index] = self.weights.sum(self.evidence.form(index))
        for role in allowed:
            # Further lines of a head are judged alike.
            is_known = role in FURTHER_HEADS and SECOND in found
            found[role] = found[SECOND] if is_known else self._alone(index, role)
        return found

    def _alone(self, index: int, role: Role) -> float:
        start = self._forms[index] if role in HEADLIKE else 0.0
        return self.weights.sum(BESIDE_FORM[role](self.evidence, index), start)

    def decode(self) -> list[int]:
        """Return the best state of every block, by number."""
        scores: _Scores = {}
        rows: list[_Origins] = []
        for index in range(len(self.alone)):
            scores, origins = self._row(index, scores)
            rows.append(origins)
        if not rows:
            return []
        finals = {
            state: score + self.weights.sum(self.evidence.at_end(STATES[state]))
            for state, score in scores.items()
        }
        state = max(finals, key=finals.__getitem__)
        path: list[int] = []
        for origins in reversed(rows):
            path.append(state)
            state = origins[state]
        return path[::-1]

    def _allowed(self, index: int) -> tuple[Role, ...]:
        """Return the roles to be weighed: what an editor allows, or for a long text those of texts."""
        if index in self.forced:
            return tuple(role for role in _ANY if role in self.forced[index])
        cues = self.evidence.observed[index].cues
        is_text = cues.is_terminated and cues.inner_stops > 0 and cues.length > _SURELY_TEXT
        return _TEXT if is_text else _ANY

    def _row(self, index: int, above: _Scores) -> tuple[_Scores, _Origins]:
        """Return the score of the best path to each state of a block, and the state above it on that path."""
        alone = self.alone[index]
        if not above:
            allowed = [number for number, role in enumerate(_ROLES) if role in alone]
            starts = [number for number in allowed if can_start(STATES[number])] or allowed
            scores = {
                number: alone[_ROLES[number]] + self._above(index, number, _NOTHING) for number in starts
            }
            return scores, dict.fromkeys(starts, _NOTHING)
        scores, origins = {}, {}
        known, ways = self._known_steps[index], _ways_below(tuple(above))
        least = alone.get(BODY, self.weights[NEVER]) - _HOPELESS
        highest = -math.inf
        for role, score in alone.items():
            if score < least:
                continue
            for number, ways_there in ways[role]:
                best, origin = -math.inf, _NOTHING
                for before, step in ways_there:
                    weight = known[step]
                    if weight is None:
                        weight = self._above(index, number, before)
                    found = above[before] + weight
                    if found > best:
                        best, origin = found, before
                best += score
                scores[number], origins[number] = best, origin
                if best > highest:
                    highest = best
        if not scores:
            return self._least_bad(index, above)
        return {number: score for number, score in scores.items() if score >= highest - _BEAM}, origins

    def _least_bad(self, index: int, above: _Scores) -> tuple[_Scores, _Origins]:
        """What an editor demands where the rules have no way: it follows whatever was best."""
        before = max(above, key=above.__getitem__)
        allowed = [number for number, role in enumerate(_ROLES) if role in self.alone[index]]
        return dict.fromkeys(allowed, above[before] + self.weights[NEVER]), dict.fromkeys(allowed, before)

    def _above(self, index: int, number: int, before: int) -> float:
        known, step = self._known_steps[index], _STEPS[number][before]
        score = known[step]
        if score is None:
            shared = self._known_openings if step in _OPENING_STEPS else self._known_inside
            score = shared[index][step]
            if score is None:
                above = None if before == _NOTHING else STATES[before]
                score = self.weights.sum(self.evidence.step(index, STATES[number], above))
                shared[index][step] = score
            if step in _LIKENED_STEPS:
                score = self.weights.sum(self.evidence.likeness(index), score)
            known[step] = score
        return score

    def explain(self, path: Sequence[int]) -> list[Decided]:
        """Return the decisions of a path with the reasons for each."""
        return [self._explain(index, path) for index in range(len(path))]

    def _explain(self, index: int, path: Sequence[int]) -> Decided:
        number = path[index]
        state, before = STATES[number], STATES[path[index - 1]] if index else None
        parts = [*self.evidence.alone(index, state.role), *self.evidence.above(index, state, before)]
        rivals = _rivals_among(number, tuple(self.alone[index]))
        score, *others = self._around(index, (number, *rivals), path)
        margin = min(99.0, score - max(others, default=self.weights[NEVER]))
        return Decided(state.role, self.weights.heaviest(parts, _MOST_REASONS), round(margin, 2))

    def _around(self, index: int, numbers: Iterable[int], path: Sequence[int]) -> list[float]:
        """Return, for each of the states, the score of the path around `index` if the block there had it."""
        before = path[index - 1] if index else _NOTHING
        after = path[index + 1] if index + 1 < len(path) else None
        alone, never = self.alone[index], self.weights[NEVER]
        scores = []
        for number in numbers:
            score = alone[_ROLES[number]]
            if before not in _MAY_STAND_ABOVE[number]:
                score += never
            score += self._above(index, number, before)
            if after is None:
                score += self.weights.sum(self.evidence.at_end(STATES[number]))
            else:
                if _ROLES[number] not in _ROLES_BEFORE[after]:
                    score += never
                score += self._above(index + 1, after, number)
            scores.append(score)
        return scores


def decode_roles(
    observed: Sequence[Observed], habits: Habits, weights: Weights, forced: Forced
) -> tuple[list[Decided], Habits]:
    """Decode more than once: each reading shows the habits of the paper to the next one."""
    decoder = Decoder(observed, habits, weights, forced)
    for reading in range(_READINGS):
        if reading:
            decoder.learn(habits)
        path, settled = decoder.decode(), habits
        habits = later_habits(habits, count_habits(observed, [_ROLES[number] for number in path]))
        if max(abs(habits.signed - settled.signed), abs(habits.tagged - settled.tagged)) < _SETTLED:
            break
    return decoder.explain(path), settled


def count_habits(observed: Sequence[Observed], roles: Sequence[Role]) -> Counts:
    """Count what the articles of a reading have in common."""
    sure: list[bool] = []
    every: list[bool] = []
    tagged_after_signed = 0
    was_signed = True
    for index, role in enumerate(roles):
        previous = roles[index - 1] if index else None
        if role in (HEAD, LABEL) and previous is not LABEL:
            was_signed = index == 0 or _is_signed(observed[index - 1], previous)
        if role is BRIEF or (role is BODY and (previous in HEADS or previous is TOP)):
            is_tagged = observed[index].cues.has_lead_tag
            every.append(is_tagged)
            if was_signed:
                sure.append(is_tagged)
            tagged_after_signed += is_tagged and was_signed and len(every) > 1
    tagged_after_any = sum(every[1:])
    if len(sure) * _LEAST_NEWS < len(every):
        sure = every
    return Counts(len(sure), sum(sure), tagged_after_any, tagged_after_signed)


def _is_signed(item: Observed, role: Role | None) -> bool:
    return role is BYLINE or (role in TEXT and item.tail is not None)
