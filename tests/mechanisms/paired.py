"""Paired experiments: a region under several changes, run by run under the same luck, each ensemble played once."""

from __future__ import annotations

import functools
import json
from collections.abc import Callable, Iterable
from typing import Any, Final

import numpy as np
import pytest

from comity import beginning, engine, scenario, signs
from comity.beginning import Beginning
from comity.runs.interval import spread

SEED: Final = 11
FEW, MANY = 24, 200
RUNS: Final = [pytest.param(FEW, id="few"), pytest.param(MANY, id="many", marks=pytest.mark.long)]

Changes = dict[str, Any]


def sign(key: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """A test of a sign in the table, with few runs and, marked `long`, with many. KeyError if the table lacks it."""
    if signs.SIGNS[key].label == signs.NOT_HAD:
        raise ValueError(f"{key} is listed as not had")
    return pytest.mark.parametrize("runs", RUNS)


def on(*levers: str, strength: float = 1.0, **numbers: float) -> Changes:
    """Levers at a strength, with other numbers of their own; what else the region has stays as it is."""
    said: Changes = {}
    for name in levers:
        own = {"on": True, "strength": strength, **numbers}
        said |= {f"levers.{name}.{key}": value for key, value in own.items()}
    return said


def off(*levers: str) -> Changes:
    """Levers switched off."""
    return {f"levers.{name}.on": False for name in levers}


def for_all(region: str, figure: str, value: float) -> Changes:
    """One figure, the same for every state of the region's file."""
    return {f"region.members.{code}.{figure}": value for code in beginning.begin(scenario.load(region)).members}


@functools.cache
def _resolved(region: str, said: str) -> str:
    """All that the scenario comes to: changes that change nothing give the same."""
    return json.dumps(scenario.load(region).with_(json.loads(said)).require_region().resolved, sort_keys=True)


_DAYS: Final[dict[str, Beginning]] = {}


def begun(region: str, changes: Changes) -> tuple[str, Beginning]:
    """The first day of the region under the changes, and a text that equal ones share."""
    said = json.dumps(changes)
    resolved = _resolved(region, said)
    if resolved not in _DAYS:
        _DAYS[resolved] = beginning.begin(scenario.load(region).with_(changes))
    return resolved, _DAYS[resolved]


@functools.cache
def _outcomes(resolved: str, runs: int) -> dict[str, Any]:
    day = _DAYS[resolved]
    return dict(zip(day.book.outcomes, engine.ensemble([day], SEED, range(runs))[0].T, strict=True))


def outcomes(region: str, changes: Changes, runs: int) -> dict[str, Any]:
    """Every outcome in each run (runs,), by name; NaN where a run has none."""
    return _outcomes(begun(region, changes)[0], runs)


def outcome(region: str, name: str, changes: Changes, runs: int) -> Any:
    """One outcome in each run (runs,)."""
    return outcomes(region, changes, runs)[name]


@functools.cache
def _courses(resolved: str, table: str, columns: tuple[str, ...], runs: int) -> dict[str, Any]:
    day = _DAYS[resolved]
    rows = getattr(day.world, table)
    picks = np.array([day.world.place(table, row, column) for column in columns for row in range(rows.size)])
    found: dict[int, Any] = {}

    def take(_: int, run: int, trace: engine.Trace) -> None:
        found[run] = trace.record.copy()

    engine.ensemble([day], SEED, range(runs), picks=picks, take=take)
    record = np.array([found[run] for run in range(runs)]).reshape(runs, -1, len(columns), rows.size)
    each = {column: np.ascontiguousarray(record[:, :, place]) for place, column in enumerate(columns)}
    # a run records eight bytes a number; what they mean is the column's own kind
    return {column: values.view(rows.dtype[column]) for column, values in each.items()}


def course(region: str, table: str, columns: Iterable[str], changes: Changes, runs: int) -> dict[str, Any]:
    """Columns of a table in each run and quarter (runs, quarters, rows), by name."""
    return _courses(begun(region, changes)[0], table, tuple(columns), runs)


def interval(difference: Any) -> tuple[float, float]:
    """The 95 % interval of a mean of paired differences, one a run."""
    found = spread(difference)
    return found.mean_low, found.mean_high


def nine_in_ten(difference: Any) -> tuple[float, float]:
    """Where nine runs in ten lie: what is not known of contested numbers is in it, and more runs do not shrink it."""
    found = spread(difference)
    return found.low, found.high


def difference(region: str, name: str, without: Changes, with_it: Changes, runs: int) -> Any:
    """What the second adds to the first in each run (runs,)."""
    return outcome(region, name, with_it, runs) - outcome(region, name, without, runs)


def effect(region: str, name: str, without: Changes, with_it: Changes, runs: int) -> tuple[float, float]:
    """What the second adds to the first under the same luck, as the interval of the mean."""
    return interval(difference(region, name, without, with_it, runs))
