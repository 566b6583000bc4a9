"""Synthetic states copy the measured collinearity of real ones: independent draws make states that do not exist.

A made state is eight correlated standard scores, read off against what real states are like at such scores (a Gaussian
copula). Opinions lean on the scores as they do in the shipped regions. The k-th state is the same however many there
are, and the same on every machine.

Sources   V-Dem v12 and v15 (CC BY-SA 4.0), WGI 2023 (CC BY 4.0), Gapminder GDP v32 and population v8 (CC BY 4.0), ideal
          points in the UN General Assembly to 2019 (MIT): scores, correlations and quantiles of 104 states of 2019-24,
          rounded. Opinions, exposures, terms: the region files of this project, where most of them are assumptions.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

import numpy as np

from comity import chance
from comity.arithmetic import clip, exp

SCORES: Final = ("democracy", "legislature", "judiciary", "capacity", "integrity", "income", "population", "position")
"""What the scores are of, in the order of every row of figures below."""

Triangle = tuple[tuple[float, ...], ...]

AMONG_ALL: Final[Triangle] = (
    (1.00,),
    (0.87, 1.00),
    (0.93, 0.82, 1.00),
    (0.82, 0.67, 0.76, 1.00),
    (0.84, 0.73, 0.82, 0.92, 1.00),
    (0.71, 0.56, 0.63, 0.87, 0.77, 1.00),
    (-0.15, -0.05, -0.08, -0.10, -0.21, -0.19, 1.00),
    (0.69, 0.63, 0.61, 0.52, 0.58, 0.48, -0.09, 1.00),
)
"""Correlations of the scores over all states; a row goes up to its own column. Up to 0.03 above the measured ones, for
what reading off between knots loses."""

WITHIN_REGIONS: Final[Triangle] = (
    (1.00,),
    (0.72, 1.00),
    (0.82, 0.68, 1.00),
    (0.68, 0.45, 0.61, 1.00),
    (0.74, 0.53, 0.70, 0.88, 1.00),
    (0.40, 0.16, 0.30, 0.70, 0.62, 1.00),
    (-0.08, 0.05, 0.00, -0.10, -0.22, -0.24, 1.00),
    (0.37, 0.31, 0.23, 0.18, 0.27, 0.04, 0.05, 1.00),
)
"""The same among the states of one region, all regions pooled: neighbors differ less, and less in step."""

KNOTS: Final = (-2.5, -1.5, -1.0, -0.5, 0.0, 0.5, 1.0, 1.5, 2.5)
"""Scores at which the figures of real states are written down; beyond the last ones nothing is stretched."""

AT_KNOTS: Final[Mapping[str, tuple[float, ...]]] = MappingProxyType({
    "democracy": (0.013, 0.07, 0.11, 0.17, 0.37, 0.57, 0.75, 0.80, 0.86),
    "legislature": (0.01, 0.14, 0.22, 0.41, 0.68, 0.80, 0.91, 0.96, 0.98),
    "judiciary": (0.014, 0.12, 0.19, 0.46, 0.71, 0.84, 0.92, 0.96, 0.98),
    "capacity": (0.08, 0.17, 0.27, 0.35, 0.44, 0.58, 0.70, 0.79, 0.93),
    "integrity": (0.14, 0.20, 0.28, 0.35, 0.42, 0.56, 0.70, 0.83, 0.95),
    "income": (1.0, 1.6, 2.8, 5.5, 13.0, 31.0, 49.0, 63.0, 129.0),
    "population": (0.2, 0.8, 2.1, 5.6, 13.0, 30.0, 54.0, 102.0, 251.0),
})  # fmt: skip

POSITION_SPREAD: Final = 0.25
"""Standard deviation of positions within a region, as the region files scale them; the middle is zero."""


@dataclass(frozen=True, slots=True)
class Mix:
    """What the states of a region are like: middle and spread of each score, and the means of opinions."""

    middle: tuple[float, ...]
    spread: tuple[float, ...]
    opinions: tuple[float, ...]
    correlations: Triangle = WITHIN_REGIONS


MIXES: Final[Mapping[str, Mix]] = MappingProxyType({
    "all": Mix((0.0,) * 8, (1.0,) * 8, (0.48, 0.28, 0.48, 0.40, 0.09), AMONG_ALL),
    "eu": Mix(
        (1.08, 0.96, 1.01, 1.03, 1.00, 1.09, -0.20, 0.0), (0.63, 0.67, 0.67, 0.53, 0.60, 0.44, 0.84, 1.0),
        (0.46, 0.31, 0.43, 0.29, 0.12),
    ),
    "asean": Mix(
        (-0.71, -0.51, -0.55, 0.46, 0.01, 0.42, 0.60, 0.0), (0.76, 0.49, 0.79, 1.13, 0.98, 1.00, 1.30, 1.0),
        (0.48, 0.18, 0.50, 0.50, 0.07),
    ),
    "ecowas": Mix(
        (-0.20, -0.14, -0.20, -0.42, -0.17, -0.78, 0.02, 0.0), (0.53, 0.63, 0.59, 0.51, 0.57, 0.40, 0.90, 1.0),
        (0.45, 0.26, 0.50, 0.44, 0.08),
    ),
    "mercosur": Mix(
        (0.27, 0.26, 0.18, -0.12, -0.18, 0.27, 0.09, 0.0), (0.81, 0.99, 0.99, 0.61, 0.85, 0.32, 1.02, 1.0),
        (0.50, 0.25, 0.50, 0.34, 0.10),
    ),
    "african-union": Mix(
        (-0.50, -0.47, -0.47, -0.60, -0.48, -0.70, -0.03, 0.0), (0.72, 0.81, 0.76, 0.73, 0.82, 0.68, 0.99, 1.0),
        (0.49, 0.30, 0.50, 0.42, 0.08),
    ),
})  # fmt: skip
"""By what `region.synthetic.like` may say."""


@dataclass(frozen=True, slots=True)
class Lean:
    """A score made from other scores, and from luck for the rest. `by` gives the weight of each."""

    by: Mapping[str, float]
    rest: float
    spread: float = 1.0
    low: float = 0.0
    high: float = 1.0


OPINIONS: Final[Mapping[str, Lean]] = MappingProxyType({
    "identity": Lean({"democracy": -0.1}, 0.99, 0.07, 0.05, 0.95),
    "preference": Lean({"identity": -0.5, "democracy": 0.2}, 0.83, 0.14, -0.95, 0.95),
    "trust": Lean({"preference": 0.4, "identity": -0.3}, 0.78, 0.10, 0.05, 0.95),
    "trust_national": Lean({"integrity": 0.5}, 0.87, 0.10, 0.05, 0.95),
    "challenger": Lean({"preference": -0.3}, 0.95, 0.60, 0.01, 0.50),
})  # fmt: skip
"""In the order of `Mix.opinions`. A challenger's share is lopsided: its spread is that of the logarithm."""

EXPOSURES: Final[Mapping[str, Lean]] = MappingProxyType({
    "exposure_economic": Lean({"income": 0.3}, 0.95, 0.25, 0.2, 3.0),
    "exposure_debt": Lean({}, 1.0, 0.45, 0.2, 3.0),
    "exposure_migration": Lean({"capacity": -0.2}, 0.98, 0.45, 0.2, 3.0),
    "exposure_pandemic": Lean({}, 1.0, 0.30, 0.2, 3.0),
    "exposure_security": Lean({"capacity": -0.4}, 0.92, 0.45, 0.2, 3.0),
})  # fmt: skip
"""Lopsided too, with a mean of one."""

GRIEVANCE: Final = 0.1
"""The same for all, as in the region files."""
CLASSES: Final = (0.10, 0.35, 0.70)
"""Liberal democracy above which a state is no closed autocracy, no electoral autocracy, a liberal democracy."""
FEDERAL: Final = Lean({"population": 0.5}, 0.87)
FEDERAL_FROM: Final = 1.2
SHORT: Final = Lean({"democracy": 0.5}, 0.87)
SHORT_FROM: Final = 0.5
SHORT_TERM, LONG_TERM = 4, 5
"""Years; democracies vote more often. One state in nine is a federation, the large ones before the small."""

CENTER: Final = (10.0, 20.0)
"""Latitude and longitude around which the capitals lie."""
KM_PER_STATE: Final = 280.0
"""Kilometers by which the square root of a state's number widens the disc: half a million square kilometers each."""
KM_PER_DEGREE: Final = 111.2
GOLDEN: Final = 137.50776405003785
"""Degrees from one state to the next: the disc fills evenly however many there are."""
UNEVEN: Final = 0.35
"""How far a capital may lie from its even place, in units of `KM_PER_STATE`."""

ALPHABET: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
FIGURE: Final = chance.purpose("synthetic.figure")


@dataclass(frozen=True, slots=True)
class Luck:
    """Where set-up draws its luck: the key of the region's seed, and the quarter before the first."""

    key0: np.uint64
    key1: np.uint64
    quarter: int = chance.SETUP


@dataclass(slots=True)
class Draws:
    """The luck of one state, draw after draw."""

    luck: Luck
    subject: int
    drawn: int = 0

    def uniform(self) -> float:
        """Between 0 and 1."""
        self.drawn += 1
        return chance.uniform(self.luck, self.subject, FIGURE, self.drawn)

    def normal(self) -> float:
        """With mean 0 and standard deviation 1."""
        self.drawn += 1
        return chance.normal(self.luck, self.subject, FIGURE, self.drawn)


def generated(region: Mapping[str, Any], seed: int) -> dict[str, Mapping[str, Any]]:
    """The members of a region: those that its file names, or as many made ones as it asks for.

    By ISO-3 code in the order made; figures in the units of the scenario file, rounded to four digits. The codes of
    made states begin with X, which ISO 3166 leaves to its users. ValueError if there is no mix of the name in `like`.
    """
    wanted = region.get("synthetic")
    if not wanted:
        return dict(region.get("members") or {})
    like = wanted.get("like", "all")
    if like not in MIXES:
        raise ValueError(f"region.synthetic.like: there is no mix {like!r}; there are {', '.join(MIXES)}")
    luck = Luck(*chance.run_key(seed, 0))
    mixing = _root(MIXES[like].correlations)
    return {code(k): _state(k, MIXES[like], mixing, luck, int(region["start"])) for k in range(int(wanted["members"]))}


def code(k: int) -> str:
    """The ISO-3 code of the k-th made state, counted from 0 to 675."""
    return f"X{ALPHABET[k // len(ALPHABET)]}{ALPHABET[k % len(ALPHABET)]}"


def _state(k: int, mix: Mix, mixing: Triangle, luck: Luck, start: int) -> Mapping[str, Any]:
    """All figures of one state; the order of the draws is part of its identity."""
    draws = Draws(luck, chance.subject(code(k)))
    place = _capital(k, draws)
    scores = _scores(mix, mixing, draws)
    figures = {name: _at(scores[name], AT_KNOTS[name]) for name in AT_KNOTS}
    figures["position"] = clip(POSITION_SPREAD * scores["position"], -1.0, 1.0)
    figures["grievance"] = GRIEVANCE
    figures |= _opinions(mix, scores, draws)
    figures |= {name: _lopsided(1.0, lean, _lean(lean, scores, draws)) for name, lean in EXPOSURES.items()}
    federal = _lean(FEDERAL, scores, draws) > FEDERAL_FROM
    term = SHORT_TERM if _lean(SHORT, scores, draws) > SHORT_FROM else LONG_TERM
    return {
        "name": f"State {code(k)}",
        "regime": bisect_right(CLASSES, figures["democracy"]),
        "federal": int(federal),
        **{name: round(figure, 4) for name, figure in figures.items()},
        "term": term,
        "next_election": _election(start, term, draws),
        "capital": place,
        "standing": "member",
    }


def _root(correlations: Triangle) -> Triangle:
    """The triangle that turns independent scores into correlated ones (Cholesky), the same bits everywhere."""
    rows: list[tuple[float, ...]] = []
    for i, wanted in enumerate(correlations):
        row: list[float] = []
        for j in range(i):
            known = math.fsum(a * b for a, b in zip(row, rows[j], strict=False))
            row.append((wanted[j] - known) / rows[j][j])
        rows.append((*row, math.sqrt(wanted[i] - math.fsum(a * a for a in row))))
    return tuple(rows)


def _scores(mix: Mix, mixing: Triangle, draws: Draws) -> dict[str, float]:
    luck = [draws.normal() for _ in SCORES]
    common = [math.fsum(a * b for a, b in zip(row, luck, strict=False)) for row in mixing]
    return {
        name: middle + spread * score
        for name, middle, spread, score in zip(SCORES, mix.middle, mix.spread, common, strict=True)
    }


def _opinions(mix: Mix, scores: dict[str, float], draws: Draws) -> dict[str, float]:
    """Opinions about their mean in the region; each may lean on those before it, so they join the scores."""
    own = {
        name: (score - middle) / spread
        for (name, score), middle, spread in zip(scores.items(), mix.middle, mix.spread, strict=True)
    }
    said: dict[str, float] = {}
    for (name, lean), mean in zip(OPINIONS.items(), mix.opinions, strict=True):
        own[name] = _lean(lean, own, draws)
        if name == "challenger":
            said[name] = _lopsided(mean, lean, own[name])
        else:
            said[name] = clip(mean + lean.spread * own[name], lean.low, lean.high)
    return said


def _lean(lean: Lean, scores: Mapping[str, float], draws: Draws) -> float:
    return math.fsum(weight * scores[name] for name, weight in lean.by.items()) + lean.rest * draws.normal()


def _lopsided(mean: float, lean: Lean, score: float) -> float:
    """Log-normal with that mean: most lie a little below it, a few far above."""
    return clip(mean * exp(lean.spread * score - lean.spread * lean.spread / 2.0), lean.low, lean.high)


def _at(score: float, figures: Sequence[float]) -> float:
    """The figure of real states at a score: a straight line from knot to knot."""
    score = clip(score, KNOTS[0], KNOTS[-1])
    right = min(bisect_right(KNOTS, score), len(KNOTS) - 1)
    share = (score - KNOTS[right - 1]) / (KNOTS[right] - KNOTS[right - 1])
    return figures[right - 1] + share * (figures[right] - figures[right - 1])


def _election(start: int, term: int, draws: Draws) -> str:
    """A quarter of the first term, each as likely as the next: no wave of elections."""
    year, quarter = divmod(int(draws.uniform() * term * 4), 4)
    return f"{start + year}Q{quarter + 1}"


def _capital(k: int, draws: Draws) -> list[float]:
    """Near the k-th place of a sunflower's head, [latitude, longitude]: neighbors about as far apart as real ones."""
    angle, radius = math.radians(GOLDEN * k), KM_PER_STATE * math.sqrt(k + 0.5)
    shift = [UNEVEN * KM_PER_STATE * draws.normal() for _ in range(2)]
    north, east = radius * math.sin(angle) + shift[0], radius * math.cos(angle) + shift[1]
    latitude = clip(CENTER[0] + north / KM_PER_DEGREE, -60.0, 70.0)
    longitude = CENTER[1] + east / (KM_PER_DEGREE * math.cos(math.radians(latitude)))
    return [round(latitude, 4), round(longitude, 4)]
