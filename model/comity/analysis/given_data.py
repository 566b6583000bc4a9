"""Which factors matter, from any design: PAWN, regional tornado, regression and a tree."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from comity.analysis.answer import Answer, listed
from comity.analysis.sample import Factors, Refused, Sample, sample
from comity.chance import generator
from comity.sweeps import Sweep

if TYPE_CHECKING:
    from comity.figures import Picture

SLICES: Final = 10
LEAST_IN_SLICE: Final = 10
RESAMPLES: Final = 200
LOW, HIGH = 0.025, 0.975
OUTER: Final = 0.2
"""The share of the points at either end of a factor that a tornado compares."""


def slices(factors: Factors, j: int, most: int) -> Any:
    """For each point the slice of factor `j` it lies in: its levels, or slices with equally many points."""
    values = factors.values[:, j]
    known = np.unique(values)
    if factors.levels[j] is not None or len(known) <= most:
        return np.searchsorted(known, values)
    order = np.argsort(values, kind="stable")
    found = np.empty(len(values), "i8")
    found[order] = np.arange(len(values)) * most // len(values)
    return found


# PAWN


def pawn(sweep: Sweep | str | Path, outcome: str, slices: int = SLICES, resamples: int = RESAMPLES) -> Answer:
    """PAWN (Pianosi and Wagener 2018) on any design: how far fixing a factor moves the whole distribution.

    The median over slices of the largest distance between distributions, with an interval (95 percent) of resampled
    points, beside that of a factor that means nothing. Refused if there are too few points.
    """
    return pawn_of(sample(sweep, outcome), slices, resamples)


def pawn_of(given: Sample, most: int = SLICES, resamples: int = RESAMPLES) -> Answer:
    """PAWN of a sample. Refused as `pawn`."""
    import pandas as pd

    given = given.whole()
    y, n = given.means, len(given.runs)
    if n < 4 * LEAST_IN_SLICE:
        raise Refused(f"{n} points are too few for PAWN; {4 * LEAST_IN_SLICE} are the least, some hundreds are better")
    most = max(min(most, n // LEAST_IN_SLICE), 2)
    luck = generator(given.seed, "pawn")
    where = [slices(given.factors, j, most) for j in given.factors.moving()]
    names = [given.factors.names[j] for j in given.factors.moving()]
    dummy = luck.permutation(np.arange(n) * most // n)
    picks = luck.integers(0, n, (resamples, n))
    rows = []
    for name, place in zip([*names, "(nothing)"], [*where, dummy], strict=True):
        drawn = np.array([np.median(distances(y[pick], place[pick])) for pick in picks])
        if name == "(nothing)":
            # What meets the eye in a factor that means nothing: shuffled anew each time.
            drawn = np.array([np.median(distances(y, luck.permutation(place))) for _ in range(resamples)])
        apart = distances(y, place)
        value = float(np.median(apart)) if name != "(nothing)" else float(np.median(drawn))
        # Points drawn twice push distances up: the spread of the resamples counts, not where they lie.
        shift = value - float(drawn.mean()) if name != "(nothing)" else 0.0
        low, high = np.clip(np.quantile(drawn, (LOW, HIGH)) + shift, 0.0, 1.0)
        rows.append({"factor": name, "median": value, "low": low, "high": high, "largest": float(apart.max())})
    table: Any = pd.DataFrame(rows)
    floor = float(table["high"].iloc[-1])
    table["clear"] = (table["median"] > floor) & (table["factor"] != "(nothing)")
    order = table.iloc[:-1].sort_values("median", ascending=False)
    clear, weak = order[order["clear"]]["factor"].tolist(), order[~order["clear"]]["factor"].tolist()
    said = [
        f"Fixing {listed(clear, 4)} changes the distribution of {given.outcome} by more than chance would."
        if clear else f"Fixing no factor changes the distribution of {given.outcome} by more than chance would.",
        *([f"Within noise (below {floor:.2f}, reached by what means nothing): {listed(weak)}."] if weak else []),
        given.noise_words(), *given.notes,
    ]  # fmt: skip
    facts = {"points": n, "slices": most, "chance_alone": floor, "noise_share": given.noise()}

    def draw(path: str | Path | None) -> Picture:
        from comity.figures.ranked import Mark, ranked

        part = table.iloc[:-1]
        mark = Mark("median over slices", part["factor"].tolist(), part[["median", "low", "high"]].to_numpy("f8"))
        title = f"{_short(clear[:2])} shape{'s' if len(clear) == 1 else ''} {given.outcome.replace('_', ' ')} most"
        below = "How far fixing a factor moves the outcome's distribution (0 to 1). Gray: what chance alone reaches."
        return ranked(
            [mark], title if clear else f"No factor clearly shapes {given.outcome.replace('_', ' ')}", below,
            "Largest distance between distributions", path, given.source, zero=True, gray=floor,
        )  # fmt: skip

    return Answer("pawn", given.outcome, tuple(said), table, facts, draw)


def distances(y: Any, place: Any) -> Any:
    """For each slice, the largest distance between its distribution of `y` and that of all points."""
    order = np.argsort(y, kind="stable")
    ranks, sorted_place = y[order], place[order]
    last = np.append(np.diff(ranks) > 0, True)  # equal values count once
    whole = np.arange(1, len(y) + 1) / len(y)
    found = []
    for part in np.unique(sorted_place):
        inside = np.cumsum(sorted_place == part)
        found.append(float(np.abs(inside / inside[-1] - whole)[last].max()))
    return np.array(found)


def _short(names: list[str]) -> str:
    return listed([name.replace("_", " ") for name in names])


# Tornado


def tornado(sweep: Sweep | str | Path, outcome: str) -> Answer:
    """How far each factor carries the outcome from its low end to its high end.

    Of a sweep of design one_at_a_time, against the scenario itself under the same luck; of any other, the mean of the
    points in the lowest and the highest fifth of a factor's range, all others anywhere; of categories, the levels with
    the lowest and the highest mean. Intervals are 95 percent.
    """
    return tornado_of(sample(sweep, outcome))


def tornado_of(given: Sample) -> Answer:
    """The tornado of a sample. Refused if there is nothing to explain."""
    import pandas as pd

    if given.design == "one_at_a_time":
        rows, middle = _from_home(given)
        told = "against the scenario itself, under the same luck"
    else:
        given = given.whole()
        rows, middle = _outer(given), float(given.means.mean())
        told = "in the lowest and the highest fifth of a factor's range, all others anywhere"
    if not rows:
        raise Refused("no factor takes more than one value")
    table: Any = pd.DataFrame(rows)
    table["span"] = (table["high"] - table["low"]).abs()
    table = table.sort_values("span", ascending=False, ignore_index=True)
    strong, weak = table[table["clear"]], table[~table["clear"]]["factor"].tolist()
    said = []
    if len(strong):
        top = [f"{r.factor} ({r.low:.4g} at {r.at_low}, {r.high:.4g} at {r.at_high})" for r in strong.itertuples()]
        said.append(f"{given.outcome} {told}, moves most with {listed(top, 3)}.")
    else:
        said.append(f"No factor clearly moves {given.outcome} {told}.")
    if weak:
        said.append(f"Within noise: {listed(weak)}.")
    said += given.notes

    def draw(path: str | Path | None) -> Picture:
        from comity.figures.tornado import tornado as picture

        return picture(table, given.outcome, middle, told, path, given.source)

    return Answer("tornado", given.outcome, tuple(said), table, {"middle": middle, "reading": told}, draw)


def _outer(given: Sample) -> list[dict[str, Any]]:
    y, factors, rows = given.means, given.factors, []
    for j in factors.moving():
        values = factors.values[:, j]
        known = np.unique(values)
        if factors.levels[j] is not None or len(known) < 1.0 / OUTER:
            groups = {factors.write(j, value): y[values == value] for value in known}
            ends = sorted(groups, key=lambda word: groups[word].mean())
            if factors.levels[j] is None or factors.levels[j] == ("false", "true"):
                ends = list(groups)
            at_low, at_high = ends[0], ends[-1]
            low, high = groups[at_low], groups[at_high]
        else:
            order = np.argsort(values, kind="stable")
            count = max(int(len(y) * OUTER), 2)
            low, high = y[order[:count]], y[order[-count:]]
            at_low = f"{factors.write(j, values[order[0]])}–{factors.write(j, values[order[count - 1]])}"
            at_high = f"{factors.write(j, values[order[-count]])}–{factors.write(j, values[order[-1]])}"
        rows.append(_end(factors.names[j], at_low, at_high, float(low.mean()), float(high.mean()), _error(low, high)))
    return rows


def _error(low: Any, high: Any) -> float:
    if min(len(low), len(high)) < 2:
        return float("nan")
    return float(np.sqrt(low.var(ddof=1) / len(low) + high.var(ddof=1) / len(high)))


def _end(name: str, at_low: str, at_high: str, low: float, high: float, error: float) -> dict[str, Any]:
    apart, reach = high - low, 1.96 * error
    return {
        "factor": name, "at_low": at_low, "at_high": at_high, "low": low, "high": high, "difference": apart,
        "difference_low": apart - reach, "difference_high": apart + reach,
        "clear": bool(abs(apart) > reach) if error == error else bool(apart != 0.0),
    }  # fmt: skip


def _from_home(given: Sample) -> tuple[list[dict[str, Any]], float]:
    """Each factor's lowest and highest point against the first, which is the scenario itself."""
    y, factors, rows = given.runs, given.factors, []
    home, means = factors.values[0], given.means
    if not np.isfinite(means).all():
        raise Refused(f"{given.outcome} has no value at {int((~np.isfinite(means)).sum())} points")
    for j in range(len(factors)):
        moved = np.flatnonzero(factors.values[:, j] != home[j])
        moved = np.append(moved[(np.delete(factors.values[moved] != home, j, axis=1)).sum(axis=1) == 0], 0)
        if len(moved) < 2:
            continue
        keys = factors.values[moved, j] if factors.levels[j] is None else means[moved]
        first, last = int(moved[np.argmin(keys)]), int(moved[np.argmax(keys)])
        apart = (y[last] - y[first])[np.isfinite(y[last] - y[first])]
        error = float(apart.std(ddof=1) / np.sqrt(len(apart))) if len(apart) > 1 else float("nan")
        ends = (factors.write(j, factors.values[first, j]), factors.write(j, factors.values[last, j]))
        rows.append(_end(factors.names[j], *ends, float(means[first]), float(means[last]), error))
    return rows, float(means[0])
