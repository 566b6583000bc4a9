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
from comity.film.moves import Move, date, moved_plan, read_moves
from comity.film.remembered import Remembered
from comity.film.studio import studio_of, with_plan
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
    (threads; as many as cores if None). The last ones are remembered. `progress(done, all)` is called as runs end;
    `Cancelled` is raised soon after `stop` is set. The seed is that of the first scenario if None. Errors as `film`.
    """
    scenarios = [_runnable(scenario) for scenario, _ in sides]
    number = scenarios[0].seed_or_own(seed)
    many = whole("the number of runs", runs, 1, MOST_RUNS)
    moved = [read_moves(scenario, moves) for scenario, (_, moves) in zip(scenarios, sides, strict=True)]
    ends = [end_of(until, scenario.first_day) for scenario in scenarios]
    keys = [(scenario.digest, number, many, moves) for scenario, moves in zip(scenarios, moved, strict=True)]
    found = {key: ran for key in keys if (ran := RAN.known(key)) is not None}
    fresh = [k for k, key in enumerate(keys) if key not in found and key not in keys[:k]]
    days = [_moved(scenarios[k], moved[k]) for k in fresh]
    told = 0
    for group in _alike(days):
        done = _reporting(stop, progress, told * many, len(fresh) * many, len(group) * many)
        for at, ran in zip(group, _play([days[k] for k in group], number, many, workers, done), strict=True):
            found[keys[fresh[at]]] = ran
            RAN.put(keys[fresh[at]], ran)
        told += len(group)
    return [_fan(scenario, number, end, found[key]) for scenario, end, key in zip(scenarios, ends, keys, strict=True)]


def _moved(scenario: Scenario, moved: tuple[Move, ...]) -> Beginning:
    studio = studio_of(scenario)
    return with_plan(studio.begin, moved_plan(scenario, studio.begin, moved))


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


@dataclass(frozen=True, slots=True)
class _Ran:
    """Many runs: bands of the series by name (levels, quarters); who has left (runs, quarters, members); the series of
    the plane (runs, quarters); outcomes (runs, K)."""

    bands: dict[str, Any]
    left: Any
    plane: dict[str, Any]
    outcomes: Any

    @classmethod
    def of(cls, day: Beginning, record: Any, outcomes: Any) -> _Ran:
        """From the records of the runs (runs, quarters, picks)."""
        runs, quarters = record.shape[:2]
        seen = course.region_watch(day).read(record.reshape(runs * quarters, -1))
        series = {
            name: column.reshape(runs, quarters).astype("f8")
            for name, column in course.region_columns(day, seen).items()
        }
        left = (seen["members.left"] != 0).reshape(runs, quarters, -1)
        return cls(
            {name: bands(values) for name, values in series.items()},
            np.logical_or.accumulate(left, axis=1),
            {name: series[name].astype("f4") for name in PLANE},
            outcomes,
        )


RAN: Final[Remembered[_Ran]] = Remembered(24)
"""The runs played last, some 300 KB each: many who watch the same scenario stand before the same fan."""


def _play(
    days: list[Beginning], seed: int, runs: int, workers: int | None, done: Callable[[int, int], None]
) -> list[_Ran]:
    """The runs of each first day."""
    watches = [course.region_watch(day) for day in days]
    records = [np.zeros((runs, days[0].world.size.quarters, len(watch.picks))) for watch in watches]

    def take(index: int, run: int, trace: engine.Trace) -> None:
        records[index][run] = trace.record

    workers = None if workers is None else whole("the number of workers", workers, 1)
    done(0, runs)
    values = engine.ensemble(days, seed, range(runs), workers, lambda count: done(count, runs), watches[0].picks, take)
    return [_Ran.of(day, record, values[k]) for k, (day, record) in enumerate(zip(days, records, strict=True))]


def bands(values: Any) -> Any:
    """The lines of a band: (levels, ...) over the first axis, without what is missing; NaN where nothing is known."""
    missing = np.isnan(values)
    if not missing.any():
        return np.quantile(values, LEVELS, axis=0)
    known = ~missing.all(axis=0)
    lines = np.nanquantile(np.where(known, values, 0.0), LEVELS, axis=0)
    return np.where(known, lines, np.nan)


def _fan(scenario: Scenario, seed: int, end: int, ran: _Ran) -> Fan:
    day, columns = scenario.first_day, studio_of(scenario).columns
    runs, quarters = ran.left.shape[:2]
    names, places = reported(scenario, day)
    found = {name: lines[:, :end] for name, lines in ran.bands.items()}
    exits = ran.left[:, end - 1].mean(axis=0) if end else np.zeros(len(day.members))
    outcomes = zip(names, places, strict=True) if end == quarters else ()
    ends = {name: ran.outcomes[:, place] for name, place in outcomes}
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
    parts = {f"fan.{name}": _part(lines, columns[name]) for name, lines in found.items()}
    parts |= {f"ends.{name}": buffer.exact(values) for name, values in ends.items()}
    parts |= {f"last.{name}": buffer.exact(values[:, end - 1 : end].ravel()) for name, values in ran.plane.items()}
    parts["exits"] = buffer.exact(exits, unit="share")
    told, raw = buffer.pack(header, parts, {})
    return Fan(scenario, runs, found, ends, exits, told, raw)


def _part(band: Any, said: dict[str, Any]) -> buffer.Part:
    bounded = {"low", "high"} <= set(said)
    rest = {key: value for key, value in said.items() if key not in ("low", "high")}
    return buffer.rounded(band, said["low"], said["high"], **rest) if bounded else buffer.exact(band, **said)
