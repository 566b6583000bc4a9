"""Several scenarios under the same luck, each beside the first, so that packages can be told apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from comity.runs.interval import spread
from comity.runs.pair import Comparison
from comity.runs.plots import ComparisonsPlots
from comity.runs.result import Ensemble, versions

if TYPE_CHECKING:
    from pandas import DataFrame


@dataclass(frozen=True, eq=False)
class Comparisons:
    """What each of `others` has more than `a`, run by run."""

    a: Ensemble
    others: tuple[Ensemble, ...]

    @property
    def pairs(self) -> list[Comparison]:
        """Each of the others beside the first."""
        return [Comparison(self.a, each) for each in self.others]

    @property
    def titles(self) -> tuple[str, ...]:
        """What readers call them, the first among them, never the same; what all have from the first is left out."""
        return told_apart([each.scenario.title for each in self._all], [each.scenario.name for each in self._all])

    @property
    def _all(self) -> tuple[Ensemble, ...]:
        return (self.a, *self.others)

    def summary(self) -> DataFrame:
        """A row for each of the others and outcome: b, outcome, and the columns of `Comparison.summary`; `b` is what
        `titles` calls it, whose names are never the same."""
        import pandas as pd

        tables = []
        for title, pair in zip(self.titles[1:], self.pairs, strict=True):
            table = pair.summary().reset_index().rename(columns={"b": "value", "a": "first"})
            table.insert(0, "b", title)
            tables.append(table)
        return pd.concat(tables, ignore_index=True)

    def points(self, across: str = "integration", upward: str = "respect") -> DataFrame:
        """A row for each scenario, the first first: name, and mean, low and high of two outcomes.

        The interval (95 percent) is that of the difference from the first under the same luck, put around the mean;
        of the first, that of its mean. ValueError if one does not report an outcome.
        """
        import pandas as pd

        rows: list[dict[str, Any]] = []
        for name, each in zip(self.titles, self._all, strict=True):
            row: dict[str, Any] = {"name": name}
            for outcome in (across, upward):
                values = _column(each, outcome)
                mean = spread(values).mean
                apart = spread(values if each is self.a else values - _column(self.a, outcome))
                row |= {outcome: mean, f"{outcome}_low": mean + (apart.mean_low - apart.mean)}
                row[f"{outcome}_high"] = mean + (apart.mean_high - apart.mean)
            rows.append(row)
        return pd.DataFrame(rows)

    @property
    def plot(self) -> ComparisonsPlots:
        """Pictures of them."""
        return ComparisonsPlots(self)

    def document(self, only: tuple[str, ...] = ()) -> dict[str, Any]:
        """The document of `comity compare A B C --json`: plain values, null for what is missing."""
        others = []
        for pair in self.pairs:
            told = pair.document(only)
            others.append({"b": told["b"], "outcomes": told["outcomes"], "digest": told["digests"]["b"]})
        return {
            "a": self.a.scenario.name,
            "seed": self.a.seed,
            "runs": self.a.runs,
            "versions": dict(versions()),
            "others": others,
            "digest": self.a.digest,
        }


def _column(ensemble: Ensemble, outcome: str) -> Any:
    if outcome not in ensemble.names:
        raise ValueError(f"{ensemble.scenario.name} does not report {outcome}")
    return ensemble.values[:, ensemble.names.index(outcome)]


def told_apart(titles: Sequence[str], names: Sequence[str]) -> tuple[str, ...]:
    """Short titles for readers: without the first one's where a package was joined to it, and never the same."""
    short = [title.removeprefix(f"{titles[0]} + ") for title in titles]
    for words in (short, list(titles), list(names)):
        if len(set(words)) == len(words):
            return tuple(words)
    return tuple(f"{name} ({k})" for k, name in enumerate(names, 1))
