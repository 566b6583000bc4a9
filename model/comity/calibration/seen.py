"""Identifiability: which facts see which parameters, and which parameters no fact speaks to."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np

from comity.calibration.document import Calibration
from comity.calibration.matching import Wave
from comity.calibration.rejection import Draws, Posterior, fit, normal_scores

SEES: Final = 0.1
"""A fact sees a parameter that moves it over its prior by this share of all that is uncertain in it, or more, and by
more than the emulator could be wrong."""
SPOKEN: Final = 0.1
"""The facts speak to a parameter whose posterior is narrower than its prior by this share, or more."""
MOVED: Final = 0.33
"""Or whose middle has moved by so many standard deviations of the prior."""


@dataclass(frozen=True, eq=False)
class Seen:
    """`reach` (parameters, targets): how far a parameter alone and with others moves a target over its prior, in its
    standard deviations; `shrinkage` (parameters,): 1 less the posterior's spread over the prior's; `without` the same
    where a target is left out: (targets, parameters); `together` (parameters, parameters): posterior correlations."""

    reach: Any = field(repr=False)
    shrinkage: Any = field(repr=False)
    shift: Any = field(repr=False)
    without: Any = field(repr=False)
    together: Any = field(repr=False)

    def seers(self, j: int) -> list[int]:
        """Targets that see parameter `j`, the sharpest first."""
        order = np.argsort(-self.reach[j], kind="stable")
        return [int(k) for k in order if self.reach[j, k] >= SEES]

    def spoken(self, j: int) -> bool:
        """Whether some fact sees parameter `j`, and together they narrow it or move it by a third of its spread."""
        moved = self.shrinkage[j] >= SPOKEN or abs(self.shift[j]) >= MOVED
        return bool(self.seers(j) and moved)

    def pairs(self, least: float = 0.3) -> list[tuple[int, int, float]]:
        """Parameters that the facts tie together, the strongest first."""
        k = len(self.together)
        found = [(i, j, float(self.together[i, j])) for i in range(k) for j in range(i + 1, k)]
        return sorted((each for each in found if abs(each[2]) >= least), key=lambda each: -abs(each[2]))


def seen(what: Calibration, wave: Wave, given: Draws, facts: Any, posterior: Posterior) -> Seen:
    """From the emulators of the first wave, which spans the prior, and from fits without each target in turn."""
    k, m = len(what.free), len(what.targets)
    reach = np.empty((k, m))
    for t, emulator in enumerate(wave.emulators):
        for j in range(k):
            reach[j, t] = emulator.reach(j) / np.sqrt(wave.spread[t] + emulator.left)
    shrinkage, shift = narrowing(posterior)
    without = np.zeros((m, k))
    if m > 1:
        for t in range(m):
            columns = [c for c in range(m) if c != t]
            without[t] = narrowing(fit(given.only(columns), facts[columns], what.accepted))[0]
    return Seen(reach, shrinkage, shift, without, _correlations(posterior))


def narrowing(posterior: Posterior) -> tuple[Any, Any]:
    """How much narrower than the prior, and how far moved, in standard deviations of the prior: (parameters,) each."""
    scores = normal_scores(posterior.units)
    middle = posterior.weights @ scores
    spread = np.sqrt(posterior.weights @ (scores - middle) ** 2)
    return 1.0 - spread, middle


def _correlations(posterior: Posterior) -> Any:
    scores = normal_scores(posterior.units)
    apart = scores - posterior.weights @ scores
    both = (apart * posterior.weights[:, None]).T @ apart
    sd = np.sqrt(np.maximum(np.diag(both), 1e-300))
    return both / np.outer(sd, sd)
