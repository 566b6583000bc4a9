"""What does a step of the Mesa model cost, and what does collecting add?

`python benchmarks/mesa_step.py` prints milliseconds of one core, the mean over a run of the EU and the least of several
runs. The bar: 0.3 ms for 28 states without collecting.
"""

from __future__ import annotations

import math
import time
from typing import Any

from _timing import machine

from comity import Simulation, load
from comity.agents import MemberState

BAR_MS = 0.3
PASSES = 4


class Faithful(MemberState):
    """Decides in plain Python what the stock rule decides."""

    def vote(self, measure: Any, post: Any) -> bool:
        """As the stock rule."""
        return super().vote(measure, post)


def step_ms(passes: int = PASSES, **settings: Any) -> float:
    """Milliseconds of a step, over all quarters of a run."""
    best = math.inf
    for _ in range(passes):
        model = Simulation(EU, seed=1, **settings)
        start = time.thread_time()
        while model.running:
            model.step()
        best = min(best, (time.thread_time() - start) / model.steps)
    return 1e3 * best


EU = load("eu")


def main() -> None:
    """Print a step bare, collecting, and with states and phases in plain Python."""
    cases: dict[str, dict[str, Any]] = {
        "without collecting": {"collect": False},
        "collecting the model": {"collect": True},
        "collecting trust of all states": {"collect": True, "member_columns": ["trust"]},
        "one state votes in its own Python": {"members_class": {"DEU": Faithful}, "collect": False, "passes": 1},
        "all in plain Python, two years": {"driver": "plain", "years": 2, "collect": False, "passes": 1},
    }
    print(f"{machine()}\n\n{'a step of the EU':36}{'ms':>9}   bar {BAR_MS} ms without collecting")
    for name, settings in cases.items():
        print(f"{name:36}{step_ms(**settings):9.3f}")


if __name__ == "__main__":
    main()
