"""What it takes to play a scenario again at once: its first day, its buffers, and the twin of the luck last played."""

from __future__ import annotations

import os
import threading
from dataclasses import dataclass, replace
from typing import Any, Final

from comity import engine
from comity.beginning import Beginning
from comity.film import content, deeds, money
from comity.film.content import MONEY, STORMS
from comity.film.nudge import Nudge, nudged
from comity.film.remembered import Remembered
from comity.runs import course, events, moves
from comity.runs.scenario import Scenario
from comity.runs.watch import Watch

MOST_AT_A_TIME: Final = 4
KEPT: Final = 6
"""Scenarios whose buffers are kept, some megabytes each; whoever plays the same scenario shares them."""

MEASURE: Final = ("depth", "hardness")
POST: Final = ("overdue",)


@dataclass(frozen=True, slots=True)
class Played:
    """A run: its outcomes (K,), and what was recorded of it, by `table.column`, each (quarters, ...)."""

    outcomes: Any
    seen: dict[str, Any]

    def until(self, quarters: int) -> Played:
        """The first quarters alone."""
        return Played(self.outcomes, {name: values[:quarters] for name, values in self.seen.items()})


class Studio:
    """The buffers for one scenario; as many runs at a time are played in them as there are cores, few at most."""

    def __init__(self, scenario: Scenario) -> None:
        self.begin: Beginning = scenario.first_day
        engine.ready(self.begin.book)
        self.watch = film_watch(self.begin)
        self.columns = content.columns(self.begin.book)
        self._free = threading.Semaphore(max(1, min(os.cpu_count() or 1, MOST_AT_A_TIME)))
        self._idle: list[engine.Runner] = []

    def play(self, seed: int, run: int, plan: Any, nudge: Nudge | None = None) -> Played:
        """A run under a plan of strengths (quarters, levers), with one number changed on the way if there is a nudge.

        ValueError for a nudge that has no place in the run.
        """
        with self._free:
            try:
                runner = self._idle.pop()  # the last one used: it may know the twin of this luck
            except IndexError:
                runner = engine.Runner([self.begin])
            try:
                if nudge is None:
                    trace = runner.run(0, seed, run, self.watch.picks, plan)
                    return Played(trace.outcomes.copy(), self.watch.read(trace.record))
                wished = runner.wished(0, seed, run).copy()
            finally:
                self._idle.append(runner)
        outcomes, record = nudged(with_plan(self.begin, plan), seed, run, wished, nudge, self.watch.picks)
        return Played(outcomes, self.watch.read(record))


def with_plan(begin: Beginning, plan: Any) -> Beginning:
    """The same first day under another plan of strengths."""
    world = begin.world.copy(begin.book)
    world.plan[...] = plan
    return replace(begin, world=world)


def film_watch(begin: Beginning) -> Watch:
    """All that a film is made of, recorded in one run; each number once."""
    wanted: dict[str, dict[str, None]] = {}
    parts = (course.region_watch, course.member_watch, events.event_watch, moves.move_watch)
    for part in parts:
        for table, names in part(begin).wanted.items():
            wanted.setdefault(table, {}).update(dict.fromkeys(names))
    more = {
        "org": (*STORMS, *MONEY), "measures": MEASURE, "posts": (*POST, *deeds.POSTS), "stakes": ("implemented",),
        "areas": ("integration",), "pulls": ("strength",),
    }  # fmt: skip
    for asked in (more, money.wanted(begin.book)):
        for table, names in asked.items():
            wanted.setdefault(table, {}).update(dict.fromkeys(names))
    return Watch(begin.world, {table: tuple(names) for table, names in wanted.items()})


STUDIOS: Final[Remembered[Studio]] = Remembered(KEPT)


def studio_of(scenario: Scenario) -> Studio:
    """The studio for a scenario, an old one if it was played lately. ScenarioError if it has no region."""
    scenario.require_region()
    return STUDIOS.get(scenario.digest, lambda: Studio(scenario))
