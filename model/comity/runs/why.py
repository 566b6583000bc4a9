"""Why a state did what it did: a run is replayed, and each decision that changed something tells what it weighed."""

from __future__ import annotations

import difflib
import math
import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Protocol

from comity.arithmetic import log, logistic, logit
from comity.beginning import Beginning
from comity.mechanism import Lever, Rule, mechanism_of
from comity.rulebook import Phase
from comity.runs.counterfactual import Counterfactual, nearest, smallest
from comity.runs.decisions import KINDS, MAJOR, NO_DRAW, NONE, ROUTINE, Kind, Scene
from comity.runs.replay import Call, Moment, Replay, Touch
from comity.runs.slices import Slice, Test, Weighed
from comity.tables import World
from comity.world import QUARTERS_PER_YEAR

if TYPE_CHECKING:
    from comity.runs.result import Run
    from comity.runs.story import Story

MOST_ALTERNATIVES: Final = 3
CHANCE: Final = "chance"
"""The one term of a decision that is a chance and nothing more: its log-odds."""


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision that changed something.

    `terms` are the addends in the order in which they were summed: they add up to `logit`, to the bit. The answer was
    yes where `draw` lay below `chance`, which is where `logit` lay above `threshold`; what no draw settled has neither.
    `measure` and `area` say what it was about, `member` whom (ISO-3), if anything or anybody; `detail` says more of it.
    `alternatives`, of great decisions, are the smallest changes of other columns that turn it as well. It was taken in
    `phase`, by a rule of `mechanism` (`forces.threat`).
    """

    quarter: int
    date: str
    decision: str
    result: str
    measure: int | None
    area: str | None
    logit: float | None
    threshold: float | None
    draw: float | None
    chance: float | None
    terms: Mapping[str, float]
    counterfactual: Counterfactual | None
    weight: int
    member: str | None
    detail: str = ""
    alternatives: tuple[Counterfactual, ...] = ()
    phase: str = ""
    mechanism: str = ""

    @property
    def margin(self) -> float | None:
        """By how much the logit lay above the threshold, or below it."""
        return None if self.logit is None or self.threshold is None else self.logit - self.threshold

    @property
    def weighed(self) -> list[tuple[str, float]]:
        """The terms that were not zero, heaviest first."""
        return sorted(((k, v) for k, v in self.terms.items() if v != 0.0), key=lambda each: -abs(each[1]))


def why(
    scenario: Any, member: str | None = None, seed: int | str | None = None, run: int = 0,
    quarter: int | str | None = None, levers: bool = False,
) -> Story:  # fmt: skip
    """The story of a member, or of the organization if None, in one run of a scenario.

    `scenario` is what `comity.load` takes, seed and run as in `Scenario.run`, the rest as in `Run.why`.
    """
    from comity.runs.scenario import able

    return able(scenario).run(seed, run).why(member, quarter, levers)


def row_of(run: Run, member: str) -> int:
    """The row of a member, by its ISO-3 code in any case; ValueError with the nearest one if there is none."""
    codes = run.begin.members
    if member.upper() in codes:
        return codes.index(member.upper())
    names = {code.lower(): code for code in codes} | {name.lower(): code for code, name in names_of(run).items()}
    near = difflib.get_close_matches(member.lower(), names, n=1)
    hint = f'; did you mean "{names[near[0]]}"?' if near else f"; there are {', '.join(codes)}"
    raise ValueError(f'there is no member "{member}"{hint}')


def names_of(run: Run) -> dict[str, str]:
    """The names of the members by their codes."""
    region = run.scenario.resolved["region"]
    known = {} if region.get("synthetic") else region["members"]
    return {code: str(known.get(code, {}).get("name") or code) for code in run.begin.members}


def quarters_meant(begin: Beginning, quarter: int | str | None) -> range:
    """The quarters meant by `2016Q3`, a year, a number counted from 0, or None for all; ValueError for another."""
    last = begin.world.size.quarters
    if quarter is None:
        return range(last)
    found = re.fullmatch(r"\s*(\d{4})(?:\s*Q([1-4]))?\s*", str(quarter), flags=re.IGNORECASE)
    if found:
        first = (int(found[1]) - begin.start) * QUARTERS_PER_YEAR + int(found[2] or 1) - 1
        meant = range(first, first + (1 if found[2] else QUARTERS_PER_YEAR))
    elif str(quarter).isdigit():
        meant = range(int(quarter), int(quarter) + 1)
    else:
        raise ValueError(f"a quarter is written 2016Q3, a year 2016, not {quarter!r}")
    if meant.start < 0 or meant.stop > last:
        ends = f"{begin.start}Q1 to {begin.start + last // QUARTERS_PER_YEAR - 1}Q4"
        raise ValueError(f"{quarter} lies outside the run, which goes from {ends}")
    return meant


def date_of(begin: Beginning, quarter: int) -> str:
    """A quarter as text: 2016Q3."""
    year, season = divmod(quarter, QUARTERS_PER_YEAR)
    return f"{begin.start + year}Q{season + 1}"


def decisions(
    begin: Beginning, seed: int, run: int, row: int, quarters: Sequence[int], calls: Mapping[str, Call] | None = None,
    touch: Touch | None = None, least: int = ROUTINE,
) -> list[Decision]:  # fmt: skip
    """The decisions of the state in a row that changed something in these quarters, in their order.

    Those of less weight than `least` are not looked at, which saves most of the time.
    """
    replay = Replay(begin, seed, run, calls, touch)
    names = () if least == ROUTINE else [kind.name for kind in KINDS if kind.weight >= least]
    return listened(replay, Listener(begin, replay, row, names), quarters)


class Hearing(Protocol):
    """Whoever finds decisions in the phases that a replay plays."""

    def heard(self, moment: Moment) -> Iterator[Decision]:
        """The decisions of the phase just played."""


def listened(replay: Replay, listener: Hearing, quarters: Sequence[int]) -> list[Decision]:
    """What was decided in these quarters of the replay."""
    told: list[Decision] = []
    for moment in replay.moments():
        if not quarters or moment.quarter >= quarters[-1] + 1:
            break
        if moment.quarter in quarters:
            told.extend(listener.heard(moment))
    return told


class Listener:
    """Finds a state's decisions in the phases that a replay plays; of some kinds alone, if they are named."""

    def __init__(self, begin: Beginning, replay: Replay, row: int, names: Collection[str] = ()) -> None:
        self._begin, self._replay, self._row = begin, replay, row
        self._subject = int(begin.world.members["id"][row])
        self._spare: World = begin.world.copy(begin.book)
        self._spare.ideals[...] = replay.now.ideals
        self._slices: dict[tuple[str, frozenset[Rule]], Slice] = {}
        self._kinds: defaultdict[str, list[Kind]] = defaultdict(list)
        for kind in KINDS if not names else [kind for kind in KINDS if kind.name in names]:
            self._kinds[kind.phase].append(kind)

    def heard(self, moment: Moment) -> Iterator[Decision]:
        """The decisions of the phase just played."""
        scene = Scene(moment.was, moment.now, self._row)
        taken = [(kind, slot) for kind in self._kinds[moment.phase.name] for slot in kind.where(scene)]
        if not taken:
            return
        weighed = self._weighed(moment, taken)
        for kind, slot in taken:
            serial = 0 if slot == NONE else int(moment.now.measures["serial"][slot])
            found = weighed.get((kind.rule, serial))
            test = _test(kind, found)
            if test is not None or not kind.drawn:
                yield self._decision(moment, kind, slot, found, test)

    def _weighed(self, moment: Moment, taken: list[tuple[Kind, int]]) -> dict[tuple[Rule, int], Weighed]:
        rules = frozenset(kind.rule for kind, _ in taken if kind.purpose != NO_DRAW)
        if not rules:
            return {}
        self._spare.buffer[:] = moment.was.buffer
        played = self._slice(moment.phase, rules).play(self._spare, {slot for _, slot in taken if slot != NONE})
        return {(each.rule, each.serial): each for each in played}

    def _slice(self, phase: Phase, rules: frozenset[Rule]) -> Slice:
        key = phase.name, rules
        if key not in self._slices:
            self._slices[key] = Slice(self._begin.book, phase, rules, self._row, self._subject)
        return self._slices[key]

    def _decision(self, moment: Moment, kind: Kind, slot: int, found: Weighed | None, test: Test | None) -> Decision:
        terms, total = _terms(found, test)
        chance, draw = (None, None) if test is None else (test.chance, test.draw)
        threshold = None if total is None or chance is None or draw is None else threshold_of(total, chance, draw)
        measures, begin, where = moment.now.measures, self._begin, (self._replay, moment, kind, self._row, slot)
        turns = smallest(*where) if kind.weight == MAJOR else [each for each in (nearest(*where),) if each is not None]
        return Decision(
            moment.quarter, date_of(begin, moment.quarter), kind.name,
            kind.said(Scene(moment.was, moment.now, self._row), slot),
            None if slot == NONE else int(measures["serial"][slot]),
            None if slot == NONE else begin.areas[measures["area"][slot]],
            total, threshold, draw, chance, terms, turns[0] if turns else None, kind.weight,
            begin.members[self._row], alternatives=tuple(turns[1 : 1 + MOST_ALTERNATIVES]),
            phase=kind.phase, mechanism=path_of(kind.rule),
        )  # fmt: skip


def path_of(rule: Rule) -> str:
    """The dotted name of the mechanism that a rule belongs to: `forces.threat`; empty for a rule of the user's own."""
    found = mechanism_of(rule)
    return "" if found is None else f"{'levers' if issubclass(found, Lever) else 'forces'}.{found.name()}"


def _test(kind: Kind, found: Weighed | None) -> Test | None:
    """The draw that settled it: of several with one purpose, the one that said yes."""
    if found is None:
        return None
    fitting = [test for test in found.tests if test.purpose == kind.purpose]
    return next((test for test in fitting if test.passed), fitting[-1] if fitting else None)


def _terms(found: Weighed | None, test: Test | None) -> tuple[Mapping[str, float], float | None]:
    """The terms and their sum: those that the rule wrote down, or the chance by itself."""
    if found is not None and found.terms and (test is None or test is found.tests[0]):
        return found.terms, found.logit
    if test is None:
        return {}, None
    odds = logit(min(max(test.chance, 0.0), 1.0))
    return {CHANCE: odds}, odds


def threshold_of(total: float, chance: float, draw: float) -> float:
    """The logit at which the chance would just have equaled the draw; infinite where no logit would have.

    The chance is the logistic of the logit, or, of what is carried out at a rate, 1 - exp(-rate logistic(logit)).
    """
    if chance == logistic(total) or not 0.0 < chance < 1.0:
        return logit(draw)
    rate = -log(1.0 - chance) / logistic(total)
    share = -log(1.0 - draw) / rate
    return logit(share) if share < 1.0 else math.inf
