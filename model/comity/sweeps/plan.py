"""What a sweep will cost, and all that is wrong with it, before it starts."""

from __future__ import annotations

import time
from dataclasses import asdict, dataclass
from typing import Any, Final

import numpy as np

from comity.scenario import Problem, ScenarioError
from comity.scenario.problems import MOST_PROBLEMS, shown
from comity.sweeps.manifest import Manifest
from comity.sweeps.player import Player
from comity.sweeps.points import Points
from comity.sweeps.work import Chunks, task_for

SAMPLE: Final = 6
"""Points that are timed, spread over the design."""
A_NUMBER, A_ROW = 8, 20
"""Bytes of an outcome, and of all else in a row."""
SHOWN: Final = 5
"""Points that a problem names before it says how many more there are."""


@dataclass(frozen=True)
class Plan:
    """What it will cost: `seconds` and `bytes` of all runs on so many workers, at most; `run_seconds` of one."""

    points: int
    replications: int
    runs: int
    outcomes: int
    chunks: int
    first_days: int
    workers: int
    run_seconds: float
    seconds: float
    bytes: int

    def document(self) -> dict[str, Any]:
        """For `--json`."""
        return asdict(self)


def problems(player: Player, points: Points) -> list[Problem]:
    """Everything that is wrong with any point, with its number and its key.

    Plain numbers are held against their bounds all at once; each combination of other values is checked as a scenario.
    """
    plain, kinds, firsts = player.keys(points)
    found: list[Problem] = []
    wrong = np.zeros(len(points), bool)
    for j in plain:
        each, column = points.factors[j], points.columns[j]
        numbers = column.numbers()
        assert numbers is not None
        flag = each.path.endswith(".on")
        low, high = (0.0, 1.0) if flag else (each.low, each.high)
        with np.errstate(invalid="ignore"):
            outside = (numbers < low) | (numbers > high)
        kind_wrong = _wrong_kind(column, flag)
        for k in np.flatnonzero(outside | kind_wrong).tolist():
            message = "needs true or false" if flag else f"must lie between {low:g} and {high:g}"
            found.append(_problem(k, each.path, f"is {shown(column.value(k))}, but {message}"))
            if len(found) > MOST_PROBLEMS:
                return found
        wrong |= outside | kind_wrong
    told: dict[tuple[str, str], list[int]] = {}
    for number, first in enumerate(firsts):
        k = first
        if wrong[first]:
            fine = np.flatnonzero((kinds == number) & ~wrong)
            if not len(fine):
                continue
            k = int(fine[0])
        try:
            player.scenario(points.values(k)).require_region()
        except ScenarioError as error:
            at = np.flatnonzero(kinds == number).tolist()
            for problem in error.problems:
                told.setdefault((problem.key, problem.message), []).extend(at)
    for (key, message), at in told.items():
        more = f" (and {len(at) - 1:,} more points)" if len(at) > 1 else ""
        found.append(_problem(min(at), key, message + more))
    return found


def _wrong_kind(column: Any, flag: bool) -> Any:
    """Where a switch has a number, or a number is a switch."""
    if column.levels is None:
        return column.stated & flag
    bad = np.array([*(isinstance(level, bool) != flag for level in column.levels), False])
    return bad[column.data]


def _problem(point: int, key: str, message: str) -> Problem:
    return Problem(f"point {point}", 0, 0, key, message)


def planned(chunks: Chunks, points: Points, workers: int) -> Plan:
    """The cost, from a few points that are played once."""
    manifest = chunks.manifest
    seconds = timed(chunks, points)
    _, _, firsts = chunks.player.keys(points)
    return Plan(
        points=manifest.points,
        replications=manifest.runs,
        runs=manifest.rows,
        outcomes=len(manifest.outcomes),
        chunks=manifest.chunks,
        first_days=len(firsts),
        workers=workers,
        run_seconds=seconds,
        seconds=seconds * manifest.rows / max(min(workers, manifest.chunks), 1),
        bytes=size(manifest),
    )


def timed(chunks: Chunks, points: Points) -> float:
    """Seconds of one run: the mean over a few points, each with its own twin and none of the warming up."""
    places = np.unique(np.linspace(0, len(points) - 1, SAMPLE).astype("i8"))
    task = task_for(0, points, places, np.zeros(len(places), "i8"))
    chunks.rows(task)
    best = np.inf
    for turn in (1, 2):
        task = task_for(0, points, places, np.full(len(places), turn))
        start = time.perf_counter()
        chunks.rows(task)
        best = min(best, time.perf_counter() - start)
    return float(best) / len(places)


def size(manifest: Manifest) -> int:
    """Bytes of the stored runs at most, without series; the results take as much again."""
    return manifest.rows * (A_NUMBER * len(manifest.outcomes) + A_ROW)
