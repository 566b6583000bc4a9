"""States, publics and the organization move as the rules claim."""

from __future__ import annotations

from typing import Any

import pytest

from comity import world
from comity.forces import (
    accession,
    budget,
    census,
    elections,
    gains,
    growth,
    publics,
    regime,
    shocks,
    suspension,
    threat,
)
from comity.forces import exit as leaving


def test_what_cannot_be_paid_is_not_covered_and_nothing_is_spent_twice(day: Any) -> None:
    org = day.org[0]
    org.dues, org.requested, org.revenue, org.reserve = 0.01, 2.0, 1.0, 0.0
    org.means = 1.0
    budget.balance(org, day.own("budget"))
    assert 0.0 < org.coverage < 0.5
    assert org.spent == pytest.approx(1.0)
    assert org.reserve == pytest.approx(0.0)


def test_arrears_rise_in_hardship_and_estrangement(day: Any) -> None:
    org, calm, hit = day.org[0], day.members[0], day.members[1]
    org.arrears_rate, org.dues = 0.1, 0.01
    day.own("budget").unsteady = 0.0
    hit.crisis, hit.threat = 1.0, 1
    for member in (calm, hit):
        budget.pay(member, org, day.clock[0], day.own("budget"))
    assert calm.arrears == pytest.approx(0.1)
    assert hit.arrears == pytest.approx(0.45)
    assert hit.dues_paid < calm.dues_paid


def test_the_carrier_of_discontent_rises_fast_and_falls_slowly(day: Any) -> None:
    rising, falling = day.members[0], day.members[1]
    for member in (rising, falling):
        member.trust_home = member.trust
        member.grievance_home = member.grievance
    rising.driver_home, rising.carrier = 1.0, 0.0
    falling.driver_home, falling.carrier = -1.0, 0.0
    for member in (rising, falling):
        elections.organize(member, day.own("elections"))
    assert rising.carrier == pytest.approx(0.125 * 0.75)
    assert falling.carrier == pytest.approx(-0.0125 * 0.75)


def test_an_election_is_held_when_the_clock_runs_out_and_the_clock_starts_again(day: Any) -> None:
    member = day.members[0]
    day.own("elections").snap = 0.0
    member.term_clock, voted = 3.0, []
    for _ in range(3):
        elections.tick(member, day.clock[0], day.own("elections"))
        voted.append(int(member.voted))
    assert voted == [0, 0, 1]
    assert member.term_clock == member.term


def test_no_votes_are_held_under_a_government_that_came_by_coup(day: Any) -> None:
    member = day.members[0]
    member.coup_government, member.term_clock = 3.0, 1.0
    elections.tick(member, day.clock[0], day.own("elections"))
    assert member.voted == 0 and member.term_clock == 1.0


def test_a_coup_of_the_calendar_happens_and_takes_constraints_with_it(day: Any) -> None:
    member = day.members[0]
    day.shocks[0, 0].coup = 1.0
    day.clock[0].chance_from = 100
    regime.overthrow(member, day.clock[0], day.shocks[0, 0], day.own("regime"))
    assert member.regime == world.CLOSED_AUTOCRACY
    assert member.coup_government == 1.0
    assert member.judiciary == pytest.approx(0.2)


def test_shocks_by_chance_wait_until_the_calendar_ends(day: Any) -> None:
    day.own("shocks").economic_rate = 1.0
    day.clock[0].chance_from = 5
    stormy = []
    for quarter in range(60):
        day.clock[0].quarter = quarter
        shocks.brew(day.org[0], day.clock[0], day.own("shocks"))
        stormy.append(day.org[0].storm_economic > 0.0)
    assert not any(stormy[:5]) and any(stormy[5:])


def test_exposure_multiplies_a_shock(day: Any) -> None:
    day.members[1].exposure_debt = 3.0
    for row in range(2):
        day.shocks[0, row].debt = 1.0
        shocks.strike(day.members[row], day.org[0], day.shocks[0, row], day.own("shocks"))
    assert day.members[1].shock_trust == pytest.approx(3.0 * day.members[0].shock_trust)
    assert day.members[0].shock_trust == pytest.approx(0.012)


def test_growth_without_volatility_is_what_the_calendar_says(day: Any) -> None:
    day.own("growth").volatility = 0.0
    day.shocks[0, 0].growth = -4.0
    growth.swing_together(day.org[0], day.clock[0], day.own("growth"))
    growth.swing_alone(day.members[0], day.org[0], day.clock[0], day.shocks[0, 0], day.own("growth"))
    assert day.members[0].growth == -4.0
    assert day.members[0].income == pytest.approx(10.0 * 0.99)


def test_trust_moves_only_by_its_return_when_nothing_happens(day: Any) -> None:
    numbers, member = day.own("publics"), day.members[0]
    numbers.common_noise = numbers.own_noise = numbers.survey = 0.0
    member.trust_home = 0.6
    publics.trust_abroad(member, day.org[0], day.clock[0], numbers)
    assert member.trust == pytest.approx(0.5 + 0.04 * 0.1)


def test_disappointment_lowers_trust_and_expectation_follows(day: Any) -> None:
    numbers, member = day.own("publics"), day.members[0]
    numbers.common_noise = numbers.own_noise = 0.0
    member.trust_home, member.expectation, member.gain = 0.5, 0.4, 0.2
    publics.trust_abroad(member, day.org[0], day.clock[0], numbers)
    assert member.trust == pytest.approx(0.5 - 0.05 * 0.2)
    assert member.expectation == pytest.approx(0.4 - 0.08 * 0.2)


def test_grievance_rises_with_coercion_and_fades_without(day: Any) -> None:
    numbers, coerced, calm = day.own("publics"), day.members[0], day.members[1]
    coerced.coerced, coerced.shock_blamed = 0.5, 1.0
    calm.grievance = 0.3
    for member in (coerced, calm):
        publics.aggrieve(member, numbers)
    assert coerced.grievance == pytest.approx(0.125)
    assert calm.grievance == pytest.approx(0.3 * (1.0 - 0.043))


def test_gains_need_partners_where_the_area_is_a_network(day: Any) -> None:
    area, stake, member = day.areas[0], day.stakes[0, 0], day.members[0]
    area.weight, area.network, stake.benefit, stake.implemented = 1.0, 1.0, 0.5, 0.8
    gains.add_gain(member, stake, area, day.own("gains"))
    assert member.gain == 0.0
    stake.shared = 0.8
    gains.add_gain(member, stake, area, day.own("gains"))
    assert member.gain == pytest.approx(1.5 * 0.5 * 0.8)


def test_losses_made_good_are_no_longer_felt(day: Any) -> None:
    lost, helped = day.members[0], day.members[1]
    for member in (lost, helped):
        member.loss = 0.2
    helped.compensation = 1.0
    for member in (lost, helped):
        gains.net(member, day.own("gains"))
    assert helped.gain - lost.gain == pytest.approx(0.2)


def test_a_candidate_joins_on_its_date_with_the_acquis(day: Any) -> None:
    member, stake, area = day.members[1], day.stakes[1, 0], day.areas[0]
    member.standing, member.inside, member.accession = world.CANDIDATE, 0, 3
    day.stakes[0, 0].bound = 4.0
    for quarter in (2, 3):
        day.clock[0].quarter = quarter
        accession.join(member, day.clock[0])
        assert (member.standing == world.MEMBER) == (quarter == 3)
    accession.average_acquis(area, day.stakes[0, 0], day.members[0])
    accession.take_over(member, stake, area, day.org[0], day.own("accession"))
    assert stake.bound == 4.0 and stake.settled == pytest.approx(0.92 * 4.0)


def test_a_candidate_keeps_part_of_what_a_secretariat_has_made_it_learn_and_unlearns_nothing(day: Any) -> None:
    member, stake, area, org = day.members[1], day.stakes[1, 0], day.areas[0], day.org[0]
    numbers, member.joined, area.integration = day.own("accession"), 1, 0.8
    for secretariat, before, after in ((1.0, 0.3, 0.45), (0.5, 0.3, 0.375), (0.0, 0.3, 0.3), (1.0, 0.9, 0.9)):
        org.secretariat, stake.practice, stake.practice_home = secretariat, before, before
        accession.take_over(member, stake, area, org, numbers)
        assert stake.practice == pytest.approx(after) and stake.practice_home == pytest.approx(after)


def test_those_inside_are_those_whom_a_reader_of_records_takes_for_inside(day: Any) -> None:
    standings = range(world.CANDIDATE, world.ASSOCIATE + 1)
    for day.members[0].standing in standings:
        census.count(day.members[0], day.org[0])
        assert (day.members[0].inside == 1) == (day.members[0].standing in world.INSIDE)


def test_only_those_inside_count_and_power_is_their_share_of_income(day: Any) -> None:
    day.members[1].standing = world.WITHDRAWN
    census.recount(day.org[0])
    for row in range(2):
        census.count(day.members[row], day.org[0])
    for row in range(2):
        census.measure_power(day.members[row], day.org[0])
    assert (int(day.org[0].inside), int(day.org[0].leavers)) == (1, 1)
    assert day.members["power"].tolist() == [1.0, 0.0]


def test_a_coup_may_be_answered_by_suspension_and_elections_end_it(day: Any) -> None:
    member = day.members[0]
    day.own("suspension").coup, member.coup_government = 1.0, 1.0
    suspension.suspend(member, day.org[0], day.clock[0], day.own("suspension"))
    assert member.standing == world.SUSPENDED and member.suspended_now == 1
    member.coup_government = 0.0
    suspension.suspend(member, day.org[0], day.clock[0], day.own("suspension"))
    assert member.standing == world.MEMBER


def test_terms_of_a_threat_add_up_and_distance_raises_it(day: Any) -> None:
    close, far = day.members[0], day.members[1]
    far.distance = 1.0
    logits = []
    for member in (close, far):
        threat.threaten(member, day.org[0], day.clock[0], day.own("threat"), day.why("threat"))
        row = day.why("threat")
        assert row.logit == pytest.approx(sum(row[term] for term in threat.Threat.terms), abs=1e-12)
        logits.append(float(row.logit))
    assert logits[1] - logits[0] == pytest.approx(2.5)


def test_notice_runs_its_time_and_ends_in_exit_with_all_law_gone(day: Any) -> None:
    member, post, stake = day.members[0], day.bind(), day.stakes[0, 0]
    member.standing, member.notice_clock, member.inside = world.IN_NOTICE, 2.0, 1
    stake.settled = stake.bound = 3.0
    leaving.leave(member, day.own("exit"))
    assert member.standing == world.IN_NOTICE
    leaving.leave(member, day.own("exit"))
    assert member.standing == world.WITHDRAWN and member.left == 1
    leaving.drop_law(post, member)
    leaving.drop_acquis(stake, member)
    assert post.rung == world.LAPSED and post.scope == 0.0
    assert stake.settled == stake.bound == 0.0


def test_a_leaver_that_depended_on_the_others_fares_badly_and_deters(day: Any) -> None:
    day.own("exit").luck = 0.0
    member = day.members[0]
    member.standing, member.dependence, day.org[0].leavers = world.WITHDRAWN, 0.5, 1
    leaving.fare(member, day.org[0], day.clock[0], day.own("exit"))
    assert member.outside_gain < 0.0
    assert day.org[0].leavers_fared == member.outside_gain
