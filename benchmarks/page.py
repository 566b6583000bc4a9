"""Is our page quicker and lighter than Mesa's SolaraViz for the same model, and does it meet its bars?

`python benchmarks/page.py` runs the same script against both, server and load on the same machine: a real Chromium for
what one user meets, users who speak Solara's protocol for what many cost (`_users.py` says why). `--quick` leaves out
SolaraViz's crowd and the hundred sessions, `ours` or `peer` as an argument one of the sides.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable
from typing import Any

import _chromium
import _crowd
from _served import Served
from _sides import Ours, Side, SolaraViz
from _timing import machine

Figures = dict[str, float]
SECONDS = 5.0
"""One user plays for so long: a run of twenty years at the highest speed."""
CROWD, CROWD_SECONDS = 30, 20.0
SESSIONS = 100
MOVES_EVERY = 1.5

ROWS: tuple[tuple[str, str, str, bool], ...] = (
    ("cold", "cold load, s", "3", True),
    ("warm", "warm reload, s", "1.5", True),
    ("steps", "one user: steps a second", "10", False),
    ("kilobytes", "one user: KB a step", "10", True),
    ("cpu", "one user: ms of server processor a step", "10", True),
    ("moved steps", f"... a lever moved every {MOVES_EVERY} s: steps a second", "", False),
    ("moved kilobytes", "... KB a step", "", True),
    ("moved cpu", "... ms of server processor a step", "", True),
    ("react 50", "lever moved to picture changed: median, ms", "", True),
    ("react 95", "... p95, ms", "150", True),
    ("both", "B put beside A, two films and two fans of 50, s", "1", True),
    ("crowd steps", f"{CROWD} users in one process: steps a second, the slowest", "4", False),
    ("crowd cpu", "... ms of server processor a step, while the clocks run", "5", True),
    ("crowd whole", "... the same with the fan that each asks for at the end", "", True),
    ("crowd waited", "... the last of these fans after the last clock stood, s", "", True),
    ("opened", "... ms of server processor to open a page, with its fan", "", True),
    ("crowd busy", "... processors busy", "", True),
    ("crowd 50", "... a lever moved, answered: median, ms", "", True),
    ("crowd 95", "... p95, ms", "600", True),
    ("memory", "memory per further user, MB", "3", True),
    ("kernels", f"{SESSIONS} sessions dropped: kernels left after the cull time", "0", True),
    ("threads", "... threads left", "0", True),
    ("busy 1", "... processors busy in the second after it", "", True),
    ("busy 5", "... in the fifth", "", True),
    ("busy 15", "... in the fifteenth", "0", True),
    ("left memory", "... memory left of each, MB", "", True),
)
"""Key, words, bar, and whether less is better."""


def alone(playwright: Any, side: Side) -> Figures:
    """What one user meets in a browser."""
    found: Figures = {}
    with Served(side.command) as server:
        found["cold"], found["warm"] = _chromium.loads(playwright, side, server)
        with _chromium.visitor(playwright) as page:
            page.goto(server.url + side.path)
            _chromium.came(page, side)
            found |= _chromium.alone(page, side, server, SECONDS)
            if side.name == Ours.name:
                moved = _chromium.alone(page, side, server, SECONDS, MOVES_EVERY)
                found |= {f"moved {name}": value for name, value in moved.items()}
                found["both"] = Ours().both(page)
            taken = _chromium.reaction(page, side)
            found["react 50"] = _chromium.percentile(taken, 0.5)
            found["react 95"] = _chromium.percentile(taken, 0.95)
    return found


def crowd(side: Side) -> Figures:
    """What many users get at once, and what a further one costs."""
    with Served(side.command) as server:
        told = asyncio.run(_crowd.playing(server, side, CROWD, CROWD_SECONDS))
    taken = told.pop("taken")
    return {
        "crowd steps": told["steps"],
        "crowd cpu": told["cpu"],
        "crowd whole": told["whole"],
        "crowd waited": told["waited"],
        "opened": told["opened"],
        "crowd busy": told["busy"],
        "crowd 50": 1e3 * _chromium.percentile(taken, 0.5),
        "crowd 95": 1e3 * _chromium.percentile(taken, 0.95),
        "memory": told["memory"],
    }


def dropped(side: Side) -> Figures:
    """What is left of sessions whose users vanished while they played."""
    with Served(side.command, {"SOLARA_KERNEL_CULL_TIMEOUT": f"{_crowd.CULL}s"}) as server:
        told = asyncio.run(_crowd.dropped(server, side, SESSIONS))
    told["left memory"] = told.pop("memory")
    return told


def table(figures: dict[str, Figures]) -> str:
    """One line a figure: bar, ours, SolaraViz's, and how many times better ours is."""
    lines = [f"{'':62}{'bar':>6}{'ours':>10}{'SolaraViz':>11}{'ratio':>8}"]
    for key, words, bar, less in ROWS:
        ours, peer = (figures.get(name, {}).get(key) for name in (Ours.name, SolaraViz.name))
        if ours is None and peer is None:
            continue
        ratio = "" if not ours or not peer else f"{peer / ours if less else ours / peer:.1f}"
        missed = ours is not None and bar and (ours > float(bar) + 0.05 if less else ours < float(bar))
        said = [("-" if value is None else f"{value:.3g}") for value in (ours, peer)]
        lines.append(f"{words:62}{bar:>6}{said[0]:>10}{said[1]:>11}{ratio:>8}{'  MISSED' if missed else ''}")
    return "\n".join(lines)


def main() -> None:
    """Measure and print."""
    asked = set(sys.argv[1:])
    if _chromium.CHROMIUM is None:
        print("no Chromium here: nothing to measure with")
        return
    from playwright.sync_api import sync_playwright

    both: tuple[tuple[str, Side], ...] = (("ours", Ours()), ("peer", SolaraViz()))
    sides = [side for name, side in both if name in asked or not asked & {"ours", "peer"}]
    figures: dict[str, Figures] = {side.name: {} for side in sides}
    with sync_playwright() as playwright:
        for side in sides:
            figures[side.name] |= alone(playwright, side)
    for side in sides:
        if "--quick" in asked and side.name == SolaraViz.name:
            continue
        parts: list[Callable[[Side], Figures]] = [crowd] if "--quick" in asked else [crowd, dropped]
        for part in parts:
            figures[side.name] |= part(side)
    print(f"{machine()}\n\n{table(figures)}")


if __name__ == "__main__":
    main()
