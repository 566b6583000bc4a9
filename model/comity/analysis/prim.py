"""PRIM: the box in which most points are of interest, by peeling and pasting (Friedman and Fisher 1999)."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np

from comity.analysis.sample import Factors

PEEL: Final = 0.05
PASTE: Final = 0.05
LEAST: Final = 0.05
"""Patience, pasting, and the share of the points below which a box does not fall: the paper's usual values."""


@dataclass(frozen=True, eq=False)
class Box:
    """Limits of each factor: `low` and `high` of numbers (inclusive), `kept` levels of a category."""

    low: Any
    high: Any
    kept: tuple[Any, ...]

    @classmethod
    def around(cls, factors: Factors) -> Box:
        """The box that holds every point."""
        kept = tuple(None if told is None else np.ones(len(told), bool) for told in factors.levels)
        return cls(factors.values.min(axis=0), factors.values.max(axis=0), kept)

    def holds(self, factors: Factors, j: int) -> Any:
        """Which points lie within the limits of one factor."""
        values = factors.values[:, j]
        kept = self.kept[j]
        if kept is not None:
            return kept[values.astype("i8")]
        return (values >= self.low[j]) & (values <= self.high[j])

    def inside(self, factors: Factors, but: int = -1) -> Any:
        """Which points lie in the box; `but` is a factor whose limits are left out."""
        found = np.ones(len(factors.values), bool)
        for j in range(len(factors)):
            if j != but:
                found &= self.holds(factors, j)
        return found

    def restricted(self, whole: Box) -> list[int]:
        """The factors that the box limits."""
        return [
            j
            for j, kept in enumerate(self.kept)
            if (not kept.all() if kept is not None else self.low[j] > whole.low[j] or self.high[j] < whole.high[j])
        ]

    def moved(self, j: int, low: float | None = None, high: float | None = None, kept: Any = None) -> Box:
        """The box with another limit."""
        lows, highs, sets = self.low.copy(), self.high.copy(), list(self.kept)
        if low is not None:
            lows[j] = low
        if high is not None:
            highs[j] = high
        if kept is not None:
            sets[j] = kept
        return Box(lows, highs, tuple(sets))


@dataclass(frozen=True, eq=False)
class Step:
    """A box of the trajectory: coverage (of all that is of interest, inside), density (of what is inside, of
    interest), mass (of all points, inside)."""

    box: Box = field(repr=False)
    coverage: float
    density: float
    mass: float
    restricted: tuple[int, ...]

    @classmethod
    def of(cls, box: Box, whole: Box, factors: Factors, y: Any) -> Step:
        """A box and how good it is; `y` is 1 for points of interest and 0 for others."""
        inside = box.inside(factors)
        count, hits = int(inside.sum()), float(y[inside].sum())
        return cls(box, hits / float(y.sum()), hits / max(count, 1), count / len(y), tuple(box.restricted(whole)))


def trajectory(factors: Factors, y: Any, peel: float = PEEL, paste: float = PASTE, least: float = LEAST) -> list[Step]:
    """Every box from the one that holds all to the last pasted one.

    Each peel takes away the share `peel` of the points where the mean of the rest gets highest; of equal ones, that
    which limits fewer factors. Pasting then gives back what does not lower the mean. No box holds fewer than the share
    `least` of the points.
    """
    whole = Box.around(factors)
    box, steps, n = whole, [Step.of(whole, whole, factors, y)], len(y)
    while True:
        inside = box.inside(factors)
        best = _best(_peels(box, factors, inside, peel), whole, factors, y)
        if best is None or not least * n <= best.inside(factors).sum() < inside.sum() or steps[-1].density >= 1.0:
            break
        box = best
        steps.append(Step.of(box, whole, factors, y))
        if steps[-1].density <= 0.0:
            steps.pop()
            break
    while True:
        now = steps[-1]
        best = _best(_pastes(now.box, whole, factors, paste), whole, factors, y)
        if best is None:
            break
        step = Step.of(best, whole, factors, y)
        if step.mass <= now.mass or step.density <= now.density:
            break
        steps.append(step)
    return steps


def _best(candidates: list[Box], whole: Box, factors: Factors, y: Any) -> Box | None:
    found: Box | None = None
    score = (-math.inf, 0)
    for box in candidates:
        inside = box.inside(factors)
        if not inside.any():
            continue
        own = (float(y[inside].mean()), -len(box.restricted(whole)))
        if own > score:
            found, score = box, own
    return found


def _peels(box: Box, factors: Factors, inside: Any, share: float) -> list[Box]:
    found = []
    for j in range(len(factors)):
        values, kept = factors.values[inside, j], box.kept[j]
        if kept is not None:
            present = np.unique(values.astype("i8"))
            for level in present if len(present) > 1 else ():
                rest = kept.copy()
                rest[level] = False
                found.append(box.moved(j, kept=rest))
            continue
        ordered = np.sort(values)
        if ordered[0] == ordered[-1]:
            continue
        found.append(box.moved(j, high=cut(ordered, 1.0 - share)))
        found.append(box.moved(j, low=cut(ordered, share)))
    return found


def _pastes(box: Box, whole: Box, factors: Factors, share: float) -> list[Box]:
    found = []
    for j in box.restricted(whole):
        kept = box.kept[j]
        beside = box.inside(factors, but=j)
        if kept is not None:
            for level in np.flatnonzero(~kept):
                more = kept.copy()
                more[level] = True
                found.append(box.moved(j, kept=more))
            continue
        values = factors.values[beside, j]
        below, above = np.sort(values[values < box.low[j]]), np.sort(values[values > box.high[j]])
        if box.low[j] > whole.low[j]:
            found.append(box.moved(j, low=cut(below, 1.0 - share) if len(below) > 1 else whole.low[j]))
        if box.high[j] < whole.high[j]:
            found.append(box.moved(j, high=cut(above, share) if len(above) > 1 else whole.high[j]))
    return found


def cut(ordered: Any, share: float) -> float:
    """A limit half-way between the two values on either side of a quantile; equal values stay on one side."""
    at = share * (len(ordered) - 1)
    low, high = math.floor(at), math.ceil(at)
    if share > 0.5:
        while ordered[low] == ordered[high] and low > 0:
            low -= 1
    else:
        while ordered[low] == ordered[high] and high < len(ordered) - 1:
            high += 1
    return float(ordered[low] + ordered[high]) / 2.0


def chance_of(step: Step, factors: Factors, y: Any) -> dict[int, float]:
    """For each limited factor, how likely so many hits are if it did not matter (Bryant and Lempert 2010): the binomial
    probability of as many in the box as there are, at the density without the factor's limits."""
    from scipy.stats import binom

    inside = step.box.inside(factors)
    count, hits = int(inside.sum()), int(y[inside].sum())
    found = {}
    for j in step.restricted:
        without = step.box.inside(factors, but=j)
        found[j] = float(binom.sf(hits - 1, count, float(y[without].mean())))
    return found


def resampled(factors: Factors, y: Any, step: Step, times: int, luck: Any) -> Any:
    """In which share of half samples each factor is limited, in the box that covers as much as `step` (Bryant and
    Lempert 2010)."""
    n, counts, done = len(y), np.zeros(len(factors)), 0
    for _ in range(times):
        rows = luck.permutation(n)[: n // 2]
        if y[rows].sum() < 1.0 or y[rows].all():
            continue
        steps = trajectory(factors.take(rows), y[rows])
        near = min(steps, key=lambda each: abs(each.coverage - step.coverage))
        counts[list(near.restricted)] += 1.0
        done += 1
    return counts / max(done, 1)


def choice(steps: list[Step]) -> int:
    """The box that is best in coverage and density together (their harmonic mean), and simple: of those that come
    within 0.02 of the best, that with the fewest limits."""
    scores = [
        2.0 * step.coverage * step.density / (step.coverage + step.density) if step.coverage > 0.0 else 0.0
        for step in steps
    ]
    near = [k for k, score in enumerate(scores) if score >= max(scores) - 0.02]
    return min(near, key=lambda k: (len(steps[k].restricted), -scores[k]))
