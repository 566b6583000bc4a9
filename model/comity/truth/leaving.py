"""Patterns of leaving: courts before organizations, debts before threats, three roads out of suspension, few who go."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import numpy as np

from comity import world as words
from comity.runs import Scenario
from comity.truth.courses import courses

TREATIES: Final = "union-treaties"
COMMUNITY: Final = "community-court"
MEMBERS_LEAVE: Final = ("union-treaties", "single-market-2000")
RECESSION: Final = -2.0
"""Points of growth a year below trend."""
YEAR: Final = 4
TENTH: Final = 10
ROADS: Final = ("amends", "readmitted without", "exit")
Worlds = Callable[[str], Scenario]
Measured = tuple[Any, dict[str, Any]]


def court_first(worlds: Worlds, runs: int, seed: int, workers: int | None) -> Measured:
    """In each run: exits from the court less exits from the organization; and which came first."""
    found = courses(worlds(TREATIES), {"members": ("left", "left_court")}, runs, seed, workers)
    whole, court = (found[f"members.{name}"] != 0 for name in ("left", "left_court"))
    counts = court.sum(axis=(1, 2)) - whole.sum(axis=(1, 2))
    by_year = [part.sum(axis=2).mean(axis=0).reshape(-1, YEAR).sum(axis=1) for part in (court, whole)]
    sooner = [_first(one) < _first(other) for one, other in zip(court, whole, strict=True) if one.any() or other.any()]
    figures = {
        "kind": "cumulative",
        "x": list(range(2002, 2002 + len(by_year[0]))),
        "court": np.cumsum(by_year[0]),
        "organization": np.cumsum(by_year[1]),
        "court_sooner": float(np.mean(sooner)) if sooner else None,
    }
    return counts.astype("f8"), figures


def _first(happened: Any) -> float:
    quarters = np.flatnonzero(happened.any(axis=1))
    return float(quarters[0]) if len(quarters) else np.inf


def arrears(worlds: Worlds, runs: int, seed: int, workers: int | None) -> Measured:
    """In each run: mean arrears in recession, in suspension and before a threat, each less those of the rest."""
    wanted = {"members": ("arrears", "growth", "standing", "inside", "threatened_now")}
    found = courses(worlds(TREATIES), wanted, runs, seed, workers)
    owed, growth, standing, inside, threats = (found[f"members.{name}"] for name in wanted["members"])
    inside = inside != 0
    ahead = np.zeros_like(inside)
    for quarters in range(1, YEAR + 1):
        ahead[:, :-quarters] |= threats[:, quarters:] != 0
    causes = {"recession": growth < RECESSION, "suspension": standing == words.SUSPENDED, "before a threat": ahead}
    differences = {}
    for name, here in causes.items():
        differences[name] = [
            _mean(owed[run][inside[run] & here[run]]) - _mean(owed[run][inside[run] & ~here[run]])
            for run in range(runs)
        ]
    means = {name: float(np.nanmean(values)) for name, values in differences.items()}
    least = min(means, key=lambda name: means[name])
    return np.array(differences[least]), {"kind": "bars", "names": list(means), "values": list(means.values())}


def _mean(values: Any) -> float:
    return float(values.mean()) if len(values) else float("nan")


def three_roads(worlds: Worlds, runs: int, seed: int, workers: int | None) -> Measured:
    """Over all suspensions that ended, in each run: the share of the commonest road; one if a road is never taken."""
    wanted = {"members": ("standing", "coup_government", "charged", "rights_breach")}
    roads = np.zeros((runs, len(ROADS)))
    for name in (TREATIES, COMMUNITY):
        world = worlds(name).with_({"levers.rights.on": True})
        mended = float(world.value("forces.suspension.mended"))
        found = courses(world, wanted, runs, seed, workers)
        standing, coup, charged, breach = (found[f"members.{each}"] for each in wanted["members"])
        was, now = standing[:, :-1] == words.SUSPENDED, standing[:, 1:]
        back = was & np.isin(now, (words.MEMBER, words.RETURNED))
        out = was & np.isin(now, (words.IN_NOTICE, words.WITHDRAWN))
        answered = np.where(charged[:, :-1] != 0, breach[:, 1:] < mended, coup[:, 1:] <= 0.0)
        parts = (back & answered, back & ~answered, out)
        roads += np.array([part.sum(axis=(1, 2)) for part in parts]).T
    total = roads.sum(axis=0)
    shares = total / max(total.sum(), 1.0)
    ended = roads.sum(axis=1)
    commonest = int(np.argmax(total))
    values = np.where(ended > 0.0, roads[:, commonest] / np.maximum(ended, 1.0), np.nan)
    if (total == 0.0).any():
        values = np.where(ended > 0.0, 1.0, np.nan)
    return values, {"kind": "bars", "names": list(ROADS), "values": shares}


def few_leave(worlds: Worlds, runs: int, seed: int, workers: int | None) -> Measured:
    """Of all exits in a run, the share of the tenth of members that leaves most often; missing without any.

    The tenth is picked from the same runs, which flatters it a little where exits are few.
    """
    shares: list[Any] = []
    figures: dict[str, Any] = {"kind": "ranked"}
    for name in MEMBERS_LEAVE:
        found = courses(worlds(name), {"members": ("left", "founding", "standing")}, runs, seed, workers)
        founding = found["members.founding"][0, 0] != 0
        left = (found["members.left"] != 0).sum(axis=1)[:, founding]
        often = left.sum(axis=0)
        tenth = np.argsort(-often, kind="stable")[: -(-len(often) // TENTH)]
        count = left.sum(axis=1)
        shares.append(np.where(count > 0, left[:, tenth].sum(axis=1) / np.maximum(count, 1), np.nan))
        returned = (found["members.standing"] == words.RETURNED).any(axis=1).sum()
        codes = np.array(worlds(name).first_day.members)[founding]
        figures |= {
            f"{name}: members": codes[np.argsort(-often, kind="stable")].tolist(),
            f"{name}: exits": np.sort(often)[::-1] / runs,
            f"{name}: returned": float(returned / max(often.sum(), 1)),
        }
    return np.concatenate(shares), figures
