"""The course of some columns through many runs, for what no single number of a run can tell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from comity import engine
from comity.runs import Scenario
from comity.runs.watch import Watch

Wanted = Mapping[str, Sequence[str]]


def courses(world: Scenario, wanted: Wanted, runs: int, seed: int, workers: int | None) -> dict[str, Any]:
    """Arrays by `table.column`, (runs, quarters, rows of the table); whole numbers as such.

    `wanted` maps a table of the world (`members`, `measures`, `org`, `tallies`, `clock`) to its columns.
    """
    day = world.first_day
    watch = Watch(day.world, wanted)
    kept: list[Any] = [None] * runs

    def take(_: int, run: int, trace: engine.Trace) -> None:
        kept[run] = {name: np.array(values) for name, values in watch.read(trace.record).items()}

    engine.ensemble([day], seed, range(runs), workers, picks=watch.picks, take=take)
    return {name: np.stack([each[name] for each in kept]) for name in kept[0]}


def years_ends(values: Any) -> Any:
    """The last quarter of each year, of (runs, quarters, ...)."""
    return values[:, 3::4]


def yearly(values: Any) -> Any:
    """The mean of each year, of (runs, quarters, ...)."""
    runs, quarters = values.shape[:2]
    return values.reshape(runs, quarters // 4, 4, *values.shape[2:]).mean(axis=2)


def within(values: Any) -> Any:
    """What is left when the mean of each state is taken out, of (years, states)."""
    return values - values.mean(axis=0, keepdims=True)


def slope(change: Any, cause: Any) -> tuple[float, float]:
    """The slope within states and its standard error, of (years, states) each."""
    y, x = within(change).ravel(), within(cause).ravel()
    own = float(x @ x)
    if own <= 0.0:
        return float("nan"), float("nan")
    found = float(x @ y) / own
    free = len(y) - change.shape[1] - 1
    rest = y - found * x
    return found, float(np.sqrt(rest @ rest / max(free, 1) / own))
