"""Each fact is held against runs of its world; worlds that several rows share are played once, under the same luck."""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np

from comity.runs import Ensemble, Scenario
from comity.runs.result import Progress
from comity.runs.scenario import whole
from comity.truth import naive
from comity.truth.intervals import RARE, bootstrap, nine_in_ten, of_rare
from comity.truth.report import HIT, MISS, STRADDLES, Facts, Told
from comity.truth.table import NULL, SIGN, Row, read

RUNS: Final = 200
POOLED_RUNS: Final = 40
"""Runs of each region behind a pooled mean: a naive forecast needs no precision."""
SEED: Final = 1


def facts(
    table: str | Path | Sequence[Row] | None = None,
    runs: int | None = None,
    seed: int | str | None = None,
    workers: int | None = None,
    progress: Progress | None = None,
) -> Facts:
    """Hits and misses of a table of facts: a file, rows of one, or the shipped table if None.

    Every uncertain number is drawn from its prior. `runs` of each world (200), the same luck in all. The same whatever
    the number of `workers`. ScenarioError tells all that is wrong with a table; ValueError for a number that is none.
    """
    rows = read(table) if table is None or isinstance(table, str | Path) else tuple(table)
    runs = whole("the number of runs", RUNS if runs is None else runs, 2)
    seed = whole("a seed", SEED if seed is None else seed, 0, 2**64 - 1)
    played = _play(rows, runs, seed, workers, progress)
    return Facts(tuple(_told(row, played, seed) for row in rows), runs, seed)


class _Played:
    """Ensembles by world and number of runs; `runs` of a world in which a fact should show, `few` of a naive one."""

    def __init__(self, runs: int) -> None:
        self.runs, self.few = runs, min(runs, POOLED_RUNS)
        self.found: dict[tuple[str, int], Ensemble] = {}

    def of(self, world: Scenario) -> Ensemble:
        return self.found[world.digest, self.runs]

    def naive(self, world: Scenario) -> Ensemble:
        return self.found[world.digest, self.few]


def _wanted(rows: Sequence[Row], runs: int) -> dict[tuple[str, int], Scenario]:
    """Each world once, with its number of runs; worlds of naive forecasts are played less often."""
    wanted: dict[tuple[str, int], Scenario] = {}
    for row in rows:
        for world in (row.world, row.second):
            if world is not None:
                wanted.setdefault((world.digest, runs), world)
        for world in naive.worlds_of(row):
            wanted.setdefault((world.digest, min(runs, POOLED_RUNS)), world)
    return wanted


def _play(rows: Sequence[Row], runs: int, seed: int, workers: int | None, progress: Progress | None) -> _Played:
    wanted = _wanted(rows, runs)
    total = sum(many for _, many in wanted)
    played, before = _Played(runs), 0
    for key, world in wanted.items():
        heard = _shifted(progress, before, total)
        played.found[key] = world.ensemble(key[1], seed, workers, heard)
        before += key[1]
    return played


def _shifted(progress: Progress | None, before: int, total: int) -> Progress | None:
    return None if progress is None else lambda done, _: progress(before + done, total)


def _column(ensemble: Ensemble, outcome: str) -> Any:
    return ensemble.values[:, ensemble.names.index(outcome)]


def _mean(values: Any) -> float:
    return float(np.nanmean(values)) if (~np.isnan(values)).any() else math.nan


def _told(row: Row, played: _Played, seed: int) -> Told:
    first = _column(played.of(row.world), row.outcome)
    values = first if row.second is None else _column(played.of(row.second), row.outcome) - first
    value = _mean(values)
    low, high = bootstrap(values, seed, row.id)
    if row.second is None and row.outcome in RARE:
        low, high = _rare(row, played.of(row.world), values, (low, high))
    runs_low, runs_high = nine_in_ten(values)
    verdict = judged(row, value, (low, high), (runs_low, runs_high))
    which = naive.baseline_of(row)
    base = _naive(row, played, which)
    inside = ~np.isnan(values)
    share = float(((values >= row.low) & (values <= row.high))[inside].mean()) if inside.any() else math.nan
    return Told(
        row, value, low, high, verdict, base, _naive_verdict(row, base, which), which, runs_low, runs_high, share,
        int(inside.sum()),
    )  # fmt: skip


def _rare(row: Row, ensemble: Ensemble, values: Any, drawn: tuple[float, float]) -> tuple[float, float]:
    names = list(ensemble.begin.book.outcomes)
    if RARE[row.outcome] not in ensemble.names or RARE[row.outcome] not in names:
        return drawn
    counts = _column(ensemble, RARE[row.outcome])
    size = ensemble.begin.world.size
    exposure = len(values) * (size.members * size.quarters / 4.0 if row.outcome == "exit_rate" else 1.0)
    return of_rare(values, counts, 1.0 / exposure, drawn)


def judged(row: Row, value: float, interval: tuple[float, float], runs: tuple[float, float]) -> str:
    """Hit where the interval lies within the bounds, miss where it lies outside, straddles in between.

    A sign hits if the interval lies strictly on its side. A null row without bounds hits if nine runs in ten hold zero.
    """
    if math.isnan(value):
        return MISS
    low, high = (edge if not math.isnan(edge) else value for edge in interval)
    if row.kind == NULL and row.low == -math.inf and row.high == math.inf:
        return HIT if runs[0] <= 0.0 <= runs[1] else MISS
    if row.kind == SIGN:
        return _side(row, low, high)
    if row.low <= low and high <= row.high:
        return HIT
    return MISS if high < row.low or low > row.high else STRADDLES


def _side(row: Row, low: float, high: float) -> str:
    above = low > row.low or row.low == -math.inf
    below = high < row.high or row.high == math.inf
    if above and below:
        return HIT
    out = (high <= row.low and row.low != -math.inf) or (low >= row.high and row.high != math.inf)
    return MISS if out else STRADDLES


def _naive(row: Row, played: _Played, which: str) -> float:
    if which in (naive.COIN, naive.NOTHING):
        return 0.0
    means = [_mean(_column(played.naive(world), row.outcome)) for world in naive.worlds_of(row)]
    return _mean(np.array(means))


def _naive_verdict(row: Row, base: float, which: str) -> str:
    if which == naive.COIN:
        return STRADDLES
    if which == naive.NOTHING:
        return HIT
    if math.isnan(base):
        return MISS
    return HIT if row.low <= base <= row.high else MISS
