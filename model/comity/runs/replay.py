"""A run is played again phase by phase, and stands still around each phase for whoever wants to look."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from comity import composer, engine
from comity.beginning import Beginning
from comity.chance import run_key
from comity.rulebook import Phase
from comity.tables import World
from comity.world import QUARTERS_PER_YEAR

Call = Callable[..., None]
Touch = Callable[[int, Phase, World], None]
"""Changes the world right before a phase of a quarter: a counterfactual that is played on to its end."""


@dataclass(frozen=True, slots=True)
class Moment:
    """A phase that has just been played: the world before it and after it, both valid until the next one."""

    quarter: int
    phase: Phase
    was: World
    now: World


@functools.lru_cache(maxsize=8)
def _wished(begin: Beginning, seed: int, run: int) -> Any:
    """What governments and publics want on this luck; it is asked for again with each click on the same run."""
    return engine.Runner([begin]).wished(0, seed, run).copy()


class Replay:
    """The same run again, to the bit: every draw has an address.

    `calls` are the phases of a quarter; compiled unless others are given (those of `composer.plain`, say). With a
    `touch`, it is the run in which that has been changed.
    """

    def __init__(
        self, begin: Beginning, seed: int, run: int, calls: Mapping[str, Call] | None = None, touch: Touch | None = None
    ) -> None:
        self._touch = touch
        book = begin.book
        engine.ready(book)
        self.begin = begin
        self.now, self.was, self.trial = (begin.world.copy(book) for _ in range(3))
        wished = _wished(begin, seed, run)
        for each in (self.now, self.was, self.trial):
            each.ideals[...] = wished
        self.calls = engine.phases(book, self.now.arguments) if calls is None else calls
        self._key = tuple(int(word) for word in run_key(seed, run))
        self._strengths = [self.now.place("params", 0, f"{name}.strength") for name in book.levers]
        self._trial_arguments = self.trial.arguments

    def moments(self) -> Iterator[Moment]:
        """Every phase of every quarter, each right after it was played."""
        begin, now, arguments = self.begin, self.now, self.now.arguments
        composer.compiled(begin.book).begin(
            now.clock, now.params, now.pulls, now.plan, begin.draws, now.flat, begin.world.flat, *self._key
        )
        for phase in begin.book.founding:
            self.calls[phase.name](*arguments)
        for quarter in range(now.size.quarters):
            now.clock["quarter"], now.clock["season"] = quarter, quarter % QUARTERS_PER_YEAR
            engine.set_levers(now, now.plan[quarter], self._strengths)
            for phase in begin.book.quarterly:
                if self._touch is not None:
                    self._touch(quarter, phase, now)
                self.was.buffer[:] = now.buffer
                self.calls[phase.name](*arguments)
                yield Moment(quarter, phase, self.was, now)

    def tried(self, phase: Phase, place: int, value: int | float) -> World:
        """The phase just played, had one number of the world been another: at `place` in `flat`, before the phase.

        An int goes where whole numbers are kept. The world is valid until the next trial.
        """
        self.trial.buffer[:] = self.was.buffer
        (self.trial.buffer if isinstance(value, int) else self.trial.flat)[place] = value
        self.calls[phase.name](*self._trial_arguments)
        return self.trial
