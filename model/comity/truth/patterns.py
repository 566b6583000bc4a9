"""Ten patterns that no rule was written for as such, each with a measure, a verdict and the figures of a picture."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from comity.runs import Scenario, load
from comity.runs.result import Progress
from comity.signs import CODED, EMERGENT
from comity.truth import lawmaking, leaving, publics
from comity.truth.intervals import bootstrap
from comity.truth.report import HIT, MISS, STRADDLES
from comity.truth.table import ALL
from comity.truth.verdicts import SEED

RUNS: Final = 100
Measured = tuple[Any, dict[str, Any]]
"""One value a run, and the figures of a picture."""
Measure = Callable[[Callable[[str], Scenario], int, int, "int | None"], Measured]


@dataclass(frozen=True)
class Pattern:
    """What is said, how it is measured, within which bounds it holds, and whether it is written into a rule."""

    key: str
    statement: str
    how: str
    label: str
    low: float
    high: float
    unit: str
    measure: Measure


PATTERNS: Final = (
    Pattern("together", "Changes of trust that the whole region shares are .4 to .65 of the variance of annual change.",
        "variance of annual changes that effects of years explain; twelve largest members, 2001-2013",
        CODED, 0.4, 0.65, "share", publics.together),
    Pattern("regained", "After a crisis trust regains over half of its loss in ten years.",
        "regained ten years after the trough of 2008-14, over what was lost since 2007; challengers' share kept is P1b",
        EMERGENT, 0.5, math.inf, "share of the loss", publics.regained),
    Pattern("calm", "Growth shows in trust over a crisis and hardly in calm years.",
        "share of runs whose interval of the slope holds zero in 2001-07 and not in 2001-13",
        EMERGENT, 0.5, 1.0, "share of runs", publics.calm),
    Pattern("few_and_late", "When less is overdue, what is still overdue is later.",
        "correlation over years of the overdue share with the mean delay of the overdue, from the fourth year on",
        EMERGENT, -math.inf, 0.0, "correlation", lawmaking.few_and_late),
    Pattern("court_first", "States leave a court sooner and more often than the organization.",
        "exits from the court less exits from the organization, in a run",
        CODED, 0.0, math.inf, "exits", leaving.court_first),
    Pattern("arrears", "Arrears rise in recession and suspension, and run ahead of threats to leave.",
        "smallest of three differences in mean arrears: recession, suspension, the year before a threat, and the rest",
        CODED, 0.0, math.inf, "quarters of dues", leaving.arrears),
    Pattern("selection", "Law that goes further beyond practice is kept less; forced depth breaks the link.",
        "correlation over five regions of mean gap and implementation, as they are less as forced to one depth",
        EMERGENT, -math.inf, 0.0, "difference of correlations", lawmaking.selection),
    Pattern("bunching", "Ratifications bunch at summits, and have a slow tail.",
        "smaller of two logarithms: hazard at summits over other quarters, first year over the fourth and later",
        CODED, 0.0, math.inf, "log ratio", lawmaking.bunching),
    Pattern("three_roads", "Out of suspension lead three roads: amends, readmission without, exit; none above .8.",
        "share of the commonest road among suspensions that ended; all three are taken",
        EMERGENT, 0.0, 0.8, "share", leaving.three_roads),
    Pattern("few_leave", "A tenth of the members carries over half of the exits, and some leavers return.",
        "share of exits by the tenth of members that leaves most often, over runs",
        EMERGENT, 0.5, 1.0, "share", leaving.few_leave),
)  # fmt: skip


@dataclass(frozen=True)
class Found:
    """What runs say of a pattern."""

    pattern: Pattern
    value: float
    low: float
    high: float
    verdict: str
    figures: dict[str, Any]

    def document(self) -> dict[str, Any]:
        """Plain values, null for what is missing; `figures` is what a picture wants."""
        said = self.pattern
        return {
            "id": said.key, "statement": said.statement, "how": said.how, "label": said.label,
            "counts": said.label == EMERGENT, "value": _plain(self.value), "low": _plain(self.low),
            "high": _plain(self.high), "target_low": _plain(said.low), "target_high": _plain(said.high),
            "unit": said.unit, "verdict": self.verdict, "figures": _plain(self.figures),
        }  # fmt: skip


def patterns(
    only: Sequence[str] | None = None,
    runs: int = RUNS,
    seed: int = SEED,
    workers: int | None = None,
    progress: Progress | None = None,
) -> list[Found]:
    """The ten patterns, or those named, each from runs of its own worlds with every uncertain number drawn.

    ValueError for a name that is none.
    """
    known = {pattern.key: pattern for pattern in PATTERNS}
    unknown = [key for key in only or () if key not in known]
    if unknown:
        raise ValueError(f"there is no pattern {unknown[0]!r}; there are {', '.join(known)}")
    wanted = [pattern for pattern in PATTERNS if only is None or pattern.key in only]
    found = []
    for done, pattern in enumerate(wanted):
        found.append(_found(pattern, runs, seed, workers))
        if progress is not None:
            progress(done + 1, len(wanted))
    return found


def _world(name: str) -> Scenario:
    return load(name).with_(ALL)


def _found(pattern: Pattern, runs: int, seed: int, workers: int | None) -> Found:
    values, figures = pattern.measure(_world, runs, seed, workers)
    values = np.asarray(values, "f8")
    value = float(np.nanmean(values)) if (~np.isnan(values)).any() else math.nan
    low, high = bootstrap(values, seed, f"pattern.{pattern.key}")
    return Found(pattern, value, low, high, _judged(pattern, value, low, high), figures)


def _judged(pattern: Pattern, value: float, low: float, high: float) -> str:
    if math.isnan(value):
        return MISS
    low, high = (value if math.isnan(low) else low), (value if math.isnan(high) else high)
    if pattern.low <= low and high <= pattern.high:
        return HIT
    return MISS if high < pattern.low or low > pattern.high else STRADDLES


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, np.ndarray | list | tuple):
        return [_plain(item) for item in (value.tolist() if isinstance(value, np.ndarray) else value)]
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    return value
