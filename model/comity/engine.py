"""One run or many, compiled, in threads: the same bits for any number of workers."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
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
    """The buffers of one thread: beginnings that share a twin run after it, under the same luck."""

    def __init__(self, beginnings: Sequence[Beginning]) -> None:
        first = beginnings[0]
        self.module = composer.compiled(first.book)
        self.beginnings = beginnings
        self.twin = first.twin.copy(first.book)
        self.worlds = [begin.world.copy(begin.book) for begin in beginnings]
        self._last: tuple[int, int, bytes] | None = None

    def run(self, index: int, seed: int, run: int, picks: Any = NOTHING) -> Trace:
        """Run number `run` under `seed` of the beginning at `index`; its world is valid until the next call."""
        begin, world = self.beginnings[index], self.worlds[index]
        self._wish(begin, seed, run)
        world.ideals[...] = self.twin.ideals
        return self._one(begin, world, begin.world, seed, run, picks)

    def _wish(self, begin: Beginning, seed: int, run: int) -> None:
        key = (seed, run, begin.twin.buffer.tobytes() + begin.draws.tobytes())
        if self._last == key:
            return
        for name in ("spillovers", "ties", "shocks"):
            getattr(self.twin, name)[...] = getattr(begin.twin, name)
        self._one(begin, self.twin, begin.twin, seed, run, NOTHING)
        self._last = key

    def _one(self, begin: Beginning, world: World, template: World, seed: int, run: int, picks: Any) -> Trace:
        return _call(self.module, begin.book, world, begin.draws, template, run_key(seed, run), picks)


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
    workers = max(1, min(workers or os.cpu_count() or 1, len(runs)))
    local, finished, lock = threading.local(), [0], threading.Lock()

    def work(k: int) -> None:
        if not hasattr(local, "runner"):
            local.runner = Runner(beginnings)
        for index in range(len(beginnings)):
            found = local.runner.run(index, seed, runs[k], picks)
            out[index, k] = found.outcomes
            if take is not None:
                take(index, runs[k], found)
        with lock:
            finished[0] += 1
            if done is not None:
                done(finished[0])

    if workers == 1:
        for k in range(len(runs)):
            work(k)
        return out
    with ThreadPoolExecutor(workers) as pool:
        for _ in _drained(pool, work, len(runs)):
            pass
    return out


def _drained(pool: ThreadPoolExecutor, work: Callable[[int], None], count: int) -> Iterator[None]:
    try:
        yield from pool.map(work, range(count))
    except BaseException:
        pool.shutdown(wait=True, cancel_futures=True)
        raise
