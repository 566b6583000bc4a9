"""What does a film cost, in time and in bytes, for each region, and what lies beside it?

`python benchmarks/film.py` prints milliseconds of processor after the first call: the whole film of 20 years, with the
twin of its luck known (a lever was moved) or not (another seed), and the bytes that go to a browser; then two fans of
50 on all cores, controls, differences, effects and a counterfactual in the European Union. The bars: 30 ms and 150 KB
for a film of the European Union, 1 s of the clock for two fans of 50.
"""

from __future__ import annotations

import itertools
import json
import time
from typing import Any

from _timing import machine, seconds

import comity
from comity.film import Nudge, controls, difference, effects_so_far, fans, film
from comity.scenario import shipped

RUNS = 50


def main() -> None:
    """Print the tables."""
    print(machine())
    print(f"\n{'region':16}{'members':>9}{'moved, ms':>12}{'new seed, ms':>14}{'KB':>8}{'of it header':>14}")
    for card in shipped("regions"):
        scenario = comity.load(card.name)
        made = film(scenario, 1)
        steps = itertools.cycle(range(80))
        moved = seconds(lambda: film(scenario, 1, [(next(steps), "levers.sunset.on", True)]), 20)  # noqa: B023
        luck = itertools.count(2)
        fresh = seconds(lambda: film(scenario, next(luck)), 20)  # noqa: B023
        sizes = len(made.buffer) / 1000, len(json.dumps(made.header, separators=(",", ":"))) / 1000
        print(
            f"{card.name:16}{len(made.header['members']):9}{1000 * moved:12.1f}{1000 * fresh:14.1f}"
            f"{sizes[0]:8.0f}{sizes[1]:14.0f}"
        )
    _beside()


def _beside() -> None:
    a, b = comity.load("eu"), comity.load("eu+respectful")
    first, second = film(a, 1), film(b, 1)
    nudge = Nudge(23, "exit", "member.referendum", 0.5, "GBR")
    luck = itertools.count(1)
    clock = seconds(lambda: fans([(a, ()), (b, ())], next(luck), RUNS), 3, time.perf_counter)
    made = fans([(a, ())], 1, 5)[0]
    rows: list[tuple[str, float, Any]] = [
        ("two fans of 50, all cores, clock", clock, len(made.buffer)),
        ("controls without details", seconds(lambda: controls(b, False)), len(json.dumps(controls(b, False)))),
        ("controls", seconds(lambda: controls(b)), len(json.dumps(controls(b)))),
        ("difference of two films", seconds(lambda: difference(first, second)), len(difference(first, second).buffer)),
        ("a counterfactual's film", seconds(lambda: film(a, next(luck), nudge=nudge)), len(first.buffer)),
        ("effects so far, 29 levers, one run", seconds(lambda: effects_so_far(b, (), 1, 30, workers=1), 3), ""),
    ]
    print(f"\n{'European Union':40}{'ms':>10}{'bytes':>10}")
    for name, took, size in rows:
        print(f"{name:40}{1000 * took:10.1f}{size!s:>10}")


if __name__ == "__main__":
    main()
