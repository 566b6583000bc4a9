"""A lever moved while a run goes on becomes a line of the lever's schedule, and what lay before it stays to the bit."""

from __future__ import annotations

import operator
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from comity.beginning import Beginning, strengths
from comity.runs.scenario import Scenario
from comity.scenario import Problem, ScenarioError
from comity.world import QUARTERS_PER_YEAR

FILE: Final = "<moves>"
"""What problems call the moves, where a scenario's problems name a file."""
PATH: Final = re.compile(r"levers\.(?P<lever>[a-z][a-z0-9_]*)\.(?P<what>on|strength)")
DATE: Final = re.compile(r"(\d{4})\s*[qQ]([1-4])")
ALWAYS: Final = -(10**6)
NEVER: Final = 10**6
"""Quarters that lie before and after every run."""
MOST: Final = 2000
"""Moves of one run."""


@dataclass(frozen=True, slots=True)
class Move:
    """From the start of a quarter on, `levers.NAME.on` or `levers.NAME.strength` is another."""

    quarter: int
    lever: str
    what: str
    value: bool | float

    @property
    def path(self) -> str:
        """The dotted path that is moved."""
        return f"levers.{self.lever}.{self.what}"


def date(start: int, quarter: int) -> str:
    """A quarter, counted from the first of the year `start`, as a scenario writes it: 2014Q2."""
    year, season = divmod(quarter, QUARTERS_PER_YEAR)
    return f"{start + year}Q{season + 1}"


def read_moves(scenario: Scenario, moves: Iterable[Sequence[Any]]) -> tuple[Move, ...]:
    """Moves `(date or quarter, path, value)` as they are meant, in the order of time.

    A date is `2014Q2`, a quarter is counted from 0. Of two moves of one thing in one quarter the later in the list
    holds. ScenarioError tells every move that is none: what is moved is the strength of a lever, or whether it is on,
    within the run.
    """
    scenario.require_region()
    start = int(scenario.value("run.start"))
    length = int(scenario.value("run.years")) * QUARTERS_PER_YEAR
    found: dict[tuple[int, str, str], Move] = {}
    problems: list[Problem] = []
    listed = list(moves)
    if len(listed) > MOST:
        raise ScenarioError([Problem(FILE, 0, 0, "", f"{len(listed)} moves; at most {MOST} can be made in a run")])
    for number, move in enumerate(listed, 1):
        try:
            one = _move(scenario, move, start, length)
            found.pop((one.quarter, one.lever, one.what), None)
            found[one.quarter, one.lever, one.what] = one
        except ScenarioError as error:
            problems += [Problem(FILE, number, 0, each.key, each.message) for each in error.problems]
        except ValueError as error:
            path = move[1] if isinstance(move, list | tuple) and len(move) == 3 and isinstance(move[1], str) else ""
            problems.append(Problem(FILE, number, 0, path, str(error)))
    if problems:
        raise ScenarioError(problems)
    return tuple(sorted(found.values(), key=lambda one: one.quarter))


def _move(scenario: Scenario, move: Any, start: int, length: int) -> Move:
    if not isinstance(move, list | tuple) or len(move) != 3:
        raise ValueError("a move is (date or quarter, path, value)")
    when, path, value = move
    quarter = _quarter(when, start)
    if not 0 <= quarter < length:
        raise ValueError(f"{when} lies outside the run, which goes from {date(start, 0)} to {date(start, length - 1)}")
    meant = PATH.fullmatch(path) if isinstance(path, str) else None
    if meant is None:
        raise ValueError("only levers.NAME.strength and levers.NAME.on can be moved while a run goes on")
    lever, what = meant["lever"], meant["what"]
    if value is None:
        raise ValueError("a lever is moved to a strength, or on or off, not to nothing")
    # the loader's own words for a lever that is none, a strength beyond its scale, a word for a flag
    told = scenario.with_({path: value}, FILE).value(path) if not _is_plain(scenario, lever, what, value) else value
    if scenario.value("organization.policy") == "fixed":
        raise ValueError(
            "organization.policy is fixed: levers stay as on the first day; make it scheduled to move them"
        )
    if isinstance(told, Mapping):
        raise ValueError("a lever is moved to one strength, not to a prior")
    return Move(quarter, lever, what, bool(told) if what == "on" else float(told) + 0.0)


def _is_plain(scenario: Scenario, lever: str, what: str, value: Any) -> bool:
    """Whether it is plainly well formed, so that the whole scenario need not be checked for it."""
    levers = scenario.catalogue.levers
    if lever not in levers:
        return False
    if what == "on":
        return isinstance(value, bool)
    from comity.scenario.catalogue import strength

    scale = strength(levers[lever]).parameter
    return isinstance(value, int | float) and not isinstance(value, bool) and scale.low <= value <= scale.high


def _quarter(when: Any, start: int) -> int:
    found = DATE.fullmatch(when.strip()) if isinstance(when, str) else None
    if found:
        return (int(found[1]) - start) * QUARTERS_PER_YEAR + int(found[2]) - 1
    try:
        if not isinstance(when, bool):
            return operator.index(int(when) if isinstance(when, str) and when.strip().isdigit() else when)
    except TypeError:
        pass
    raise ValueError(f"a move's date is written 2014Q2, or as quarters from 0, not {when!r}")


@dataclass(frozen=True)
class Timeline:
    """A lever over time: the strength that is set, by when it was set, and the spans of time in which it is on.

    `set_` are (quarter, strength), in order, the first at ALWAYS; `spans` are (first, end), apart and in order.
    """

    set_: tuple[tuple[int, float], ...]
    spans: tuple[tuple[int, int], ...]

    @classmethod
    def of(cls, said: Mapping[str, Any], start: int) -> Timeline:
        """As a scenario's lever says it."""
        # a year without moves is asked of the rule that lays out plans, so that a prior is read as it reads it
        base = next(iter(strengths({**said, "on": True, "from": None, "until": None, "schedule": []}, 1, start)))
        steps = [(ALWAYS, base)]
        steps += [(_quarter(step["from"], start), float(step["strength"])) for step in said.get("schedule") or []]
        first = ALWAYS if said.get("from") is None else _quarter(said["from"], start)
        end = NEVER if said.get("until") is None else _quarter(said["until"], start)
        return cls(tuple(steps), ((first, end),) if said["on"] and first < end else ())

    def moved(self, quarter: int, what: str, value: bool | float) -> Timeline:
        """From a quarter on it is in the hands of whoever moved it: what was planned for later no longer holds."""
        if what == "strength":
            kept = tuple((when, strength) for when, strength in self.set_ if when < quarter)
            return Timeline((*kept, (quarter, float(value))), self.spans)
        before = [(first, min(end, quarter)) for first, end in self.spans if first < quarter]
        if value:
            if before and before[-1][1] == quarter:
                before[-1] = (before[-1][0], NEVER)
            else:
                before.append((quarter, NEVER))
        return Timeline(self.set_, tuple(before))

    def at(self, quarter: int) -> float:
        """The strength in a quarter; 0 while it is off."""
        if not any(first <= quarter < end for first, end in self.spans):
            return 0.0
        return [strength for when, strength in self.set_ if when <= quarter][-1]

    def changes(self, start: int) -> dict[str, Any]:
        """The lever as a scenario writes it: `on`, `from`, `until`, and a schedule, at 0 in the gaps between spans."""
        if not self.spans:
            first, end, holes = ALWAYS, NEVER, []
        else:
            first, end = self.spans[0][0], self.spans[-1][1]
            holes = [(one[1], two[0]) for one, two in zip(self.spans, self.spans[1:], strict=False)]
        steps = dict(self.set_[1:])
        for opens, closes in holes:
            steps = {when: strength for when, strength in steps.items() if not opens <= when < closes}
            steps[opens] = 0.0
            steps.setdefault(closes, [strength for when, strength in self.set_ if when <= closes][-1])
        return {
            "on": bool(self.spans),
            "from": None if first == ALWAYS else date(start, first),
            "until": None if end == NEVER else date(start, end),
            "schedule": [{"from": date(start, when), "strength": steps[when]} for when in sorted(steps)],
        }


def timelines(scenario: Scenario, moves: Iterable[Move]) -> dict[str, Timeline]:
    """The levers that moves touch, over time."""
    start = int(scenario.value("run.start"))
    found: dict[str, Timeline] = {}
    for move in moves:
        line = found.get(move.lever) or Timeline.of(scenario.value(f"levers.{move.lever}"), start)
        found[move.lever] = line.moved(move.quarter, move.what, move.value)
    return found


def with_moves(scenario: Scenario, moves: Iterable[Sequence[Any]]) -> Scenario:
    """The scenario that plays a run as it was moved: an ordinary one, which can be written to a file.

    A moved strength replaces what the scenario says of the strength from then on, later steps of its schedule too; a
    lever moved on or off takes the place of its `from` and `until` from then on. A lever that is off keeps its strength
    for the day it is switched on. ScenarioError for a move that is none.
    """
    start = int(scenario.value("run.start"))
    changes: dict[str, Any] = {}
    for lever, line in timelines(scenario, read_moves(scenario, moves)).items():
        said = scenario.value(f"levers.{lever}")
        told = line.changes(start)
        changes |= {f"levers.{lever}.{key}": value for key, value in told.items() if said.get(key) != value}
    # what is taken back with None falls to a default, which for the times of a lever is None as well
    return scenario.with_(changes, FILE) if changes else scenario


def moved_plan(scenario: Scenario, begin: Beginning, moves: Iterable[Move]) -> Any:
    """The strengths (quarters, levers) that the moved scenario's first day has, without checking a scenario anew."""
    plan, rows = begin.world.plan.copy(), list(begin.book.levers)
    for lever, line in timelines(scenario, moves).items():
        plan[:, rows.index(lever)] = [line.at(quarter) for quarter in range(len(plan))]
    return plan
