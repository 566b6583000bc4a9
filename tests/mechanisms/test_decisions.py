"""Who decides, with what authority and how fast: each rule and its price, on rows small enough to check by hand."""

from __future__ import annotations

from typing import Any

import pytest

from comity import beginning, scenario, world
from comity.forces import census, consent, drafting, monitoring, slate
from comity.levers import decision_rule, delegation, pace, stance
from comity.simulation import Simulation

# decision rule


@pytest.mark.parametrize(
    ("strength", "states", "yes", "passes"),
    [(1.0, 10, 6, True), (1.0, 10, 5, False), (0.5, 10, 8, True), (0.5, 10, 7, False), (0.01, 10, 9, False),
     (0.01, 10, 10, True), (1.0, 4, 3, True), (1.0, 4, 2, False)],
)  # fmt: skip
def test_the_bar_runs_from_consensus_to_a_simple_majority(
    day: Any, strength: float, states: int, yes: int, passes: bool
) -> None:
    org, measure = day.org[0], day.measures[0]
    decision_rule.set_bar(org, day.on("decision_rule", strength))
    measure.stage, measure.vote_now, org.inside, org.entry = world.DRAFT, 1, states, world.EACH
    measure.yes = sum([1.0 / states] * yes)
    consent.decide(measure, org, day.own("consent"))
    assert (measure.stage == world.OPEN) == passes
    assert measure.forced == (1 if passes and yes < states else 0)


def test_the_regions_own_rule_returns_when_the_lever_is_off(day: Any) -> None:
    org, measure = day.org[0], day.measures[0]
    decision_rule.set_bar(org, day.on("decision_rule", 1.0))
    slate.make_a_name(org, day.own("slate"))
    measure.stage, measure.vote_now, measure.yes, measure.forced = world.DRAFT, 1, 0.5, 1
    consent.decide(measure, org, day.own("consent"))
    assert measure.stage == world.EMPTY and measure.forced == 0


def test_a_higher_bar_than_the_regions_own_stops_what_it_would_pass(day: Any) -> None:
    org, measure = day.org[0], day.measures[0]
    org.rule = world.TWO_THIRDS
    decision_rule.set_bar(org, day.on("decision_rule", 0.1))
    measure.stage, measure.vote_now, measure.yes = world.DRAFT, 1, 0.8
    consent.decide(measure, org, day.own("consent"))
    assert measure.stage == world.EMPTY and org.passed == 0


def test_under_a_lower_bar_texts_need_not_sink_to_the_lowest_practice(day: Any) -> None:
    depths = []
    day.areas[0].lowest_practice = 0.0
    for required in (0.0, 0.875, 0.501):
        measure, day.org[0].required = day.draft(), required
        measure.depth = 1.0
        drafting.compromise(measure, day.areas[0], day.org[0], day.own("drafting"))
        depths.append(float(measure.depth))
    assert depths == pytest.approx([0.15, 0.4, 1.0])


def test_a_majority_comes_to_the_vote_sooner(day: Any) -> None:
    measure = day.draft()
    measure.delay = 2.0
    decision_rule.cut_short(measure, day.on("decision_rule", 1.0))
    assert measure.delay == pytest.approx(1.4)


def test_only_a_government_that_voted_no_remembers(day: Any) -> None:
    day.areas[0].sensitivity = 0.5
    for row, (vote, lost) in enumerate(((1, 0.0), (0, 0.3 * 0.25))):
        post = day.posts[row, 0]
        post.vote, post.deciding = vote, 1
        decision_rule.remember(post, day.members[row], day.measures[0], day.areas[0], day.on("decision_rule", 1.0))
        assert day.members[row].preference == pytest.approx(-lost)


def test_a_suspended_state_cannot_block_a_consensus_by_its_silence(day: Any) -> None:
    org, measure = day.org[0], day.measures[0]
    day.members[1].standing, org.entry = world.SUSPENDED, world.EACH
    census.recount(org)
    for member in day.members:
        census.count(member, org)
    measure.stage, measure.vote_now = world.DRAFT, 1
    for row in range(2):
        post = day.posts[row, 0]
        consent.call(post, measure, day.members[row], org)
        post.vote = 1 - row
        consent.count(post, day.members[row], measure, org)
    assert (org.inside, org.silent, measure.yes, measure.yes_power) == (2, 1, 1.0, 1.0)
    consent.decide(measure, org, day.own("consent"))
    assert measure.stage == world.OPEN


# delegation


def test_a_secretariat_of_its_own_shields_the_strong_less_and_enforcement_grows_equal(day: Any) -> None:
    equality = []
    for strength in (0.0, 1.0):
        org, weak, strong = day.org[0], day.members[0], day.members[1]
        weak.power, strong.power, org.equality = 0.1, 0.9, 0.5
        org.overdue_strong = org.cases_strong = org.overdue_weak = org.cases_weak = 0.0
        for row in range(2):
            monitoring.shield(day.members[row], day.own("monitoring"))
            if strength > 0.0:
                delegation.even(day.members[row], day.on("delegation", strength))
            post = day.bind(row)
            post.overdue = 1
            post.sanction = 1.0
            monitoring.press(post, day.members[row], day.measures[0], org, day.own("monitoring"))
        monitoring.judge_fairness(org, day.own("monitoring"))
        equality.append(float(org.equality))
    assert equality[1] > equality[0]


def test_authority_of_others_costs_sovereignty_and_is_resented_by_those_who_feel_national_only(day: Any) -> None:
    numbers, post = day.on("delegation", 0.5), day.posts[0, 0]
    post.commitment = 0.2
    delegation.surrender(post, numbers)
    assert post.commitment == pytest.approx(0.21)
    for row, (identity, lost) in enumerate(((0.4, 0.0), (0.95, 0.0015 * 0.25 * 0.5))):
        day.members[row].identity = identity
        delegation.resent(day.members[row], numbers)
        assert day.members[row].procedure == pytest.approx(-lost)


def test_an_able_secretariat_drafts_what_fits_and_a_weak_one_does_not(day: Any) -> None:
    for secretariat in (1.0, 0.0):
        measure, day.org[0].secretariat = day.draft(), secretariat
        measure.tailoring = 0.0
        delegation.draft(measure, day.org[0], day.on("delegation", 1.0))
        assert measure.tailoring == pytest.approx(0.3 * secretariat)


def test_authority_ends_with_the_lever(day: Any) -> None:
    delegation.entrust(day.org[0], day.on("delegation", 0.7))
    assert day.org[0].delegation == 0.7
    slate.make_a_name(day.org[0], day.own("slate"))
    assert day.org[0].delegation == 0.0


# stance


@pytest.mark.parametrize(("strength", "effort"), [(-1.0, 0.28), (0.0, 0.64), (1.0, 1.0)])
def test_an_enforcer_never_looks_away_and_a_convener_does_so_twice_as_much(
    day: Any, strength: float, effort: float
) -> None:
    day.org[0].predictability = 0.5
    stance.take_up(day.org[0], day.on("stance", strength))
    day.org[0].scepticism, numbers = 0.6, day.own("monitoring")
    for _ in range(200):
        monitoring.yield_to_scepticism(day.org[0], numbers)
    assert day.org[0].effort == pytest.approx(effort, abs=1e-6)
    assert day.org[0].predictability == pytest.approx(0.5 + 0.002 * strength)


def test_a_convener_is_trusted_and_an_enforcer_resented(day: Any) -> None:
    convened, enforced = day.members[0], day.members[1]
    stance.meet(convened, day.on("stance", -1.0))
    stance.meet(enforced, day.on("stance", 1.0))
    assert convened.procedure == -enforced.procedure == pytest.approx(0.0005)
    assert convened.preference == 0.0
    assert enforced.preference == pytest.approx(-0.001)


def test_the_same_finding_presses_more_from_an_enforcer_and_its_commitments_weigh_more(day: Any) -> None:
    for row, (strength, sanction, commitment) in enumerate(((-1.0, 0.1, 0.36), (1.0, 0.9, 0.44))):
        post, numbers = day.bind(row), day.on("stance", strength)
        post.sanction, post.commitment = 0.5, 0.4
        stance.bear_down(post, numbers)
        stance.weigh_in(post, numbers)
        assert (post.sanction, post.commitment) == (pytest.approx(sanction), pytest.approx(commitment))


def test_a_scenario_may_ask_for_a_convener_but_for_nothing_beyond_an_enforcer() -> None:
    convener = scenario.load("eu").with_({"levers.stance.on": True, "levers.stance.strength": -1.0})
    begun = beginning.begin(convener)
    row = list(begun.book.levers).index("stance")
    assert set(begun.world.plan[:, row]) == {-1.0}
    with pytest.raises(scenario.ScenarioError):
        scenario.load("eu").with_({"levers.stance.strength": 1.5})


def test_a_policy_may_choose_a_convener_and_is_told_the_bounds() -> None:
    class Policy:
        def __init__(self, strength: float) -> None:
            self.strength = strength

        def decide(self, model: Any) -> dict[str, float]:
            return {"stance": self.strength}

    base = scenario.load("eu").with_({"run.years": 1})
    model = Simulation(base, rng=1, collect=False, policy=Policy(-1.0))
    model.step()
    assert model.world.org["stance"][0] == -1.0
    with pytest.raises(ValueError, match="between -1 and 1"):
        Simulation(base, rng=1, collect=False, policy=Policy(-1.5)).step()


# pace


def test_a_fast_agenda_holds_more_and_deeper_texts_and_publics_notice(day: Any) -> None:
    org, numbers, measure = day.org[0], day.on("pace", 0.5), day.draft()
    org.pace = 8.0
    pace.hasten(org, numbers)
    assert org.agenda == pytest.approx(1.0)
    assert org.pace == 8.0
    measure.depth = 0.4
    pace.deepen(measure, numbers)
    assert measure.depth == pytest.approx(0.5)
    measure.age = 1
    pace.deepen(measure, numbers)
    assert measure.depth == pytest.approx(0.5)
    day.members[0].identity = 0.5
    pace.politicize(day.members[0], numbers)
    assert day.members[0].procedure == pytest.approx(-0.003 * 0.25 * 0.5)
