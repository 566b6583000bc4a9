"""The smallest single change that would have turned a decision is found by playing its phase again and again."""

from __future__ import annotations

import functools
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from comity import world
from comity.rulebook import Phase
from comity.runs.decisions import NONE, Kind, Scene
from comity.runs.quantities import changed
from comity.runs.replay import Moment, Replay
from comity.runs.slices import OF_A_STATE, influences
from comity.tables import World

OBSERVABLE: Final = ("member", "post", "stake", "measure", "org")
UNITS: Final = ("share", "index", "share a quarter", "points a year")
"""Units of what may be changed: no clocks, no counts, no codes."""
FLAGS: Final = ("member.refused", "member.federal", "member.challenger_rules")
"""Facts that may be otherwise by themselves; most flags only say what state a decision is in."""
NOT_TO_CHANGE: Final = (
    "post.implemented", "post.scope", "post.reported", "post.willingness", "post.frailty", "member.frailty",
    "member.trust_home", "member.identity_home", "member.grievance_home", "member.preference_home",
    "member.driver_home", "member.procedure", "member.coerced", "member.shield",
    "measure.yes", "measure.yes_power", "measure.renew", "measure.adds", "org.required",
)  # fmt: skip
"""Results of the decision itself, levels that only history can move, running sums, and what stands for a rule at 0."""
GRAIN: Final = 0.01
"""Changes come in whole hundredths: what is said in words is to the bit what was tried."""
WIDEST: Final = 5.0
"""How far an index without bounds may be moved."""
QUARTER_OF_RANGE: Final = 0.25


@dataclass(frozen=True, slots=True)
class Counterfactual:
    """One column changed before the phase, all else and all luck the same, and what was decided then.

    `change` and `result` are words; `column` is `table.column`, `before` and `after` its values, `size` the change in
    spreads between states. `text` is what became of the text voted on, where that changed too.
    """

    column: str
    before: float
    after: float
    size: float
    change: str
    result: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class _Knob:
    """A number that can be turned: its column, place, value, bounds, and the spread by which a turn is measured."""

    column: str
    place: int
    value: float
    low: float
    high: float
    spread: float
    whole: bool

    def at(self, steps: int) -> float:
        """The value so many hundredths away, within bounds."""
        return min(max(self.value + steps * GRAIN, self.low), self.high)

    def most(self, sign: int) -> int:
        """Steps to the bound on that side."""
        room = self.high - self.value if sign > 0 else self.value - self.low
        return math.ceil(room / GRAIN - GRAIN)


def nearest(replay: Replay, moment: Moment, kind: Kind, row: int, slot: int) -> Counterfactual | None:
    """The smallest single change that turns the decision, in spreads between states; None where none does.

    Changes are tried on the world before the phase, by playing the compiled phase on a copy of it. With row `NONE`,
    nobody's own columns are changed.
    """
    search, best = _Search(replay, moment, kind, row, slot), None
    for knob in _knobs(moment, kind, row, slot):
        best = search.smaller(knob, best) or best
    return None if best is None else search.told(best)


def smallest(replay: Replay, moment: Moment, kind: Kind, row: int, slot: int) -> list[Counterfactual]:
    """For each column that can turn the decision, the smallest change of it alone; the smallest of all first."""
    search = _Search(replay, moment, kind, row, slot)
    found = [turn for knob in _knobs(moment, kind, row, slot) if (turn := search.smaller(knob, None)) is not None]
    return [search.told(turn) for turn in sorted(found, key=lambda each: each.size)]


@dataclass(frozen=True, slots=True)
class _Turn:
    """A knob turned by so many steps, and how far that is in spreads."""

    knob: _Knob
    steps: int
    size: float


class _Search:
    """Turns the knobs of one decision."""

    def __init__(self, replay: Replay, moment: Moment, kind: Kind, row: int, slot: int) -> None:
        self.replay, self.moment, self.kind, self.row, self.slot = replay, moment, kind, row, slot
        self.said = kind.said(Scene(moment.was, moment.now, row), slot)

    def result(self, knob: _Knob, steps: int) -> str:
        """What is decided with a knob turned."""
        value: int | float = 1 - int(knob.value) if knob.whole else knob.at(steps)
        tried = self.replay.tried(self.moment.phase, knob.place, value)
        return self.kind.said(Scene(self.moment.was, tried, self.row), self.slot)

    def smaller(self, knob: _Knob, best: _Turn | None) -> _Turn | None:
        """The smallest turn of a knob that turns the decision, if it is smaller than the best so far."""
        found = None
        for sign in (1,) if knob.whole else (1, -1):
            limit = 1 if knob.whole else knob.most(sign)
            least = found or best
            if least is not None and not knob.whole:
                limit = min(limit, math.ceil(least.size * knob.spread / GRAIN) - 1)
            steps = self._fewest(knob, sign, limit) if limit > 0 else 0
            size = (1.0 if knob.whole else steps * GRAIN) / knob.spread
            if steps and (least is None or size < least.size):
                found = _Turn(knob, sign * steps, size)
        return found

    def _fewest(self, knob: _Knob, sign: int, limit: int) -> int:
        """The fewest steps, up to a limit, that turn the decision; 0 if the limit does not turn it.

        By doubling, then by halving: more of what turns it is taken to turn it as well.
        """

        def turns(steps: int) -> bool:
            return self.result(knob, sign * steps) != self.said

        if not turns(limit):
            return 0
        low, high = 0, 1
        while high < limit and not turns(high):
            low, high = high, min(2 * high, limit)
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (low, middle) if turns(middle) else (middle, high)
        return high

    def told(self, turn: _Turn) -> Counterfactual:
        """A turn for readers; it is tried once more for what it brings."""
        knob, result = turn.knob, self.result(turn.knob, turn.steps)
        after = 1.0 - knob.value if knob.whole else knob.at(turn.steps)
        change = changed(knob.column, knob.value, after)
        text = _text(self.replay, self.moment, self.slot)
        return Counterfactual(knob.column, knob.value, after, turn.size, change, result, text)


def _text(replay: Replay, moment: Moment, slot: int) -> str:
    """What became of the text voted on in the world last tried, if it is another fate than in the run."""
    if slot == NONE or moment.was.measures["stage"][slot] != world.DRAFT:
        return ""
    passed, passes = (each.measures["stage"][slot] != world.EMPTY for each in (moment.now, replay.trial))
    return "" if passed == passes else "the text passes" if passes else "the text fails"


@functools.cache
def _columns(phase: Phase, rule: Any) -> tuple[str, ...]:
    """The columns worth trying, as `table.column`."""
    found = []
    for path in influences(phase, rule):
        table, _, name = path.partition(".")
        if table not in OBSERVABLE or path in NOT_TO_CHANGE:
            continue
        is_whole = world.dtype(table)[name].kind == "i"
        if path in FLAGS if is_whole else world.columns(table)[name].unit in UNITS:
            found.append(path)
    return tuple(found)


def _knobs(moment: Moment, kind: Kind, row: int, slot: int) -> Iterator[_Knob]:
    was = moment.was
    inside = was.members["inside"] != 0
    area = int(was.measures["area"][slot]) if slot != NONE else NONE
    for path in _columns(moment.phase, kind.rule):
        table, _, name = path.partition(".")
        if (slot == NONE and table in ("post", "stake", "measure")) or (row == NONE and table in OF_A_STATE):
            continue
        place, alike = _where(was, table, name, row, slot, area, inside)
        declared = world.columns(table)[name]
        whole = world.dtype(table)[name].kind == "i"
        value = float(was.buffer[place] if whole else was.flat[place])
        low, high = max(declared.low, value - WIDEST), min(declared.high, value + WIDEST)
        spread = 1.0 if whole else max(float(np.std(alike)), GRAIN) if len(alike) > 1 else QUARTER_OF_RANGE
        yield _Knob(path, place, value, low, high, spread, whole)


def _where(was: World, table: str, name: str, row: int, slot: int, area: int, inside: Any) -> tuple[int, Any]:
    """Where a column lies in `flat`, and the values of the same thing elsewhere that say how far it spreads."""
    if table == "member":
        return was.place("members", row, name), was.members[name][inside]
    if table == "post":
        return was.place("posts", row * world.SLOTS + slot, name), was.posts[name][inside, slot]
    if table == "stake":
        return was.place("stakes", row * was.size.areas + area, name), was.stakes[name][inside, area]
    if table == "measure":
        return was.place("measures", slot, name), was.measures[name][:0]
    return was.place("org", 0, name), was.org[name][:0]


def as_document(found: Counterfactual | None, said: str) -> Mapping[str, Any]:
    """For the JSON document: what would have turned it; `change` is null where no single change does."""
    if found is None:
        return {"change": None, "result": said}
    told = {"change": found.change, "result": found.result, "column": found.column}
    return told | {"before": found.before, "after": found.after}
