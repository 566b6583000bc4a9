"""Which assumption could turn a conclusion: what one package has more than another, over all that is uncertain."""

from __future__ import annotations

import functools
import math
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from comity.analysis.answer import plain
from comity.runs.interval import student
from comity.sweeps import sweep
from comity.sweeps.designs import latin

if TYPE_CHECKING:
    from pandas import DataFrame

    from comity.runs import Scenario

POINTS_A_NUMBER: Final = 2.5
RUNS: Final = 2
CONFIRMING: Final = 60
OUTCOMES: Final = ("integration", "respect")
SUSPECTS: Final = 3
EDGES: Final = (0.05, 0.95)
"""Where in its prior a suspect is put when it is tried alone."""
SCREEN: Final = 0.05
"""The share of parameters that mean nothing which would pass the screen by chance, all of them together."""

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Suspect:
    """A parameter that moves the difference: by how much over its prior, and the difference when it alone is put at
    either end, with intervals (95 percent); `turns` if one end is clear of zero on the other side."""

    path: str
    slope: float
    error: float
    low_value: float
    high_value: float
    at_low: tuple[float, float, float]
    at_high: tuple[float, float, float]

    def turns(self, sign: float) -> bool:
        """Does one end of the prior turn a conclusion of that sign?"""
        return any(
            (low > 0.0 and sign < 0.0) or (high < 0.0 and sign > 0.0) for _, low, high in (self.at_low, self.at_high)
        )


@dataclass(frozen=True)
class Conclusion:
    """What `b` has more of an outcome than `a`: with every number at its default, and over all draws of the priors.

    `default` is mean, low and high (95 percent) over paired runs. `share` is the share of draws in which the difference
    has the sign that it has by default, `low` and `high` hold nine draws in ten, `explained` is what the suspects and
    the other parameters explain of the draws in a straight line.
    """

    scenario: str
    a: str
    b: str
    outcome: str
    default: tuple[float, float, float]
    mean: float
    low: float
    high: float
    share: float
    points: int
    explained: float
    suspects: tuple[Suspect, ...]

    @property
    def sign(self) -> float:
        """The sign by default; 0 where the interval holds zero."""
        _, low, high = self.default
        return 1.0 if low > 0.0 else -1.0 if high < 0.0 else 0.0

    @property
    def turned_by(self) -> list[str]:
        """Suspects that turn the conclusion by themselves, within their own prior."""
        return [each.path for each in self.suspects if each.turns(self.sign)]

    def text(self) -> str:
        """The conclusion, how often it holds, and what turns it, in a sentence or two."""
        mean, low, high = self.default
        words = {1.0: "more", -1.0: "less", 0.0: "neither clearly more nor less"}[self.sign]
        said = f"{self.scenario}: {self.b} has {words} {self.outcome} than {self.a} "
        said += f"({mean:+.3f}, {low:+.3f} to {high:+.3f})"
        said += (
            f"; so in {self.share:.0%} of {self.points} draws of all priors.".replace("%", " %") if self.sign else "."
        )
        if self.turned_by:
            return f"{said} Turned by {', '.join(self.turned_by)} alone."
        names = ", ".join(each.path for each in self.suspects)
        return f"{said} " + (
            f"Most sensitive to {names}; none turns it alone." if names else "No single number moves it clearly."
        )


@dataclass(frozen=True, eq=False)
class Turning:
    """Conclusions of several scenarios, with the table that a referee would ask for."""

    conclusions: tuple[Conclusion, ...]
    runs: int
    seed: int

    def table(self) -> DataFrame:
        """A row for each conclusion and suspect."""
        import pandas as pd

        return pd.DataFrame([row for each in self.conclusions for row in _rows(each)])

    def text(self) -> str:
        """One line for each conclusion."""
        return "\n".join(each.text() for each in self.conclusions)

    def document(self) -> dict[str, Any]:
        """Plain values for JSON."""
        return {
            "runs": self.runs, "seed": self.seed, "text": self.text(),
            "conclusions": [
                {
                    "scenario": each.scenario, "a": each.a, "b": each.b, "outcome": each.outcome,
                    "difference": each.default[0],
                    "difference_low": each.default[1], "difference_high": each.default[2],
                    "draws_mean": each.mean, "draws_low": each.low, "draws_high": each.high,
                    "share_same_sign": plain(each.share), "draws": each.points, "explained": each.explained,
                    "turned_by": each.turned_by,
                    "suspects": [row for row in _rows(each) if row["parameter"]],
                }
                for each in self.conclusions
            ],
        }  # fmt: skip


def _rows(each: Conclusion) -> list[dict[str, Any]]:
    head = {
        "scenario": each.scenario, "a": each.a, "b": each.b, "outcome": each.outcome, "difference": each.default[0],
        "low": each.default[1], "high": each.default[2], "share_same_sign": plain(each.share),
        "draws_low": each.low, "draws_high": each.high,
    }  # fmt: skip
    nobody: dict[str, Any] = {"parameter": None, "slope": None, "at_low": None, "at_high": None, "turns": False}
    found: list[dict[str, Any]] = [
        {"parameter": s.path, "slope": s.slope, "low_value": s.low_value, "high_value": s.high_value,
         "at_low": s.at_low[0], "at_low_low": s.at_low[1], "at_low_high": s.at_low[2],
         "at_high": s.at_high[0], "at_high_low": s.at_high[1], "at_high_high": s.at_high[2],
         "turns": s.turns(each.sign)}
        for s in each.suspects
    ]  # fmt: skip
    return [head | row for row in found or [nobody]]


def turning(
    scenarios: Sequence[str],
    a: str,
    b: str,
    outcomes: Sequence[str] = OUTCOMES,
    points: int | None = None,
    runs: int = RUNS,
    confirming: int = CONFIRMING,
    seed: int | None = None,
    progress: Progress | None = None,
) -> Turning:
    """What package `b` has more than package `a` in each scenario, and which uncertain numbers could turn the answer.

    All numbers with a prior, of forces and of levers that either package uses, are drawn together (a Latin hypercube
    of `points`; two and a half for each number if None), each point with `runs` paired runs under the same luck. The
    suspects are those that move the difference by more than chance would (Bonferroni over all of them); each is then
    put alone at the ends of its own prior, and `confirming` paired runs say what is left of the conclusion. A package
    named "" is the scenario itself.
    """
    found: list[Conclusion] = []
    total = len(scenarios) * 2
    pair = None
    for k, each in enumerate(scenarios):
        pair = _Pair(each, a, b, outcomes, seed)
        drawn, units = pair.over_priors(points, runs)
        if progress is not None:
            progress(2 * k + 1, total)
        usual = pair.by_default(confirming)
        found += [pair.conclusion(j, usual, drawn, units) for j in range(len(outcomes))]
        if progress is not None:
            progress(2 * k + 2, total)
    return Turning(tuple(found), runs, pair.seed if pair is not None else 0)


class _Pair:
    """Two packages on one scenario, as functions of the same uncertain numbers."""

    def __init__(self, name: str, a: str, b: str, outcomes: Sequence[str], seed: int | None) -> None:
        from comity.runs import load

        self.name, self.a, self.b, self.outcomes = name, a, b, tuple(outcomes)
        self.sides = tuple(load(f"{name}+{package}" if package else name) for package in (a, b))
        self.seed = self.sides[0].seed_or_own(seed)
        self.priors = uncertain(self.sides)
        self.paths = list(self.priors)

    def over_priors(self, points: int | None, runs: int) -> tuple[Any, Any]:
        """Differences (points, outcomes), and the places in the priors (points, numbers) that they were had at."""
        points = math.ceil(POINTS_A_NUMBER * len(self.paths)) if points is None else points
        units = latin(self.seed, points, len(self.paths))
        functions = [self._function(side, self.paths, runs) for side in self.sides]
        first, second = _at_once([functools.partial(each.at_units, units) for each in functions])
        return second - first, units

    def _function(self, side: Scenario, paths: Sequence[str], runs: int) -> Any:
        vary = {path: self.priors[path] for path in paths}
        still = side.with_({"run.uncertainty": "none"})
        return sweep(still, vary, "latin", 2, runs, seed=self.seed).function(runs, self.outcomes)

    def by_default(self, runs: int) -> Any:
        """Differences (runs, outcomes) with every number at its default."""
        still = [side.with_({"run.uncertainty": "none"}).ensemble(runs, self.seed) for side in self.sides]
        first, second = (each.outcomes[list(self.outcomes)].to_numpy() for each in still)
        return second - first

    def conclusion(self, j: int, usual: Any, drawn: Any, units: Any) -> Conclusion:
        """One outcome's conclusion, its suspects found and tried in as many runs as the `usual` differences are of."""
        name, drawn, confirming = self.outcomes[j], drawn[:, j], len(usual)
        default = mean_of(usual[:, j])
        suspects = [self._tried(k, slope, error, name, confirming) for k, slope, error in suspects_of(drawn, units)]
        sign = math.copysign(1.0, default[0])
        known = drawn[~np.isnan(drawn)]
        low, high = np.quantile(known, EDGES)
        return Conclusion(
            self.name, self.a or "the scenario", self.b or "the scenario", name, default, float(known.mean()),
            float(low), float(high), float((known * sign > 0.0).mean()), len(known),
            explained(drawn, units), tuple(suspects),
        )  # fmt: skip

    def _tried(self, k: int, slope: float, error: float, name: str, runs: int) -> Suspect:
        path, ends, values = self.paths[k], [], []
        functions = [self._function(side, [path], runs) for side in self.sides]
        for edge in EDGES:
            column = functions[0].factors[0].at(np.array([edge]))
            value = column.value(0)
            one, two = _at_once([functools.partial(each.each, {path: value}) for each in functions])
            ends.append(mean_of((two - one)[:, self.outcomes.index(name)]))
            values.append(float(value))
        return Suspect(path, slope, error, values[0], values[1], ends[0], ends[1])


def _at_once(tasks: Sequence[Callable[[], Any]]) -> list[Any]:
    """Each task in a thread of its own: the engine lets go of the interpreter."""
    with ThreadPoolExecutor(len(tasks)) as pool:
        return [future.result() for future in [pool.submit(task) for task in tasks]]


def uncertain(sides: Sequence[Scenario]) -> dict[str, Mapping[str, Any]]:
    """Every number with a prior, of forces and of levers that are on in one of the scenarios, by its path."""
    from comity.runs.catalogue import catalogue

    on = {name for side in sides for name, lever in side.value("levers").items() if lever["on"]}
    found = {}
    for each in catalogue("parameters"):
        kind, name, *_ = str(each["name"]).split(".")
        if each.get("prior") and (kind == "forces" or (kind == "levers" and name in on)):
            found[str(each["name"])] = each["prior"]
    return found


def mean_of(differences: Any) -> tuple[float, float, float]:
    """Mean, and its interval (95 percent), of paired differences."""
    known = differences[~np.isnan(differences)]
    mean, n = float(known.mean()), len(known)
    if n < 2:
        return mean, -math.inf, math.inf
    reach = student(n - 1) * float(known.std(ddof=1)) / math.sqrt(n)
    return mean, mean - reach, mean + reach


def suspects_of(drawn: Any, units: Any) -> list[tuple[int, float, float]]:
    """Numbers that move the differences beyond chance: place, slope over the whole prior, error; strongest first."""
    import statistics

    known = ~np.isnan(drawn)
    y, x = drawn[known], units[known] - 0.5
    slopes, errors, _ = fitted(x, y)
    bar = statistics.NormalDist().inv_cdf(1.0 - SCREEN / 2.0 / units.shape[1])
    clear = [k for k in np.argsort(-np.abs(slopes)) if abs(slopes[k]) > bar * errors[k]]
    return [(int(k), float(slopes[k]), float(errors[k])) for k in clear[:SUSPECTS]]


def explained(drawn: Any, units: Any) -> float:
    """What all numbers together explain in a straight line, adjusted for their number; 0 at the least."""
    known = ~np.isnan(drawn)
    n, k = int(known.sum()), units.shape[1]
    share = fitted(units[known] - 0.5, drawn[known])[2]
    return float(max(0.0, 1.0 - (1.0 - share) * (n - 1) / max(n - k - 1, 1)))


def fitted(x: Any, y: Any) -> tuple[Any, Any, float]:
    """Least squares with as many points as it needs."""
    from comity.analysis.regress import least_squares

    if len(y) < 1.5 * (x.shape[1] + 1):
        raise ValueError(
            f"{len(y)} points are too few for {x.shape[1]} uncertain numbers; ask for {2 * x.shape[1]} or more"
        )
    return least_squares(x, y)
