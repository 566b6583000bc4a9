"""Tables are read once and turned into the few arrays that a picture needs."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from pandas import DataFrame

Numbers = NDArray[np.float64]
NINETY: Final = 1.6449
"""Standard errors on either side that hold ninety in a hundred."""
QUARTERS_PER_YEAR: Final = 4
CERTAIN_FROM: Final = 5
"""Fewer pairs of runs than this say nothing of the next one."""


@dataclass(frozen=True, slots=True)
class Band:
    """A column through the years: its mean, and the range of most runs. Arrays of one length."""

    time: Numbers
    mean: Numbers
    low: Numbers
    high: Numbers


def columns(series: DataFrame) -> list[str]:
    """The columns that a tidy or a wide table of series holds, in its order."""
    if "column" in series:
        return [str(each) for each in series["column"].unique()]
    return [str(each) for each in series.columns if each not in ("quarter", "time", "run")]


def band(series: DataFrame, column: str) -> Band:
    """One column of a tidy table (column, time, mean, low, high), or of a wide one, whose band is a line.

    KeyError with the known columns if there is none of the name; times with a missing mean are left out.
    """
    if column not in columns(series):
        raise KeyError(f"no column {column!r}; there are {', '.join(columns(series))}")
    if "column" in series:
        rows = series[series["column"] == column].sort_values("time")
        parts = [_floats(rows[part]) for part in ("time", "mean", "low", "high")]
    else:
        value = _floats(series[column])
        parts = [_floats(series["time"]), value, value, value]
    known = np.isfinite(parts[1]) & np.isfinite(parts[0])
    time, mean, low, high = (part[known] for part in parts)
    return Band(time, mean, np.where(np.isfinite(low), low, mean), np.where(np.isfinite(high), high, mean))


def _floats(values: Any) -> Numbers:
    return np.asarray(values, dtype=np.float64)


@dataclass(frozen=True, slots=True)
class Course:
    """The way through the plane, quarter by quarter: integration over the past year, respect since the start.

    It ends where the outcomes of the runs have their mean, because outcomes are taken over the same windows.
    """

    time: Numbers
    integration: Numbers
    respect: Numbers


def course(series: DataFrame) -> Course:
    """From a tidy or wide table with `integration` and `respect`."""
    deep, kind = band(series, "integration"), band(series, "respect")
    n = min(len(deep.time), len(kind.time))
    total = np.concatenate([[0.0], np.cumsum(deep.mean[:n])])
    first = np.maximum(np.arange(1, n + 1) - QUARTERS_PER_YEAR, 0)
    year = (total[1:] - total[first]) / (np.arange(1, n + 1) - first)
    return Course(deep.time[:n], year, np.cumsum(kind.mean[:n]) / np.arange(1, n + 1))


@dataclass(frozen=True, slots=True)
class Difference:
    """The second less the first under the same luck: mean, ninety-percent interval of the mean, range of most runs."""

    mean: float
    low: float
    high: float
    range_low: float
    range_high: float
    runs: int

    @property
    def clear(self) -> int:
        """1 or -1 where the interval leaves out zero; 0 where it does not, or where runs are too few to say."""
        if self.runs < CERTAIN_FROM or self.low <= 0.0 <= self.high:
            return 0
        return 1 if self.mean > 0.0 else -1


def difference(pair: Any, outcome: str) -> Difference | None:
    """Paired by run; None where an outcome is missing or no run has it on both sides."""
    first, second = (each["outcomes"] for each in pair)
    if outcome not in first or outcome not in second:
        return None
    apart = _floats((second[outcome] - first[outcome]).dropna())
    if not len(apart):
        return None
    mean = float(apart.mean())
    error = NINETY * float(apart.std(ddof=1)) / math.sqrt(len(apart)) if len(apart) > 1 else 0.0
    range_low, range_high = (float(each) for each in np.quantile(apart, (0.05, 0.95)))
    return Difference(mean, mean - error, mean + error, range_low, range_high, len(apart))


def paired(pair: Any, *outcomes: str) -> list[Numbers]:
    """For each side an array (runs, outcomes) of the runs that both have, in the same order; none if one is missing."""
    if any(outcome not in side["outcomes"] for side in pair for outcome in outcomes):
        return [np.zeros((0, len(outcomes))) for _ in pair]
    first, second = (side["outcomes"][list(outcomes)].dropna() for side in pair)
    both = first.index.intersection(second.index)
    return [_floats(side.loc[both]) for side in (first, second)]


def likeliest_exits(side: Mapping[str, Any], most: int = 3) -> dict[str, float]:
    """The members that left in the largest shares of runs, and those shares; none that stayed in all."""
    exits = side.get("exits")
    if exits is None or not len(exits):
        return {}
    top = exits.dropna().sort_values(ascending=False).head(most)
    return {str(code): float(share) for code, share in top.items() if share > 0.0}
