"""What a policy costs, and how it does in the mean and in the worst tenth of its runs under one luck."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from comity.runs import Scenario
from comity.sweeps import Sweep
from comity.sweeps import sweep as sweep_of
from comity.sweeps.executors import cores

if TYPE_CHECKING:
    pass

WORST: Final = 0.1
"""Share of runs that the worst ones are."""


def worst(values: Any, sign: int) -> float:
    """The mean of the worst tenth of the runs that have a value; of one run at least."""
    known = np.sort(values[np.isfinite(values)] * sign)
    return float(known[: max(math.ceil(WORST * len(known)), 1)].mean() * sign) if len(known) else float("nan")


class Costs:
    """What strengths cost: the sum of `cost` times strength over the levers that have one, in shares of full dues.

    What a search may choose must not cost more than its budget: dear strengths are scaled down together, in whole
    hundredths, until they fit. So no run is wasted on a policy that nobody could pay.
    """

    def __init__(self, scenario: Scenario, levers: Sequence[str], budget: float | None) -> None:
        self.budget = budget
        self.each = {}
        for name in levers:
            said = scenario.value(f"levers.{name}")
            cost = said.get("cost", 0.0)
            self.each[name] = float(cost.get("value", 0.0) if isinstance(cost, Mapping) else cost)

    def of(self, strengths: Mapping[str, float]) -> float:
        """The cost of a policy."""
        return sum(self.each[name] * strength for name, strength in strengths.items())

    def paid(self, strengths: Mapping[str, float]) -> dict[str, float]:
        """The policy, within the budget."""
        cost = self.of(strengths)
        if self.budget is None or cost <= self.budget:
            return {name: round(strength, 2) for name, strength in strengths.items()}
        share = self.budget / cost
        return {
            name: math.floor(strength * share * 100.0) / 100.0 if self.each[name] > 0.0 else round(strength, 2)
            for name, strength in strengths.items()
        }


class Judge:
    """Plays policies: every one meets runs 0, 1, ... under the scenario's seed, and fresh luck after those."""

    def __init__(self, scenario: Scenario, levers: Sequence[str], goals: Sequence[str], workers: int | None) -> None:
        # A lever of strength zero is off: its rules are not called.
        on: dict[str, Any] = {f"levers.{name}.on": True for name in levers}
        base = scenario.with_({**on, "outcomes": list(goals)})
        vary = {f"levers.{name}.strength": {"uniform": [0.0, 1.0]} for name in levers}
        self.sweep: Sweep = sweep_of(base, vary, "random", 1, 1)
        self.function = self.sweep.function(1)
        self.levers, self.workers = tuple(levers), workers or cores()

    def play(self, strengths: Mapping[str, float], first: int, runs: int) -> Any:
        """Outcomes (runs, goals) of a policy."""
        point = self.function.points([{f"levers.{name}.strength": float(strengths[name]) for name in self.levers}])
        parts = [part for part in np.array_split(np.arange(first, first + runs), self.workers) if len(part)]

        def one(part: Any) -> Any:
            return self.sweep.outcomes_of(point, part.tolist())[0]

        if len(parts) == 1:
            return one(parts[0])
        with ThreadPoolExecutor(len(parts)) as pool:
            return np.concatenate(list(pool.map(one, parts)))
