"""How far a figure over runs may be off: by drawing runs anew, and for rare events at least as far as Poisson says."""

from __future__ import annotations

import math
from typing import Any, Final

import numpy as np

from comity import chance

DRAWS: Final = 2000
TAIL: Final = 0.025
"""On either side of an interval of 95 percent."""
RUNS_TAIL: Final = 0.05
"""On either side of what nine runs in ten lie between."""
RARE: Final = {
    "exit_rate": "exits", "exits": "exits", "returns": "returns", "court_exits": "court_exits",
    "suspensions": "suspensions", "suspensions_per_violation": "suspensions", "threats": "threats",
}  # fmt: skip
"""Outcomes that count events, or are rates of them, and the outcome that holds the count."""
HALVINGS: Final = 200


def bootstrap(values: Any, seed: int, name: str) -> tuple[float, float]:
    """The interval (95 percent) of the mean of runs, from runs drawn anew with replacement; NaN of fewer than two."""
    known = np.asarray(values, "f8")
    known = known[~np.isnan(known)]
    if len(known) < 2:
        return math.nan, math.nan
    picks = chance.generator(seed, f"facts.{name}").integers(0, len(known), (DRAWS, len(known)))
    means = known[picks].mean(axis=1)
    low, high = np.quantile(means, (TAIL, 1.0 - TAIL))
    return float(low), float(high)


def nine_in_ten(values: Any) -> tuple[float, float]:
    """What nine runs in ten lie between; NaN where no run has a value."""
    known = np.asarray(values, "f8")
    known = known[~np.isnan(known)]
    if not len(known):
        return math.nan, math.nan
    low, high = np.quantile(known, (RUNS_TAIL, 1.0 - RUNS_TAIL))
    return float(low), float(high)


def poisson(count: int) -> tuple[float, float]:
    """The exact interval (95 percent) of an expected number of events, of which `count` were seen."""
    low = 0.0 if count == 0 else _where(lambda mean: 1.0 - _at_most(count - 1, mean), TAIL, 0.0, float(count))
    top = count + 10.0 * math.sqrt(count + 1.0) + 10.0
    return low, _where(lambda mean: -_at_most(count, mean), -TAIL, float(count), top)


def _at_most(count: int, mean: float) -> float:
    """The probability of at most so many events."""
    if mean <= 0.0:
        return 1.0
    term, total, log_mean = -mean, 0.0, math.log(mean)
    for k in range(count + 1):
        total += math.exp(term)
        term += log_mean - math.log(k + 1)
    return min(total, 1.0)


def _where(rising: Any, level: float, low: float, high: float) -> float:
    """Where a rising function reaches a level."""
    for _ in range(HALVINGS):
        middle = 0.5 * (low + high)
        low, high = (middle, high) if rising(middle) < level else (low, middle)
    return 0.5 * (low + high)


def of_rare(values: Any, counts: Any, ceiling: float, drawn: tuple[float, float]) -> tuple[float, float]:
    """An interval at least as wide as Poisson's for the events behind it, and as the one from drawing runs anew.

    `ceiling` is the rate of one event in all runs, for runs in which none happened.
    """
    total = int(round(float(np.nansum(counts))))
    low, high = poisson(total)
    value = float(np.nanmean(values)) if (~np.isnan(values)).any() else 0.0
    one = value / total if total else ceiling
    found = [edge for edge in drawn if not math.isnan(edge)] or [value]
    return min(low * one, *found), max(high * one, *found)
