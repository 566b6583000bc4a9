"""The same calibration for another tool: a function that draws facts for given parameters, and what pyABC wants."""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np

from comity.analysis.sample import needs
from comity.calibration.document import Calibration
from comity.calibration.rejection import observed
from comity.chance import generator
from comity.sweeps import Sweep, sweep

RUNS: Final = 2**20
"""Runs among which a set of parameters chooses its luck."""


class Simulator:
    """`f({path: value})` plays one history of every world and gives the facts as a source would have found them: by
    target, on the scale of comparison, the source's error included. Equal parameters meet equal luck.

    A rate needs many runs: it is counted over `rate_runs` of them. It can be sent to other processes.
    """

    def __init__(self, what: Calibration, rate_runs: int = 8) -> None:
        self.what, self.rate_runs = what, rate_runs
        self._sweeps: dict[str, Sweep] = {}

    def __getstate__(self) -> dict[str, Any]:
        return {"what": self.what, "rate_runs": self.rate_runs, "_sweeps": {}}

    def _sweep(self, name: str) -> Sweep:
        if name not in self._sweeps:
            base = self.what.worlds[name].with_({"outcomes": self.what.outcomes(name), "run.seed": self.what.seed})
            vary = {each.path: each.factor.document()["prior"] for each in self.what.free}
            self._sweeps[name] = sweep(base, vary, "random", 1, 1)
        return self._sweeps[name]

    def __call__(self, parameters: Mapping[str, float]) -> dict[str, float]:
        point = {}
        for each in self.what.free:
            value = float(parameters[each.path])
            point[each.path] = min(max(value, each.factor.low), each.factor.high)
        number = zlib.crc32(repr(sorted(point.items())).encode())
        luck = generator(self.what.seed, f"calibration.elsewhere_{number}")
        found: dict[str, float] = {}
        for name in self.what.worlds:
            wanted = [each for each in self.what.targets if each.world == name]
            rates = any(each.kind == "rate" for each in wanted)
            sw, runs = self._sweep(name), [number % RUNS + k for k in range(self.rate_runs if rates else 1)]
            values = sw.outcomes_of(sw.function(1).points([point]), runs)[0]
            for target in wanted:
                part = values[:, sw.manifest.outcomes.index(target.outcome)]
                if target.kind == "rate":
                    count = luck.poisson(max(float(np.nanmean(part)), 0.0) * target.exposure)
                    found[target.id] = float(np.sqrt((count + 0.25) / target.exposure))
                else:
                    found[target.id] = float(target.seen(part[0])) + target.error * float(luck.standard_normal())
        return found


@dataclass(frozen=True, eq=False)
class Problem:
    """What `pyabc.ABCSMC(problem.model, problem.prior, problem.distance)` and its `new(db, problem.observed)` take."""

    model: Simulator = field(repr=False)
    prior: Any = field(repr=False)
    distance: Any = field(repr=False)
    observed: dict[str, float]


def to_pyabc(what: Calibration, rate_runs: int = 8) -> Problem:
    """A calibration for pyABC (Schälte et al. 2022), which brings sequential populations and adaptive distances.

    The distance is Euclidean in units of each source's error; a run that misses a fact is infinitely far. Refused if
    pyABC is not installed.
    """
    pyabc = needs("pyabc")
    made = {each.path: _variable(pyabc, *each.factor.prior) for each in what.free if each.factor.prior is not None}
    errors = {each.id: each.error for each in what.targets}
    return Problem(Simulator(what, rate_runs), pyabc.Distribution(**made), Distance(errors), _facts(what))


class Distance:
    """Between two sets of facts, in units of the sources' errors."""

    def __init__(self, errors: Mapping[str, float]) -> None:
        self.errors = dict(errors)

    def __call__(self, one: Mapping[str, float], other: Mapping[str, float]) -> float:
        apart = sum(((one[name] - other[name]) / error) ** 2 for name, error in self.errors.items())
        return float(np.sqrt(apart)) if np.isfinite(apart) else float("inf")


def _facts(what: Calibration) -> dict[str, float]:
    return dict(zip([each.id for each in what.targets], observed(what).tolist(), strict=True))


def _variable(pyabc: Any, kind: str, first: float, second: float) -> Any:
    match kind:
        case "uniform":
            return pyabc.RV("uniform", first, second - first)
        case "normal":
            return pyabc.RV("norm", first, second)
    return pyabc.RV("lognorm", second, 0.0, first)
