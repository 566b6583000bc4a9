"""Approximate Bayesian computation: keep the runs nearest to the facts, and take off what their distance explains."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from statistics import NormalDist
from typing import Any, Final

import numpy as np

from comity.arithmetic import normal_quantile
from comity.calibration.document import Calibration
from comity.calibration.stages import Stage, stored
from comity.chance import generator

EDGE: Final = 1e-6
LEAST: Final = 40
"""Runs that are kept at least."""
EACH: Final = 10
"""And for each slope of the regression: fitted to fewer, it would leave intervals that are far too narrow."""
RIDGE: Final = 1e-3


@dataclass(frozen=True, eq=False)
class Draws:
    """Runs as draws from the joint distribution of parameters and facts: `units` (draws, parameters), `facts` (draws,
    targets) with the source's error added, `point` (draws,) of which point each is."""

    units: Any = field(repr=False)
    facts: Any = field(repr=False)
    point: Any = field(repr=False)

    def without(self, point: int) -> Draws:
        """All but those of a point."""
        keep = self.point != point
        return Draws(self.units[keep], self.facts[keep], self.point[keep])

    def only(self, columns: list[int]) -> Draws:
        """Some of the facts."""
        return Draws(self.units, self.facts[:, columns], self.point)


def draws(what: Calibration, stage: Stage, name: str = "abc") -> Draws:
    """Each run of each point as one draw; runs that miss a fact are none.

    To the value of a history the error of its source is added (normal); a rate is counted anew over the exposure of its
    source (Poisson), because what a source counted is luck, too.
    """
    luck = generator(what.seed, f"calibration.{name}")
    points, runs, k = stage.seen.shape
    facts = np.empty((points, runs, k))
    for j, target in enumerate(what.targets):
        seen = stage.seen[:, :, j]
        if target.kind == "rate":
            rate = np.where(np.isfinite(seen), seen, 0.0) ** 2
            count = luck.poisson(rate * target.exposure).astype("f8")
            facts[:, :, j] = np.where(np.isfinite(seen), np.sqrt((count + 0.25) / target.exposure), np.nan)
        else:
            facts[:, :, j] = seen + target.error * luck.standard_normal((points, runs))
    units = np.repeat(stage.units, runs, axis=0)
    flat, point = facts.reshape(points * runs, k), np.repeat(np.arange(points), runs)
    whole = np.isfinite(flat).all(axis=1)
    return Draws(units[whole], flat[whole], point[whole])


def observed(what: Calibration) -> Any:
    """What was found, as `draws` sees it: (targets,)."""
    return np.array([
        float(np.sqrt((round(each.value * each.exposure) + 0.25) / each.exposure)) if each.kind == "rate"
        else each.observed for each in what.targets
    ])  # fmt: skip


@dataclass(frozen=True, eq=False)
class Posterior:
    """Weighted draws: `units` (draws, parameters) after adjustment, `kept` their rows, `weights` that add up to one."""

    units: Any = field(repr=False)
    weights: Any = field(repr=False)
    kept: Any = field(repr=False)
    distance: float = 0.0

    @property
    def effective(self) -> float:
        """How many equal draws the weighted ones are worth (Kish)."""
        return float(1.0 / np.sum(self.weights**2))

    def quantiles(self, j: int, shares: Any) -> Any:
        """Of parameter `j`, in places of the prior."""
        return weighted_quantiles(self.units[:, j], self.weights, shares)

    def sample(self, luck: Any, n: int) -> Any:
        """`n` draws (n, parameters) of equal weight."""
        return self.units[luck.choice(len(self.units), n, p=self.weights)]


def weighted_quantiles(values: Any, weights: Any, shares: Any) -> Any:
    """Quantiles of weighted values."""
    order = np.argsort(values, kind="stable")
    below = np.cumsum(weights[order]) - 0.5 * weights[order]
    return np.interp(np.asarray(shares, "f8"), below / weights.sum(), values[order])


def fit(given: Draws, facts: Any, share: float) -> Posterior:
    """The posterior given what was found (targets,): rejection, then local-linear adjustment (Beaumont et al. 2002).

    Distances are in units of each fact's spread over all draws. Regression is on normal scores of the places in the
    prior, so that adjusted parameters stay within it. ValueError if too few draws are there.
    """
    n = len(given.facts)
    if n < LEAST:
        raise ValueError(f"{n} whole runs are too few to fit to; {LEAST} are the least")
    middle = np.median(given.facts, axis=0)
    spread = 1.4826 * np.median(np.abs(given.facts - middle), axis=0)
    spread = np.where(spread > 0.0, spread, np.maximum(given.facts.std(axis=0), 1e-12))
    away = (given.facts - facts) / spread
    distance = np.sqrt((away**2).sum(axis=1))
    count = min(max(int(round(share * n)), LEAST, EACH * (1 + len(facts))), n)
    order = np.argsort(distance, kind="stable")[:count]
    edge = float(distance[order[-1]]) * (1.0 + 1e-9) + 1e-12
    weights = 1.0 - (distance[order] / edge) ** 2  # Epanechnikov
    weights = np.maximum(weights, 1e-9)
    weights /= weights.sum()
    scores = normal_scores(given.units[order])
    x = np.column_stack([np.ones(count), away[order]])
    gram = (x * weights[:, None]).T @ x
    ridge = RIDGE * np.diag([0.0, *np.diag(gram)[1:]])
    slopes = np.linalg.solve(gram + ridge + 1e-12 * np.eye(len(gram)), (x * weights[:, None]).T @ scores)
    adjusted = scores - away[order] @ slopes[1:]
    return Posterior(_places(adjusted), weights, order, edge)


def from_stored(what: Calibration, folders: Mapping[str, str | Path]) -> Posterior:
    """The posterior from kept sweeps, one for each world, whose points span the priors; as `stages.stored`."""
    return fit(draws(what, stored(what, folders)), observed(what), what.accepted)


def normal_scores(units: Any) -> Any:
    """Places of the prior as normal scores."""
    return _QUANTILE(np.clip(units, EDGE, 1.0 - EDGE))


def _places(scores: Any) -> Any:
    return _SHARE(np.clip(scores, -6.0, 6.0)).astype("f8")


_QUANTILE: Final = np.vectorize(lambda unit: normal_quantile(float(unit)), otypes=["f8"])
_SHARE: Final = np.vectorize(NormalDist().cdf, otypes=["f8"])
