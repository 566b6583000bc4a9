"""Times are the least of several passes and of a thread's own work, so that a busy machine disturbs little."""

from __future__ import annotations

import math
import os
import platform
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numba

from comity import engine
from comity.beginning import Beginning


def seconds(work: Callable[[], Any], passes: int = 5, clock: Callable[[], float] = time.thread_time) -> float:
    """The least time of a few passes, in seconds; the first call, which may compile or warm up, does not count."""
    work()
    best = math.inf
    for _ in range(passes):
        start = clock()
        work()
        best = min(best, clock() - start)
    return best


def run_seconds(day: Beginning, runs: int, passes: int = 5) -> tuple[float, float]:
    """The mean seconds of a run in the engine over runs with different luck, and that of its no-lever twin."""
    engine.ready(day.book)
    runner = engine.Runner([day])
    alone = twins = 0.0
    for run in range(runs):
        best = math.inf
        for _ in range(passes):
            runner.wished(0, 1, run + runs)  # forget the twin of this run
            start = time.thread_time()
            runner.wished(0, 1, run)
            best = min(best, time.thread_time() - start)
        twins += best
        alone += seconds(lambda run=run: runner.run(0, 1, run), passes)
    return alone / runs, twins / runs


def machine() -> str:
    """Processor, cores and versions, for the head of a table."""
    names = Path("/proc/cpuinfo")
    lines = names.read_text().splitlines() if names.exists() else []
    models = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    model = models[0] if models else platform.processor() or platform.machine()
    return f"{model}, {os.cpu_count()} cores, Python {platform.python_version()}, Numba {numba.__version__}"
