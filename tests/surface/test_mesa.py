"""The simulation is a Mesa model like any other: collectors, agent sets, batches, and states of one's own."""

from __future__ import annotations

import gc
import inspect
import weakref
from typing import Any

import mesa
import numpy as np
import pytest

from comity import beginning, engine, scenario, world
from comity.agents import STANDINGS, MemberState, Organization
from comity.simulation import Simulation

SMALL = {"region.synthetic.members": 4}
YEARS = 2
QUARTERS = YEARS * world.QUARTERS_PER_YEAR


def small(**keywords: Any) -> Simulation:
    return Simulation(**{"scenario": "mercosur", "rng": 1, "years": YEARS, "settings": SMALL, **keywords})


class Deaf(MemberState):
    """Gives no notice, in its own Python."""

    def notify(self) -> bool:
        return False


def finished(**keywords: Any) -> Simulation:
    model = small(**keywords)
    model.run_model()
    return model


# The model


def test_every_argument_has_a_default() -> None:
    parameters = list(inspect.signature(Simulation).parameters.values())
    assert all(each.default is not inspect.Parameter.empty for each in parameters)
    assert {each.kind for each in parameters[1:]} == {inspect.Parameter.KEYWORD_ONLY}


@pytest.mark.parametrize("seed", [17, "17", np.int64(17), 17.0, " 17 "])
def test_a_seed_may_be_typed_as_text(seed: Any) -> None:
    assert small(rng=seed).luck == small(rng=None, seed=seed).luck == (17, 0)


@pytest.mark.parametrize("seed", ["luck", -1, 2**64, 1.5, float("nan"), [1], "", True])
def test_a_seed_that_is_no_whole_number_gets_one_clear_line(seed: Any) -> None:
    with pytest.raises(ValueError, match="a seed is a whole number from 0"):
        small(rng=seed)


def test_two_names_for_the_seed_must_not_disagree() -> None:
    assert small(rng="3", seed=3).luck == (3, 0)
    with pytest.raises(ValueError, match="two names for one thing"):
        small(rng=3, seed=4)


def test_without_a_seed_luck_is_fresh() -> None:
    first, second = finished(rng=None), finished(rng=None)
    assert first.luck != second.luck
    assert first.world.digest() != second.world.digest()
    assert finished(rng=first.luck[0]).world.digest() == first.world.digest()


def test_a_scenario_may_be_an_object_a_name_or_a_map() -> None:
    loaded = scenario.load("asean").with_({"run.years": 1})
    found = [
        Simulation(loaded, rng=1),
        Simulation("asean", rng=1, years=1),
        Simulation({"extends": "asean"}, rng=1, years=1),
    ]
    for model in found:
        model.run_model()
    assert len({model.world.digest() for model in found}) == 1
    assert found[0].given == loaded


def test_a_mere_package_of_policies_is_refused() -> None:
    with pytest.raises(scenario.ScenarioError, match="there is no region to run"):
        Simulation("respectful", rng=1)


def test_the_scenario_is_called_given_because_mesa_has_its_own() -> None:
    with pytest.raises(AttributeError, match="is called given"):
        _ = small().scenario


def test_the_clock_shows_quarters_and_stops_after_the_last() -> None:
    model = small()
    assert (model.quarter, model.date, model.running) == (-1, "1994Q4", True)
    model.step()
    assert (model.quarter, model.date) == (0, "1995Q1")
    model.run_model()
    assert (model.quarter, model.date, model.running) == (QUARTERS - 1, "1996Q4", False)
    digest, outcomes = model.world.digest(), repr(model.outcomes())
    model.step()
    assert (model.world.digest(), repr(model.outcomes())) == (digest, outcomes)


def test_a_driver_that_does_not_exist_is_refused() -> None:
    with pytest.raises(ValueError, match='"compiled" or "plain"'):
        small(driver="fast")


def test_models_are_freed() -> None:
    region = scenario.load("mercosur").with_({**SMALL, "run.years": 1})

    def one() -> weakref.ref[Simulation]:
        model = Simulation(region, rng=1, members_class=Deaf)
        model.step()
        return weakref.ref(model)

    left = [one() for _ in range(50)]
    gc.collect()
    assert [each for each in left if each() is not None] == []


def test_every_agent_of_a_model_has_a_number_of_its_own() -> None:
    model = small()
    mesa.Agent(model)
    assert sorted(agent.unique_id for agent in model.agents) == [1, 2, 3, 4, 5, 6]


# The agents


def test_members_stand_in_the_order_of_their_rows() -> None:
    model = Simulation("mercosur", rng=1, years=1)
    assert [member.iso3 for member in model.members] == list(model.beginning.members)
    assert [member.row for member in model.members] == list(range(len(model.members)))
    assert model.member("ARG").name == "Argentina"
    with pytest.raises(ValueError, match="XXX is no member here; there are ARG"):
        model.member("XXX")
    assert {type(agent) for agent in model.agents} == {MemberState, Organization}


@pytest.mark.parametrize(("agents", "table"), [(MemberState, "member"), (Organization, "org")])
def test_every_column_is_an_attribute_that_explains_itself(agents: type, table: str) -> None:
    for name, column in world.columns(table).items():
        assert column.means in getattr(agents, name).__doc__


def test_an_attribute_is_the_number_in_the_row() -> None:
    model = small()
    member = list(model.members)[2]
    member.trust = 0.25
    assert model.world.members["trust"][2] == member.trust == 0.25
    model.world.org["effort"] = 0.5
    assert model.organization.effort == 0.5
    assert isinstance(member.standing, int)


@pytest.mark.parametrize("value", [1.5, -0.1, float("nan")])
def test_a_number_out_of_bounds_is_refused(value: float) -> None:
    member = next(iter(small().members))
    with pytest.raises(ValueError, match=f"trust of {member.name} lies between 0"):
        member.trust = value


def test_standing_has_a_word_and_the_member_its_posts_and_stakes() -> None:
    model = finished()
    member = list(model.members)[1]
    assert member.standing_word == "member"
    member.standing = world.IN_NOTICE
    assert member.standing_word == "in notice"
    assert len(STANDINGS) == world.columns("member")["standing"].high + 1
    assert np.shares_memory(member.posts, model.world.posts[1])
    assert np.shares_memory(member.stakes, model.world.stakes[1])


def test_agent_sets_select_group_aggregate_and_shuffle() -> None:
    model = Simulation("eu", rng=1, years=1)
    model.step()
    trusting = model.members.select(lambda member: member.trust >= 0.5)
    assert len(trusting) == np.count_nonzero(model.world.members["trust"] >= 0.5)
    classes = {regime: len(group) for regime, group in model.members.groupby("regime")}
    assert classes == dict(zip(*np.unique(model.world.members["regime"], return_counts=True), strict=True))
    assert model.members.agg("trust", np.mean) == pytest.approx(model.world.members["trust"].mean())
    met: list[str] = []
    model.members.shuffle_do(lambda member: met.append(member.iso3))
    assert sorted(met) == list(model.beginning.members)
    assert met != sorted(met)
    model.members.set("trust", 0.5)
    assert set(model.world.members["trust"]) == {0.5}


# Collecting


def test_the_collector_follows_the_outcomes_quarter_by_quarter() -> None:
    model = finished()
    table = model.datacollector.get_model_vars_dataframe()
    begun = beginning.begin(model.given)
    places = [begun.world.place("tallies", 0, name) for name in ("trust_now", "integration_now")]
    record = engine.trace(begun, 1, 0, np.array(places)).record
    assert np.array_equal(table[["trust", "integration"]].to_numpy(), record)
    assert table["date"].tolist()[::4] == ["1995Q1", "1996Q1"]
    assert (table["members"] == 4).all()


def test_columns_of_members_are_collected_when_asked_for() -> None:
    model = finished(member_columns=("trust", "iso3"))
    table = model.datacollector.get_agent_vars_dataframe().dropna()
    assert len(table) == QUARTERS * 4
    last = table.groupby("iso3").last()["trust"]
    assert last.tolist() == model.world.members["trust"].tolist()


def test_a_collector_of_ones_own_takes_the_place_of_ours() -> None:
    model = small()
    model.datacollector = mesa.DataCollector(
        model_reporters={"worst": lambda model: model.members.agg("trust", min), "date": "date"},
        agent_reporters={"name": "name"},
    )
    model.run_model()
    table = model.datacollector.get_model_vars_dataframe()
    assert table["worst"].iloc[-1] == model.world.members["trust"].min()
    assert table["date"].iloc[0] == "1995Q1"
    assert len(model.datacollector.get_agent_vars_dataframe()) == QUARTERS * 5


def test_nothing_is_collected_when_nothing_is_asked() -> None:
    assert finished(collect=False).datacollector.get_model_vars_dataframe().empty


def test_collecting_changes_nothing() -> None:
    assert finished(collect=False).world.digest() == finished(member_columns="trust").world.digest()


@pytest.mark.parametrize("processes", [1, 2])
def test_a_batch_gives_the_numbers_of_the_engine(processes: int) -> None:
    rows = mesa.batch_run(
        Simulation,
        {"scenario": ["mercosur", "asean"], "rng": [1, 2], "years": YEARS, "member_columns": "trust"},
        number_processes=processes,
        display_progress=False,
    )
    found = {(row["scenario"], row["rng"], row["AgentID"]): row for row in rows if row["trust"] is not None}
    for name in ("mercosur", "asean"):
        begun = beginning.begin(scenario.load(name).with_({"run.years": YEARS}))
        for seed in (1, 2):
            last = engine.trace(begun, seed, 0, np.array([begun.world.place("tallies", 0, "integration_now")]))
            mine = [row for (scene, luck, _), row in found.items() if (scene, luck) == (name, seed)]
            assert {row["integration"] for row in mine} == {last.record[-1, 0]}
            assert sorted(row["trust"] for row in mine) == sorted(last.world.members["trust"].tolist())


@pytest.mark.skipif("rng" not in inspect.signature(mesa.batch_run).parameters, reason="this Mesa has only iterations")
def test_the_seeds_of_a_batch_are_the_seeds_of_its_runs() -> None:
    rows = mesa.batch_run(
        Simulation, {"scenario": "mercosur", "years": 1, "settings": [SMALL]}, rng=[1, 2], display_progress=False
    )
    alone = [finished(rng=seed, years=1).datacollector.model_vars["trust"][-1] for seed in (1, 2)]
    assert [row["trust"] for row in rows] == alone
