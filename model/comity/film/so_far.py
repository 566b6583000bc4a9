"""What each lever has done so far: the very same run is played again with that lever off, under the same luck."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final

import numpy as np

from comity import engine
from comity.beginning import Beginning
from comity.film.making import end_of
from comity.film.many import Cancelled
from comity.film.moves import date, moved_plan, read_moves
from comity.film.studio import studio_of, with_plan
from comity.film.telling import label
from comity.runs import course
from comity.runs.interval import spread
from comity.runs.result import LARGEST, number
from comity.runs.scenario import Scenario, able, whole
from comity.runs.watch import Watch

QUANTITIES: Final = ("integration", "respect", "trust", "challenger_share", "resentment", "spent")
"""What effects are told of; `spent` is the budget."""
MOST_RUNS: Final = 1000
ALL: Final = "all levers"


def effects_so_far(
    scenario: Any,
    moves: Iterable[Sequence[Any]] = (),
    seed: int | str | None = None,
    quarter: int | str | None = None,
    run: int = 0,
    runs: int | None = None,
    workers: int | None = None,
    stop: threading.Event | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> dict[str, Any]:
    """What each lever in use has made other than it would have been without it, from the start to a quarter.

    Without `runs` it is told of run number `run` alone: the film of the same scenario, moves and seed. With `runs`, of
    runs 0, 1, ... and with an interval. The quarter is a number from 0 or a date; the last one if None. The document:

    - `quarter`, `date`, `runs`, `quantities` (name, label, unit)
    - `levers`: name, title, and `effects` by quantity: `now` (in that quarter) and `mean` (of all quarters so far);
      with `runs` also `now_low`, `now_high`, `mean_low`, `mean_high`, the interval of the mean effect (95 percent)
    - `all`: the same for all levers together

    A lever is in use if the plan gave it strength in a quarter so far; what an organization moves by its own policy
    counts as the effect of that policy. `progress(done, all)` is called as runs end; `Cancelled` is raised soon after
    `stop` is set. Errors as `film`.
    """
    source = able(scenario).require_region()
    assert isinstance(source, Scenario)
    number_of_luck, studio = source.seed_or_own(seed), studio_of(source)
    plan = moved_plan(source, studio.begin, read_moves(source, moves))
    day = with_plan(studio.begin, plan)
    end = _end(quarter, day)
    played = range(whole("a run", run, 0, LARGEST), run + 1) if runs is None else range(
        whole("the number of runs", runs, 1, MOST_RUNS))  # fmt: skip
    rows = np.flatnonzero((plan[:end] != 0.0).any(axis=0)).tolist()
    values = _played(day, number_of_luck, played, rows, end, workers, stop, progress)
    names = list(day.book.levers)
    apart = values[:, :1] - values[:, 1:]
    told = [_effects(apart[:, k], runs is not None) for k in range(len(rows) + 1)]
    return {
        "quarter": end - 1,
        "date": date(day.start, end - 1),
        "runs": len(played),
        "quantities": [
            {"name": name, "label": label(name), "unit": studio.columns[name]["unit"]} for name in QUANTITIES
        ],
        "levers": [
            {"name": names[row], "title": names[row].replace("_", " ").capitalize(), "effects": told[k + 1]}
            for k, row in enumerate(rows)
        ],
        "all": {"name": ALL, "title": "All levers together", "effects": told[0]},
    }


def _end(quarter: int | str | None, day: Beginning) -> int:
    last = day.world.size.quarters
    if quarter is None:
        return last
    if isinstance(quarter, str) and "Q" in quarter.upper():
        return end_of(quarter, day)
    return whole("a quarter", quarter, 0, last - 1) + 1


def _played(
    day: Beginning, seed: int, runs: range, rows: list[int], end: int, workers: int | None,
    stop: threading.Event | None, progress: Callable[[int, int], None] | None,
) -> Any:  # fmt: skip
    """Quantities (runs, plans, quantities, now and mean): as played, without any lever, and without each."""
    kept = {**course.of_the_quarter(day.book), **course.ORGANIZATION}
    tallies = [kept[name] for name in QUANTITIES if name not in course.ORGANIZATION]
    org = [kept[name] for name in QUANTITIES if name in course.ORGANIZATION]
    watch = Watch(day.world, {"tallies": tallies, "org": org})
    order = [f"org.{kept[name]}" if name in course.ORGANIZATION else f"tallies.{kept[name]}" for name in QUANTITIES]
    off = [rows, *([row] for row in rows)]
    values = np.zeros((len(runs), 1 + len(off), len(QUANTITIES), 2))

    def plans(_: int) -> Iterable[Any]:
        yield day.world.plan
        for without in off:
            plan = day.world.plan.copy()
            plan[:, without] = 0.0
            yield plan

    def take(run: int, number: int, trace: engine.Trace) -> None:
        if stop is not None and stop.is_set():
            raise Cancelled("the effects are no longer wanted")
        seen = watch.read(trace.record[:end])
        for k, name in enumerate(order):
            column = seen[name][:, 0]
            values[run - runs.start, number, k] = column[-1], column.mean()

    workers = None if workers is None else whole("the number of workers", workers, 1)
    done = None if progress is None else lambda finished: progress(finished, len(runs))
    engine.variants(day, seed, runs, plans, workers, done, watch.picks, take)
    return values


def _effects(apart: Any, spread_out: bool) -> dict[str, dict[str, float | None]]:
    """By quantity; `apart` is (runs, quantities, now and mean)."""
    found: dict[str, dict[str, float | None]] = {}
    for k, name in enumerate(QUANTITIES):
        one: dict[str, float | None] = {}
        for part, at in (("now", 0), ("mean", 1)):
            of_runs = spread(apart[:, k, at])
            one[part] = number(of_runs.mean)
            if spread_out:
                one |= {f"{part}_low": number(of_runs.mean_low), f"{part}_high": number(of_runs.mean_high)}
        found[name] = one
    return found
