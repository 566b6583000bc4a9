"""How far a mean over runs may be off, by Student's distribution, and where nine runs in ten lie."""

from __future__ import annotations

import functools
import math
import statistics
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

CONFIDENCE: Final = 0.95
LOW, HIGH = 0.05, 0.95
LARGE: Final = 400
"""Degrees of freedom from which the normal distribution serves: the two differ by less than a third of a percent."""


@dataclass(frozen=True, slots=True)
class Spread:
    """One quantity over runs. `low` and `high` hold nine runs in ten; `mean_low` and `mean_high` are the interval of
    the mean (95 percent). Runs without a value are left out; what cannot be known is NaN."""

    mean: float
    sd: float
    low: float
    high: float
    se: float
    mean_low: float
    mean_high: float
    runs: int


def spread(values: Any) -> Spread:
    """The spread of one quantity, one value a run."""
    known = np.asarray(values, dtype=np.float64)
    known = known[~np.isnan(known)]
    n = len(known)
    if n == 0:
        nothing = math.nan
        return Spread(nothing, nothing, nothing, nothing, nothing, nothing, nothing, 0)
    mean, (low, high) = float(known.mean()), (float(edge) for edge in np.quantile(known, (LOW, HIGH)))
    if n == 1:
        return Spread(mean, math.nan, low, high, math.nan, math.nan, math.nan, 1)
    sd = float(known.std(ddof=1))
    se = sd / math.sqrt(n)
    reach = student(n - 1) * se
    return Spread(mean, sd, low, high, se, mean - reach, mean + reach, n)


@functools.lru_cache(maxsize=1024)
def student(freedom: int, confidence: float = CONFIDENCE) -> float:
    """How many standard errors on either side hold the mean with this confidence."""
    normal = statistics.NormalDist().inv_cdf(0.5 + confidence / 2.0)
    if freedom >= LARGE:
        return normal
    low, high = normal, 1e6
    while high - low > 1e-10 * high:
        middle = math.sqrt(low * high)
        low, high = (middle, high) if _between(middle, freedom) < confidence else (low, middle)
    return high


def _between(t: float, freedom: int) -> float:
    """The probability that Student's t lies between -t and t, a finite sum (Abramowitz and Stegun 1964, 26.7.3)."""
    angle = math.atan2(t, math.sqrt(freedom))
    square = math.cos(angle) ** 2
    odd = freedom % 2
    term, total = (math.cos(angle), 0.0) if odd else (1.0, 0.0)
    for k in range(1, freedom // 2 + 1):
        total += term
        term *= square * (2 * k - 1 + odd) / (2 * k + odd)
    inner = math.sin(angle) * total
    return 2.0 / math.pi * (angle + inner) if odd else inner


def quantiles(values: Any) -> tuple[Any, Any, Any]:
    """Mean, low and high over the first axis, without what is missing; NaN where nothing is known."""
    missing = np.isnan(values)
    if not missing.any():
        low, high = np.quantile(values, (LOW, HIGH), axis=0)
        return values.mean(axis=0), low, high
    count = (~missing).sum(axis=0)
    some = count > 0
    filled = np.where(some, values, 0.0)
    low, high = np.nanquantile(filled, (LOW, HIGH), axis=0)
    mean = np.nansum(filled, axis=0) / np.maximum(count, 1)
    return tuple(np.where(some, part, np.nan) for part in (mean, low, high))  # type: ignore[return-value]
