"""Which factors make the outcome vary: Sobol' indices, and Morris's elementary effects, through SALib."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from comity.analysis.answer import Answer, listed
from comity.analysis.sample import MOST_DROPPED, Factors, Refused, Sample, constant, needs, sample
from comity.sweeps import Sweep

if TYPE_CHECKING:
    from comity.figures import Picture

RESAMPLES: Final = 100
FEWEST: Final = 8
"""Base points, or walks, below which no interval means anything."""
CONFIDENCE: Final = 0.95


def sobol(sweep: Sweep | str | Path, outcome: str, resamples: int = RESAMPLES) -> Answer:
    """Sobol' indices of a `saltelli` sweep: shares of variance, alone (S1), with all others (ST), in pairs (S2).

    Intervals (95 percent) are from resampled base points. Refused if the design is another one or is not whole.
    """
    return sobol_of(sample(sweep, outcome), resamples)


def sobol_of(given: Sample, resamples: int = RESAMPLES) -> Answer:
    """Sobol' indices of a sample in Saltelli's order. Refused as `sobol`."""
    import pandas as pd

    analyze = needs("SALib.analyze.sobol").analyze
    if given.design != "saltelli":
        raise Refused(
            f"Sobol' indices need a sweep of design saltelli, and this is {given.design}; pawn works on any design"
        )
    k = len(given.factors)
    width = 2 * k + 2 if given.second_order else k + 2
    points = given.factors.values.reshape(-1, width, k) if len(given.runs) % width == 0 else None
    if points is None or not saltelli(points, given.second_order):
        raise Refused(
            "the points are not in the order of a Saltelli design; indices of shuffled rows look right and mean "
            "nothing. Collect the sweep again, or run it anew"
        )
    y, notes = _blocks(given, width)
    constant(given.outcome, y)
    names = list(given.factors.names)
    problem = {"num_vars": k, "names": names, "bounds": [[0.0, 1.0]] * k}
    found = analyze(
        problem, y, calc_second_order=given.second_order, num_resamples=resamples, conf_level=CONFIDENCE,
        seed=given.seed % 2**32,
    )  # fmt: skip
    rows = []
    for index in ("S1", "ST"):
        for j, name in enumerate(names):
            rows.append(_row(index, name, None, found[index][j], found[f"{index}_conf"][j]))
    if given.second_order:
        for i in range(k):
            for j in range(i + 1, k):
                rows.append(_row("S2", names[i], names[j], found["S2"][i, j], found["S2_conf"][i, j]))
    table: Any = pd.DataFrame(rows)
    noise = given.noise()
    sentences = (*_sobol_words(given, table), given.noise_words(), *notes)
    facts = {"base_points": len(y) // width, "points": len(y), "noise_share": noise, "confidence": CONFIDENCE}

    def draw(path: str | Path | None) -> Picture:
        from comity.figures.ranked import Mark, ranked

        marks = []
        for index, words in (("ST", "with all others (ST)"), ("S1", "alone (S1)")):
            part = table[table["index"] == index]
            marks.append(Mark(words, part["factor"].tolist(), part[["value", "low", "high"]].to_numpy("f8")))
        title = _headline(given.outcome, table)
        below = "Share of the outcome's variance. Lines: 95 % intervals. A gap between the two: it acts with others."
        return ranked(marks, title, below, "Share of variance", path, given.source, zero=True)

    return Answer("sobol", given.outcome, sentences, table, facts, draw)


def saltelli(points: Any, second_order: bool) -> bool:
    """Whether blocks (base points, block, factors) are A, AB_j, (BA_j,) B: the design, and not its rows shuffled."""
    k = points.shape[2]
    a, b = points[:, 0], points[:, -1]
    wanted = np.empty_like(points)
    wanted[:, 0], wanted[:, -1] = a, b
    for j in range(k):
        wanted[:, 1 + j] = a
        wanted[:, 1 + j, j] = b[:, j]
        if second_order:
            wanted[:, 1 + k + j] = b
            wanted[:, 1 + k + j, j] = a[:, j]
    return bool((points == wanted).all())


def _blocks(given: Sample, width: int) -> tuple[Any, list[str]]:
    """Means in order, without the blocks that miss one. Refused if those are many, or few are left."""
    y = given.means.reshape(-1, width)
    known = np.isfinite(y).all(axis=1)
    lost = int((~known).sum())
    if lost > MOST_DROPPED * len(y):
        raise Refused(
            f"{given.outcome} has no value somewhere in {lost} of {len(y)} blocks of the design; indices would be of "
            f"another sample. Choose an outcome that every run has, or narrow the factors"
        )
    if known.sum() < FEWEST:
        raise Refused(f"{int(known.sum())} base points are too few; ask for n of {FEWEST} or more, better 512")
    notes = list(given.notes)
    if lost:
        notes.append(f"{lost} of {len(y)} blocks miss a value and are left out whole.")
    return y[known].ravel(), notes


def _row(index: str, first: str, second: str | None, value: float, reach: float) -> dict[str, Any]:
    return {
        "index": index, "factor": first, "with": second, "value": float(value), "low": float(value - reach),
        "high": float(value + reach),
    }  # fmt: skip


def _headline(outcome: str, table: Any) -> str:
    total = table[(table["index"] == "ST")].sort_values("value", ascending=False)
    clear = total[total["low"] > 0.0]["factor"].tolist()
    called = outcome.replace("_", " ")
    if not clear:
        return f"No factor clearly moves {called}"
    return (
        f"{listed([name.replace('_', ' ') for name in clear[:2]])} move{'s' if len(clear) == 1 else ''} {called} most"
    )


def _sobol_words(given: Sample, table: Any) -> list[str]:
    total = table[table["index"] == "ST"].sort_values("value", ascending=False)
    alone = table[table["index"] == "S1"].set_index("factor")["value"]
    clear = total[total["low"] > 0.0]
    weak = total[total["low"] <= 0.0]["factor"].tolist()
    said = []
    if len(clear):
        shares = [f"{row.factor} ({row.value:.0%})".replace("%", " %") for row in clear.itertuples()]
        said.append(f"Of the variance of {given.outcome}, these take part in (ST): {listed(shares, 4)}.")
    else:
        said.append(f"No factor has a total index for {given.outcome} that is clear of zero.")
    sum_alone = float(alone.sum())
    share = 100.0 * min(max(sum_alone, 0.0), 1.0)
    said.append(f"Factors alone explain {share:.0f} % of it; the rest is factors acting together.")
    if weak:
        said.append(f"Within noise: {listed(weak)}.")
    widest = float((total["high"] - total["value"]).max())
    if widest > 0.2:
        said.append(f"Intervals reach ±{widest:.2f}; four times as many base points would halve them.")
    return said


# Morris


def morris(sweep: Sweep | str | Path, outcome: str, resamples: int = RESAMPLES) -> Answer:
    """Morris's elementary effects of a `morris` sweep: mu_star (how much), sigma (how unevenly).

    Intervals (95 percent) are from resampled walks. Refused if the design is another one or is not whole.
    """
    return morris_of(sample(sweep, outcome), resamples)


def morris_of(given: Sample, resamples: int = RESAMPLES, units: Any = None) -> Answer:
    """Elementary effects of walks in order; `units` are the points in the unit cube where values are not even.

    Effects are of a step over the whole range of a factor, or from one level of a list to another.
    """
    import pandas as pd

    analyze = needs("SALib.analyze.morris").analyze
    if given.design != "morris":
        raise Refused(f"elementary effects need a sweep of design morris, and this is {given.design}")
    k = len(given.factors)
    if len(given.runs) % (k + 1):
        raise Refused("the points are not whole walks of a Morris design; run the sweep to its end")
    x = stepped(given.factors, given.levels) if units is None else np.asarray(units, "f8")
    walks = x.reshape(-1, k + 1, k)
    if not _walks(walks):
        raise Refused(
            "the points are not walks of a Morris design, one factor a step; effects of shuffled rows look right and "
            "mean nothing. Collect the sweep again, or run it anew"
        )
    y, notes = _blocks(given, k + 1)
    constant(given.outcome, y)
    keep = np.isfinite(given.means.reshape(-1, k + 1)).all(axis=1)
    names = list(given.factors.names)
    problem = {"num_vars": k, "names": names, "bounds": [[0.0, 1.0]] * k}
    found = analyze(
        problem, walks[keep].reshape(-1, k), y, num_resamples=resamples, conf_level=CONFIDENCE,
        num_levels=given.levels, seed=given.seed % 2**32,
    )  # fmt: skip
    # SALib divides by the step of the grid; between the few levels of a list, a step is a whole step.
    few = np.array([len(np.unique(x[:, j])) < given.levels for j in range(k)])
    scale = np.where(few, given.levels / (2.0 * (given.levels - 1)), 1.0)
    mu, star, reach, sigma = (
        np.asarray(found[key], "f8") * scale for key in ("mu", "mu_star", "mu_star_conf", "sigma")
    )
    table: Any = pd.DataFrame(
        {"factor": names, "mu": mu, "mu_star": star, "low": star - reach, "high": star + reach, "sigma": sigma}
    )
    floor = _floor(given, k)
    table["clear"] = table["low"] > floor
    order = table.sort_values("mu_star", ascending=False)
    strong, weak = order[order["clear"]], order[~order["clear"]]["factor"].tolist()
    moves = [f"{row.factor} moves {given.outcome} by {row.mu_star:.3g}" for row in strong.itertuples()]
    said = [
        f"Over the whole range, {listed(moves, 3)}."
        if moves
        else f"No factor moves {given.outcome} by more than luck does."
    ]
    uneven = [row.factor for row in strong.itertuples() if row.sigma > row.mu_star]
    if uneven:
        said.append(f"{listed(uneven)} act unevenly: by how much depends on the others or on the place.")
    if weak:
        said.append(f"Within noise: {listed(weak)}.")
    said += [given.noise_words(), *notes]
    facts = {"walks": int(keep.sum()), "noise_share": given.noise(), "luck_alone": floor, "confidence": CONFIDENCE}

    def draw(path: str | Path | None) -> Picture:
        from comity.figures.elementary import elementary

        return elementary(table, given.outcome, floor, path, given.source)

    return Answer("morris", given.outcome, tuple(said), table, facts, draw)


def stepped(factors: Factors, levels: int) -> Any:
    """The places of a Morris design in the unit cube, by the order of each factor's values: steps are even there."""
    found = np.empty_like(factors.values)
    for j in range(len(factors)):
        known, place = np.unique(factors.values[:, j], return_inverse=True)
        grid = np.arange(len(known)) / max(len(known) - 1, 1)
        found[:, j] = grid[place] if len(known) <= levels else factors.values[:, j]
    return found


def _walks(walks: Any) -> bool:
    """Whether each step changes one factor, and each factor once; a category may stay where two places are one."""
    changed = walks[:, 1:] != walks[:, :-1]
    one = changed.sum(axis=2) <= 1
    once = changed.sum(axis=1) <= 1
    return bool(one.all() and once.all() and (changed.sum(axis=(1, 2)) > 0).all())


def _floor(given: Sample, k: int) -> float:
    """The mean size of an effect that luck alone would make; 0 with one run a point, where it cannot be known."""
    y = given.runs
    if y.shape[1] < 2 or np.isnan(y).any():
        return 0.0
    # A step is a difference of two means under the same luck, and a whole range is 1 / step of it.
    step = given.levels / (2.0 * (given.levels - 1))
    walks = y.reshape(-1, k + 1, y.shape[1])
    apart = np.diff(walks, axis=1)
    error = float(np.sqrt((apart.var(axis=2, ddof=1) / y.shape[1]).mean()))
    return float(np.sqrt(2.0 / np.pi)) * error / step
