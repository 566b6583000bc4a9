"""A cheap stand-in for the model: each target as a quadratic in the parameters, with how far it may be off."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np

PENALTIES: Final = (0.01, 0.1, 1.0, 10.0, 100.0, 1000.0)
MANY: Final = 1.5
"""Points for each coefficient from which products of two parameters are fitted, too."""
RESOLVED: Final = 3.0
"""Standard errors beyond which a coefficient counts."""


def terms(units: Any, crossed: bool) -> tuple[Any, list[tuple[int, ...]]]:
    """Legendre polynomials at places of the prior, of mean 0 and variance 1 over it: columns, and whose each is.

    Because they are uncorrelated over the prior, squares of coefficients add up to the variance that they explain.
    """
    x = 2.0 * np.asarray(units, "f8") - 1.0
    k = x.shape[1]
    first = np.sqrt(3.0) * x
    columns: list[Any] = [first, np.sqrt(5.0) * (1.5 * x**2 - 0.5)]
    whose: list[tuple[int, ...]] = [*((j,) for j in range(k)), *((j,) for j in range(k))]
    if crossed:
        pairs = [(i, j) for i in range(k) for j in range(i + 1, k)]
        columns.append(np.column_stack([first[:, i] * first[:, j] for i, j in pairs]) if pairs else x[:, :0])
        whose += pairs
    return np.column_stack(columns), whose


@dataclass(frozen=True, eq=False)
class Emulator:
    """One target over the prior: intercept, coefficients with their errors, and the variance of what is left."""

    crossed: bool
    middle: float
    coefficients: Any = field(repr=False)
    errors: Any = field(repr=False)
    whose: tuple[tuple[int, ...], ...] = field(repr=False)
    left: float
    """Variance of a left-out point's mean around the prediction: lack of fit, and luck in the mean."""
    explained: float
    """Share of the variance of left-out points that is predicted."""

    def at(self, units: Any) -> Any:
        """Predictions (points,)."""
        return self.middle + terms(units, self.crossed)[0] @ self.coefficients

    def reach(self, j: int) -> float:
        """How far parameter `j`, alone and with others, moves the target over its prior: a standard deviation.

        Coefficients within three of their errors do not count.
        """
        clear = np.abs(self.coefficients) > RESOLVED * self.errors
        part = [c for c, of, ok in zip(self.coefficients, self.whose, clear, strict=True) if j in of and ok]
        return float(np.sqrt(np.sum(np.square(part)))) if part else 0.0


def emulate(units: Any, means: Any) -> Emulator:
    """Ridge regression on the points that have a value, the penalty by leaving each out in turn.

    ValueError if fewer than ten points have one.
    """
    known = np.isfinite(means)
    if known.sum() < 10:
        raise ValueError("fewer than ten points have a value; nothing can be learned from them")
    n, k = int(known.sum()), units.shape[1]
    crossed = n > MANY * (2 * k + k * (k - 1) // 2)
    x, whose = terms(units[known], crossed)
    y = means[known]
    middle, at = float(y.mean()), x.mean(axis=0)
    u, s, vt = np.linalg.svd(x - at, full_matrices=False)
    z = u.T @ (y - middle)
    best: tuple[float, float] | None = None
    for penalty in PENALTIES:
        shrink = s**2 / (s**2 + penalty)
        leverage = np.minimum((u**2) @ shrink + 1.0 / n, 0.999)
        off = ((y - middle) - u @ (shrink * z)) / (1.0 - leverage)
        score = float(np.mean(off**2))
        if best is None or score < best[0]:
            best = (score, penalty)
    assert best is not None
    left, penalty = best
    coefficients = vt.T @ (s / (s**2 + penalty) * z)
    errors = np.sqrt(left * ((vt.T * (s / (s**2 + penalty))) ** 2).sum(axis=1))
    variance = float(y.var())
    explained = max(1.0 - left / variance, 0.0) if variance > 0.0 else 0.0
    return Emulator(crossed, middle - float(at @ coefficients), coefficients, errors, tuple(whose), left, explained)
