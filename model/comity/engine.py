"""One run or many, compiled, in threads: the same bits for any number of workers."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import numpy as np

from comity import composer
from comity.beginning import Beginning
from comity.chance import run_key
from comity.priors import DRAW
from comity.quarter import RULEBOOK, Rulebook
from comity.tables import Size, World

NOTHING: Any = np.zeros(0, "i8")


@dataclass(frozen=True, slots=True)
class Trace:
    """One run with its course: outcomes (K,), and record (quarters, picks) of the numbers asked for."""

    outcomes: Any
    record: Any
    world: World


def ready(book: Rulebook = RULEBOOK, say: Callable[[str], None] | None = None) -> Any:
    """The compiled rulebook; compiles it first, half of it in a second process, if this machine has not done so."""
    if book is RULEBOOK and not composer.is_cached(book):
        if say is not None:
            say("compiling the rulebook, once on this machine: about half a minute")
        _compile(book)
    return composer.compiled(book)


def phases(book: Rulebook, arguments: Sequence[Any]) -> dict[str, Callable[..., None]]:
    """The compiled phases by name, called without working out the types of sixteen tables every time."""
    module = ready(book)
    calls = {phase.name: getattr(module, f"phase_{phase.name}") for phase in book.phases}
    kinds = tuple(next(iter(calls.values())).typeof_pyval(table) for table in arguments) if calls else ()
    return {name: dispatcher.compile(kinds) for name, dispatcher in calls.items()}


def _signatures(book: Rulebook) -> tuple[Any, ...]:
    import numba

    small = World(book, Size(2, 2, 2))
    return tuple(numba.typeof(table) for table in small.arguments)


def compile_phases(book: Rulebook, part: int, parts: int) -> None:
    """Compile every `parts`-th phase into the cache, from phase `part` on."""
    module = composer.compiled(book)
    signature = _signatures(book)
    for phase in book.phases[part::parts]:
        getattr(module, f"phase_{phase.name}").compile(signature)


def _compile(book: Rulebook) -> None:
    command = "from comity import engine, quarter; engine.compile_phases(quarter.RULEBOOK, 1, 2)"
    composer.compiled(book)  # the file is written before the second process looks for it
    helper = subprocess.Popen([sys.executable, "-c", command], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        compile_phases(book, 0, 2)
    finally:
        helper.wait()
    small = World(book, Size(2, 2, 2))
    _call(composer.compiled(book), book, small, np.zeros(0, DRAW), small, (0, 0), NOTHING)


class Runner:
    """The buffers of one thread. Beginnings that want the same things under the same luck share a no-lever twin."""

    def __init__(self, beginnings: Sequence[Beginning]) -> None:
        self.module = composer.compiled(beginnings[0].book)
        self.beginnings = beginnings
        self.worlds = [begin.world.copy(begin.book) for begin in beginnings]
        keys = [_wish_key(begin) for begin in beginnings]
        self.twin_of = [keys.index(key) for key in keys]
        self.twins = {index: beginnings[index].twin.copy(beginnings[index].book) for index in set(self.twin_of)}
        self._wished: dict[int, tuple[int, int]] = {}

    def run(self, index: int, seed: int, run: int, picks: Any = NOTHING) -> Trace:
        """Run number `run` under `seed` of the beginning at `index`; its world is valid until the next call."""
        begin, world = self.beginnings[index], self.worlds[index]
        world.ideals[...] = self.wished(index, seed, run)
        return self._one(begin, world, begin.world, seed, run, picks)

    def wished(self, index: int, seed: int, run: int) -> Any:
        """What governments and publics want in each quarter, state and area: the path of the no-lever twin."""
        first = self.twin_of[index]
        begin, twin = self.beginnings[first], self.twins[first]
        if self._wished.get(first) != (seed, run):
            self._one(begin, twin, begin.twin, seed, run, NOTHING)
            self._wished[first] = (seed, run)
        return twin.ideals

    def _one(self, begin: Beginning, world: World, template: World, seed: int, run: int, picks: Any) -> Trace:
        return _call(self.module, begin.book, world, begin.draws, template, run_key(seed, run), picks)


def _wish_key(begin: Beginning) -> bytes:
    parts = (begin.twin.buffer, begin.draws, begin.twin.shocks, begin.twin.ties, begin.twin.spillovers)
    return hashlib.sha256(b"".join(part.tobytes() for part in parts)).digest()


def _call(module: Any, book: Rulebook, world: World, draws: Any, template: World, key: Any, picks: Any) -> Trace:
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
    ready(beginnings[0].book)
    out = np.zeros((len(beginnings), len(runs), max(len(beginnings[0].book.outcomes), 1)))
    waiting, lock, finished = iter(range(len(runs))), threading.Lock(), [0]
    stop = threading.Event()

    def work() -> None:
        runner = Runner(beginnings)
        while not stop.is_set():
            with lock:
                k = next(waiting, None)
            if k is None:
                return
            for index in range(len(beginnings)):
                found = runner.run(index, seed, runs[k], picks)
                out[index, k] = found.outcomes
                if take is not None:
                    take(index, runs[k], found)
            with lock:
                finished[0] += 1
                if done is not None:
                    done(finished[0])

    workers = max(1, min(workers or os.cpu_count() or 1, len(runs)))
    if workers == 1:
        work()
        return out
    with ThreadPoolExecutor(workers) as pool:
        threads = [pool.submit(work) for _ in range(workers)]
        try:
            for thread in threads:
                thread.result()
        finally:
            stop.set()  # an error or Ctrl-C in one place ends the others after their run in hand
    return out
