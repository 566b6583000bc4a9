"""Points of a sweep that no other point beats in several outcomes at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from comity.analysis.answer import Answer
from comity.analysis.direction import directions
from comity.analysis.fronts import knee, unbeaten
from comity.analysis.sample import Refused, Sample, constant, sample
from comity.chance import generator
from comity.sweeps import Sweep

if TYPE_CHECKING:
    from comity.figures import Picture

RESAMPLES: Final = 200
LOW, HIGH = 0.025, 0.975
SURE: Final = 0.5


def pareto(
    sweep: Sweep | str | Path,
    outcomes: str | Sequence[str] = ("integration", "respect"),
    stated: Mapping[str, str] | None = None,
    resamples: int = RESAMPLES,
) -> Answer:
    """The points that no other beats in all of `outcomes`, by their means, with how often luck would keep each there.

    Directions are the outcomes' own; `stated` gives max or min where they have none. `share` is in how many of the
    resampled sets of runs the point stays unbeaten. Two outcomes are drawn against each other, more as parallel
    coordinates. Refused with fewer than two outcomes or without a direction.
    """
    names = [outcomes] if isinstance(outcomes, str) else list(dict.fromkeys(outcomes))
    if len(names) < 2:
        raise Refused("a Pareto set needs two outcomes or more, as in --outcome integration --outcome respect")
    signs = directions(names, stated)
    return pareto_of([sample(sweep, name) for name in names], signs, resamples)


def pareto_of(given: Sequence[Sample], signs: Mapping[str, int], resamples: int = RESAMPLES) -> Answer:
    """The Pareto set of samples of the same points. Refused as `pareto`."""
    names = [each.outcome for each in given]
    for each in given:
        constant(each.outcome, each.means[np.isfinite(each.means)])
    sign = np.array([signs[name] for name in names], "f8")
    means = np.column_stack([each.means for each in given])
    known = np.isfinite(means).all(axis=1)
    if not known.any():
        raise Refused(f"no point has {' and '.join(names)} at once")
    rows = np.flatnonzero(known)
    best = unbeaten(means[rows] * sign)
    share, low, high = _again(given, rows, sign, resamples)
    bend = rows[best][knee(means[rows][best] * sign)]
    table = _table(given[0], names, rows, means, low, high)
    table["unbeaten"], table["share"], table["knee"] = best, share, rows == bend
    sentences = _words(given[0], names, means, best, share, table, signs)
    lost = int((~known).sum())
    if lost:
        sentences.append(f"{lost} points lack a value and are left out.")
    sentences += dict.fromkeys(note for each in given for note in each.notes if "no fair" not in note)
    facts = {"outcomes": names, "directions": dict(signs), "points": len(rows), "unbeaten": int(best.sum())}

    def draw(path: str | Path | None) -> Picture:
        from comity.figures.front import front
        from comity.figures.parallel import parallel

        if len(names) > 2:
            return parallel(table, names, given[0].factors.names, signs, path, given[0].source)
        return front(table, names[:2], signs, path, given[0].source)

    return Answer("pareto", " ".join(names), tuple(sentences), table, facts, draw)


def _again(given: Sequence[Sample], rows: Any, sign: Any, resamples: int) -> tuple[Any, Any, Any]:
    """How often each row is unbeaten if runs had been drawn otherwise, the same ones at all points; intervals."""
    runs = np.stack([each.runs[rows] for each in given], axis=2)  # points, runs, outcomes
    n, r = runs.shape[:2]
    if r < 2:
        return np.full(n, np.nan), np.full((n, len(given)), np.nan), np.full((n, len(given)), np.nan)
    luck = generator(given[0].seed, "pareto")
    filled, there = np.where(np.isnan(runs), 0.0, runs), (~np.isnan(runs)).astype("f8")
    kept, drawn = np.zeros(n), np.empty((resamples, n, len(given)))
    for k in range(resamples):
        weight = np.bincount(luck.integers(0, r, r), minlength=r).astype("f8")
        total = np.einsum("nrk,r->nk", filled, weight)
        count = np.einsum("nrk,r->nk", there, weight)
        drawn[k] = np.where(count > 0, total / np.maximum(count, 1.0), np.nan)
        kept += unbeaten(np.where(np.isnan(drawn[k]), -np.inf, drawn[k] * sign))
    low, high = np.nanquantile(drawn, (LOW, HIGH), axis=0)
    return kept / resamples, low, high


def _table(first: Sample, names: list[str], rows: Any, means: Any, low: Any, high: Any) -> Any:
    import pandas as pd

    told: dict[str, Any] = {"design_id": rows}
    for j, name in enumerate(first.factors.names):
        column = first.factors.values[rows, j]
        levels = first.factors.levels[j]
        told[name] = column if levels is None else [levels[int(value)] for value in column]
    for j, name in enumerate(names):
        told[name], told[f"{name}_low"], told[f"{name}_high"] = means[rows, j], low[:, j], high[:, j]
    return pd.DataFrame(told)


def _words(
    first: Sample, names: list[str], means: Any, best: Any, share: Any, table: Any, signs: Mapping[str, int]
) -> list[str]:
    count, many = int(best.sum()), len(best)
    verb = "is" if count == 1 else "are"
    said = [f"{count} of {many} points {verb} beaten by no other in {' and '.join(names)} at once."]
    if count > 1:
        row = table[table["knee"]].iloc[0]
        parts = ", ".join(f"{name} {row[name]:.3g}" for name in names)
        factors = ", ".join(f"{name} {_value(row[name])}" for name in first.factors.names[:6])
        more = f" and {len(first.factors) - 6} more" if len(first.factors) > 6 else ""
        said.append(f"Its knee is point {int(row['design_id'])} ({parts}): {factors}{more}.")
    unsure = int((best & (share < SURE)).sum())
    close = int((~best & (share >= 0.05)).sum())
    if np.isnan(share).any():
        said.append("With one run at each point nobody can say how surely.")
    elif unsure or close:
        said.append(
            f"Within noise: {unsure} of them stay unbeaten in less than half of resampled runs, and {close} others "
            "enter in one of twenty or more."
        )
    return said


def _value(value: Any) -> str:
    return f"{value:.3g}" if isinstance(value, float) else str(value)
