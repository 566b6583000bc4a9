"""Coverage by simulation: the method is tried on truths of our own making, and has to find them as often as it says."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np

from comity.calibration.rejection import Draws, fit
from comity.chance import generator

SHARES: Final = (0.5, 0.9)
"""Of the posterior, around its middle, that an interval holds."""


@dataclass(frozen=True, eq=False)
class Coverage:
    """Over `truths` and parameters: `ranks` (truths, parameters) of the truth in its posterior, 0 to 1; uniform if the
    method is right. `held` says how often intervals hold the truth; `error` and `prior_error` how far medians are off,
    in places of the prior, with the facts and without."""

    truths: int
    ranks: Any = field(repr=False)
    held: dict[float, Any] = field(repr=False)
    error: Any = field(repr=False)
    prior_error: Any = field(repr=False)

    def overall(self, share: float) -> float:
        """The share of truths, all parameters together, that an interval of this share held."""
        return float(self.held[share].mean())

    def evenness(self) -> Any:
        """Largest distance of each parameter's ranks from uniform (Kolmogorov): (parameters,)."""
        ordered = np.sort(self.ranks, axis=0)
        steps = np.arange(1, self.truths + 1)[:, None] / self.truths
        return np.maximum(np.abs(ordered - steps), np.abs(ordered - steps + 1.0 / self.truths)).max(axis=0)

    @property
    def bound(self) -> float:
        """The distance that ranks of a right method pass in one parameter of twenty."""
        return 1.358 / float(np.sqrt(self.truths))


def coverage(given: Draws, truths: int, share: float, seed: int) -> Coverage:
    """Take runs for truth in turn, fit to what they show without their own point, and look where they lie.

    After Talts et al. 2018. ValueError if there are too few draws.
    """
    luck = generator(seed, "calibration.truths")
    chosen = luck.choice(len(given.facts), min(truths, len(given.facts)), replace=False)
    k = given.units.shape[1]
    ranks, error = np.empty((len(chosen), k)), np.empty((len(chosen), k))
    held = {each: np.empty((len(chosen), k)) for each in SHARES}
    middle = np.median(given.units, axis=0)
    for row, pick in enumerate(chosen):
        truth = given.units[pick]
        found = fit(given.without(int(given.point[pick])), given.facts[pick], share)
        ranks[row] = found.weights @ (found.units < truth)
        for j in range(k):
            error[row, j] = abs(float(found.quantiles(j, 0.5)) - truth[j])
        for each in SHARES:
            held[each][row] = np.abs(ranks[row] - 0.5) <= each / 2.0
    prior = np.abs(given.units[chosen] - middle)
    return Coverage(
        len(chosen), ranks, {each: part.mean(axis=0) for each, part in held.items()}, error.mean(axis=0),
        prior.mean(axis=0),
    )  # fmt: skip
