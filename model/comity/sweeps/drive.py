"""A scenario as a plain function of what varies, for any tool that drives one: SALib, Optuna, the EMA workbench."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from comity import engine
from comity.sweeps.factors import Column, Factor
from comity.sweeps.plan import problems
from comity.sweeps.points import Points

if TYPE_CHECKING:
    from comity.sweeps.handle import Sweep


class Function:
    """`f(sunset_strength=0.3, package="rigid")` gives the mean of each outcome over runs 0, 1, ... under the sweep's
    seed, the same luck at every point. A factor that is not named stays as in the scenario.

    Factors go by their columns (`names`) or dotted paths. It can be sent to other processes.
    """

    def __init__(self, sweep: Sweep, runs: int, outcomes: Sequence[str]) -> None:
        self.sweep, self.runs, self.outcomes = sweep, runs, tuple(outcomes)
        known = sweep.manifest.outcomes
        unknown = [name for name in outcomes if name not in known]
        if unknown:
            raise ValueError(f"the sweep does not report {unknown[0]!r}")
        self._picked = [known.index(name) for name in outcomes]

    @property
    def factors(self) -> tuple[Factor, ...]:
        """What can be set."""
        return self.sweep.points.factors

    @property
    def names(self) -> list[str]:
        """The factors' columns."""
        return [each.column for each in self.factors]

    @property
    def problem(self) -> dict[str, Any]:
        """The factors as SALib wants them: places between 0 and 1, which `at_units` turns into values."""
        return {"num_vars": len(self.factors), "names": self.names, "bounds": [[0.0, 1.0]] * len(self.factors)}

    def __call__(self, values: Mapping[str, Any] | None = None, **more: Any) -> dict[str, float]:
        """The mean of each outcome. TypeError for a factor that is none, ScenarioError for a value that cannot be."""
        table = self.points([{**(values or {}), **more}])
        row = self._means(table)[0]
        return dict(zip(self.outcomes, row.tolist(), strict=True))

    def at_units(self, units: Any) -> Any:
        """Means (points, outcomes) at places in the unit cube (points, factors): each factor's list or prior is read
        there."""
        table = np.atleast_2d(np.asarray(units, "f8"))
        return self._means(Points(self.factors, tuple(f.at(table[:, j]) for j, f in enumerate(self.factors))))

    def each(self, values: Mapping[str, Any] | None = None, **more: Any) -> Any:
        """Outcomes run by run: (runs, outcomes)."""
        return self._played(self.points([{**(values or {}), **more}]))[0]

    def suggest(self, trial: Any) -> dict[str, Any]:
        """Values for an Optuna trial: a place in each prior, or one of a list, by column."""
        told: dict[str, Any] = {}
        for each in self.factors:
            if each.values is not None:
                code = trial.suggest_categorical(each.column, list(range(len(each.values))))
                told[each.column] = each.values[code]
            else:
                told[each.column] = each.at(np.array([trial.suggest_float(each.column, 0.0, 1.0)])).value(0)
        return told

    def points(self, rows: Sequence[Mapping[str, Any]]) -> Points:
        """Points of values by column or path. TypeError names what is no factor."""
        by_name = {each.column: each.path for each in self.factors} | {each.path: each.path for each in self.factors}
        told: list[dict[str, Any]] = []
        for row in rows:
            for name in row:
                if name not in by_name:
                    raise TypeError(f"{name!r} does not vary here; {', '.join(self.names)} do")
            told.append({by_name[name]: _plain(value) for name, value in row.items()})
        columns = []
        for each in self.factors:
            values = [row.get(each.path) for row in told]
            if all(value is None or isinstance(value, float) for value in values):
                columns.append(Column(np.array([np.nan if value is None else value for value in values])))
            else:
                levels = [value for value in values if value is not None]
                codes = np.cumsum([value is not None for value in values]) - 1
                columns.append(Column(np.where([value is None for value in values], -1, codes), tuple(levels)))
        return Points(self.factors, tuple(columns))

    def _means(self, points: Points) -> Any:
        values = self._played(points)
        known = ~np.isnan(values)
        total = np.where(known, values, 0.0).sum(axis=1)
        count = known.sum(axis=1)
        return np.where(count > 0, total / np.maximum(count, 1), np.nan)

    def _played(self, points: Points) -> Any:
        from comity.scenario import ScenarioError

        player = self.sweep.chunks.player
        if found := problems(player, points):
            raise ScenarioError(found)
        engine.ready(self.sweep.book)
        return self.sweep.outcomes_of(points, range(self.runs))[:, :, self._picked]

    def __reduce__(self) -> tuple[Any, ...]:
        manifest, points = self.sweep.manifest, self.sweep.points
        return _again, (manifest.text(), points, self.runs, self.outcomes)


def _again(text: str, points: Points, runs: int, outcomes: Sequence[str]) -> Function:
    import json

    from comity.sweeps.handle import Sweep
    from comity.sweeps.manifest import Manifest

    return Function(Sweep.whole(Manifest(json.loads(text)), points), runs, outcomes)


def _plain(value: Any) -> Any:
    return value.item() if hasattr(value, "item") else value


def to_ema(function: Function, name: str) -> Any:
    """A `Model` of the EMA workbench: levers are its levers, all else its uncertainties. ImportError without it."""
    from ema_workbench import (
        BooleanParameter,
        CategoricalParameter,
        IntegerParameter,
        Model,
        RealParameter,
        ScalarOutcome,
    )

    def parameter(each: Factor) -> Any:
        if each.values is not None:
            if set(each.values) == {True, False} and all(isinstance(value, bool) for value in each.values):
                return BooleanParameter(each.column)
            return CategoricalParameter(each.column, list(each.values))
        assert each.prior is not None
        ends = each.at(np.array([0.0, 1.0]))
        kind = IntegerParameter if each.whole else RealParameter
        return kind(each.column, ends.value(0), ends.value(1))

    model = Model(name, function=function)
    chosen = [each for each in function.factors if each.path.startswith(("levers.", "organization.", "package"))]
    model.levers = [parameter(each) for each in chosen]
    model.uncertainties = [parameter(each) for each in function.factors if each not in chosen]
    model.outcomes = [ScalarOutcome(outcome) for outcome in function.outcomes]
    return model
