"""Trust and the challengers' vote through the years: each year's ensemble against the figure of that year."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any, Final

import numpy as np

from comity.history.chapter import Chapter, Score
from comity.history.playing import Played
from comity.history.record import FITTED, INFORMED, Point
from comity.history.scores import crps, crps_normal

SAMPLING: Final = 0.016
"""Standard error of a survey of one state; of the union's mean it is taken as a fifth (some 28 samples)."""
TRUST_STEP: Final = 0.058
"""Standard deviation of a year's change of trust (mechanisms.md section 4)."""
VOTE_STEP: Final = 0.0206
"""Standard deviation of a year's change of the aggregate vote, 1994-2009, before the crises that are to be foretold."""


def through_years(
    name: str,
    question: str,
    words: str,
    played: Played,
    values: Callable[[int], Any],
    points: Sequence[Point],
    first: float,
    step: float,
    before: int,
) -> Chapter:
    """A chapter on one series. `values(year)` gives the runs' values, `first` is the last figure known at the start
    (of year `before`), `step` the usual change of a year.

    Naive forecasts: that figure held for ever, and a random walk from it.
    """  # fmt: skip
    rows: list[dict[str, Any]] = []
    for point in points:
        if point.year not in played.years() or point.year <= before:
            continue
        draws = values(point.year)
        low, high = np.quantile(draws, (0.05, 0.95))
        rows.append({
            "year": point.year, "happened": point.value, "model": float(draws.mean()), "low": float(low),
            "high": float(high), "crps": crps(draws, point.value), "crps_last_value": abs(first - point.value),
            "crps_random_walk": crps_normal(first, step * math.sqrt(point.year - before), point.value),
            "inside": bool(low <= point.value <= high), "role": point.role, "source": point.source,
        })  # fmt: skip
    scores, said = [], []
    for role in (FITTED, INFORMED):
        part = [row for row in rows if row["role"] == role]
        if not part:
            continue
        mean = {
            key: float(np.mean([row[key] for row in part])) for key in ("crps", "crps_last_value", "crps_random_walk")
        }
        naive = {"last value": mean["crps_last_value"], "random walk": mean["crps_random_walk"]}
        scores.append(Score(f"{words}, {len(part)} years", "CRPS", "share", role, mean["crps"], naive))
        inside = sum(row["inside"] for row in part)
        said.append(f"{role.capitalize()}: {inside} of {len(part)} years lie inside the model's nine tenths.")
    worst = max(rows, key=lambda row: abs(row["model"] - row["happened"]))
    said.append(
        f"The furthest miss is {worst['year']}: {worst['model']:.2f} in the mean of the runs, "
        f"{worst['happened']:.2f} in fact."
    )
    return Chapter(name, question, tuple(said), tuple(scores), tuple(rows))
