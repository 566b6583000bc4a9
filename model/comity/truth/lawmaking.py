"""Patterns of law: what is overdue and how long, what selection does to compliance, when ratifications come."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import numpy as np

from comity.runs import Scenario
from comity.truth.courses import courses, years_ends

SINGLE_MARKET: Final = "single-market-2000"
FREE_TRADE: Final = "free-trade-area"
REGIONS: Final = ("eu", "asean", "ecowas", "mercosur", "african-union")
SETTLED: Final = 4
"""Years from which on enough law is due."""
FORCED_DEPTH: Final = 0.6
FORCED_BY: Final[dict[str, Any]] = {"organization.rule": "qualified_majority", "organization.depth": FORCED_DEPTH}
FIRST_YEAR, TAIL = 4, 12
"""Quarters after the vote: the first year, and what counts as the tail."""
Worlds = Callable[[str], Scenario]
Measured = tuple[Any, dict[str, Any]]


def few_and_late(worlds: Worlds, runs: int, seed: int, workers: int | None) -> Measured:
    """Over years, in each run: the overdue share with the mean delay of what is overdue."""
    wanted = {"tallies": ("overdue_now", "late_count", "late_quarters")}
    found = courses(worlds(SINGLE_MARKET).with_({"run.years": 14}), wanted, runs, seed, workers)
    share, count, late = (years_ends(found[f"tallies.{name}"][..., 0]) for name in wanted["tallies"])
    delay = 3.0 * np.diff(late, axis=1) / np.maximum(np.diff(count, axis=1), 1.0)
    share, delay = share[:, 1:][:, SETTLED:], delay[:, SETTLED:]
    figures = {"kind": "path", "x": share.mean(axis=0), "y": delay.mean(axis=0)}
    return np.array([correlation(*both) for both in zip(share, delay, strict=True)]), figures


def correlation(x: Any, y: Any) -> float:
    """Pearson's; missing where either does not vary."""
    if len(x) < 3 or np.std(x) == 0.0 or np.std(y) == 0.0:
        return float("nan")
    return float(np.corrcoef(x, y)[0, 1])


def selection(worlds: Worlds, runs: int, seed: int, workers: int | None) -> Measured:
    """Over regions, in each run: the gap between agreed depth and practice with what is carried out, twice."""
    own = _gaps(worlds, {}, runs, seed, workers)
    forced = _gaps(worlds, FORCED_BY, runs, seed, workers)
    r = [[correlation(gaps[:, run], kept[:, run]) for run in range(runs)] for gaps, kept in (own, forced)]
    figures: dict[str, Any] = {"kind": "two scatters", "regions": list(REGIONS)}
    for name, (gaps, kept) in (("own", own), ("forced", forced)):
        figures |= {f"{name}_gap": np.nanmean(gaps, axis=1), f"{name}_kept": np.nanmean(kept, axis=1)}
    figures |= {"own_r": float(np.nanmean(r[0])), "forced_r": float(np.nanmean(r[1]))}
    return np.array(r[0]) - np.array(r[1]), figures


def _gaps(worlds: Worlds, more: dict[str, Any], runs: int, seed: int, workers: int | None) -> tuple[Any, Any]:
    """Mean gap of what was agreed and the share carried out: (regions, runs) each."""
    gaps, kept = [], []
    for region in REGIONS:
        world = worlds(region).with_(more)
        ensemble = world.ensemble(runs, seed, workers)
        practice = world.value("region.practice")
        weights = {name: area["weight"] for name, area in world.value("areas").items()}
        usual = sum(practice[name] * weight for name, weight in weights.items())
        agreed, true = (
            ensemble.values[:, ensemble.names.index(name)] for name in ("agreed_depth", "implementation_true")
        )
        gaps.append(agreed - usual)
        kept.append(true)
    return np.array(gaps), np.array(kept)


def bunching(worlds: Worlds, runs: int, seed: int, workers: int | None) -> Measured:
    """In each run: hazards of ratification at summits and elsewhere, in the first year and in the tail."""
    wanted = {"measures": ("parties", "since_open", "stage", "vote_now", "serial"), "clock": ("summit",)}
    found = courses(worlds(FREE_TRADE), wanted, runs, seed, workers)
    values, curves = [], []
    for run in range(runs):
        one = {name.partition(".")[2]: found[name][run] for name in found}
        taken, open_to, since, summit = _hazards(one)
        first, tail = since <= FIRST_YEAR, since > TAIL
        ratios = [_log_ratio(taken, open_to, summit, ~summit), _log_ratio(taken, open_to, first, tail)]
        values.append(min(ratios))
        at = [(taken[since == k].sum(), open_to[since == k].sum()) for k in range(1, 25)]
        curves.append([done / whole if whole > 0.0 else np.nan for done, whole in at])
    figures = {"kind": "hazard", "x": list(range(1, 25)), "y": np.nanmean(np.array(curves), axis=0)}
    return np.array(values), figures


def _hazards(one: dict[str, Any]) -> tuple[Any, Any, Any, Any]:
    """For each text and quarter it was open: share that became party, share that could, time open, summit or not."""
    parties, serial = one["parties"], one["serial"]
    same = (serial[1:] == serial[:-1]) & (one["stage"][1:] >= 2) & (one["stage"][:-1] >= 2) & (one["vote_now"][1:] == 0)
    gained = np.maximum(parties[1:] - parties[:-1], 0.0)
    summit = np.broadcast_to(one["summit"][1:] != 0, same.shape)
    return gained[same], (1.0 - parties[:-1])[same], one["since_open"][1:][same], summit[same]


def _log_ratio(taken: Any, open_to: Any, here: Any, there: Any) -> float:
    """The logarithm of one hazard over another; missing where nobody could ratify in either."""
    if open_to[here].sum() <= 0.0 or open_to[there].sum() <= 0.0 or taken[here].sum() <= 0.0:
        return float("nan")
    rates = [taken[part].sum() / open_to[part].sum() for part in (here, there)]
    return float(np.log(rates[0] / max(rates[1], 1e-4)))
