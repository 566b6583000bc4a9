"""A sweep is planned, keeps series on request, and is a plain function for tools that drive one."""

from __future__ import annotations

import pickle
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

import comity
from comity.runs import course
from comity.sweeps import Sweep, store

VARY: dict[str, Any] = {
    "levers.sunset.strength": {"uniform": [0.0, 1.0]},
    "levers.sunset.on": [True, False],
    "package": ["baseline", "rigid"],
}


@pytest.fixture(scope="module")
def base() -> comity.Scenario:
    return comity.load("mercosur").with_({"run.years": 2})


@pytest.fixture
def sweep(base: comity.Scenario) -> Sweep:
    return comity.sweep(base, VARY, n=16, runs=10)


@pytest.fixture(scope="module")
def whole(base: comity.Scenario, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("whole")
    comity.sweep(base, VARY, n=16, runs=10).run(folder)
    return folder


def base_outcomes() -> list[str]:
    return [str(name) for name in comity.load("mercosur").value("outcomes")]


# Series, and driving by other tools


def test_series_are_kept_on_request_and_are_those_of_the_runs(base: comity.Scenario, tmp_path: Path) -> None:
    kept = comity.sweep(base, VARY, n=4, runs=2, series=True)
    kept.run(tmp_path, workers=2)
    rows = kept.series()
    assert len(rows) == 8 * 8
    one = rows[rows.run_id == 5].reset_index(drop=True)
    alone = kept.rerun(5).series()
    assert one.trust.tolist() == pytest.approx(alone.trust.astype("f4").tolist())
    assert set(course.region_columns(*blank(base))) <= set(rows.columns)


def blank(base: comity.Scenario) -> tuple[Any, Any]:
    watch = course.region_watch(base.first_day)
    return base.first_day, watch.read(np.zeros((8, len(watch.picks))))


def test_a_plain_function_gives_what_the_sweep_gives(base: comity.Scenario, sweep: Sweep, whole: Path) -> None:
    call = sweep.function(runs=10, outcomes=["trust", "integration"])
    rows = pd.read_parquet(whole / store.RESULTS)
    first = rows[rows.design_id == 3]
    values = first.iloc[0][call.names].to_dict()
    assert call(**values) == pytest.approx({name: first[name].mean() for name in ("trust", "integration")})
    assert call({"levers.sunset.on": False})["trust"] == pytest.approx(base.ensemble(10).outcomes.trust.mean())
    assert call.at_units([[0.1] * 3, [0.9] * 3]).shape == (2, 2)
    assert call.problem["names"] == ["sunset_strength", "sunset_on", "package"]
    with pytest.raises(TypeError, match="'sunse' does not vary here; sunset_strength"):
        call(sunse=1)
    with pytest.raises(comity.ScenarioError, match="must lie between 0 and 1"):
        call(sunset_strength=1.5)


def test_the_function_can_be_sent_to_other_processes(sweep: Sweep) -> None:
    call = sweep.function(runs=2, outcomes=["trust"])
    assert pickle.loads(pickle.dumps(call))(package="rigid") == call(package="rigid")


class Trial:
    """What Optuna hands to an objective, as far as it is asked."""

    def suggest_categorical(self, name: str, choices: list[Any]) -> Any:
        return choices[-1]

    def suggest_float(self, name: str, low: float, high: float) -> float:
        return (low + high) / 2


def test_a_trial_is_asked_for_every_factor(sweep: Sweep) -> None:
    found = sweep.function(runs=1).suggest(Trial())
    assert found == {"sunset_strength": 0.5, "sunset_on": False, "package": "rigid"}


# Plan


def test_a_plan_counts_and_times_and_weighs(sweep: Sweep) -> None:
    plan = sweep.plan(workers=2)
    assert (plan.points, plan.replications, plan.runs, plan.first_days) == (16, 10, 160, 2)
    assert plan.seconds == pytest.approx(plan.run_seconds * 160 / 2)
    assert plan.bytes == 160 * (8 * len(base_outcomes()) + 20)


def test_files_weigh_no_more_than_planned(base: comity.Scenario, tmp_path: Path) -> None:
    many = comity.sweep(base.with_({"run.years": 1}), {"levers.sunset.on": [True, False]}, design="grid", runs=4096)
    many.run(tmp_path)
    weight = sum(path.stat().st_size for path in (tmp_path / store.RUNS).iterdir())
    assert weight < 8192 * (8 * len(base_outcomes()) + 20)
