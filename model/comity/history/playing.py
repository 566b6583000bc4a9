"""A history is played many times, with all that is uncertain drawn anew in each run, and watched column by column."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from comity import engine
from comity.runs import Scenario
from comity.runs.watch import Watch


@dataclass(frozen=True)
class Played:
    """Arrays (runs, quarters, ...) by `table.column`, of one scenario; `start` is the year of its first quarter."""

    scenario: Scenario
    seen: Mapping[str, Any]
    members: tuple[str, ...]
    start: int

    def place(self, quarter: str) -> int:
        """The index of a quarter such as `2016Q3`; ValueError if the scenario does not reach it."""
        year, part = quarter.split("Q")
        place = (int(year) - self.start) * 4 + int(part) - 1
        if not 0 <= place < next(iter(self.seen.values())).shape[1]:
            raise ValueError(f"{self.scenario.name} does not reach {quarter}")
        return place

    def years(self) -> range:
        """The whole years that were played."""
        return range(self.start, self.start + next(iter(self.seen.values())).shape[1] // 4)

    def of_year(self, column: str, year: int) -> Any:
        """The mean of a column over the four quarters of a year: (runs, ...)."""
        first = (year - self.start) * 4
        return self.seen[column][:, first : first + 4].mean(axis=1)


def play(
    scenario: Scenario,
    wanted: Mapping[str, Sequence[str]],
    runs: int,
    seed: int,
    workers: int | None = None,
    done: Callable[[int], None] | None = None,
) -> Played:
    """The columns `wanted` (table to columns) of runs 0, 1, ..., by quarter; the same for any number of workers."""
    day = scenario.first_day
    watch = Watch(day.world, wanted)
    found: list[Any] = [None] * runs

    def take(_: int, run: int, trace: Any) -> None:
        found[run] = watch.read(np.array(trace.record))

    engine.ensemble([day], seed, range(runs), workers, done, watch.picks, take)
    seen = {name: np.stack([each[name] for each in found]) for name in found[0]}
    return Played(scenario, seen, tuple(day.members), int(day.start))
