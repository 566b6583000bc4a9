"""How long until something happens: help, imports, the first compile, a load from the cache, the demo?

`python benchmarks/startup.py` starts fresh processes, with a cache of compiled code of their own, and prints seconds of
the clock and of all their processors. The bars: help within 0.3 s of processor; the demo within 30 s of the clock the
first time, when it compiles, and within 3 s ever after.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from _timing import machine

COMMAND = "from comity.cli import main; main()"
READY = "from comity import engine; engine.ready()"
RUN = "from comity import load; load('eu').run(seed=1)"
CASES = (
    ("python, doing nothing", "pass", (), 3, ""),
    ("import comity", "import comity", (), 3, ""),
    ("comity --help", COMMAND, ("--help",), 3, "0.3 processor"),
    ("comity list levers", COMMAND, ("list", "levers"), 2, ""),
    ("read a scenario", "from comity import load; load('eu')", (), 2, ""),
    ("import the Mesa model", "from comity import Simulation", (), 2, ""),
    ("the demo, nothing compiled", COMMAND, ("demo",), 1, "30 clock"),
    ("the demo again", COMMAND, ("demo",), 3, "3 clock"),
    ("the compiled rulebook from the cache", READY, (), 3, ""),
    ("one run, compiled before", RUN, (), 3, ""),
)
"""What it is, what Python is given to do and with which words, how often (the least counts), and the bar in seconds."""


def spent(code: str, words: tuple[str, ...], folder: Path) -> tuple[float, float]:
    """Seconds of the clock and of the processors that a fresh Python and its children take."""
    environment = {**os.environ, "COMITY_CACHE": str(folder / "cache")}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # else every start would compile the source of all libraries
    before, start = processors(), time.perf_counter()
    subprocess.run([sys.executable, "-c", code, *words], cwd=folder, env=environment, check=True, capture_output=True)
    return time.perf_counter() - start, processors() - before


def processors() -> float:
    """Processor seconds of all processes that were started here and have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def main() -> None:
    """Print one line a case."""
    print(f"{machine()}\n\n{'':38}{'clock s':>9}{'processor s':>13}   bar")
    with tempfile.TemporaryDirectory() as name:
        for what, code, words, times, bar in CASES:
            seen = [spent(code, words, Path(name)) for _ in range(times)]
            clock, processor = min(clock for clock, _ in seen), min(processor for _, processor in seen)
            print(f"{what:38}{clock:9.2f}{processor:13.2f}   {bar}", flush=True)


if __name__ == "__main__":
    main()
