"""One world on its way through the quarters, phase by phase, compiled or in plain Python."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from comity import composer, engine, syntax
from comity.beginning import Beginning
from comity.priors import draw_all
from comity.tables import World
from comity.world import QUARTERS_PER_YEAR

Call = Callable[..., None]


class Course:
    """A world and the calls that move it; `calls` are its phases by name."""

    def __init__(self, day: Beginning, template: World, calls: Mapping[str, Call], is_plain: bool) -> None:
        self.day, self.template, self.calls, self.is_plain = day, template, calls, is_plain
        self.world = template.copy(day.book)
        self.arguments = self.world.arguments
        self.strengths = [self.world.place("params", 0, f"{name}.strength") for name in day.book.levers]

    def begin(self, key: tuple[int, int]) -> None:
        """The first day, under the run's luck: uncertain numbers drawn, the founding done."""
        world = self.world
        world.buffer[:] = self.template.buffer
        world.clock["key0"], world.clock["key1"] = key
        if self.is_plain:
            draw_all(world.clock[0], self.day.draws, world.flat)
            self.set_levers(world.plan[0])
        else:
            composer.compiled(self.day.book).begin(
                world.clock, world.params, world.pulls, world.plan, self.day.draws, world.flat, self.template.flat, *key
            )
        for phase in self.day.book.founding:
            self.calls[phase.name](*self.arguments)

    def set_levers(self, strengths: Any) -> None:
        """What the plan says of each lever, in the order of the rulebook; what a policy has added comes on top."""
        engine.set_levers(self.world, strengths, self.strengths)

    def turn(self, quarter: int) -> None:
        """The calendar shows a new quarter."""
        clock = self.world.clock[0]
        clock.quarter, clock.season = quarter, quarter % QUARTERS_PER_YEAR

    def to_the_end(self) -> None:
        """All quarters, one after the other."""
        for quarter in range(self.world.size.quarters):
            self.turn(quarter)
            self.set_levers(self.world.plan[quarter])
            for phase in self.day.book.quarterly:
                self.calls[phase.name](*self.arguments)

    def outcomes(self) -> dict[str, float]:
        """The outcomes as they stand."""
        book = self.day.book
        if not self.is_plain:
            out = np.zeros(max(len(book.outcomes), 1))
            composer.compiled(book).finish(*self.arguments, out)
            return dict(zip(book.outcomes, out.tolist(), strict=False))
        return {name: float(outcome.finish(*self.finish_rows(name))) for name, outcome in book.outcomes.items()}

    def finish_rows(self, outcome: str) -> list[Any]:
        """The rows and tables that an outcome's `finish` takes, in its order."""
        world, finish = self.world, self.day.book.outcomes[outcome].finish
        rows = {"clock": world.clock[0], "org": world.org[0], "tally": world.tallies[0]}
        rows |= {"areas": world.areas, "members": world.members, "measures": world.measures}
        return [rows[name] if name in rows else world.params[0][name] for name in syntax.arguments(finish)]

    def ahead(self, other: Course, key: tuple[int, int], strengths: Any, quarters: int) -> None:
        """Go on from where another course stands, for some quarters, under other luck and with these strengths.

        The organization does not see the future: what the calendar holds is hidden, shocks come by chance, and what is
        wanted stays as it is today. The other course is not touched.
        """
        world, now = self.world, int(other.world.clock["quarter"][0])
        world.buffer[:] = other.world.buffer
        world.clock["key0"], world.clock["key1"] = key
        world.clock["chance_from"] = min(int(world.clock["chance_from"][0]), now + 1)
        world.ideals[...] = other.world.ideals[max(now, 0)]
        world.shocks[now + 1 :] = np.zeros((), world.shocks.dtype)
        world.pulls["shift"] = 0.0
        world.instructions["lever"] = -1
        for quarter in range(now + 1, min(now + 1 + quarters, world.size.quarters)):
            self.turn(quarter)
            self.set_levers(strengths)
            for phase in self.day.book.quarterly:
                self.calls[phase.name](*self.arguments)
