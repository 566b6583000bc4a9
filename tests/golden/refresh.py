"""Golden numbers: what five regions gave on the day they were last moved on purpose.

Run `python tests/golden/refresh.py` after a change that is meant to move results, read the difference that git shows,
and say in CHANGELOG.md, in the same commit, what moved, where, and why.
"""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

from comity import beginning, engine, scenario
from comity.simulation import Simulation

SCENARIOS = ("eu", "eu+respectful", "asean", "ecowas+rigid", "mercosur", "african-union")
SEED = 1
EARLY = 8
"""Quarters after which the world is looked at first: a difference that is there already comes from few rules."""
FILE = Path(__file__).with_name("golden.json")


def found(name: str) -> dict[str, Any]:
    """Outcomes of run 0, and digests of the whole world after two years and on the last day."""
    loaded = scenario.load(name)
    begun = beginning.begin(loaded)
    trace = engine.trace(begun, SEED)
    model = Simulation(loaded, rng=SEED, collect=False)
    for _ in range(EARLY):
        model.step()
    outcomes = {
        outcome: None if math.isnan(value) else value
        for outcome, value in zip(begun.book.outcomes, trace.outcomes.tolist(), strict=True)
    }
    return {"early": model.world.digest(), "digest": trace.world.digest(), "outcomes": outcomes}


if __name__ == "__main__":
    FILE.write_text(json.dumps({name: found(name) for name in SCENARIOS}, indent=1) + "\n")
    print(f"wrote {FILE.name}; now read git diff, and add a line to CHANGELOG.md")
