"""What each lever of a package does, alone, in company and by pairs, all under the same luck and from shared runs."""

from __future__ import annotations

import difflib
import functools
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, overload

import numpy as np

from comity import engine
from comity.runs import shapley
from comity.runs.interval import CONFIDENCE, Spread, spread, student
from comity.runs.pair import variance_ratio
from comity.runs.plots import EffectsPlots
from comity.runs.result import Progress, digest, number, reported, versions
from comity.runs.scenario import Scenario, able, whole
from comity.runs.subsets import Design, Played

if TYPE_CHECKING:
    from pandas import DataFrame

    from comity.scenario.loading import Source


@dataclass(frozen=True, eq=False)
class Effects:
    """What the levers of a package do to one outcome, run by run under the same luck.

    The **effect** of a lever is what the package has with it more than without it. **Alone**, it is what the lever
    has more than none of them. Its **share** is its Shapley value: what it adds, the mean over all orders in which the
    levers could be switched on; the shares add up to the total, all levers less none, to the bit. The **interaction**
    of two levers, in the package, is how much more each does with the other there than without it. Levers of the
    scenario that are not among `levers`, and all else that a package changes, stay as they are throughout.

    Intervals are of the mean, 95 percent, over runs (Student). Where orders are sampled, each run draws its own, so
    that the spread over runs holds both luck and what the sample of orders leaves uncertain.
    """

    scenario: Scenario
    seed: int
    runs: int
    levers: tuple[str, ...]
    outcome: str
    outcomes: tuple[str, ...]
    unit: str
    exact: bool
    subsets: int
    all_played: Played = field(repr=False)

    @functools.cached_property
    def played(self) -> Played:
        """The numbers of this outcome."""
        return self.all_played.outcome(self.outcomes.index(self.outcome))

    def of(self, outcome: str) -> Effects:
        """The same of another outcome, from the same runs. ValueError if the scenario does not report it."""
        _known("outcome", outcome, self.outcomes)
        units = self.scenario.first_day.book.outcomes
        return replace(self, outcome=outcome, unit=units[outcome].unit)

    @property
    def known(self) -> int:
        """In how many runs the outcome has a value whatever levers are on; everything is told from these."""
        return len(self.played.everything)

    @property
    def total(self) -> float:
        """What all levers have more than none of them: the sum of the shares, exactly. NaN if it is never known."""
        return self._shares[1]

    @functools.cached_property
    def total_spread(self) -> Spread:
        """The total over runs."""
        return spread(self.played.everything - self.played.nothing)

    @functools.cached_property
    def _shares(self) -> tuple[list[float], float]:
        means = [spread(self.played.shares[:, k]).mean for k in range(len(self.levers))]
        return shapley.adding_up(means, self.total_spread.mean)

    def table(self) -> DataFrame:
        """A row for each lever: lever; effect, low, high; shapley, shapley_low, shapley_high; alone, alone_low,
        alone_high; variance_ratio: variance of the effect with other luck over that with the same luck."""
        import pandas as pd

        return pd.DataFrame(self.rows())

    def rows(self) -> list[dict[str, Any]]:
        """The rows of `table`."""
        seen, rows = self.played, []
        for k, name in enumerate(self.levers):
            effect, alone = spread(seen.everything - seen.without[:, k]), spread(seen.alone[:, k] - seen.nothing)
            share = spread(seen.shares[:, k])
            rows.append(
                {
                    "lever": name,
                    "effect": effect.mean,
                    "low": effect.mean_low,
                    "high": effect.mean_high,
                    "shapley": self._shares[0][k],
                    "shapley_low": share.mean_low,
                    "shapley_high": share.mean_high,
                    "alone": alone.mean,
                    "alone_low": alone.mean_low,
                    "alone_high": alone.mean_high,
                    "variance_ratio": variance_ratio(seen.without[:, k], seen.everything),
                }
            )
        return rows

    def interactions(self) -> DataFrame:
        """A row for each pair: a, b; effect, low, high: how much more each does in the package with the other there;
        runs; clear: whether zero lies outside even the interval that allows for all pairs (Bonferroni)."""
        import pandas as pd

        columns = ["a", "b", "effect", "low", "high", "runs", "clear"]
        return pd.DataFrame(self.pair_rows(), columns=columns)

    def pair_rows(self) -> list[dict[str, Any]]:
        """The rows of `interactions`."""
        seen, pairs, rows = self.played, shapley.pairs(len(self.levers)), []
        for k, (a, b) in enumerate(pairs):
            more = spread(seen.everything - seen.without[:, a] - seen.without[:, b] + seen.without_both[:, k])
            reach = student(more.runs - 1, 1.0 - (1.0 - CONFIDENCE) / len(pairs)) * more.se if more.runs > 1 else np.inf
            rows.append(
                {
                    "a": self.levers[a],
                    "b": self.levers[b],
                    "effect": more.mean,
                    "low": more.mean_low,
                    "high": more.mean_high,
                    "runs": more.runs,
                    "clear": bool(abs(more.mean) > reach),
                }
            )
        return rows

    @property
    def digest(self) -> str:
        """A hash of what every run gave, for this outcome: the same for any number of workers."""
        seen = self.played
        parts = [seen.everything[:, None], seen.nothing[:, None], seen.without, seen.alone, seen.without_both]
        return digest([self.outcome, *self.levers], np.concatenate([*parts, seen.shares], axis=1))

    @property
    def plot(self) -> EffectsPlots:
        """Pictures of the effects."""
        return EffectsPlots(self)

    def document(self) -> dict[str, Any]:
        """The document of `comity effects --json`: plain values, null for what is missing."""
        total = self.total_spread
        levers = [_plain(row) for row in self.rows()]
        return {
            "scenario": self.scenario.name,
            "seed": self.seed,
            "runs": self.runs,
            "versions": dict(versions()),
            "outcome": self.outcome,
            "unit": self.unit,
            "known": self.known,
            "total": number(self.total),
            "total_low": number(total.mean_low),
            "total_high": number(total.mean_high),
            "exact": self.exact,
            "levers": {row.pop("lever"): row for row in levers},
            "interactions": [_plain(row) for row in self.pair_rows()],
            "digest": self.digest,
        }


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    return {key: number(value) if isinstance(value, float) else value for key, value in row.items()}


@overload
def effects(
    scenario: Scenario | Source, levers: Sequence[str] | None = ..., outcome: str = ..., runs: int | None = ...,
    seed: int | str | None = ..., workers: int | None = ..., progress: Progress | None = ...,
) -> Effects: ...  # fmt: skip
@overload
def effects(
    scenario: Scenario | Source, levers: Sequence[str] | None = ..., *, outcome: list[str], runs: int | None = ...,
    seed: int | str | None = ..., workers: int | None = ..., progress: Progress | None = ...,
) -> dict[str, Effects]: ...  # fmt: skip
def effects(
    scenario: Scenario | Source,
    levers: Sequence[str] | None = None,
    outcome: str | list[str] = "integration",
    runs: int | None = None,
    seed: int | str | None = None,
    workers: int | None = None,
    progress: Progress | None = None,
) -> Effects | dict[str, Effects]:
    """What each lever of a scenario does to an outcome, or to each of a list of outcomes at no more runs.

    `levers` are those that are on in the scenario if None; one that is named but off is switched on, at the strength
    that is stated for it. Up to six levers, every run is played with all their subsets; with more, orders of levers
    are sampled (see `Design`). Runs and seed are those of the scenario if None; `progress(done, all)` is called as
    runs end. ValueError for a lever or outcome that is none, or where no lever is on; otherwise as `load`.
    """
    wanted = [outcome] if isinstance(outcome, str) else list(outcome)
    package, names = package_of(able(scenario), levers, wanted)
    outcomes, columns = reported(package, package.first_day)
    design = Design(names, package.seed_or_own(seed))
    many = package.runs_or_own(runs)
    values = engine.variants(
        package.first_day,
        design.seed,
        range(many),
        lambda run: design.plans(package.first_day, run),
        None if workers is None else whole("the number of workers", workers, 1),
        None if progress is None else lambda done: progress(done, many),
    )
    played = Played.of(design, [rows[:, columns] for rows in values])
    units = package.first_day.book.outcomes
    found = {
        name: Effects(
            package, design.seed, many, names, name, tuple(outcomes), units[name].unit, design.exact,
            max(map(len, values)), played,
        )
        for name in wanted
    }  # fmt: skip
    return found[outcome] if isinstance(outcome, str) else found


def package_of(
    scenario: Scenario, levers: Sequence[str] | None, outcomes: Sequence[str] = ()
) -> tuple[Scenario, tuple[str, ...]]:
    """The scenario with the named levers on, and their names in the rulebook's order. ValueError as `effects`."""
    scenario.require_region()
    for name in outcomes:
        _known("outcome", name, scenario.value("outcomes"))
    known = scenario.first_day.book.levers
    on = [name for name in known if scenario.value(f"levers.{name}.on")]
    if levers is None:
        if not on:
            raise ValueError(f"no lever is on in {scenario.name}; name some, or join a package to it")
        return scenario, tuple(on)
    named = [levers] if isinstance(levers, str) else list(levers)
    for name in named:
        _known("lever", name, known)
    if not named:
        raise ValueError("no lever is named; None means those that are on")
    off = {f"levers.{name}.on": True for name in named if name not in on}
    return (scenario.with_(off) if off else scenario), tuple(name for name in known if name in named)


def _known(what: str, name: str, names: Any) -> None:
    if name not in names:
        near = difflib.get_close_matches(str(name), list(names), n=1)
        raise ValueError(f'there is no {what} "{name}"' + (f'; did you mean "{near[0]}"?' if near else ""))
