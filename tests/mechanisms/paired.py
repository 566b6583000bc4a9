"""Paired experiments: a region under several changes, run by run under the same luck, each ensemble played once."""

from __future__ import annotations

import functools
import hashlib
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


_DAYS: Final[dict[bytes, Beginning]] = {}


@functools.cache
def _begun(region: str, said: str) -> bytes:
    day = beginning.begin(scenario.load(region).with_(json.loads(said)))
    given = (getattr(day.world, name) for name in ("plan", "shocks", "ties", "spillovers", "aims_member", "aims_area"))
    # which numbers are drawn counts as much as where they start: one that is said is known, though it be the default
    parts = (day.world.buffer, day.twin.buffer, day.draws, *given)
    key = hashlib.sha256(b"".join(part.tobytes() for part in parts)).digest()
    _DAYS.setdefault(key, day)
    return key


def begun(region: str, changes: Changes) -> bytes:
    """A key of the first day of the region under the changes; changes that change nothing give the same."""
    return _begun(region, json.dumps(changes))


@functools.cache
def _outcomes(key: bytes, runs: int) -> dict[str, Any]:
    day = _DAYS[key]
    return dict(zip(day.book.outcomes, engine.ensemble([day], SEED, range(runs))[0].T, strict=True))


def outcomes(region: str, changes: Changes, runs: int) -> dict[str, Any]:
    """Every outcome in each run (runs,), by name; NaN where a run has none."""
    return _outcomes(begun(region, changes), runs)


def outcome(region: str, name: str, changes: Changes, runs: int) -> Any:
    """One outcome in each run (runs,)."""
    return outcomes(region, changes, runs)[name]


@functools.cache
def _courses(key: bytes, table: str, columns: tuple[str, ...], runs: int) -> dict[str, Any]:
    day = _DAYS[key]
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
    return _courses(begun(region, changes), table, tuple(columns), runs)


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
