"""Before a fit: Morris's walks tell which parameters move any target at all, so that the others can be left alone."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from comity.calibration.document import Calibration
from comity.calibration.matching import spread_of
from comity.calibration.stages import Progress, play
from comity.sweeps.designs import morris
from comity.sweeps.executors import Say

if TYPE_CHECKING:
    from pandas import DataFrame

WALKS: Final = 8
RUNS: Final = 6
LUCK: Final = 30
LEVELS: Final = 4
MATTERS: Final = 0.5
"""A parameter matters to a target that it moves by this share of all that is uncertain in it, on average over walks."""


@dataclass(frozen=True, eq=False)
class Screening:
    """`moved` (parameters, targets): mean absolute elementary effect (Morris 1991) of a step through two thirds of a
    prior, in standard deviations of source and luck together."""

    what: Calibration
    moved: Any = field(repr=False)

    def table(self) -> DataFrame:
        """A row for each parameter: how far it moves each target, the farthest, whether it matters; those first."""
        import pandas as pd

        rows = []
        for j, each in enumerate(self.what.free):
            far = float(self.moved[j].max())
            moves = {target.id: float(self.moved[j, k]) for k, target in enumerate(self.what.targets)}
            rows.append({"parameter": each.path, **moves, "most": far, "matters": far >= MATTERS})
        return pd.DataFrame(rows).sort_values("most", ascending=False, ignore_index=True)


def screen(
    what: Calibration, folder: str | Path, walks: int = WALKS, runs: int = RUNS, workers: int | None = None,
    say: Say | None = None, progress: Progress | None = None,
) -> Screening:  # fmt: skip
    """Walk through the priors, a parameter a step, all points of a walk under the same luck. Kept in the folder."""
    k = len(what.free)
    units = np.clip(morris(what.seed, walks, k, LEVELS), 0.02, 0.98)
    stage = play(what, units, runs, Path(folder), workers, say, progress, None, LUCK, k + 1)
    means = stage.means().reshape(walks, k + 1, -1)
    steps = stage.units.reshape(walks, k + 1, k)
    moved = np.zeros((k, len(what.targets)))
    for j in range(k):
        effects = []
        for walk in range(walks):
            at = int(np.flatnonzero(np.diff(steps[walk][:, j]) != 0.0)[0])
            effects.append(np.abs(means[walk, at + 1] - means[walk, at]))
        moved[j] = _mean(np.array(effects))
    return Screening(what, moved / np.sqrt(spread_of(what, stage)))


def _mean(effects: Any) -> Any:
    """Over the walks that have a value; zero where none has."""
    known = np.isfinite(effects)
    return np.where(known, effects, 0.0).sum(axis=0) / np.maximum(known.sum(axis=0), 1)
