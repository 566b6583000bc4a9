"""One state's part of a phase is played in plain Python, and what its decisions weighed and drew is written down."""

from __future__ import annotations

import ast
import functools
import types
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from comity import syntax
from comity.chance import uniform
from comity.loops import lever_rows, phase_source
from comity.mechanism import Rule, mechanism_of
from comity.rulebook import Phase, Rulebook, Step
from comity.sources import mangled
from comity.tables import World

OF_A_STATE: Final = ("member", "stake", "post")
"""Tables with a row, or rows, of each state's own."""
OF_A_MEASURE: Final = ("measure", "post")
"""Tables with a row, or rows, of each measure's own."""
NOTHING: Final = ("why", "clock")
"""Rows through which no rule tells another anything within a phase."""
LOOPS: Final = (
    ("for i in range(members.shape[0]):", "for i in states:"),
    ("for m in range(measures.shape[0]):", "for m in slots:"),
)
"""The loops of a phase over states and measures, and the same over those that matter."""


@dataclass(frozen=True, slots=True)
class Test:
    """A draw was compared: what for, the draw, the chance it had to stay below, and whether it did."""

    purpose: int
    draw: float
    chance: float
    passed: bool


class Draw(float):
    """A draw that notes what it is compared with; as a number it is like any other."""

    purpose: int
    scale: float
    tests: list[Test]

    def __lt__(self, other: float) -> bool:
        passed = float(self) < float(other)
        self.tests.append(Test(self.purpose, float(self) / self.scale, float(other) / self.scale, passed))
        return passed

    def __mul__(self, factor: float) -> Draw:
        return _noted(float(self) * factor, self.purpose, self.scale * factor, self.tests)


def _noted(value: float, purpose: int, scale: float, tests: list[Test]) -> Draw:
    draw = Draw(value)
    draw.purpose, draw.scale, draw.tests = purpose, scale, tests
    return draw


@dataclass(frozen=True, slots=True)
class Weighed:
    """A decision rule at work on one row: its terms as they were added up, and its draws. Serial 0: no measure."""

    rule: Rule
    serial: int
    terms: Mapping[str, float]
    logit: float | None
    tests: tuple[Test, ...]


class Scratch:
    """The scratch row of a decision: its terms, in the order in which they were written."""


@dataclass(slots=True)
class _Spy:
    """Stands in a decision rule's place and looks over its shoulder where one state decides."""

    subject: int
    found: list[Weighed] = field(default_factory=list)

    def bind(self, rule: Rule) -> Callable[..., Any]:
        """The rule, looked over; one that is about no state is left alone."""
        names, tests = syntax.arguments(rule), list[Test]()
        if "member" not in names:
            return rule
        mechanism = mechanism_of(rule)
        terms = mechanism.terms if mechanism is not None and "why" in names else ()

        def drawn(clock: Any, subject: int, purpose: int, object: int) -> float:
            return _noted(uniform(clock, subject, purpose, object), purpose, 1.0, tests)

        watched = types.FunctionType(rule.__code__, {**rule.__globals__, "uniform": drawn}, rule.__name__)

        def look(*passed: Any) -> None:
            rows = dict(zip(names, passed, strict=True))
            if rows["member"].id != self.subject:
                rule(*passed)
                return
            tests.clear()
            scratch = Scratch()
            watched(*(scratch if name == "why" else row for name, row in rows.items()))
            said = vars(scratch)
            if tests or said:
                weighed = {name: float(said[name]) for name in terms} if said else {}
                serial = int(rows["measure"].serial) if "measure" in rows else 0
                logit = float(said["logit"]) if said else None
                self.found.append(Weighed(rule, serial, weighed, logit, tuple(tests)))

        return look


@dataclass(frozen=True, slots=True)
class Reach:
    """For whom a step must be played: for all states, or the one in hand; for all measures, or those in hand."""

    all_states: bool = False
    all_measures: bool = False

    def __or__(self, other: Reach) -> Reach:
        return Reach(self.all_states or other.all_states, self.all_measures or other.all_measures)


class Slice:
    """The steps of a phase that bear on decisions of one state, in plain Python, for as few rows as will do.

    What the decisions read and write is then what it is in the whole phase.
    """

    def __init__(self, book: Rulebook, phase: Phase, rules: Collection[Rule], row: int, subject: int) -> None:
        self._spy = _Spy(subject)
        self._slots: list[int] = []
        self._calls = []
        rows = lever_rows(book)
        for step, reach in bearing(phase, rules):
            part = Phase(phase.name, phase.claim, (step,), phase.season, phase.everywhere)
            source = phase_source(part, rows)
            for whole, loop in zip((reach.all_states, reach.all_measures), LOOPS, strict=True):
                source = source if whole else source.replace(*loop)
            called = self._spy.bind(step.rule) if step.rule in rules else step.rule
            names: dict[str, Any] = {mangled(step.rule): called, "states": (row,), "slots": self._slots}
            exec(compile(source, f"<comity why: {phase.name}>", "exec"), names)
            self._calls.append(names[f"phase_{phase.name}"])

    def play(self, world: World, slots: Collection[int]) -> list[Weighed]:
        """What the state weighed and drew over the measures in these slots; the world is changed by it."""
        self._spy.found.clear()
        self._slots[:] = sorted(slots)
        for call in self._calls:
            call(*world.arguments)
        return list(self._spy.found)


def bearing(phase: Phase, rules: Collection[Rule]) -> list[tuple[Step, Reach]]:
    """The steps that bear on what these rules decide for one state, in order, and for whom."""
    return _backwards(phase, frozenset(rules))[0]


def influences(phase: Phase, rule: Rule) -> list[str]:
    """The columns before the phase, as `table.column`, that may make a difference to what the rule decides."""
    return sorted(_backwards(phase, frozenset([rule]))[1])


@functools.cache
def _backwards(phase: Phase, rules: frozenset[Rule]) -> tuple[list[tuple[Step, Reach]], dict[str, Reach]]:
    needed: dict[str, Reach] = {}
    kept: list[tuple[Step, Reach]] = []
    for step in reversed(phase.steps):
        access, reach = syntax.access(step.rule), Reach() if step.rule in rules else None
        for path in access.writes:
            if (column := _column(path)) in needed:
                reach = (reach or Reach()) | _wider(path, needed[column])
        if reach is not None:
            kept.append((step, reach))
            merely_counted = _counted(step.rule) - needed.keys()
            for path in {*access.reads, *filter(None, step.where.split(" and "))} - merely_counted:
                if path.partition(".")[0] not in NOTHING:
                    needed[_column(path)] = needed.get(_column(path), Reach()) | _wider(path, reach)
    return kept[::-1], needed


def _counted(rule: Rule) -> set[str]:
    """What a rule adds to and does not look at: `org.passed += 1` alone."""
    nodes = list(ast.walk(syntax.tree(rule)))
    touched = [node for node in nodes if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name)]
    added_to = {id(node.target) for node in nodes if isinstance(node, ast.AugAssign)}
    looked_at = {ast.unparse(node) for node in touched if isinstance(node.ctx, ast.Load)}
    return {ast.unparse(node) for node in touched if id(node) in added_to} - looked_at


def _wider(path: str, reach: Reach) -> Reach:
    """The reach, widened over what the column is not kept apart for: other states, whole tables, sums."""
    row, table = path.partition(".")[0], _column(path).partition(".")[0]
    crosses = row.startswith("other") or row in syntax.WHOLE
    apart = row not in syntax.WHOLE and table in OF_A_MEASURE
    return reach | Reach(crosses or table not in OF_A_STATE, not apart)


def _column(path: str) -> str:
    row, _, name = path.partition(".")
    return f"{syntax.ROWS.get(row) or syntax.WHOLE.get(row) or row}.{name}"
