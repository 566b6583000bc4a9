"""States and organizations that decide in their own Python take part in a run, and the rules see to the rest."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import mesa
import numpy as np
import pytest

from comity import world
from comity.agents import DECISIONS, MemberState, overriding
from comity.quarter import RULEBOOK
from comity.simulation import Simulation

SMALL = {"region.synthetic.members": 4}


def small(**keywords: Any) -> Simulation:
    return Simulation(**{"scenario": "mercosur", "rng": 1, "years": 2, "settings": SMALL, **keywords})


def finished(**keywords: Any) -> Simulation:
    model = small(**keywords)
    model.run_model()
    return model


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
    assert repr(own.outcomes()) == repr(stock.outcomes())


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
    by_function = Simulation(
        "eu", rng=1, years=1, members_class=lambda code: Restless if code == "GBR" else MemberState
    )
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
    [
        ({"sunsett": 1.0}, 'did you mean "sunset"'),
        ({"sunset": 1.5}, "between 0 and 1"),
        ({"sunset": float("nan")}, "0 and 1"),
    ],
)
def test_a_choice_that_cannot_be_made_is_refused(choice: Mapping[str, float], line: str) -> None:
    class Wild:
        def decide(self, simulation: Simulation) -> Mapping[str, float]:
            return choice

    with pytest.raises(ValueError, match=line):
        small(policy=Wild()).step()


def test_the_rulebook_has_the_phase_before_which_a_policy_is_asked() -> None:
    assert "plan" in {phase.name for phase in RULEBOOK.quarterly}
