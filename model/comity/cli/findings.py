"""Six sentences about a pair of ensembles: what is clear is said, what luck may explain is called unclear."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from comity.runs.interval import Spread, spread
from comity.world import QUARTERS_PER_YEAR

if TYPE_CHECKING:
    from comity.runs import Comparison, Ensemble

Write = Callable[[float], str]


@dataclass(frozen=True, slots=True)
class Beside:
    """A quantity of each run, without and with the package, and the difference under the same luck."""

    without: Any
    package: Any

    @property
    def apart(self) -> Spread:
        """The package less the other, run by run."""
        return spread(self.package - self.without)

    @property
    def means(self) -> tuple[float, float]:
        """Both means."""
        return float(np.nanmean(self.without)), float(np.nanmean(self.package))


def findings(pair: Comparison) -> list[str]:
    """Six sentences, from two ensembles that kept their series."""
    return [
        _level("Integration ends at", _outcome(pair, "integration"), index),
        _level("Respect, over the run, is", _outcome(pair, "respect"), index),
        _level("For the worst-treated tenth of members, respect is", _outcome(pair, "respect_worst_tenth"), index),
        _trust(pair),
        _level("Challengers of integration end with", _end(pair, "challenger_share"), percent, " of the vote"),
        _exits(pair),
    ]


def index(value: float) -> str:
    """A number between 0 and 1 that is no share of anything."""
    return f"{value:.2f}"


def percent(value: float) -> str:
    """A share."""
    return f"{100 * value:.0f}%"


def points(value: float) -> str:
    """A difference of shares."""
    return f"{100 * value:.1f}"


def _level(words: str, beside: Beside, write: Write, after: str = "") -> str:
    without, package = (write(mean) for mean in beside.means)
    return f"{words} {without}{after} without the package and {package} with it: {difference(beside.apart, write)}."


def difference(apart: Spread, write: Write) -> str:
    """More or less, by how much, and within what; or that one cannot tell."""
    change, unit = (points, " points") if write is percent else (write, "")
    low, high = sorted((abs(apart.mean_low), abs(apart.mean_high)))
    if apart.mean_low > 0.0 or apart.mean_high < 0.0:
        word = "higher" if apart.mean > 0.0 else "lower"
        return f"{word} by {change(abs(apart.mean))}{unit} ({change(low)} to {change(high)})"
    if apart.mean_low == apart.mean_high == 0.0:
        return "no difference in any run"
    if np.isnan(apart.mean_low):
        return "too few runs to tell a difference"
    return f"no clear difference ({signed(apart.mean_low, change)} to {signed(apart.mean_high, change)}{unit})"


def signed(value: float, write: Write) -> str:
    """With its sign, unless it rounds to nothing."""
    text = write(abs(value))
    return text if float(text) == 0.0 else ("-" if value < 0.0 else "+") + text


def _outcome(pair: Comparison, name: str) -> Beside:
    return Beside(*(side.values[:, side.names.index(name)] for side in (pair.a, pair.b)))


def _course(ensemble: Ensemble, column: str) -> Any:
    """(runs, years): the mean of each year."""
    assert ensemble.course is not None
    values = ensemble.course.of(column)
    return values.reshape(len(values), -1, QUARTERS_PER_YEAR).mean(axis=2)


def _end(pair: Comparison, column: str) -> Beside:
    return Beside(*(_course(side, column)[:, -1] for side in (pair.a, pair.b)))


def _trust(pair: Comparison) -> str:
    """The lowest year of the mean course, and the end."""
    worst = []
    for side in (pair.a, pair.b):
        mean = _course(side, "trust").mean(axis=0)
        worst.append(f"{percent(mean.min())} in {side.begin.start + int(mean.argmin())}")
    end = _end(pair, "trust")
    without, package = (percent(mean) for mean in end.means)
    return (
        f"Trust is lowest, {worst[0]} without the package and {worst[1]} with it, "
        f"and ends at {without} and {package}: {difference(end.apart, percent)}."
    )


def _exits(pair: Comparison) -> str:
    """How often anybody leaves, and who most often."""
    told, some = [], []
    for side in (pair.a, pair.b):
        assert side.course is not None
        left = side.course.left
        some.append(left.any(axis=1).astype("f8"))
        told.append(f"{percent(float(some[-1].mean()))} of runs{', '.join(_often(left, side.begin.members))}")
    beside = Beside(*some)
    if not (beside.without.any() or beside.package.any()):
        return f"Nobody leaves in any of {len(beside.without)} runs, with the package or without it."
    apart = difference(beside.apart, percent)
    return f"Somebody leaves in {told[0]} without the package, and in {told[1]} with it: {apart}."


def _often(left: Any, members: tuple[str, ...]) -> Iterator[str]:
    """Who leaves most often, if anybody does."""
    shares = left.mean(axis=0)
    first = int(shares.argmax())
    if shares[first] > 0.0:
        yield f" ({members[first]} in {percent(float(shares[first]))})"
