"""Scores that reward an honest forecast: none can be bettered by saying something else than what one believes."""

from __future__ import annotations

import math
from typing import Any

import numpy as np


def brier(chance: Any, happened: Any) -> float:
    """The mean squared distance between probabilities and what happened, 0 or 1; 0 is best (Brier 1950)."""
    return float(np.mean((np.asarray(chance, "f8") - np.asarray(happened, "f8")) ** 2))


def crps(draws: Any, value: float) -> float:
    """The continuous ranked probability score of an ensemble, in the unit of the value; 0 is best.

    The form that is fair to small ensembles (Ferro 2014): E|x - y| - E|x - x'| / 2, pairs of different runs only. Of
    one draw it is the absolute error. NaN of no draw.
    """
    x = np.sort(np.asarray(draws, "f8"))
    n = len(x)
    if n == 0:
        return math.nan
    error = float(np.abs(x - value).mean())
    if n == 1:
        return error
    # sum over pairs of |x_i - x_j|, from the sorted draws
    pairs = float(np.sum((2.0 * np.arange(n) - (n - 1)) * x))
    return error - pairs / (n * (n - 1))


def crps_normal(mean: float, sd: float, value: float) -> float:
    """The same score of a normal forecast, in closed form (Gneiting and Raftery 2007)."""
    if sd == 0.0:
        return abs(value - mean)
    z = (value - mean) / sd
    density = math.exp(-0.5 * z * z) / math.sqrt(2.0 * math.pi)
    below = 0.5 * (1.0 + math.erf(z / math.sqrt(2.0)))
    return sd * (z * (2.0 * below - 1.0) + 2.0 * density - 1.0 / math.sqrt(math.pi))


def area_under_curve(score: Any, happened: Any) -> float:
    """How often one who did scores higher than one who did not; ties count half. NaN if there is only one kind."""
    score, happened = np.asarray(score, "f8"), np.asarray(happened, bool)
    yes, no = score[happened], score[~happened]
    if not len(yes) or not len(no):
        return math.nan
    above = (yes[:, None] > no[None, :]).mean() + 0.5 * (yes[:, None] == no[None, :]).mean()
    return float(above)
