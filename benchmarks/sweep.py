"""What does a sweep cost beside the runs themselves: its store, its plan, its resume, Dask; and does memory stay flat?

`python benchmarks/sweep.py [RUNS]` sweeps the EU over levers, a package and a force, RUNS times (5,000 unless said).
Each comparison is made within one run; where two are compared, they take turns. Bars: the store 5 % of the bare engine,
Dask 5 % of threads in chunks of a second, 8 bytes an outcome and 20 a run, a plan of 100,000 points in 5 s, a finished
sweep of a million rows told in 2 s, 100,000 runs of the EU on two cores in 10 minutes.
"""

from __future__ import annotations

import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
from _timing import machine

import comity
from comity import engine
from comity.sweeps import cluster, executors, store, work

RUNS = 5000
TURNS = 3
SAME = 128
"""Runs of the chunk that is played bare and stored."""
VARY: dict[str, Any] = {
    "levers.sunset.on": [True, False],
    "levers.sunset.strength": {"uniform": [0, 1]},
    "levers.waiver.strength": {"uniform": [0, 1]},
    "levers.tranches.strength": {"uniform": [0, 1]},
    "organization.pace": {"uniform": [4, 10]},
    "package": ["baseline", "respectful"],
}
MILLION = (50_000, 20)


@contextmanager
def folder() -> Iterator[Path]:
    """A folder that is gone afterwards."""
    with tempfile.TemporaryDirectory() as name:
        yield Path(name)


def line(what: str, value: str, bar: str = "") -> None:
    print(f"{what:58}{value:>16}  {bar}", flush=True)


def memory() -> float:
    """Most megabytes that this process has held."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def overhead(eu: comity.Scenario) -> None:
    """Chunks that are made, packed and written, over plays of the same settings in the same order."""
    sweep = comity.sweep(eu, VARY, design="latin", n=SAME, runs=2)
    chunks, manifest = sweep.chunks, sweep.manifest
    bare = stored = float("inf")
    place = chunks.workspace()
    task = work.task_for(0, sweep.points, np.arange(SAME), np.ones(SAME, "i8"))
    ready = chunks.player.prepared(sweep.points)
    settings = [ready.setting(k) for k in range(SAME)]
    order = ready.order(task.place, task.replication)
    for _ in range(TURNS):
        place._wish = None
        start = time.process_time()
        for k in order:
            group, key = settings[k].group, engine.run_key(settings[k].group.seed, 1)
            if place._group is not group:
                place._enter(group)
            place._write(settings[k])
            if place._wish != (settings[k].wish, 1):
                engine.play(place.module, place.book, place.twin, group.day.draws, place.twin_day, key, engine.NOTHING)
                place._wish = (settings[k].wish, 1)
            place.world.ideals[...] = place.twin.ideals
            engine.play(place.module, place.book, place.world, group.day.draws, place.day, key, engine.NOTHING)
        bare = min(bare, time.process_time() - start)
        place._wish = None
        with folder() as out:
            kept = store.Store.begin(out, manifest, sweep.points)
            start = time.process_time()
            done = chunks.play(task)
            kept.keep(0, done.data, done.failed)
            stored = min(stored, time.process_time() - start)
    line("stored over bare, processor time", f"{stored / bare:.3f}", "bar 1.05")


def throughput(eu: comity.Scenario, runs: int) -> None:
    """Two threads over points that all differ; memory after a fifth and at the end."""
    with folder() as out:
        sweep = comity.sweep(eu, VARY, design="latin", n=runs // 5, runs=5)
        seen: list[float] = []

        def tell(done: int, rows: int) -> None:
            if done == rows // 5:
                seen.append(memory())

        start, worked = time.perf_counter(), time.process_time()
        sweep.run(out, workers=2, progress=tell)
        spent, worked = time.perf_counter() - start, time.process_time() - worked
        line(f"{runs} runs of the EU on two threads, seconds", f"{spent:.1f}", f"had {worked / spent:.2f} cores")
        line("100,000 such runs on two whole cores, minutes", f"{worked / 2 / runs * 1e5 / 60:.1f}", "bar 10")
        line("memory after a fifth and at the end, MB", f"{seen[0]:.0f} {memory():.0f}", "flat")
        bytes_ = sum(path.stat().st_size for path in (out / store.RUNS).iterdir())
        outcomes = len(sweep.manifest.outcomes)
        line("bytes of a stored run", f"{bytes_ / runs:.0f}", f"bar {8 * outcomes + 20}")
        line("bytes of a row of the results", f"{(out / store.RESULTS).stat().st_size / runs:.0f}")


def planning(eu: comity.Scenario) -> None:
    """100,000 points over ten factors, checked and timed."""
    vary = VARY | {f"levers.{name}.strength": {"uniform": [0, 1]} for name in ("audit", "court", "forum", "funds")}
    best = (float("inf"), 0.0)
    for _ in range(TURNS):
        start, worked = time.perf_counter(), time.process_time()
        plan = comity.sweep(eu, vary, design="latin", n=100_000, runs=10).plan(2)
        best = min(best, (time.perf_counter() - start, time.process_time() - worked))
    line(f"a plan of {plan.points:,} points, seconds (of processor)", f"{best[0]:.1f} ({best[1]:.1f})", "bar 5")


def finished(eu: comity.Scenario) -> None:
    """The command, from the shell, on a folder whose million rows are all there."""
    points, runs = MILLION
    mine = "extends: eu\nsweep:\n  design: latin\n  n: 50000\n  runs: 20\n  vary:\n"
    mine += "".join(f"    {path}: {json.dumps(values)}\n" for path, values in VARY.items())
    with folder() as out:
        (out / "mine.yaml").write_text(mine, encoding="utf-8")
        sweep = comity.sweep(out / "mine.yaml")
        assert (sweep.manifest.points, sweep.manifest.runs) == (points, runs)
        kept = store.Store.begin(out / "kept", sweep.manifest, sweep.points)
        for chunk in range(sweep.manifest.chunks):
            kept.path(chunk).touch()
        (out / "kept" / store.RESULTS).touch()
        command = [sys.executable, "-c", "from comity.cli import main; main()", "sweep", "run"]
        for typed in ([str(out / "kept")], [str(out / "mine.yaml"), "--out", str(out / "kept")]):
            best, before = float("inf"), os.times()
            for _ in range(TURNS):
                start = time.perf_counter()
                told = subprocess.run([*command, *typed], capture_output=True, text=True, check=True).stdout
                best = min(best, time.perf_counter() - start)
            after = os.times()
            worked = (sum(after[2:4]) - sum(before[2:4])) / TURNS
            assert "1,000,000 of 1,000,000" in told
            what = "folder" if len(typed) == 1 else "file"
            line(f"a million rows, nothing to do, {what}, seconds (processor)", f"{best:.1f} ({worked:.1f})", "bar 2")


def dask(eu: comity.Scenario, points: int = 400) -> None:
    """A warm local cluster of two processes against two threads, over the same chunks of about a second."""
    import distributed

    sweep = comity.sweep(eu, VARY, design="latin", n=points, runs=2)
    second = max(int(1.0 / sweep.plan(1).run_seconds), 8)
    sweep.manifest.document["chunk"] = second
    best = {"threads": float("inf"), "dask": float("inf")}
    with distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as two:
        for turn in range(TURNS):
            for name in best:
                with folder() as out:
                    kept = store.Store.begin(out, sweep.manifest, sweep.points)
                    start = time.perf_counter()
                    left, quiet = list(kept.left()), lambda *_: None
                    if name == "dask":
                        cluster.play(kept, sweep.points, left, 2, two.scheduler_address, quiet, quiet)
                    else:
                        executors.threads(kept, sweep.points, sweep.chunks, left, 2, quiet, quiet)
                    if turn:  # the first warms up
                        best[name] = min(best[name], time.perf_counter() - start)
    line(f"Dask over threads, chunks of {second} runs", f"{best['dask'] / best['threads']:.3f}", "bar 1.05")


def peers(eu: comity.Scenario) -> None:
    """The same runs by a plain loop and by the EMA workbench's evaluator, if it is installed."""
    sweep = comity.sweep(eu, VARY, design="latin", n=40, runs=1)
    with folder() as out:
        start = time.process_time()
        sweep.run(out, workers=1)
        ours = time.process_time() - start
    start = time.process_time()
    for k in range(40):
        sweep.scenario(k).run(run=0)
    line("a plain loop over with_() and run(), over the sweep", f"{(time.process_time() - start) / ours:.2f}")
    try:
        from ema_workbench import SequentialEvaluator, ema_logging
    except ImportError:
        line("the EMA workbench, over the sweep", "not installed")
        return
    ema_logging.log_to_stderr(ema_logging.WARNING)
    model = sweep.to_ema(runs=1)
    start = time.process_time()
    with SequentialEvaluator(model) as evaluator:
        evaluator.perform_experiments(scenarios=1, policies=40)
    line("the EMA workbench, over the sweep", f"{(time.process_time() - start) / ours:.2f}")


def main() -> None:
    """Print a table of figures and bars."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else RUNS
    eu = comity.load("eu")
    engine.ready(say=print)
    print(machine(), end="\n\n")
    parts: list[Any] = [overhead, lambda each: throughput(each, runs), planning, finished, peers]
    if shutil.which("dask") or _has("distributed"):
        parts.append(dask)
    for part in parts:
        part(eu)


def _has(name: str) -> bool:
    import importlib.util

    return importlib.util.find_spec(name) is not None


if __name__ == "__main__":
    main()
