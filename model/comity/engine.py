"""One run or many, compiled, in threads: the same bits for any number of workers."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from comity import composer
from comity.beginning import Beginning
from comity.chance import run_key
from comity.priors import DRAW
from comity.quarter import RULEBOOK
from comity.rulebook import Rulebook
from comity.tables import Size, World

NOTHING: Any = np.zeros(0, "i8")
FUNCTION_COST: Final = 300
"""What compiling a function costs whatever its length, in bytes of its code: a guess that balances the processes."""


_TRIED: Final[set[Any]] = set()
"""Composed rulebooks with own rules that are known to compile."""


@dataclass(frozen=True, slots=True)
class Trace:
    """One run with its course: outcomes (K,), and record (quarters, picks) of the numbers asked for."""

    outcomes: Any
    record: Any
    world: World


def ready(book: Rulebook = RULEBOOK, say: Callable[[str], None] | None = None) -> Any:
    """The compiled rulebook; compiles it first, in a process for each core, if this machine has not done so."""
    if book is RULEBOOK and not composer.is_cached(book):
        if say is not None:
            say("compiling the rulebook, once on this machine: about half a minute")
        _compile(book)
    if book.own_rules:
        return _with_own_rules(book, say)
    return composer.compiled(book)


def _with_own_rules(book: Rulebook, say: Callable[[str], None] | None) -> Any:
    """The rulebook with its own rules compiled; a RuleError in the words of the rule, should one not compile."""
    import numba

    ready(RULEBOOK, say)
    module = composer.compiled(book)
    if module in _TRIED:
        return module
    phases = module.own if isinstance(module, composer.Assembled) else book.phases
    signature = _signatures(book)
    for phase in phases:
        try:
            getattr(module, f"phase_{phase.name}").compile(signature)
        except numba.core.errors.NumbaError as error:
            raise composer.explained(error, phase, book) from None
    _TRIED.add(module)
    return module


def phases(book: Rulebook, arguments: Sequence[Any]) -> dict[str, Callable[..., None]]:
    """The compiled phases by name, called without working out the types of sixteen tables every time."""
    module = ready(book)
    calls = {phase.name: getattr(module, f"phase_{phase.name}") for phase in book.phases}
    kinds = tuple(next(iter(calls.values())).typeof_pyval(table) for table in arguments) if calls else ()
    return {name: dispatcher.compile(kinds) for name, dispatcher in calls.items()}


def set_levers(world: World, strengths: Any, places: Sequence[int]) -> None:
    """What the plan says of each lever, in the order of the rulebook; what a policy has added comes on top.

    `places` are those of the levers' strengths in `flat`.
    """
    pulls = world.pulls
    pulls["planned"] = strengths
    pulls["strength"] = np.minimum(np.maximum(pulls["planned"] + pulls["shift"], pulls["low"]), pulls["high"])
    world.flat[places] = pulls["strength"][: len(places)]


def rulebook_name(book: Rulebook = RULEBOOK) -> str:
    """What a rulebook is called: a hash of all that it is made from. Nothing is compiled for it."""
    return composer._stem(book)[0].partition("_")[2]


def has_own_rules(book: Rulebook) -> bool:
    """Whether a rulebook has other rules than the shipped ones."""
    return book is not RULEBOOK


def _signatures(book: Rulebook) -> tuple[Any, ...]:
    import numba

    small = World(book, Size(2, 2, 2))
    return tuple(numba.typeof(table) for table in small.arguments)


def compile_parts(book: Rulebook, names: Iterable[str]) -> None:
    """Compile functions of the composed rulebook into the cache: phases by their names, and `finish`."""
    import numba

    module = composer.compiled(book)
    signature = _signatures(book)
    for name in names:
        if name == "finish":
            module.finish.compile((*signature, numba.float64[::1]))
        else:
            getattr(module, f"phase_{name}").compile(signature)


def shares(book: Rulebook, parts: int) -> list[list[str]]:
    """What each of `parts` processes compiles: the dearest first, each to whoever has the least to do so far."""

    def cost(rules: Iterable[Any]) -> int:
        return sum(FUNCTION_COST + len(rule.__code__.co_code) for rule in rules)

    costs = {phase.name: cost(step.rule for step in phase.steps) for phase in book.phases}
    costs["finish"] = cost(outcome.finish for outcome in book.outcomes.values())
    loads, found = [0] * parts, [[] for _ in range(parts)]  # type: tuple[list[int], list[list[str]]]
    for name in sorted(costs, key=lambda name: (-costs[name], name)):
        least = loads.index(min(loads))
        loads[least] += costs[name]
        found[least].append(name)
    return found


_PROCESSES: Final = 4
"""At most; each compiles the common helpers anew."""


def _compile(book: Rulebook) -> None:
    composer.compiled(book)  # the file is written before another process looks for it
    mine, *others = shares(book, max(1, min(os.cpu_count() or 1, _PROCESSES)))
    command = "import sys; from comity import engine, quarter; engine.compile_parts(quarter.RULEBOOK, sys.argv[1:])"
    quiet: dict[str, Any] = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    helpers = [subprocess.Popen([sys.executable, "-c", command, *names], **quiet) for names in others]
    try:
        compile_parts(book, mine)
    finally:
        for helper in helpers:
            helper.wait()
    small = World(book, Size(2, 2, 2))
    play(composer.compiled(book), book, small, np.zeros(0, DRAW), small, (0, 0), NOTHING)


class Runner:
    """The buffers of one thread. Beginnings that want the same things under the same luck share a no-lever twin."""

    def __init__(self, beginnings: Sequence[Beginning]) -> None:
        self.modules = [composer.compiled(begin.book) for begin in beginnings]
        self.beginnings = beginnings
        self.worlds = [begin.world.copy(begin.book) for begin in beginnings]
        keys = [wish_key(begin) for begin in beginnings] if len(beginnings) > 1 else [b"alone"]
        self.twin_of = [keys.index(key) for key in keys]
        self.twins = {index: beginnings[index].twin.copy(beginnings[index].book) for index in set(self.twin_of)}
        self._wished: dict[int, tuple[int, int]] = {}

    def run(self, index: int, seed: int, run: int, picks: Any = NOTHING, plan: Any = None) -> Trace:
        """Run number `run` under `seed` of the beginning at `index`; its world is valid until the next call.

        `plan` (quarters, levers) are strengths in place of the beginning's own; all else, and luck, stays the same.
        """
        begin, world = self.beginnings[index], self.worlds[index]
        world.ideals[...] = self.wished(index, seed, run)
        world.plan[...] = begin.world.plan if plan is None else plan
        return self._one(index, world, begin.world, seed, run, picks)

    def wished(self, index: int, seed: int, run: int) -> Any:
        """What governments and publics want in each quarter, state and area: the path of the no-lever twin."""
        first = self.twin_of[index]
        begin, twin = self.beginnings[first], self.twins[first]
        if self._wished.get(first) != (seed, run):
            self._one(first, twin, begin.twin, seed, run, NOTHING)
            self._wished[first] = (seed, run)
        return twin.ideals

    def _one(self, index: int, world: World, template: World, seed: int, run: int, picks: Any) -> Trace:
        begin = self.beginnings[index]
        return play(self.modules[index], begin.book, world, begin.draws, template, run_key(seed, run), picks)


def wish_key(begin: Beginning) -> bytes:
    """The same for two beginnings whose governments and publics want the same things under the same luck.

    The twin pulls no lever, so that the numbers of levers and outcomes, which only their own rules read, do not count;
    a rule of the user's own may read any.
    """
    twin, book = begin.twin, begin.book
    counts = np.ones(len(twin.buffer), bool)
    for name in () if has_own_rules(book) else (*book.levers, *book.outcomes):
        first = twin.place("params", 0, name)
        counts[first : first + twin.params.dtype[name].itemsize // 8] = False
    draws = begin.draws[counts[begin.draws["place"]]]
    parts = (twin.buffer[counts], draws, twin.shocks, twin.ties, twin.spillovers)
    rules = "".join(own.hash for own in book.own_rules).encode()
    return hashlib.sha256(rules + b"".join(part.tobytes() for part in parts)).digest()


def play(module: Any, book: Rulebook, world: World, draws: Any, template: World, key: Any, picks: Any) -> Trace:
    """One run of the compiled `module` in `world`, which starts as a copy of `template`; `key` is its luck."""
    record = np.zeros((world.size.quarters, len(picks)))
    out = np.zeros(max(len(book.outcomes), 1))
    module.one(
        *world.arguments, world.plan, draws, world.flat, template.flat, int(key[0]), int(key[1]), picks, record, out
    )
    return Trace(out, record, world)


def trace(begin: Beginning, seed: int, run: int = 0, picks: Any = NOTHING) -> Trace:
    """One run, with the course of the numbers at `picks` (places in the world's `flat`) recorded each quarter."""
    ready(begin.book)
    return Runner([begin]).run(0, seed, run, picks)


def ensemble(
    beginnings: Sequence[Beginning],
    seed: int,
    runs: range,
    workers: int | None = None,
    done: Callable[[int], None] | None = None,
    picks: Any = NOTHING,
    take: Callable[[int, int, Trace], None] | None = None,
) -> Any:
    """Outcomes (beginnings, runs, K) of many runs; run k has the same luck in every beginning.

    `done` hears how many runs are finished. `take(index, run, trace)` sees each run as it ends, from the worker's
    thread; memory does not grow with the number of runs.
    """
    for begin in beginnings:
        ready(begin.book)
    out = np.zeros((len(beginnings), len(runs), max(len(beginnings[0].book.outcomes), 1)))

    def play(runner: Runner, k: int, _: threading.Event) -> None:
        for index in range(len(beginnings)):
            found = runner.run(index, seed, runs[k], picks)
            out[index, k] = found.outcomes
            if take is not None:
                take(index, runs[k], found)

    _in_threads(beginnings, len(runs), play, workers, done)
    return out


def variants(
    begin: Beginning,
    seed: int,
    runs: range,
    plans: Callable[[int], Iterable[Any]],
    workers: int | None = None,
    done: Callable[[int], None] | None = None,
    picks: Any = NOTHING,
    take: Callable[[int, int, Trace], None] | None = None,
) -> list[Any]:
    """Outcomes (plans, K) of each run, played once under each of its plans with the same luck.

    `plans(run)` gives strengths of levers (quarters, levers); only they differ from the beginning, so that one world a
    thread serves for all. `done` hears how many runs are finished. `take(run, number of the plan, trace)` sees each
    course as it ends, from the worker's thread.
    """
    ready(begin.book)
    out: list[Any] = [None] * len(runs)

    def play(runner: Runner, k: int, stop: threading.Event) -> None:
        rows: list[Any] = []
        for plan in plans(runs[k]):
            if stop.is_set():
                return
            found = runner.run(0, seed, runs[k], picks, plan)
            if take is not None:
                take(runs[k], len(rows), found)
            rows.append(found.outcomes)
        out[k] = np.array(rows)

    _in_threads([begin], len(runs), play, workers, done)
    return out


def _in_threads(
    beginnings: Sequence[Beginning],
    many: int,
    play: Callable[[Runner, int, threading.Event], None],
    workers: int | None,
    done: Callable[[int], None] | None,
) -> None:
    """Play 0, 1, ... `many` - 1, each by whichever thread is free; each thread has a runner of its own."""
    waiting, lock, finished = iter(range(many)), threading.Lock(), [0]
    stop = threading.Event()

    def work() -> None:
        runner = Runner(beginnings)
        while not stop.is_set():
            with lock:
                k = next(waiting, None)
            if k is None:
                return
            play(runner, k, stop)
            with lock:
                finished[0] += 1
                if done is not None:
                    done(finished[0])

    workers = max(1, min(workers or os.cpu_count() or 1, many))
    if workers == 1:
        work()
        return
    with ThreadPoolExecutor(workers) as pool:
        threads = [pool.submit(work) for _ in range(workers)]
        try:
            for thread in threads:
                thread.result()
        finally:
            stop.set()  # an error or Ctrl-C in one place ends the others after their run in hand
