"""Do two threads do twice the work of one, and come to the same bits?

`python benchmarks/threads.py` prints runs a second of the EU's ensemble for one worker and more. One and many take
turns, so that a machine that slows down slows both; the ratio is that of the best turns. The bar: 1.8 for two. Where
two workers had only one core between them, because others work here too, the ratio says nothing.
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
    """Print seconds, runs a second, the ratio to one worker, the cores really had, and the digest of all outcomes."""
    day = begin(load("eu"))
    engine.ensemble([day], 1, range(4), 2)
    many = sorted({1, 2, os.cpu_count() or 1})
    best = dict.fromkeys(many, (float("inf"), 0.0))
    digests: dict[int, str] = {}
    for _ in range(TURNS):
        for workers in many:
            start, worked = time.perf_counter(), time.process_time()
            answer = engine.ensemble([day], 1, range(RUNS), workers)
            best[workers] = min(best[workers], (time.perf_counter() - start, time.process_time() - worked))
            digests[workers] = hashlib.sha256(answer.tobytes()).hexdigest()[:16]
    print(f"{machine()}; bar {BAR} for two workers\n")
    print(f"{'workers':8}{'seconds':>9}{'runs/s':>9}{'ratio':>7}{'cores had':>11}  digest")
    for workers, (spent, worked) in best.items():
        ratio, cores = best[1][0] / spent, worked / spent
        print(f"{workers:<8}{spent:9.3f}{RUNS / spent:9.0f}{ratio:7.2f}{cores:11.2f}  {digests[workers]}")
    print("same bits" if len(set(digests.values())) == 1 else "DIFFERENT BITS")


if __name__ == "__main__":
    main()
