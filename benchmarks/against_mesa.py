"""How much faster is the engine than the same rules over ordinary Mesa agents?

The peer is the model as a Mesa user would write it: members, measures and the organization are `mesa.Agent`s, all else
plain objects, a list answers `members[i].trust`, an object array `posts[i, m].rung`, and `mesa.batch_run` drives it.
Its rules are the rulebook's own functions, so the whole state at the end must hold the same bits as the engine's; the
bar of 300 is for this peer. A second one asks Python's `random` and `math` for its luck and its exponentials: less to
do, and other bits.

`python benchmarks/against_mesa.py` prints seconds a run of one core, the no-lever twin not counted, and the ratios.
"""

from __future__ import annotations

import functools
import math
import random
import time
import types
from collections.abc import Callable
from typing import Any

import mesa
import numpy as np
from _timing import machine, run_seconds

from comity import arithmetic, chance, composer, engine, syntax
from comity.beginning import Beginning, begin
from comity.chance import run_key
from comity.mechanism import Rule
from comity.priors import draw_all
from comity.quarter import RULEBOOK
from comity.scenario import load
from comity.tables import World

YEARS = 20
RUNS = 2
SEED = 1
BAR = 300.0
TABLES = ("clock", "org", "areas", "members", "stakes", "measures", "posts", "params", "tallies", "whys")
GIVEN = ("spillovers", "ideals", "ties", "shocks")
NUMBERS = ("aims_member", "aims_area")
AGENTS = ("org", "members", "measures")


class Rows(list[Any]):
    """A list of agents or objects that can say how many there are as an array can."""

    @property
    def shape(self) -> tuple[int]:
        """As of an array of one dimension."""
        return (len(self),)


class Actor(mesa.Agent):  # type: ignore[misc]
    """A member, a measure or the organization: an ordinary agent with ordinary attributes."""


@functools.cache
def plain_class(columns: tuple[str, ...]) -> type:
    """A class of objects with these attributes and nothing else."""
    return type("Thing", (), {"__slots__": columns})


def thing(record: Any, model: mesa.Model | None = None) -> Any:
    """A record as an object, or as an agent of the model; records in it become objects too."""
    made = plain_class(record.dtype.names)() if model is None else Actor(model)
    for name in record.dtype.names:
        value = record[name]
        setattr(made, name, thing(value) if value.dtype.names else value.item())
    return made


def things(table: Any, model: mesa.Model | None = None) -> Any:
    """A table as rows of objects: a list, or an object array where it has more than one index."""
    if table.ndim == 1:
        return Rows(thing(record, model) for record in table)
    array = np.empty(table.shape, object)
    for place in np.ndindex(table.shape):
        array[place] = thing(table[place])
    return array


class Peer(mesa.Model):  # type: ignore[misc]
    """The same region, rules and luck over ordinary agents; outcomes are known when the run is over."""

    def __init__(self, run: int = 0, same_bits: bool = True, seed: int | None = None) -> None:
        super().__init__(seed=seed)
        day, world = drawn(run)
        self.calls = phases() if same_bits else phases(lucky)
        self.book, self.plan = day.book, world.plan
        self.tables = {name: things(getattr(world, name), self if name in AGENTS else None) for name in TABLES + GIVEN}
        self.tables |= {name: getattr(world, name) for name in NUMBERS}
        self.rows = [self.tables[name] for name in table_names()]
        self.outcomes: dict[str, float] = {}
        for phase in self.book.founding:
            self.calls[phase.name](*self.rows)
        reporters = {name: functools.partial(Peer.outcome, name=name) for name in self.book.outcomes}
        self.datacollector = mesa.DataCollector(reporters)

    def outcome(self, name: str) -> float | None:
        """An outcome, None before the end."""
        return self.outcomes.get(name)

    def step(self) -> None:
        """One quarter."""
        clock, parameters = self.tables["clock"][0], self.tables["params"][0]
        clock.quarter = max(clock.quarter, -1) + 1
        clock.season = clock.quarter % 4
        for row, name in enumerate(self.book.levers):
            getattr(parameters, name).strength = float(self.plan[clock.quarter, row])
        for phase in self.book.quarterly:
            self.calls[phase.name](*self.rows)
        if clock.quarter + 1 == clock.horizon:
            self.running = False
            self.outcomes = {name: self.finish(name) for name in self.book.outcomes}
        self.datacollector.collect(self)

    def finish(self, name: str) -> float:
        """An outcome's last word."""
        finish = self.book.outcomes[name].finish
        one = {"clock": "clock", "org": "org", "tally": "tallies"}
        rows = [
            self.tables[one[each]][0] if each in one
            else getattr(self.tables["params"][0], each) if each == name
            else self.tables[each]
            for each in syntax.arguments(finish)
        ]  # fmt: skip
        return float(finish(*rows))


def table_names() -> list[str]:
    """The names of the tables in the order in which phases take them."""
    return [name.strip() for name in composer.ARGUMENTS.split(",")]


@functools.cache
def scenario_day() -> Beginning:
    """The EU's first day, for the horizon of this benchmark."""
    return begin(load("eu").with_({"run.years": YEARS}))


def drawn(run: int) -> tuple[Beginning, World]:
    """The first day of a run: its uncertain numbers drawn, the wishes of its no-lever twin at hand."""
    day = scenario_day()
    world = day.world.copy(day.book)
    world.ideals[...] = wishes(run)
    key0, key1 = run_key(SEED, run)
    world.clock["key0"], world.clock["key1"] = int(key0), int(key1)
    draw_all(world.clock[0], day.draws, world.flat)
    for row, name in enumerate(day.book.levers):
        world.params[0][name]["strength"] = world.plan[0, row]
    return day, world


@functools.cache
def wishes(run: int) -> Any:
    """The ideals of a run, from its no-lever twin."""
    return engine.Runner([scenario_day()]).wished(0, SEED, run).copy()


def itself(rule: Rule) -> Callable[..., Any]:
    """The rule as it stands."""
    return rule


@functools.cache
def phases(bind: Callable[[Rule], Callable[..., Any]] = itself) -> dict[str, Callable[..., Any]]:
    """All phases in plain Python."""
    return composer.plain(RULEBOOK, bind)


LUCK = random.Random(SEED)
QUICK: dict[Any, Callable[..., float]] = {
    chance.uniform: lambda clock, subject, purpose, object: LUCK.random(),
    chance.normal: lambda clock, subject, purpose, object: LUCK.gauss(0.0, 1.0),
    arithmetic.exp: math.exp,
    arithmetic.log: math.log,
    arithmetic.logistic: lambda x: 1.0 / (1.0 + math.exp(-x)),
    arithmetic.logit: lambda p: math.log(p / (1.0 - p)),
}


@functools.cache
def lucky(function: Callable[..., Any]) -> Callable[..., Any]:
    """A rule or helper that asks Python for its luck and its exponentials."""
    if function in QUICK:
        return QUICK[function]
    names = dict(function.__globals__)
    for name, value in syntax.outside_names(function).items():
        if isinstance(value, types.FunctionType):
            names[name] = lucky(value)
    return types.FunctionType(function.__code__, names, function.__name__, function.__defaults__)


def batch(same_bits: bool) -> tuple[float, list[dict[str, Any]]]:
    """Processor seconds a run of the peer in `mesa.batch_run`, and its results."""
    start = time.thread_time()
    found = mesa.batch_run(
        Peer, {"run": list(range(RUNS)), "same_bits": [same_bits], "seed": [SEED]}, number_processes=1, iterations=1,
        data_collection_period=-1, max_steps=scenario_day().world.size.quarters, display_progress=False,
    )  # fmt: skip
    return (time.thread_time() - start) / RUNS, found


def differing(run: int) -> tuple[int, int]:
    """How many numbers of the state at the end of a run differ between peer and engine, and of how many."""
    model = Peer(run)
    while model.running:
        model.step()
    world = engine.Runner([scenario_day()]).run(0, SEED, run).world
    pairs = [pair for name in TABLES for pair in numbers(model.tables[name], getattr(world, name))]
    return sum(not same(ours, theirs) for ours, theirs in pairs), len(pairs)


def numbers(rows: Any, table: Any) -> list[tuple[Any, Any]]:
    """All numbers of a table, the peer's and the engine's beside each other."""
    found: list[tuple[Any, Any]] = []
    for place in np.ndindex(table.shape):
        found += fields(rows[place if table.ndim > 1 else place[0]], table[place])
    return found


def fields(row: Any, record: Any) -> list[tuple[Any, Any]]:
    """The numbers of one row, those of records in it included."""
    found: list[tuple[Any, Any]] = []
    for name in record.dtype.names:
        ours, theirs = getattr(row, name), record[name]
        found += fields(ours, theirs) if theirs.dtype.names else [(ours, theirs.item())]
    return found


def same(a: float, b: float) -> bool:
    """Equal, or both no number."""
    return a == b or (a != a and b != b)


def main() -> None:
    """Print whether the bits agree, seconds a run, and ratios."""
    day = scenario_day()
    engine.ready()
    wrong, held = differing(0)
    times = {"engine": run_seconds(day, RUNS, 10)[0]}
    exact, found = batch(same_bits=True)
    times["Mesa agents, same bits"] = exact
    times["Mesa agents, Python's random and math"] = batch(same_bits=False)[0]
    runner = engine.Runner([day])
    outcomes = [runner.run(0, SEED, run).outcomes for run in range(RUNS)]
    agree = [
        all(same(row[name], value) for name, value in zip(day.book.outcomes, outcomes[row["run"]], strict=True))
        for row in found
    ]
    print(f"{machine()}, Mesa {mesa.__version__}")
    print(f"EU, {len(day.members)} states, {YEARS} years, {RUNS} runs; bar {BAR:.0f}\n")
    print(f"{wrong} of {held} numbers differ at the end of a run")
    print(f"all outcomes agree in {sum(agree)} of {len(agree)} runs\n")
    print(f"{'':40}{'s a run':>12}{'ratio':>9}")
    for name, spent in times.items():
        print(f"{name:40}{spent:12.5f}{spent / times['engine']:9.0f}")


if __name__ == "__main__":
    main()
