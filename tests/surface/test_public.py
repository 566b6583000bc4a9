"""What Python users hold in their hands: a cheap import, runs that can be told again, tables that are tidy."""

from __future__ import annotations

import json
import math
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
import scipy.stats

import comity
from comity import scenario as scenarios
from comity import world
from comity.beginning import begin
from comity.quarter import OUTCOMES
from comity.runs import Ensemble, Run, course, events, interval, store
from comity.runs.catalogue import KINDS, explained
from comity.runs.pair import variance_ratio
from comity.runs.watch import Watch
from comity.simulation import Simulation

YEARS = 4


@pytest.fixture(scope="module")
def small() -> comity.Scenario:
    return comity.load("mercosur").with_({"run.years": YEARS})


@pytest.fixture(scope="module")
def ten() -> comity.Scenario:
    """Twenty years of coups, threats and exits."""
    return comity.load("ecowas")


@pytest.fixture(scope="module")
def run(ten: comity.Scenario) -> Run:
    return ten.run(seed=3)


@pytest.fixture(scope="module")
def ensemble(small: comity.Scenario) -> Ensemble:
    return small.ensemble(runs=6, seed=5, series=True)


# The names


def python(code: str) -> list[str]:
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=dict(os.environ))
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


# The course of a run


def test_the_series_has_a_row_a_quarter_and_no_gaps(run: Run) -> None:
    series = run.series()
    assert list(series["quarter"]) == list(range(80))
    assert series["time"].iloc[[0, 1, -1]].tolist() == [2010.0, 2010.25, 2029.75]
    assert not series.isna().any().any()
    assert {"integration", "respect", "trust", "challenger_share", "members", "effort"} <= set(series.columns)


def test_the_series_is_what_the_mesa_model_shows(ten: comity.Scenario) -> None:
    short = ten.with_({"run.years": 3})
    series, model = short.run(seed=3, run=2).series(), comity.Simulation(short, rng=3, run=2)
    while model.running:
        model.step()
        row = series.iloc[model.quarter]
        tally = model.world.tallies[0]
        assert (row["trust"], row["integration"]) == (tally.trust_now, tally.integration_now), model.date
        assert row["effort"] == model.world.org[0].effort
        assert row["capacity"] == pytest.approx(np.mean([m.capacity for m in model.world.members if m.inside]))


def test_members_have_a_row_for_each_quarter_and_member(run: Run) -> None:
    members = run.members()
    assert len(members) == 80 * len(run.begin.members)
    assert not members.duplicated(["quarter", "iso3"]).any()
    assert set(members["standing"]) <= set(course.STANDING)
    assert set(members["regime"]) <= set(course.REGIME)
    assert members["trust"].between(0.0, 1.0).all()


def test_members_are_those_of_the_mesa_model(ten: comity.Scenario) -> None:
    short = ten.with_({"run.years": 2})
    last = short.run(seed=3).members().query("quarter == 7").set_index("iso3")
    model = comity.Simulation(short, rng=3)
    model.run_model()
    for row, code in enumerate(model.beginning.members):
        member = model.world.members[row]
        assert last.loc[code, "trust"] == member.trust
        assert last.loc[code, "threat"] == member.threat
        assert last.loc[code, "standing"] == course.STANDING[member.standing]


@pytest.mark.parametrize("table", ["series", "members", "events"])
def test_tables_are_tidy(run: Run, table: str) -> None:
    frame = getattr(run, table)()
    assert all(re.fullmatch(r"[a-z][a-z0-9_]{0,31}", column) for column in frame.columns)
    assert all(frame[column].map(np.isscalar).all() for column in frame.columns if not frame[column].isna().any())
    assert list(frame["quarter"]) == sorted(frame["quarter"])


def test_every_column_of_every_table_is_in_the_dictionary(run: Run, ensemble: Ensemble) -> None:
    told = {(meaning.table, meaning.column) for meaning in course.dictionary(run.begin)}
    tables = {"series": run.series(), "members": run.members(), "events": run.events(), "outcomes": ensemble.outcomes}
    missing = {
        (name, column)
        for name, table in tables.items()
        for column in table.columns
        if (name, column) not in told and ("all", column) not in told
    }
    assert missing == set()
    units = [meaning.unit for meaning in course.dictionary(run.begin)]
    assert all(units)


# Events


def test_standings_and_events_tell_the_same_story(run: Run) -> None:
    members, told = run.members(), run.events()
    start = scenarios.load("ecowas").resolved["region"]["members"]
    for code, rows in members.groupby("iso3"):
        stood = [start[code]["standing"], *rows["standing"]]
        changes = sum(before != after for before, after in zip(stood, stood[1:], strict=False))
        standing = ("accession", "notice", "notice_withdrawn", "exit", "return", "suspension", "readmission")
        assert told[(told["iso3"] == code) & told["event"].isin(standing)].shape[0] >= changes, code
    assert (told["event"] == "coup").sum() > 0
    assert (told["event"] == "exit").sum() == run.outcomes["exits"]
    assert (told["event"] == "suspension").sum() == run.outcomes["suspensions"]
    assert (told["event"] == "threat").sum() == run.outcomes["threats"]


def test_dated_coups_and_accessions_are_among_the_events() -> None:
    ecowas = comity.load("ecowas").run(seed=1).events()
    mali = ecowas[(ecowas["iso3"] == "MLI") & (ecowas["event"] == "coup")]
    assert 2012.0 in set(mali["time"])
    eu = comity.load("eu").run(seed=1, years=5).events()
    joined = eu[eu["event"] == "accession"]
    assert list(zip(joined["iso3"], joined["time"], strict=True)) == [("HRV", 2013.5)]


def test_every_measure_is_tabled_once_and_decided_once(run: Run) -> None:
    told = run.events()
    tabled = told[told["event"] == "tabled"]
    assert sorted(tabled["measure"]) == list(range(1, len(tabled) + 1))
    assert set(tabled["area"]) <= set(run.begin.areas)
    decided = told[told["event"].isin(["adoption", "rejection"])]
    assert not decided["measure"].duplicated().any()
    adopted = (decided["event"] == "adoption").sum()
    assert adopted / len(decided) == pytest.approx(run.outcomes["adoption_share"])
    for kind in ("settled", "expiry", "entry_into_force"):
        assert set(told.loc[told["event"] == kind, "measure"]) <= set(decided["measure"])


def test_what_concerns_no_member_or_no_measure_is_missing_there(run: Run) -> None:
    told = run.events()
    assert set(told["event"]) <= set(events.EVENTS)
    measures = told["event"].isin(["tabled", "adoption", "rejection", "entry_into_force", "settled", "expiry"])
    assert told.loc[measures, "iso3"].isna().all()
    assert told.loc[told["event"] == "election", "measure"].isna().all()
    both = told["event"].isin(["ratification", "waiver", "opt_out", "ruling"])
    assert both.any()
    assert told.loc[both, ["iso3", "measure", "area"]].notna().all().all()


def test_a_run_in_which_nothing_happens_has_no_events_but_the_table(small: comity.Scenario) -> None:
    told = small.run(seed=1, years=1).events()
    assert list(told.columns) == ["quarter", "time", "iso3", "event", "measure", "area"]
    day = small.first_day
    seen = events.event_watch(day).read(np.zeros((4, len(events.event_watch(day).picks))))
    for name in course.HAPPENS:
        seen[f"members.{name}"] = np.broadcast_to(day.world.members[name], seen[f"members.{name}"].shape)
    assert len(events.event_table(day, seen)) == 0


def member_events(**columns: list[int]) -> list[str]:
    """What is told of one member whose columns take these values, quarter by quarter."""
    day = begin(comity.load("mercosur").with_({"run.years": 1}))
    watch = events.event_watch(day)
    seen = watch.read(np.zeros((len(next(iter(columns.values()))), len(watch.picks))))
    for name in course.HAPPENS:
        seen[f"members.{name}"] = np.tile(day.world.members[name], (len(next(iter(columns.values()))), 1))
    row = day.members.index("BRA")
    for name, values in columns.items():
        seen[f"members.{name}"][:, row] = values
    told = events.event_table(day, seen)
    assert set(told["iso3"]) <= {"BRA"}
    return [f"{quarter} {event}" for quarter, event in zip(told["quarter"], told["event"], strict=True)]


def test_the_road_out_and_back_is_told_step_by_step() -> None:
    m, n, w, r = world.MEMBER, world.IN_NOTICE, world.WITHDRAWN, world.RETURNED
    told = member_events(
        standing=[m, m, n, w, w, r], threat=[0, 1, 1, 0, 0, 0], demand=[0, 1, 1, 0, 0, 0],
        refused=[0, 0, 1, 0, 0, 0], left=[0, 0, 0, 1, 0, 0],
    )  # fmt: skip
    assert told == ["1 threat", "1 threat_with_demand", "2 refusal", "2 notice", "3 exit", "5 return"]


def test_a_notice_taken_back_is_no_exit_and_a_demand_met_ends_a_threat() -> None:
    m, n, r = world.MEMBER, world.IN_NOTICE, world.RETURNED
    assert member_events(standing=[m, n, r], threat=[1, 1, 0])[1:] == ["1 notice", "2 notice_withdrawn"]
    met = member_events(threat=[1, 0], demand=[1, 0], conceded=[0, 1])
    assert met == ["0 threat", "0 threat_with_demand", "1 concession"]
    assert member_events(threat=[1, 0]) == ["0 threat", "1 threat_dropped"]


# Places


def test_what_is_watched_is_what_the_tables_hold(small: comity.Scenario) -> None:
    day = small.first_day.world
    watch = Watch(day, {"posts": ("rung", "gap"), "members": ("trust", "standing"), "org": ("effort",)})
    day = day.copy(small.first_day.book)
    day.posts["rung"][...] = np.arange(day.posts.size).reshape(day.posts.shape)
    day.posts["gap"][...] = np.arange(day.posts.size).reshape(day.posts.shape) / 7.0
    seen = watch.read(day.flat[watch.picks][None, :])
    for name in ("posts.rung", "posts.gap", "members.trust", "members.standing", "org.effort"):
        table, column = name.split(".")
        assert np.array_equal(seen[name][0], getattr(day, table)[column]), name
    assert seen["posts.rung"].dtype.kind == "i"


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


# Intervals


@pytest.mark.parametrize("freedom", [1, 2, 3, 4, 7, 19, 30, 99, 398])
def test_student_s_quantile_is_that_of_scipy(freedom: int) -> None:
    assert interval.student(freedom) == pytest.approx(scipy.stats.t.ppf(0.975, freedom), rel=1e-8)
    assert interval.student(freedom, 0.9) == pytest.approx(scipy.stats.t.ppf(0.95, freedom), rel=1e-8)


def test_many_degrees_of_freedom_are_as_good_as_normal() -> None:
    assert interval.student(interval.LARGE) == pytest.approx(scipy.stats.t.ppf(0.975, interval.LARGE), rel=4e-3)


def test_runs_without_a_value_are_left_out_of_a_spread() -> None:
    some = interval.spread([1.0, math.nan, 3.0])
    assert (some.mean, some.runs) == (2.0, 2)
    none = interval.spread([math.nan, math.nan])
    assert none.runs == 0
    assert math.isnan(none.mean)
    one = interval.spread([4.0])
    assert (one.mean, one.low, one.high) == (4.0, 4.0, 4.0)
    assert math.isnan(one.mean_low)


def test_quantiles_leave_out_what_is_missing() -> None:
    values = np.array([[1.0, math.nan, math.nan], [3.0, 5.0, math.nan]])
    mean, low, high = interval.quantiles(values)
    assert mean[:2].tolist() == [2.0, 5.0]
    assert (low[1], high[1]) == (5.0, 5.0)
    assert np.isnan([mean[2], low[2], high[2]]).all()
    full = np.random.default_rng(1).random((7, 4))  # a table to average, not luck of a run
    assert np.allclose(interval.quantiles(full)[1], np.quantile(full, 0.05, axis=0))


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
        assert each["low"] <= each["default"] <= each["high"]
    assert explained("waiver")[0][0] == "levers"
    assert explained("levers.waiver.relief") == explained("waiver.relief")
    assert explained("nothing") == []


# Kept results


def test_a_kept_result_can_be_read_and_run_again(ensemble: Ensemble, tmp_path: Path) -> None:
    folder = ensemble.save(tmp_path / "kept")
    manifest = json.loads((folder / store.MANIFEST).read_text("utf-8"))
    assert {*manifest["files"], store.MANIFEST} == {path.name for path in folder.iterdir()}
    outcomes = pd.read_parquet(folder / "outcomes.parquet").set_index("run")
    pd.testing.assert_frame_equal(outcomes, ensemble.outcomes, check_index_type=False)
    again = comity.load(folder / "scenario.yaml").ensemble(runs=manifest["runs"], seed=manifest["seed"])
    assert again.digest == manifest["digest"] == ensemble.digest
    assert len(pd.read_parquet(folder / "series.parquet")) == 6 * 4 * YEARS
    assert set(pd.read_parquet(folder / "members.parquet")["run"]) == {0}
    words = pd.read_csv(folder / "dictionary.csv")
    assert list(words.columns) == ["table", "column", "unit", "means"]


def test_a_run_keeps_its_own_number(small: comity.Scenario, tmp_path: Path) -> None:
    folder = small.run(seed=1, run=12).save(tmp_path)
    for name in store.TABLES:
        assert set(pd.read_parquet(folder / name)["run"]) == {12}, name


def test_another_result_is_overwritten_on_request_alone(small: comity.Scenario, tmp_path: Path) -> None:
    small.run(seed=1).save(tmp_path)
    small.run(seed=1).save(tmp_path)
    with pytest.raises(store.FolderTaken, match=r"another result \(mercosur, seed 1, 1 runs\)"):
        small.run(seed=2).save(tmp_path)
    small.run(seed=2).save(tmp_path, force=True)
    assert json.loads((tmp_path / store.MANIFEST).read_text("utf-8"))["seed"] == 2


def test_a_folder_of_other_things_is_never_written_to(small: comity.Scenario, tmp_path: Path) -> None:
    (tmp_path / "thesis.docx").touch()
    with pytest.raises(store.FolderTaken, match="holds other files"):
        small.run(seed=1).save(tmp_path, force=True)
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.docx"]


def test_a_result_that_could_not_be_written_leaves_no_manifest_and_no_half_file(
    small: comity.Scenario, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(store, "_write_dictionary", full)
    with pytest.raises(OSError, match="No space"):
        small.run(seed=1).save(tmp_path)
    assert list(tmp_path.iterdir()) == []
    monkeypatch.undo()
    small.run(seed=1).save(tmp_path)
    assert (tmp_path / store.MANIFEST).exists()


# Pictures


def test_results_draw_themselves(
    run: Run, ensemble: Ensemble, small: comity.Scenario, tmp_path: Path
) -> None:
    pair = comity.compare(small, small.with_({"levers.waiver.on": True}), runs=3, seed=1, series=True)
    for name, draw in {
        "fan": run.plot.fan, "many": ensemble.plot.fan, "both": pair.plot.fan,
    }.items():  # fmt: skip
        assert draw("trust", tmp_path / f"{name}.svg").alt
    for name, page in {"story": run.plot.story, "page": ensemble.plot.page, "pair": pair.plot.page}.items():
        assert page(tmp_path / f"{name}.png").alt
        assert (tmp_path / f"{name}.png").stat().st_size > 10_000
