"""The simulation is a Mesa model like any other: collectors, agent sets, batches, and states of one's own."""

from __future__ import annotations

import gc
import inspect
import weakref
from collections.abc import Mapping
from typing import Any

import mesa
import numpy as np
import pytest

from comity import beginning, engine, scenario, world
from comity.agents import DECISIONS, STANDINGS, MemberState, Organization, overriding
from comity.quarter import RULEBOOK
from comity.simulation import Simulation

SMALL = {"region.synthetic.members": 4}
YEARS = 2
QUARTERS = YEARS * world.QUARTERS_PER_YEAR


def small(**keywords: Any) -> Simulation:
    return Simulation(**{"scenario": "mercosur", "rng": 1, "years": YEARS, "settings": SMALL, **keywords})


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


@pytest.mark.parametrize("seed", ["luck", -1, 2**64, 1.5, float("nan"), [1], ""])
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
    found = [Simulation(loaded, rng=1), Simulation("asean", rng=1, years=1), Simulation({"extends": "asean"}, rng=1, years=1)]
    for model in found:
        model.run_model()
    assert len({model.world.digest() for model in found}) == 1
    assert found[0].given == loaded


def test_the_clock_shows_quarters_and_stops_after_the_last() -> None:
    model = small()
    assert (model.quarter, model.date, model.running) == (-1, "1994Q4", True)
    model.step()
    assert (model.quarter, model.date) == (0, "1995Q1")
    model.run_model()
    assert (model.quarter, model.date, model.running) == (QUARTERS - 1, "1996Q4", False)
    digest, outcomes = model.world.digest(), model.outcomes()
    model.step()
    assert (model.world.digest(), model.outcomes()) == (digest, outcomes)


def test_a_driver_that_does_not_exist_is_refused() -> None:
    with pytest.raises(ValueError, match='"compiled" or "plain"'):
        small(driver="fast")


def test_models_are_freed() -> None:
    region = scenario.load("mercosur").with_({**SMALL, "run.years": 1})

    def one() -> weakref.ref[Simulation]:
        model = Simulation(region, rng=1, members_class=Stubborn)
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


# States that decide for themselves


class Stubborn(MemberState):
    """Ratifies nothing."""

    def ratify(self, measure: Any, post: Any) -> bool:
        assert measure.stage >= world.OPEN and post.rung == world.NOT_PARTY
        return False


class Restless(MemberState):
    """Threatens to leave whenever it can."""

    def threaten(self) -> bool:
        return True


class Undecided(MemberState):
    """Decides in its own Python what the stock rules would decide."""

    def vote(self, measure: Any, post: Any) -> bool:
        return super().vote(measure, post)

    def ratify(self, measure: Any, post: Any) -> bool:
        return super().ratify(measure, post)

    def implement(self, measure: Any, post: Any) -> bool:
        return super().implement(measure, post)

    def govern(self) -> bool:
        return super().govern()

    def threaten(self) -> bool:
        return super().threaten()

    def notify(self) -> bool:
        return super().notify()


def test_the_decisions_are_methods_of_a_member_state() -> None:
    assert overriding(MemberState) == set()
    assert overriding(Stubborn) == {"ratify"}
    assert overriding(Undecided) == DECISIONS.keys()


@pytest.mark.parametrize("name", ["mercosur+respectful", "ecowas", "eu+rigid"])
def test_a_state_that_only_asks_the_stock_rules_changes_no_bit(name: str) -> None:
    own, stock = (finished(scenario=name, years=3, members_class=each) for each in (Undecided, MemberState))
    assert own.world.digest() == stock.world.digest()
    assert own.outcomes() == stock.outcomes()


def test_hearing_the_stock_rules_changes_nothing() -> None:
    model = Simulation("ecowas", rng=1, years=3)
    for _ in range(10):
        model.step()
    digest = model.world.digest()
    measure = model.world.measures[int(np.argmax(model.world.measures["stage"]))]
    for member in model.members:
        post = member.posts[0]
        heard = [member.vote(measure, post), member.ratify(measure, post), member.implement(measure, post)]
        heard += [member.govern(), member.threaten(), member.notify()]
        assert all(isinstance(each, bool) for each in heard)
    assert model.world.digest() == digest


def test_a_measure_that_is_no_row_of_the_model_is_refused() -> None:
    model = finished()
    member = next(iter(model.members))
    with pytest.raises(ValueError, match="no row of the model"):
        member.ratify(model.world.measures[0].copy(), member.posts[0])


def test_states_that_never_ratify_are_party_to_nothing() -> None:
    parties = {each: finished(scenario="ecowas", years=6, members_class=each) for each in (MemberState, Stubborn)}
    assert (parties[MemberState].world.posts["rung"] != world.NOT_PARTY).any()
    assert (parties[Stubborn].world.posts["rung"] == world.NOT_PARTY).all()
    assert parties[Stubborn].organization.serial > 0


def test_one_state_may_differ_from_all_others() -> None:
    model = Simulation("eu", rng=1, years=1, members_class={"GBR": Restless})
    model.step()
    threatening = [member.iso3 for member in model.members if member.threat]
    assert "GBR" in threatening
    assert len(threatening) < 5
    by_function = Simulation("eu", rng=1, years=1, members_class=lambda code: Restless if code == "GBR" else MemberState)
    by_function.step()
    assert by_function.world.digest() == model.world.digest()


def test_what_follows_from_an_answer_is_what_the_stock_rule_does() -> None:
    model = finished(years=1, members_class=Restless)
    assert model.world.members["threat"].any()
    assert set(model.world.whys["threat"]["draw"]) == {-1.0}
    plain = finished(years=1, members_class=Restless, driver="plain")
    assert plain.world.digest() == model.world.digest()


@pytest.mark.parametrize("answer", [None, 1, "yes"])
def test_a_decision_that_is_neither_yes_nor_no_is_refused(answer: Any) -> None:
    class Vague(MemberState):
        def threaten(self) -> Any:
            return answer

    with pytest.raises(TypeError, match=r"Vague\.threaten answered .*; a decision is True or False"):
        finished(members_class=Vague)


def test_a_class_for_a_member_that_is_not_there_is_refused() -> None:
    with pytest.raises(ValueError, match="XXX is no member here"):
        small(members_class={"XXX": Stubborn})
    with pytest.raises(TypeError, match="needs a subclass of MemberState"):
        small(members_class=mesa.Agent)


# An organization that decides for itself


class Cautious:
    """Switches sunset clauses on in the second year."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def decide(self, simulation: Simulation) -> Mapping[str, float]:
        self.asked.append(simulation.date)
        return {"sunset": 0.5} if len(self.asked) > 1 else {}


def test_a_policy_is_asked_once_a_year_and_its_levers_stay() -> None:
    policy = Cautious()
    model = small(policy=policy, years=3)
    strengths = []
    while model.running:
        model.step()
        strengths.append(float(model.world.params[0].sunset.strength))
    assert policy.asked == ["1995Q1", "1996Q1", "1997Q1"]
    assert strengths == [0.0] * 4 + [0.5] * 8


def test_a_policy_that_chooses_nothing_changes_nothing() -> None:
    class Idle:
        def decide(self, simulation: Simulation) -> Mapping[str, float]:
            return {}

    assert finished(policy=Idle()).world.digest() == finished().world.digest()


def test_a_policy_does_what_the_same_schedule_does() -> None:
    schedule = {**SMALL, "levers.sunset.on": True, "levers.sunset.strength": 0.5, "levers.sunset.from": "1996Q1"}
    planned, decided = finished(settings=schedule, years=4), finished(policy=Cautious(), years=4)
    assert decided.world.measures["sunset"].any()
    assert decided.world.digest() == planned.world.digest()


@pytest.mark.parametrize(
    ("choice", "line"),
    [({"sunsett": 1.0}, 'did you mean "sunset"'), ({"sunset": 1.5}, "between 0 and 1"), ({"sunset": float("nan")}, "0 and 1")],
)
def test_a_choice_that_cannot_be_made_is_refused(choice: Mapping[str, float], line: str) -> None:
    class Wild:
        def decide(self, simulation: Simulation) -> Mapping[str, float]:
            return choice

    with pytest.raises(ValueError, match=line):
        small(policy=Wild()).step()


def test_the_rulebook_has_the_phase_before_which_a_policy_is_asked() -> None:
    assert "plan" in {phase.name for phase in RULEBOOK.quarterly}
