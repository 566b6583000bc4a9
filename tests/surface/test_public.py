"""What Python users hold in their hands: a cheap import, runs that can be told again, tables that are tidy."""

from __future__ import annotations

import json
import math
import os
import re
import subprocess
import sys
from typing import Any

import numpy as np
import pandas as pd
import pytest
import scipy.stats

import comity
from comity import scenario as scenarios
from comity.quarter import OUTCOMES
from comity.runs import Ensemble
from comity.runs.catalogue import KINDS, explained
from comity.runs.pair import variance_ratio
from comity.simulation import Simulation

YEARS = 4


@pytest.fixture(scope="module")
def small() -> comity.Scenario:
    return comity.load("mercosur").with_({"run.years": YEARS})


@pytest.fixture(scope="module")
def ensemble(small: comity.Scenario) -> Ensemble:
    return small.ensemble(runs=6, seed=5, series=True)


# The names


def python(code: str) -> list[str]:
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=dict(os.environ)
    )
    return done.stdout.split()


def test_importing_comity_fetches_no_library() -> None:
    slow = {"mesa", "numba", "pandas", "numpy", "pydantic", "matplotlib"}
    assert python(f"import sys, comity; print(*sorted({slow!r} & set(sys.modules)))") == []


def test_loading_a_scenario_fetches_no_slow_library() -> None:
    slow = {"mesa", "numba", "pandas", "matplotlib", "pyarrow"}
    assert python(f"import sys, comity; comity.load('eu'); print(*sorted({slow!r} & set(sys.modules)))") == []


def test_importing_comity_takes_less_than_fifty_milliseconds() -> None:
    code = "import time; start = time.process_time(); import comity; print(time.process_time() - start)"
    assert min(float(python(code)[0]) for _ in range(3)) < 0.05


def test_every_public_name_is_there_and_listed() -> None:
    for name in comity.__all__:
        assert getattr(comity, name) is not None
    assert set(comity.__all__) <= set(dir(comity))
    assert comity.Simulation is Simulation
    assert comity.ScenarioError is scenarios.ScenarioError


def test_a_name_that_is_none_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'laod'"):
        _ = comity.laod


def test_the_version_is_that_of_the_package() -> None:
    assert re.fullmatch(r"\d+\.\d+\.\d+.*", comity.__version__)


# Scenarios


def test_a_changed_scenario_can_still_run(small: comity.Scenario) -> None:
    changed = small.with_({"levers.waiver.on": True})
    assert isinstance(changed, comity.Scenario)
    assert changed.value("levers.waiver.on") is True
    assert changed.run(seed=1).outcomes != {}


def test_a_package_alone_cannot_run() -> None:
    with pytest.raises(comity.ScenarioError, match=r"eu\+respectful"):
        comity.load("respectful").run()


def test_years_change_the_length_of_a_run(small: comity.Scenario) -> None:
    assert len(small.run(years=2).series()) == 8
    assert len(small.run().series()) == 4 * YEARS


@pytest.mark.parametrize("seed", [-1, 2**64, "x", "", 1.5, True, "1e3"])
def test_a_seed_that_is_none_is_refused(small: comity.Scenario, seed: Any) -> None:
    with pytest.raises(ValueError, match=r"a seed is a whole number from 0 to 18446744073709551615"):
        small.run(seed=seed)


def test_a_seed_may_be_text_and_as_large_as_64_bits_hold(small: comity.Scenario) -> None:
    assert small.run(seed="7").digest == small.run(seed=7).digest
    assert small.run(seed=np.int64(7)).digest == small.run(seed=7).digest
    assert small.run(seed=2**64 - 1).digest != small.run(seed=0).digest


def test_without_a_seed_the_scenario_s_own_is_taken(small: comity.Scenario) -> None:
    assert small.run().digest == small.run(seed=small.value("run.seed")).digest
    assert small.with_({"run.seed": 9}).run().digest == small.run(seed=9).digest


@pytest.mark.parametrize("runs", [0, -3, "many", 2.5])
def test_a_number_of_runs_that_is_none_is_refused(small: comity.Scenario, runs: Any) -> None:
    with pytest.raises(ValueError, match="the number of runs is a whole number of at least 1"):
        small.ensemble(runs=runs)


def test_a_number_of_workers_that_is_none_is_refused(small: comity.Scenario) -> None:
    with pytest.raises(ValueError, match="the number of workers"):
        small.ensemble(runs=2, workers=0)


# Runs and ensembles


@pytest.mark.parametrize("workers", [1, 2, 3, 7])
def test_the_digest_is_the_same_for_any_number_of_workers(ensemble: Ensemble, workers: int) -> None:
    again = ensemble.scenario.ensemble(runs=6, seed=5, workers=workers)  # type: ignore[attr-defined]
    assert again.digest == ensemble.digest
    pd.testing.assert_frame_equal(again.outcomes, ensemble.outcomes)


def test_run_k_is_row_k_of_the_ensemble(small: comity.Scenario, ensemble: Ensemble) -> None:
    alone = small.run(seed=5, run=4)
    row = ensemble.outcomes.loc[4]
    assert alone.outcomes == pytest.approx(row.to_dict(), abs=0.0, nan_ok=True)
    assert ensemble.run(4).digest == alone.digest
    pd.testing.assert_frame_equal(ensemble.run(4).members(), alone.members())


def test_a_run_and_the_ensemble_of_it_alone_have_one_digest(small: comity.Scenario) -> None:
    assert small.run(seed=2).digest == small.ensemble(runs=1, seed=2).digest
    assert small.run(seed=2).digest != small.run(seed=3).digest


def test_a_run_that_an_ensemble_has_not_is_an_index_error(ensemble: Ensemble) -> None:
    with pytest.raises(IndexError, match="there is no run 6; there are 0 to 5"):
        ensemble.run(6)


def test_what_is_missing_counts_as_equal_in_the_digest_whatever_its_bits() -> None:
    from comity.runs.result import digest

    other_nan = np.array([0x7FF8_0000_0000_0001], "u8").view("f8")[0]
    assert digest(["a"], [[math.nan]]) == digest(["a"], [[other_nan]])
    assert digest(["a"], [[0.0]]) == digest(["a"], [[-0.0]])
    assert digest(["a"], [[1.0]]) != digest(["b"], [[1.0]])
    assert digest(["a"], [[1.0], [2.0]]) != digest(["a"], [[2.0], [1.0]])


def test_only_the_outcomes_that_the_scenario_reports_are_given(small: comity.Scenario) -> None:
    some = small.with_({"outcomes": ["trust", "integration"]})
    whole = small.run(seed=1).outcomes
    assert some.run(seed=1).outcomes == {name: whole[name] for name in ("trust", "integration")}
    assert list(some.ensemble(runs=2).outcomes.columns) == ["trust", "integration"]


def test_progress_is_told_run_by_run(small: comity.Scenario) -> None:
    heard: list[tuple[int, int]] = []
    small.ensemble(runs=5, workers=2, progress=lambda done, total: heard.append((done, total)))
    assert heard == [(done, 5) for done in range(1, 6)]


def test_the_summary_says_where_most_runs_lie_and_how_sure_the_mean_is(ensemble: Ensemble) -> None:
    table, values = ensemble.summary(), ensemble.outcomes["trust"]
    row = table.loc["trust"]
    assert row["mean"] == pytest.approx(values.mean())
    assert [row["low"], row["high"]] == pytest.approx(values.quantile([0.05, 0.95]).tolist())
    assert [row["mean_low"], row["mean_high"]] == pytest.approx(
        scipy.stats.t.interval(0.95, 5, values.mean(), values.sem())
    )
    assert (row["runs"], row["unit"]) == (6, "share")


def test_the_series_of_an_ensemble_holds_those_of_its_runs(ensemble: Ensemble) -> None:
    paths, tidy = ensemble.paths(), ensemble.series()
    for k in (0, 5):
        own = ensemble.run(k).series()
        kept = paths[paths["run"] == k].drop(columns="run").reset_index(drop=True)
        pd.testing.assert_frame_equal(kept, own, check_dtype=False, rtol=1e-6, atol=1e-6)
    trust = tidy[tidy["column"] == "trust"]
    last = paths.groupby("quarter")["trust"].mean()
    assert trust["mean"].to_numpy() == pytest.approx(last.to_numpy())
    assert (trust["low"] <= trust["mean"]).all()
    assert (trust["mean"] <= trust["high"]).all()


def test_an_ensemble_without_series_says_how_to_get_them(small: comity.Scenario) -> None:
    with pytest.raises(ValueError, match="series=True"):
        small.ensemble(runs=1).series()


def test_exits_are_shares_of_runs_in_which_a_member_left() -> None:
    many = comity.load("eu").ensemble(runs=6, seed=1, series=True)
    exits = many.exits()
    for code in ("GBR", "DEU"):
        told = [many.run(k).events() for k in range(6)]
        left = [((each["event"] == "exit") & (each["iso3"] == code)).any() for each in told]
        assert exits[code] == np.mean(left)


# Two under the same luck


def test_the_difference_is_taken_run_by_run(small: comity.Scenario) -> None:
    other = comity.load("mercosur+respectful").with_({"run.years": YEARS})
    pair = comity.compare(small, other, runs=5, seed=2)
    apart = other.ensemble(runs=5, seed=2).outcomes - small.ensemble(runs=5, seed=2).outcomes
    pd.testing.assert_frame_equal(pair.differences, apart)
    row = pair.summary().loc["integration"]
    values = apart["integration"]
    assert row["difference"] == pytest.approx(values.mean())
    assert [row["low"], row["high"]] == pytest.approx(scipy.stats.t.interval(0.95, 4, values.mean(), values.sem()))
    assert row["variance_ratio"] == pytest.approx(
        (pair.a.outcomes["integration"].var() + pair.b.outcomes["integration"].var()) / values.var()
    )


def test_a_scenario_beside_itself_differs_in_nothing(small: comity.Scenario) -> None:
    pair = comity.compare(small, small, runs=3)
    told = pair.document()["outcomes"]["trust"]
    assert (told["difference"], told["low"], told["high"], told["variance_ratio"]) == (0.0, 0.0, 0.0, None)
    assert pair.titles[0] != pair.titles[1]


def test_scenarios_of_other_sizes_can_be_compared_with_their_series(small: comity.Scenario) -> None:
    heard: list[tuple[int, int]] = []
    other = comity.load("asean").with_({"run.years": 2})
    pair = comity.compare(
        small, other, runs=3, seed=1, series=True, progress=lambda done, total: heard.append((done, total))
    )
    assert pair.a.digest == small.ensemble(runs=3, seed=1).digest
    assert pair.b.digest == other.ensemble(runs=3, seed=1).digest
    assert heard == [(done, 6) for done in range(1, 7)]


def test_shocks_of_one_side_do_not_reach_the_other(small: comity.Scenario) -> None:
    storm = {"kind": "economic", "from": "1995Q3", "size": 3.0}
    other = small.with_({"shocks.events.storm": storm})
    pair = comity.compare(small, other, runs=2, seed=1)
    assert pair.a.digest == small.ensemble(runs=2, seed=1).digest
    assert pair.b.digest == other.ensemble(runs=2, seed=1).digest
    assert pair.a.digest != pair.b.digest


def test_names_may_stand_for_scenarios() -> None:
    pair = comity.compare("mercosur", "mercosur+rigid", runs=1)
    assert (pair.a.scenario.name, pair.b.scenario.name) == ("mercosur", "mercosur+rigid")


def test_pairing_pays_where_luck_is_shared() -> None:
    luck, noise = np.array([1.0, 5.0, 9.0, 2.0]), np.array([0.1, -0.1, 0.0, 0.05])
    assert variance_ratio(luck, luck + 1.0 + noise) > 100.0
    assert math.isnan(variance_ratio(luck, luck))
    assert math.isnan(variance_ratio(luck[:1], noise[:1]))
    gap = np.array([math.nan, 1.0, 2.0, 4.0])
    assert variance_ratio(gap, noise) == pytest.approx(variance_ratio(gap[1:], noise[1:]))


# Documents


def test_a_document_has_no_nan_and_says_what_it_is_of(small: comity.Scenario, ensemble: Ensemble) -> None:
    for result in (ensemble, small.run(seed=1)):
        told = json.loads(json.dumps(result.document(), allow_nan=False))
        assert {"scenario", "seed", "runs", "versions", "outcomes", "digest"} <= told.keys()
        assert told["digest"] == result.digest
        assert set(told["outcomes"]) == set(OUTCOMES)
        assert all({"mean", "low", "high", "unit"} <= row.keys() for row in told["outcomes"].values())
        assert {"comity", "python", "numba", "numpy", "rulebook"} <= told["versions"].keys()


@pytest.mark.parametrize("kind", KINDS)
def test_every_catalogue_gives_a_name_and_a_claim(kind: str) -> None:
    told = json.loads(json.dumps(comity.catalogue(kind), allow_nan=False))
    assert all(each["name"] and isinstance(each["claim"], str) for each in told)
    assert told or kind == "scenarios"


def test_a_parameter_can_be_set_under_the_name_that_the_catalogue_gives_it(small: comity.Scenario) -> None:
    for each in comity.catalogue("parameters"):
        assert small.value(each["name"]) == each["default"] or small.origin(each["name"]).line, each["name"]
        if "options" in each:
            assert each["default"] in each["options"]
        else:
            assert each["low"] <= each["default"] <= each["high"]
    assert explained("waiver")[0][0] == "levers"
    assert explained("levers.waiver.relief") == explained("waiver.relief")
    assert explained("nothing") == []
