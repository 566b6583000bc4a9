"""Scenario discovery: in which part of the factors' space an outcome is bad, or good, in a few limits."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from comity.analysis.answer import Answer, listed
from comity.analysis.direction import direction
from comity.analysis.prim import Box, chance_of, choice, resampled, trajectory
from comity.analysis.sample import Refused, Sample, sample
from comity.chance import generator
from comity.sweeps import Sweep

if TYPE_CHECKING:
    from comity.figures import Picture

TIMES: Final = 20
QUARTER: Final = 0.25
UNSURE: Final = 0.05
FEWEST: Final = 20
"""Points of interest, and others, below which a box means nothing."""


def prim(
    sweep: Sweep | str | Path,
    outcome: str,
    below: float | None = None,
    above: float | None = None,
    box: int | None = None,
    times: int = TIMES,
) -> Answer:
    """The box of a sweep's points in which the outcome lies below, or above, a number: by default its worst quarter.

    `box` picks another one of the trajectory, counted from 0; `times` half samples tell how often each factor is
    limited. The points' means over the runs are judged. Refused if too few points are of interest.
    """
    return prim_of(sample(sweep, outcome), below, above, box, times)


def prim_of(
    given: Sample, below: float | None = None, above: float | None = None, box: int | None = None, times: int = TIMES
) -> Answer:
    """The box of a sample. Refused as `prim`."""
    import pandas as pd

    given = given.whole()
    y, said = _interest(given, below, above)
    hits = int(y.sum())
    if min(hits, len(y) - hits) < FEWEST:
        raise Refused(
            f"{hits} of {len(y)} points have {said}; a box needs at least {FEWEST} of both kinds. "
            f"Choose another limit with --below or --above, or run more points"
        )
    factors, whole = given.factors, Box.around(given.factors)
    steps = trajectory(factors, y)
    if box is not None and not 0 <= box < len(steps):
        raise Refused(f"there is no box {box}; there are 0 to {len(steps) - 1}")
    picked = choice(steps) if box is None else box
    step = steps[picked]
    chances = chance_of(step, factors, y)
    again = resampled(factors, y, step, times, generator(given.seed, "prim.resampled"))
    rows = []
    for j in sorted(step.restricted, key=lambda j: chances[j]):
        kept = step.box.kept[j]
        rows.append({
            "factor": factors.names[j],
            "low": None if kept is not None else float(step.box.low[j]),
            "high": None if kept is not None else float(step.box.high[j]),
            "range_low": None if kept is not None else float(whole.low[j]),
            "range_high": None if kept is not None else float(whole.high[j]),
            "levels": None if kept is None else ", ".join(np.array(factors.levels[j])[kept]),
            "quasi_p": chances[j],
            "reproduced": float(again[j]),
        })  # fmt: skip
    columns = ["factor", "low", "high", "range_low", "range_high", "levels", "quasi_p", "reproduced"]
    table: Any = pd.DataFrame(rows, columns=columns).astype({"levels": object})
    table["levels"] = [row["levels"] for row in rows]
    limits = [_limit(row) for row in rows]
    rate = f"{hits / len(y):.0%}".replace("%", " %")
    begins = f"{said[0].upper()}{said[1:]} in {rate} of {len(y)} points"
    inside, holds = 100.0 * step.density, 100.0 * step.coverage
    sentences = [
        f"{begins}, and in {inside:.0f} % of those where {listed(limits, 5)}; "
        f"this holds {holds:.0f} % of all such points."
        if limits
        else f"{begins}; no box holds clearly more of them."
    ]
    unsure = [str(r.factor) for r in table.itertuples() if r.quasi_p > UNSURE or r.reproduced < 0.5]
    if unsure:
        sentences.append(f"Within noise: the limit{'s' if len(unsure) > 1 else ''} on {listed(unsure)}.")
    sentences += [given.noise_words(), *given.notes]
    path_rows = [
        {"box": k, "coverage": s.coverage, "density": s.density, "mass": s.mass, "limits": len(s.restricted)}
        for k, s in enumerate(steps)
    ]
    facts = {
        "interest": said, "hits": hits, "points": len(y), "box": picked, "coverage": step.coverage,
        "density": step.density, "mass": step.mass, "noise_share": given.noise(), "trajectory": path_rows,
    }  # fmt: skip

    def draw(path: str | Path | None) -> Picture:
        from comity.figures.discovery import discovery

        return discovery(path_rows, rows, picked, said, hits / len(y), path, given.source)

    return Answer("prim", given.outcome, tuple(sentences), table, facts, draw)


def _interest(given: Sample, below: float | None, above: float | None) -> tuple[Any, str]:
    """Points of interest as 1, and what is said of them."""
    if below is not None and above is not None:
        raise Refused("say below or above, not both")
    y, name = given.means, given.outcome.replace("_", " ")
    if below is None and above is None:
        if direction(given.outcome) < 0:
            above = float(np.quantile(y, 1.0 - QUARTER))
        else:
            below = float(np.quantile(y, QUARTER))
    if below is not None:
        return (y < below).astype("f8"), f"{name} is below {below:.3g}"
    return (y > above).astype("f8"), f"{name} is above {above:.3g}"


def _limit(row: dict[str, Any]) -> str:
    """A limit in words; an end that is the range's own is not told."""
    name = str(row["factor"])
    if row["levels"] is not None:
        return f"{name} is {row['levels'].replace(', ', ' or ')}"
    low, high = row["low"] > row["range_low"], row["high"] < row["range_high"]
    if low and high:
        return f"{name} is from {row['low']:.3g} to {row['high']:.3g}"
    return f"{name} is above {row['low']:.3g}" if low else f"{name} is below {row['high']:.3g}"
