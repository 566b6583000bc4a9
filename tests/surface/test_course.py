"""The course of a run is told in tidy tables: the region, its members, and what happened."""

from __future__ import annotations

import itertools
import re

import numpy as np
import pytest

import comity
from comity import scenario as scenarios
from comity import world
from comity.beginning import begin
from comity.runs import Ensemble, Run, course, events
from comity.runs.watch import Watch

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
        changes = sum(before != after for before, after in itertools.pairwise(stood))
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
    day = begin(comity.load("mercosur").with_({"run.years": 2}))
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
