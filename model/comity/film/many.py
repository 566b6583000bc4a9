"""Behind the one run that is shown stand others: the same scenario under other luck, as bands through time."""

from __future__ import annotations

import math
import threading
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np

from comity import engine
from comity.beginning import Beginning
from comity.film import buffer
from comity.film.making import end_of, members_of
from comity.film.moves import date, moved_plan, read_moves
from comity.film.studio import Studio, studio_of, with_plan
from comity.runs import course
from comity.runs.result import reported
from comity.runs.scenario import Scenario, able, whole

LEVELS: Final = (0.05, 0.25, 0.5, 0.75, 0.95)
"""Of all runs, the shares that lie below each line of a band."""
PLANE: Final = ("integration", "respect")
"""Series of which each run's value in the last quarter shown is kept too."""
RUNS: Final = 50
MOST_RUNS: Final = 1000


class Cancelled(Exception):
    """What was being computed is no longer wanted."""


@dataclass(frozen=True, eq=False)
class Fan:
    """Many runs of a scenario as bands. `bands` (levels, quarters) by name of the series; `ends` (runs,) by outcome.

    `header` is plain values, `buffer` header and arrays as bytes, in the form of a film's: `fan.NAME` [levels,
    quarters], `ends.NAME` [runs] for each outcome, `last.NAME` [runs], integration and respect in the last quarter
    shown, `exits` [members], the share of runs in which a member left. A fan that ends before its runs do has no
    outcomes.
    """

    scenario: Scenario = field(repr=False)
    runs: int
    bands: dict[str, Any] = field(repr=False)
    ends: dict[str, Any] = field(repr=False)
    exits: Any = field(repr=False)
    header: dict[str, Any] = field(repr=False)
    buffer: bytes = field(repr=False)

    def document(self) -> dict[str, Any]:
        """All of it as plain values, ready for JSON: null for what is missing."""
        told = {key: value for key, value in self.header.items() if key != "arrays"}
        told["fan"] = {name: [[_plain(each) for each in row] for row in band] for name, band in self.bands.items()}
        told["ends"] = {name: [_plain(each) for each in values] for name, values in self.ends.items()}
        return told | {"exits": [_plain(each) for each in self.exits]}


def _plain(value: Any) -> float | None:
    return None if math.isnan(value) else float(value)


def fan(
    scenario: Any,
    seed: int | str | None = None,
    moves: Iterable[Sequence[Any]] = (),
    runs: int = RUNS,
    until: int | str | None = None,
    workers: int | None = None,
    stop: threading.Event | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Fan:
    """Runs 0, 1, ... under a seed as bands, as `film` would show them one by one; see `fans`."""
    return fans([(scenario, moves)], seed, runs, until, workers, stop, progress)[0]


def fans(
    sides: Sequence[tuple[Any, Iterable[Sequence[Any]]]],
    seed: int | str | None = None,
    runs: int = RUNS,
    until: int | str | None = None,
    workers: int | None = None,
    stop: threading.Event | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> list[Fan]:
    """The fans of several sides (scenario, moves), run k of each under the same luck.

    Sides whose governments want the same share the work of finding that out. The same for any number of `workers`
    (threads; as many as cores if None). `progress(done, all)` is called as runs end; `Cancelled` is raised soon after
    `stop` is set. The seed is that of the first scenario if None. Errors as `film`.
    """
    scenarios = [_runnable(scenario) for scenario, _ in sides]
    number = scenarios[0].seed_or_own(seed)
    many = whole("the number of runs", runs, 1, MOST_RUNS)
    studios = [studio_of(scenario) for scenario in scenarios]
    days = [
        with_plan(studio.begin, moved_plan(scenario, studio.begin, read_moves(scenario, moves)))
        for scenario, studio, (_, moves) in zip(scenarios, studios, sides, strict=True)
    ]
    told: list[Fan] = []
    for group in _alike(days):
        done = _reporting(stop, progress, len(told) * many, len(days) * many, len(group) * many)
        played = _play([days[k] for k in group], number, many, workers, done)
        told += [_fan(scenarios[k], studios[k], days[k], number, until, *played[at]) for at, k in enumerate(group)]
    return told


def _runnable(scenario: Any) -> Scenario:
    found = able(scenario).require_region()
    assert isinstance(found, Scenario)
    return found


def _alike(days: Sequence[Beginning]) -> list[list[int]]:
    """All together where they can share buffers of one shape, else one by one."""
    every = list(range(len(days)))
    together = len({(day.world.size, id(day.book)) for day in days}) == 1
    return [every] if together else [[k] for k in every]


def _reporting(
    stop: threading.Event | None, progress: Callable[[int, int], None] | None, before: int, total: int, weight: int
) -> Callable[[int, int], None]:
    """What is called as runs end, so and so many of so many: it tells, or stops."""

    def done(finished: int, runs: int) -> None:
        if stop is not None and stop.is_set():
            raise Cancelled("the fan is no longer wanted")
        if progress is not None:
            progress(before + finished * weight // runs, total)

    return done


def _play(
    days: list[Beginning], seed: int, runs: int, workers: int | None, done: Callable[[int, int], None]
) -> list[tuple[Any, Any]]:
    """Records (runs, quarters, picks) and outcomes (runs, K) of each first day."""
    watches = [course.region_watch(day) for day in days]
    size = days[0].world.size
    records = [np.zeros((runs, size.quarters, len(watch.picks))) for watch in watches]

    def take(index: int, run: int, trace: engine.Trace) -> None:
        records[index][run] = trace.record

    workers = None if workers is None else whole("the number of workers", workers, 1)
    done(0, runs)
    values = engine.ensemble(days, seed, range(runs), workers, lambda count: done(count, runs), watches[0].picks, take)
    return [(record, values[k]) for k, record in enumerate(records)]


def bands(values: Any) -> Any:
    """The lines of a band: (levels, ...) over the first axis, without what is missing; NaN where nothing is known."""
    missing = np.isnan(values)
    if not missing.any():
        return np.quantile(values, LEVELS, axis=0)
    known = ~missing.all(axis=0)
    lines = np.nanquantile(np.where(known, values, 0.0), LEVELS, axis=0)
    return np.where(known, lines, np.nan)


def _fan(
    scenario: Scenario, studio: Studio, day: Beginning, seed: int, until: int | str | None, record: Any, values: Any
) -> Fan:
    runs, quarters = record.shape[:2]
    seen = course.region_watch(day).read(record.reshape(runs * quarters, -1))
    end, names, columns = end_of(until, day), *reported(scenario, day)
    series = course.region_columns(day, seen)
    found = {name: bands(column.reshape(runs, quarters).astype("f8"))[:, :end] for name, column in series.items()}
    left = (seen["members.left"] != 0).reshape(runs, quarters, -1)[:, :end].any(axis=1)
    ends = {name: values[:, column] for name, column in zip(names, columns, strict=True)} if end == quarters else {}
    header = {
        "version": buffer.VERSION,
        "scenario": scenario.name,
        "title": scenario.title,
        "seed": seed,
        "runs": runs,
        "levels": list(LEVELS),
        "start": date(day.start, 0),
        "quarters": quarters,
        "until": end,
        "members": [each["iso3"] for each in members_of(scenario)],
    }
    parts = {f"fan.{name}": _part(band, studio.columns[name]) for name, band in found.items()}
    parts |= {f"ends.{name}": buffer.exact(column) for name, column in ends.items()}
    parts |= {
        f"last.{name}": buffer.exact(series[name].reshape(runs, quarters)[:, end - 1 : end].ravel()) for name in PLANE
    }
    parts["exits"] = buffer.exact(left.mean(axis=0), unit="share")
    told, raw = buffer.pack(header, parts, {})
    return Fan(scenario, runs, found, ends, left.mean(axis=0), told, raw)


def _part(band: Any, said: dict[str, Any]) -> buffer.Part:
    bounded = {"low", "high"} <= set(said)
    rest = {key: value for key, value in said.items() if key not in ("low", "high")}
    return buffer.rounded(band, said["low"], said["high"], **rest) if bounded else buffer.exact(band, **said)
