"""Two scenarios under the same luck: run k of one beside run k of the other, so that luck blurs no difference."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from comity.runs.interval import spread
from comity.runs.plots import ComparisonPlots
from comity.runs.result import Ensemble, number, versions

if TYPE_CHECKING:
    from pandas import DataFrame


@dataclass(frozen=True, eq=False)
class Comparison:
    """What `b` has more than `a`, run by run."""

    a: Ensemble
    b: Ensemble

    @property
    def names(self) -> list[str]:
        """The outcomes that both report."""
        return [name for name in self.a.names if name in self.b.names]

    @property
    def titles(self) -> tuple[str, str]:
        """What readers call the two, never the same."""
        first, second = self.a.scenario.title, self.b.scenario.title
        if first == second:
            first, second = self.a.scenario.name, self.b.scenario.name
        return (first, second) if first != second else (f"{first} (first)", f"{second} (second)")

    @property
    def differences(self) -> DataFrame:
        """A row for each run, a column for each outcome: b less a."""
        return self.b.outcomes[self.names] - self.a.outcomes[self.names]

    def summary(self) -> DataFrame:
        """A row for each outcome: mean of a and b, difference, low, high (95 percent interval of the mean difference),
        unit, and variance_ratio: variance of the difference with other luck over that with the same luck."""
        import pandas as pd

        table = pd.DataFrame.from_dict({name: self._told(name) for name in self.names}, orient="index")
        table.index.name = "outcome"
        return table

    def _told(self, name: str) -> dict[str, Any]:
        first, second = (side.values[:, side.names.index(name)] for side in (self.a, self.b))
        apart = spread(second - first)
        return {
            "a": spread(first).mean,
            "b": spread(second).mean,
            "difference": apart.mean,
            "low": apart.mean_low,
            "high": apart.mean_high,
            "unit": self.a.begin.book.outcomes[name].unit,
            "variance_ratio": variance_ratio(first, second),
        }

    @property
    def plot(self) -> ComparisonPlots:
        """Pictures of the two."""
        return ComparisonPlots(self)

    def document(self, only: tuple[str, ...] = ()) -> dict[str, Any]:
        """The document of `comity compare --json`: plain values, null for what is missing; `only` some outcomes."""
        told = {name: self._told(name) for name in self.names if not only or name in only}
        plain = {
            name: {key: number(value) if isinstance(value, float) else value for key, value in row.items()}
            for name, row in told.items()
        }
        rules = {"a": self.a.begin.book.described(), "b": self.b.begin.book.described()}
        return {
            "a": self.a.scenario.name,
            "b": self.b.scenario.name,
            "seed": self.a.seed,
            "runs": self.a.runs,
            "versions": dict(versions()),
            "outcomes": plain,
            **({"own_rules": rules} if any(rules.values()) else {}),
            "digests": {"a": self.a.digest, "b": self.b.digest},
        }


def variance_ratio(first: Any, second: Any) -> float:
    """How many times more runs it would take with other luck; NaN where luck makes no difference, or with one run."""
    both = ~(np.isnan(first) | np.isnan(second))
    if both.sum() < 2:
        return float("nan")
    first, second = first[both], second[both]
    paired = float((second - first).var(ddof=1))
    return float(first.var(ddof=1) + second.var(ddof=1)) / paired if paired > 0.0 else float("nan")
