"""History matching: waves throw out the parameters that no luck and no error of a source could reconcile with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np

from comity.calibration.document import Calibration, Target
from comity.calibration.emulator import Emulator, emulate
from comity.calibration.stages import Stage
from comity.chance import generator

CANDIDATES: Final = 4096
MOST_ROUNDS: Final = 400


@dataclass(frozen=True, eq=False)
class Wave:
    """What a wave has learned: an emulator for each target, and the variance that no parameter can explain."""

    targets: tuple[Target, ...]
    emulators: tuple[Emulator, ...] = field(repr=False)
    spread: Any = field(repr=False)
    """(targets,): variance of a single history around its mean, and the source's error squared."""

    @classmethod
    def of(cls, what: Calibration, stage: Stage) -> Wave:
        """Learned from points that were played."""
        means = stage.means()
        found = [emulate(stage.units, means[:, k]) for k in range(len(what.targets))]
        return cls(what.targets, tuple(found), spread_of(what, stage))

    def implausibility(self, units: Any) -> Any:
        """Distance of each target from what was found, in standard deviations of all that is uncertain: (points,
        targets)."""
        found = np.empty((len(units), len(self.targets)))
        for k, (target, emulator) in enumerate(zip(self.targets, self.emulators, strict=True)):
            sd = np.sqrt(emulator.left + self.spread[k])
            found[:, k] = np.abs(emulator.at(units) - target.observed) / sd
        return found


def spread_of(what: Calibration, stage: Stage) -> Any:
    """The variance that no parameter can explain, of each target: the source's error, and that of a single history."""
    errors = np.array([each.error for each in what.targets]) ** 2
    once = np.array([0.0 if each.kind == "rate" else 1.0 for each in what.targets])
    return errors + once * stage.within()


def possible(units: Any, waves: Sequence[Wave], cut: float) -> Any:
    """Which places no wave has thrown out: (points,)."""
    ok = np.ones(len(units), bool)
    for wave in waves:
        ok[ok] = (wave.implausibility(units[ok]) <= cut).all(axis=1)
    return ok


def places(seed: int, name: str, n: int, k: int, waves: Sequence[Wave], cut: float) -> tuple[Any, float]:
    """`n` places of the prior (n, k) that are possible still, and the share of the prior that is.

    ValueError if next to nothing is possible: then the model cannot meet the targets, or their errors are too small.
    """
    luck = generator(seed, name)
    kept: list[Any] = []
    tried = found = 0
    for _ in range(MOST_ROUNDS):
        candidates = luck.uniform(0.0, 1.0, (max(CANDIDATES, n), k))
        good = candidates[possible(candidates, waves, cut)] if waves else candidates
        tried, found = tried + len(candidates), found + len(good)
        kept.append(good)
        if found >= n:
            return np.concatenate(kept)[:n], found / tried
    raise ValueError(
        f"of {tried:,} places in the prior {found} are possible, and {n} are needed: the model cannot meet these "
        f"targets, or their errors are too small; see which targets rule out most, or raise cut above {cut:g}"
    )
