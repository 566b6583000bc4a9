"""How many runs are enough: how sure the means of points, and the differences between them, are."""

from __future__ import annotations

import math
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from comity.analysis.answer import Answer
from comity.analysis.sample import Refused, Sample, sample
from comity.chance import generator
from comity.runs.interval import student
from comity.sweeps import Sweep

if TYPE_CHECKING:
    from comity.figures import Picture

MOST_PAIRS: Final = 500
WORST: Final = 0.95
AIMS: Final = (0.01, 0.005)
"""Half-widths that readers ask for, as shares of the outcome's range over points where it is no share itself."""
MOST_RUNS: Final = 100_000_000
SCALES: Final = (1, 2, 4, 8, 16, 32, 64, 128, 256)


def convergence(sweep: Sweep | str | Path, outcome: str) -> Answer:
    """How far (95 percent) the mean of a point, and the difference of two under the same luck, may be off, against the
    number of runs at each point; how many runs it takes to know both to 0.01 and 0.005.

    Refused with fewer than four runs at each point.
    """
    return convergence_of(sample(sweep, outcome))


def convergence_of(given: Sample) -> Answer:
    """Convergence of a sample. Refused as `convergence`."""
    import pandas as pd

    y = given.runs
    rows = np.isfinite(y).sum(axis=1) >= max(4, y.shape[1] // 2)
    if y.shape[1] < 4 or not rows.any():
        raise Refused(f"{y.shape[1]} runs at each point are too few to see how they converge; four are the least")
    y = y[rows]
    if np.nanmax(np.nanstd(y, axis=1)) == 0.0:
        raise Refused(f"{given.outcome} is the same in every run of a point; one run is enough")
    apart = _differences(y, given.seed)
    kinds = [("mean of a point", y), *([("difference of two points", apart)] if apart is not None else [])]
    runs = y.shape[1]
    shown = sorted({n for n in (*SCALES, runs) if 2 <= n <= runs})
    found, spread = [], {}
    for kind, values in kinds:
        spread[kind] = _typical(values)
        for n in shown:
            # Of each series its first n runs: what one would have seen after them.
            half = student(n - 1) * np.nanstd(values[:, :n], axis=1, ddof=1) / math.sqrt(n)
            found.append({
                "of": kind, "runs": n, "half_width": float(np.nanmedian(half)),
                "worst": float(np.nanquantile(half, WORST)), "seen": True,
            })  # fmt: skip
        for n in (runs * k for k in (2, 4, 8)):
            reach = student(n - 1) / math.sqrt(n)
            found.append({
                "of": kind, "runs": n, "half_width": reach * spread[kind][0], "worst": reach * spread[kind][1],
                "seen": False,
            })  # fmt: skip
    table: Any = pd.DataFrame(found)
    scale = 1.0 if given.unit == "share" else float(np.ptp(np.nanmean(y, axis=1))) or 1.0
    aims = {f"{aim:g}": {kind: enough(sd, aim * scale) for kind, (sd, _) in spread.items()} for aim in AIMS}
    now = table[(table["runs"] == runs) & table["seen"]].set_index("of")
    unit = "" if given.unit == "share" else " of the range between points"
    said = [
        f"With {runs} runs the mean of a point is known to ±{now.loc['mean of a point', 'half_width']:.3g} "
        f"(95 %; the worst twentieth of points ±{now.loc['mean of a point', 'worst']:.3g})."
    ]
    if apart is not None:
        pair = now.loc["difference of two points", "half_width"]
        said.append(f"The difference of two points under the same luck is known to ±{pair:.3g}.")
    kind = "difference of two points" if apart is not None else "mean of a point"
    first, second = (aims[f"{aim:g}"][kind] for aim in AIMS)
    subject = "such a difference" if apart is not None else "the mean"
    if first <= runs:
        said.append(
            f"That is enough to know {subject} to {AIMS[0]:g}{unit}; for {AIMS[1]:g} it takes {second:,} runs."
            if second > runs else f"That is enough to know {subject} to {AIMS[1]:g}{unit}."
        )  # fmt: skip
    else:
        said.append(f"To know {subject} to {AIMS[0]:g}{unit} takes {first:,} runs, to {AIMS[1]:g} {second:,}.")
    said += [given.noise_words(), *given.notes]

    def draw(path: str | Path | None) -> Picture:
        from comity.figures.converging import converging

        return converging(table, given.outcome, said[0], path, given.source)

    return Answer("convergence", given.outcome, tuple(said), table, {"runs": runs, "enough": aims}, draw)


def enough(sd: float, aim: float) -> int:
    """How many runs make the interval of the mean no wider than `aim` on either side; two at least."""
    low, high = 1, 2
    while student(high - 1) * sd / math.sqrt(high) > aim and high < MOST_RUNS:
        low, high = high, 2 * high
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if student(middle - 1) * sd / math.sqrt(middle) > aim else (low, middle)
    return high


def _typical(values: Any) -> tuple[float, float]:
    """The standard deviation of the middle point, and of one that nineteen in twenty do not exceed."""
    each = np.nanstd(values, axis=1, ddof=1)
    return float(np.nanmedian(each)), float(np.nanquantile(each, WORST))


def _differences(y: Any, seed: int) -> Any | None:
    """Differences between pairs of points, run by run; None with one point."""
    if len(y) < 2:
        return None
    luck = generator(seed, "convergence")
    first = luck.integers(0, len(y), MOST_PAIRS)
    second = (first + luck.integers(1, len(y), MOST_PAIRS)) % len(y)
    return y[first] - y[second]
