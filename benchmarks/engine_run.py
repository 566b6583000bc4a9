"""What does one run cost inside the engine, which phases cost it, and what does it grow with?

`python benchmarks/engine_run.py` prints milliseconds of one core. The bar: the EU of the shipped baseline, 28 states
over 20 years, in 10 ms without the no-lever twin, which runs with the same wishes share.
"""

from __future__ import annotations

import time
import tracemalloc
from typing import Any

import numpy as np
from _timing import machine, run_seconds, seconds

from comity import engine
from comity.beginning import Beginning, begin
from comity.chance import run_key
from comity.course import Course
from comity.quarter import RULEBOOK
from comity.scenario import Scenario, load
from comity.tables import World

BAR_MS = 10.0
RUNS = 12
PASSES = 5
MEMBERS = (2, 7, 14, 28, 56, 100, 200)
PACES = (0.0, 2.0, 4.0, 8.0, 16.0, 32.0)
YEARS = (5, 10, 20, 40)
ENSEMBLES = (20, 100, 500)
YEARLY = "middle"
"""A phase that acts in the first quarter of a year: called in another, it shows what a call costs."""


def run_ms(day: Beginning, runs: int = RUNS) -> float:
    """Milliseconds a run; the twin's wishes are worked out beforehand."""
    return 1e3 * run_seconds(day, runs, PASSES)[0]


def phases_ms(day: Beginning) -> dict[str, float]:
    """Milliseconds of each phase over a whole run, each called from Python, the cost of the calls taken off."""
    calls = compiled_phases(engine.ready(day.book), day.world)
    course = Course(day, day.world, calls, is_plain=False)
    course.world.ideals[...] = engine.Runner([day]).wished(0, 1, 0)
    key0, key1 = run_key(1, 0)
    names = [phase.name for phase in day.book.quarterly]
    best = dict.fromkeys(names, float("inf"))
    for _ in range(PASSES):
        course.begin((int(key0), int(key1)))
        spent = dict.fromkeys(names, 0.0)
        for quarter in range(course.world.size.quarters):
            course.turn(quarter)
            course.set_levers(course.world.plan[quarter])
            for name in names:
                spent[name] += calling(calls[name], course.arguments)
        best = {name: min(best[name], spent[name]) for name in names}
    course.turn(1)
    empty = min(calling(calls[YEARLY], course.arguments) for _ in range(100)) * course.world.size.quarters
    return {name: 1e3 * max(cost - empty, 0.0) for name, cost in best.items()}


def compiled_phases(module: Any, world: World) -> dict[str, Any]:
    """The phases, called without working out the types of sixteen tables every time."""
    names = [phase.name for phase in RULEBOOK.phases]
    found = {name: getattr(module, f"phase_{name}") for name in names}
    kinds = tuple(next(iter(found.values())).typeof_pyval(table) for table in world.arguments)
    return {name: phase.compile(kinds) for name, phase in found.items()}


def calling(call: Any, arguments: tuple[Any, ...]) -> float:
    """Seconds of one call."""
    start = time.perf_counter()
    call(*arguments)
    return time.perf_counter() - start


def peak_kb(day: Beginning, runs: int) -> tuple[float, float]:
    """The most memory that an ensemble holds at once beyond its answer, and the answer itself, in kilobytes."""
    tracemalloc.start()
    answer = engine.ensemble([day], 1, range(runs), 1)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return (peak - answer.nbytes) / 1e3, answer.nbytes / 1e3


def show(title: str, rows: list[tuple[Any, float]], unit: str = "ms a run") -> None:
    """A small table."""
    print(f"\n{title:24}{unit:>10}")
    for name, figure in rows:
        print(f"{name!s:24}{figure:10.2f}")


def main() -> None:
    """Print the run and its parts, then what it grows with."""
    eu = load("eu")
    day = begin(eu)
    print(machine())
    run, twin = (1e3 * spent for spent in run_seconds(day, RUNS, PASSES))
    members, quarters = len(day.members), day.world.size.quarters
    print(f"\n{'EU':24}{'ms':>10}   {members} states, {quarters} quarters; bar {BAR_MS:.0f} ms")
    print(f"{'a run':24}{run:10.2f}\n{'its no-lever twin':24}{twin:10.2f}")
    rows = sorted(phases_ms(day).items(), key=lambda row: -row[1])
    show("phase", [*rows, ("all phases", float(np.sum([cost for _, cost in rows])))])
    show("states (made ones)", [(n, run_ms(begin(made(n)), runs_for(n))) for n in MEMBERS])
    show("measures tabled a year", [(p, run_ms(begin(eu.with_({"organization.pace": p})))) for p in PACES])
    show("years", [(y, run_ms(begin(eu.with_({"run.years": y})))) for y in YEARS])
    print(f"\n{'runs':10}{'ms a run':>10}{'peak kB':>10}{'answer kB':>11}   with twins")
    for runs in ENSEMBLES:
        spent = 1e3 * seconds(lambda runs=runs: engine.ensemble([day], 1, range(runs), 1), 1) / runs
        peak, answer = peak_kb(day, runs)
        print(f"{runs:<10}{spent:10.2f}{peak:10.0f}{answer:11.0f}")


def made(members: int) -> Scenario:
    """The EU's organization over synthetic states."""
    return load("eu").with_({"region.synthetic": {"members": members, "like": "eu"}})


def runs_for(members: int) -> int:
    """Fewer runs where a run is long."""
    return max(1, min(RUNS, RUNS * 28 // members))


if __name__ == "__main__":
    main()
