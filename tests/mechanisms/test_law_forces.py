"""Law is drafted, agreed, carried out, monitored and settled as the rules claim."""

from __future__ import annotations

from typing import Any

import pytest

from comity import world
from comity.forces import (
    acquis,
    assistance,
    consent,
    drafting,
    entry,
    experience,
    implementation,
    monitoring,
    resumption,
    slate,
)


def test_what_is_practice_already_is_implemented_at_once(day: Any) -> None:
    day.bind()
    day.stakes[0, 0].practice = 0.6
    assert day.carried_out().implemented == 1.0


def test_a_state_without_capacity_never_implements_not_even_its_own_practice(day: Any) -> None:
    day.bind()
    day.members[0].capacity, day.stakes[0, 0].practice = 0.0, 1.0
    day.members[0].preference = 1.0
    for quarter in range(400):
        day.clock[0].quarter = quarter
        assert day.carried_out().implemented == 0.0


def test_terms_of_implementation_add_up_to_the_logit_that_was_used(day: Any) -> None:
    day.bind()
    day.carried_out()
    row = day.why("implementation")
    total = 0.0
    for term in implementation.Implementation.terms:
        total = total + row[term]
    assert row.logit == pytest.approx(total, abs=1e-12)


def test_overload_is_the_part_of_the_work_beyond_capacity(day: Any) -> None:
    day.members[0].capacity, day.members[0].load = 0.4, 0.5
    implementation.strain(day.members[0])
    assert day.members[0].overload == pytest.approx(0.2)


def test_reports_run_ahead_without_audit_and_stand_still_with_it(day: Any) -> None:
    post = day.bind()
    post.willingness = -3.0
    implementation.report(post, day.members[0], day.stakes[0, 0], day.own("implementation"))
    assert 0.15 < post.reported < 0.4
    day.members[0].audit = 1.0
    implementation.report(post, day.members[0], day.stakes[0, 0], day.own("implementation"))
    assert post.reported == 0.0


def test_soft_law_is_never_sanctioned(day: Any) -> None:
    post = day.bind()
    post.overdue, post.detected, day.measures[0].hardness = 1, 1, 0.3
    monitoring.find(
        post, day.members[0], day.measures[0], day.stakes[0, 0], day.org[0], day.clock[0], day.own("monitoring")
    )
    assert post.sanction == 0.0


def test_power_shields_from_pressure(day: Any) -> None:
    small, large = day.members[0], day.members[1]
    small.power, large.power = 0.05, 0.95
    for member in (small, large):
        monitoring.shield(member, day.own("monitoring"))
        post = day.bind(int(member.id) - 1)
        post.overdue, post.sanction = 1, 1.0
        monitoring.press(post, member, day.measures[0], day.org[0], day.own("monitoring"))
    assert small.coerced > 2.0 * large.coerced > 0.0


def test_effort_yields_to_scepticism(day: Any) -> None:
    day.org[0].scepticism = 0.8
    monitoring.yield_to_scepticism(day.org[0], day.own("monitoring"))
    assert day.org[0].effort < 1.0


def test_consensus_sinks_to_the_lowest_practice(day: Any) -> None:
    day.measures[0].stage, day.measures[0].depth = world.DRAFT, 0.9
    day.areas[0].lowest_practice, day.org[0].rule = 0.1, world.CONSENSUS
    drafting.compromise(day.measures[0], day.areas[0], day.org[0], day.own("drafting"))
    assert day.measures[0].depth == pytest.approx(0.25)
    day.measures[0].depth, day.org[0].rule = 0.9, world.QUALIFIED_MAJORITY
    drafting.compromise(day.measures[0], day.areas[0], day.org[0], day.own("drafting"))
    assert day.measures[0].depth == 0.9


@pytest.mark.parametrize(
    ("rule", "share", "people", "passes"),
    [
        (world.CONSENSUS, 0.5, 0.5, False),
        (world.CONSENSUS, 1.0, 1.0, True),
        (world.QUALIFIED_MAJORITY, 0.55, 0.65, True),
        (world.QUALIFIED_MAJORITY, 0.9, 0.6, False),
        (world.TWO_THIRDS, 0.66, 1.0, False),
        (world.TWO_THIRDS, 0.67, 0.1, True),
    ],
)
def test_the_decision_rule_says_what_a_refusal_does(
    day: Any, rule: int, share: float, people: float, passes: bool
) -> None:
    measure = day.measures[0]
    measure.stage, measure.vote_now, measure.yes, measure.yes_power = world.DRAFT, 1, share, people
    day.org[0].rule, day.org[0].entry = rule, world.EACH
    consent.decide(measure, day.org[0], day.own("consent"))
    assert measure.stage == (world.OPEN if passes else world.EMPTY)


def test_states_in_notice_and_suspended_states_do_not_decide(day: Any) -> None:
    day.measures[0].vote_now = 1
    for standing in (world.IN_NOTICE, world.SUSPENDED):
        day.members[0].standing = standing
        consent.call(day.posts[0, 0], day.measures[0], day.members[0], day.org[0])
        assert day.posts[0, 0].deciding == 0
    consent.call(day.posts[1, 0], day.measures[0], day.members[1], day.org[0])
    assert day.posts[1, 0].deciding == 1


def test_the_outvoted_are_bound_and_remembered_where_adoption_binds(day: Any) -> None:
    day.measures[0].vote_now, day.org[0].entry = 1, world.ON_ADOPTION
    day.posts[0, 0].vote, day.posts[1, 0].vote = 1, 0
    for row in range(2):
        consent.bind(day.posts[row, 0], day.measures[0], day.org[0])
    assert [int(day.posts[row, 0].rung) for row in range(2)] == [world.BOUND, world.BOUND]
    assert [int(day.posts[row, 0].against) for row in range(2)] == [0, 1]


@pytest.mark.parametrize(
    ("rule", "parties", "law"),
    [
        (world.EACH, 0.5, True),
        (world.EACH, 0.0, False),
        (world.THRESHOLD, 0.5, False),
        (world.THRESHOLD, 0.6, True),
        (world.ALL, 0.9, False),
        (world.ALL, 1.0, True),
    ],
)
def test_the_rule_of_entry_decides_when_a_measure_is_law(day: Any, rule: int, parties: float, law: bool) -> None:
    measure = day.measures[0]
    measure.stage, measure.parties, day.org[0].entry, day.org[0].entry_threshold = world.OPEN, parties, rule, 0.6
    entry.enter(measure, day.org[0], day.own("entry"))
    assert (measure.stage == world.IN_FORCE) == law


def test_an_open_measure_is_given_up_in_the_end(day: Any) -> None:
    measure = day.measures[0]
    measure.stage, measure.age, day.org[0].entry = world.OPEN, 61, world.ALL
    entry.enter(measure, day.org[0], day.own("entry"))
    assert measure.stage == world.EMPTY


def test_a_folded_measure_is_not_lost(day: Any) -> None:
    post, stake, measure = day.bind(), day.stakes[0, 0], day.measures[0]
    post.implemented, stake.live, stake.live_bound, measure.folding = 1.0, 0.5, 0.5, 1
    acquis.fold(post, stake, measure, day.members[0])
    assert (stake.settled, stake.bound, stake.live, stake.live_bound) == (0.5, 0.5, 0.0, 0.0)
    acquis.free(measure)
    assert measure.stage == world.EMPTY


def test_a_new_law_replaces_part_of_the_old_where_much_is_regulated(day: Any) -> None:
    post, stake = day.bind(), day.stakes[0, 0]
    post.fresh, stake.bound, stake.settled, day.measures[0].adds = 1, 10.0, 8.0, 0.2
    acquis.renew_law(post, stake, day.measures[0], day.members[0])
    assert stake.bound == pytest.approx(10.0 - 0.5 * 0.8)
    assert stake.settled / stake.bound == pytest.approx(0.8)


def test_what_partners_fail_to_deliver_on_time_is_an_unmet_promise(day: Any) -> None:
    post, measure = day.bind(), day.measures[0]
    measure.since_force, measure.working = 9.0, 0.0
    experience.miss(post, day.members[0], measure, day.own("experience"))
    assert day.members[0].unmet == pytest.approx(0.04 * 0.5)


def test_waivers_eat_up_the_organizations_good_name(day: Any) -> None:
    day.org[0].equality, day.org[0].bound_now, day.org[0].waivers_now = 1.0, 10.0, 5.0
    slate.make_a_name(day.org[0], day.own("slate"))
    assert day.org[0].predictability < 1.0
    assert day.org[0].waivers_now == 0.0


def test_a_waiver_ends_by_itself_and_leaves_time_to_catch_up(day: Any) -> None:
    post = day.bind()
    post.rung, post.waiver_left, post.due_in = world.WAIVED, 2.0, -3.0
    resumption.resume(post, day.own("resumption"))
    assert post.rung == world.WAIVED
    resumption.resume(post, day.own("resumption"))
    assert post.rung == world.BOUND and post.due_in == 2.0


def test_assistance_turns_into_capacity_slowly_and_fades(day: Any) -> None:
    stake = day.stakes[0, 0]
    stake.pipeline = 0.12
    assistance.mature(stake, day.own("assistance"))
    assert stake.capacity == pytest.approx(0.01) and stake.pipeline == pytest.approx(0.11)
    stake.pipeline = 0.0
    assistance.mature(stake, day.own("assistance"))
    assert stake.capacity == pytest.approx(0.0097)


def test_publics_feel_hard_law_that_binds_in_full_and_not_what_they_were_spared(day: Any) -> None:
    day.areas[0].visibility = 1.0
    bound, spared = day.bind(0), day.bind(1)
    for post in (bound, spared):
        post.fresh, post.commitment = 1, 0.5
    spared.form = world.OPTED_OUT
    for row in range(2):
        consent.feel(day.posts[row, 0], day.members[row], day.measures[0], day.areas[0], day.own("consent"))
    assert day.members[0].procedure == pytest.approx(-0.006 * 0.5)
    assert day.members[1].procedure == 0.0
