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
    play(composer.compiled(book), book, small, np.zeros(0, DRAW), small, (0, 0), NOTHING)


class Runner:
    """The buffers of one thread. Beginnings that want the same things under the same luck share a no-lever twin."""

    def __init__(self, beginnings: Sequence[Beginning]) -> None:
        self.module = composer.compiled(beginnings[0].book)
        self.beginnings = beginnings
        self.worlds = [begin.world.copy(begin.book) for begin in beginnings]
        keys = [wish_key(begin) for begin in beginnings]
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
        return play(self.module, begin.book, world, begin.draws, template, run_key(seed, run), picks)


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
    return hashlib.sha256(b"".join(part.tobytes() for part in parts)).digest()


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
