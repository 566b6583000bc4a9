"""Patterns of publics: what they share, what they forgive, and when they look at growth."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import numpy as np

from comity.runs import Scenario
from comity.truth.courses import courses, slope, within, yearly, years_ends

SINGLE_MARKET: Final = "single-market-2000"
STATES: Final = 12
"""In the panel: the largest that are inside from the start."""
CHANGES: Final = 13
CALM: Final = 7
"""Annual changes before the crisis, of thirteen."""
LATER: Final = 10
BEFORE, FIRST, LAST = 7, 8, 14
"""Years after the start: the last before the crisis, and those among which its trough lies."""
T_95: Final = 1.98
Worlds = Callable[[str], Scenario]
Measured = tuple[Any, dict[str, Any]]


def panel(world: Scenario, runs: int, seed: int, workers: int | None) -> tuple[Any, Any]:
    """Annual changes of trust and mean growth of the years: (runs, 13, 12) each."""
    found = courses(world, {"members": ("trust_observed", "growth", "population", "founding")}, runs, seed, workers)
    rows = _largest(found)
    trust, growth = years_ends(found["members.trust_observed"])[..., rows], yearly(found["members.growth"])[..., rows]
    return np.diff(trust, axis=1)[:, :CHANGES], growth[:, 1 : CHANGES + 1]


def _largest(found: dict[str, Any]) -> Any:
    size = np.where(found["members.founding"][0, 0] != 0, found["members.population"][0, 0], -1.0)
    return np.sort(np.argsort(-size, kind="stable")[:STATES])


def together(worlds: Worlds, runs: int, seed: int, workers: int | None) -> Measured:
    """How much of the variance of annual change the effects of years explain."""
    changes, _ = panel(worlds(SINGLE_MARKET).with_({"run.years": CHANGES + 1}), runs, seed, workers)
    shared = []
    for run in changes:
        apart = within(run)
        by_year = apart.mean(axis=1)
        shared.append(float(by_year.var() / apart.var()))
    median = changes[int(np.argsort(shared)[len(shared) // 2])]
    return np.array(shared), {"kind": "lines", "x": list(range(2001, 2001 + CHANGES)), "y": median.T, "each": "a state"}


def regained(worlds: Worlds, runs: int, seed: int, workers: int | None) -> Measured:
    """What came back of the loss in ten years."""
    world = worlds(SINGLE_MARKET).with_({"run.years": LAST + LATER + 1})
    found = courses(world, {"tallies": ("trust_now", "challenger_now")}, runs, seed, workers)
    trust, challengers = (yearly(found[f"tallies.{name}"][..., 0]) for name in ("trust_now", "challenger_now"))
    back = []
    for run in trust:
        trough = FIRST + int(np.argmin(run[FIRST : LAST + 1]))
        lost = run[BEFORE] - run[trough]
        back.append((run[trough + LATER] - run[trough]) / lost if lost > 0.0 else np.nan)
    years = list(range(2000, 2000 + trust.shape[1]))
    figures = {"kind": "fan", "x": years, "trust": trust.mean(axis=0), "challengers": challengers.mean(axis=0)}
    for name, values in (("trust", trust), ("challengers", challengers)):
        figures[f"{name}_low"], figures[f"{name}_high"] = np.quantile(values, (0.05, 0.95), axis=0)
    return _not_wild(np.array(back)), figures


def _not_wild(shares: Any) -> Any:
    """A loss next to nothing makes any share of it: the middle nine runs in ten count."""
    low, high = np.nanquantile(shares, (0.05, 0.95))
    return np.where((shares >= low) & (shares <= high), shares, np.nan)


def calm(worlds: Worlds, runs: int, seed: int, workers: int | None) -> Measured:
    """Whether growth shows over the crisis, and hides before it."""
    changes, growth = panel(worlds(SINGLE_MARKET).with_({"run.years": CHANGES + 1}), runs, seed, workers)
    before = [slope(change[:CALM], cause[:CALM]) for change, cause in zip(changes, growth, strict=True)]
    over = [slope(change, cause) for change, cause in zip(changes, growth, strict=True)]
    hidden = np.array([abs(found) < T_95 * error for found, error in before])
    shown = np.array([abs(found) > T_95 * error for found, error in over])
    figures = {
        "kind": "slopes", "calm": [found for found, _ in before], "calm_error": [error for _, error in before],
        "whole": [found for found, _ in over], "whole_error": [error for _, error in over],
        "hidden": float(hidden.mean()), "shown": float(shown.mean()),
    }  # fmt: skip
    return (hidden & shown).astype("f8"), figures
