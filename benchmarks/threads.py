"""Do two threads do twice the work of one, and come to the same bits?

`python benchmarks/threads.py` prints runs a second of the EU's ensemble for one worker and more. One and many take
turns, so that a machine that slows down slows both; the ratio is that of the best turns. The bar: 1.8 for two.
"""

from __future__ import annotations

import hashlib
import os
import time

from _timing import machine

from comity import engine
from comity.beginning import begin
from comity.scenario import load

RUNS = 120
TURNS = 5
BAR = 1.8


def main() -> None:
    """Print seconds, runs a second, the ratio to one worker and the digest of all outcomes."""
    day = begin(load("eu"))
    engine.ensemble([day], 1, range(4), 2)
    cores = os.cpu_count() or 1
    many = sorted({1, 2, cores})
    best = dict.fromkeys(many, float("inf"))
    digests: dict[int, str] = {}
    for _ in range(TURNS):
        for workers in many:
            start = time.perf_counter()
            answer = engine.ensemble([day], 1, range(RUNS), workers)
            best[workers] = min(best[workers], time.perf_counter() - start)
            digests[workers] = hashlib.sha256(answer.tobytes()).hexdigest()[:16]
    print(machine())
    print(f"busy besides: {os.getloadavg()[0]:.1f} on average, bar {BAR} for two workers\n")
    print(f"{'workers':8}{'seconds':>9}{'runs/s':>9}{'ratio':>7}  digest")
    for workers in many:
        ratio = best[1] / best[workers]
        print(f"{workers:<8}{best[workers]:9.3f}{RUNS / best[workers]:9.0f}{ratio:7.2f}  {digests[workers]}")
    print("same bits" if len(set(digests.values())) == 1 else "DIFFERENT BITS")


if __name__ == "__main__":
    main()
