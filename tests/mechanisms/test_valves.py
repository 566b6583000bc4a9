"""Edges of the flexible levers and the court: what they do not touch, and what stays after they are off."""

from __future__ import annotations

from typing import Any

import pytest

from comity import world
from comity.levers import court, forum, hardness, opt_outs, sunset, tranches, waiver


def test_hardness_below_what_is_usual_does_not_soften_a_measure(day: Any) -> None:
    measure = day.draft()
    hardness.harden(measure, day.on("hardness", 0.02))
    assert measure.hardness == 0.1


@pytest.mark.parametrize(("strength", "share"), [(0.0, 0.0), (0.4, 0.4), (1.0, 1.0)])
def test_as_many_measures_get_a_sunset_clause_as_the_lever_is_strong(day: Any, strength: float, share: float) -> None:
    limited = 0
    for serial in range(400):
        measure = day.draft()
        measure.serial, measure.sunset = serial, 0.0
        sunset.limit(measure, day.clock[0], day.on("sunset", strength))
        limited += measure.sunset > 0.0
    assert limited / 400 == pytest.approx(share, abs=0.06)


def test_a_measure_without_a_clause_never_comes_up_for_renewal(day: Any) -> None:
    measure, post = day.measures[0], day.bind()
    measure.sunset, measure.since_force, post.seen, post.against = 0.0, 400.0, -1.0, 1
    sunset.end(post, measure, day.members[0], day.on("sunset", 1.0))
    sunset.close(measure, day.org[0], day.on("sunset", 1.0))
    assert post.rung == world.BOUND and measure.stage == world.IN_FORCE
    assert day.org[0].agenda_load == 0.0


def test_a_renewed_measure_has_a_whole_term_before_it_is_asked_again(day: Any) -> None:
    measure, numbers = day.measures[0], day.on("sunset", 1.0)
    measure.sunset, measure.parties = 4.0, 1.0
    posts = [day.bind(row) for row in range(2)]
    asked = []
    for quarter in range(1, 13):
        measure.since_force = float(quarter)
        before = int(measure.renewals)
        sunset.ask(measure)
        for row, post in enumerate(posts):
            post.seen = 0.5
            sunset.renew(post, measure, day.org[0])
            sunset.end(post, measure, day.members[row], numbers)
        sunset.close(measure, day.org[0], numbers)
        if measure.renewals > before:
            asked.append(quarter)
    assert asked == [4, 8, 12]


def test_those_bound_against_their_vote_who_saw_no_good_may_go_while_the_rest_renew(day: Any) -> None:
    measure, numbers = day.measures[0], day.on("sunset", 1.0)
    measure.sunset, measure.since_force, measure.parties, measure.renew = 4.0, 4.0, 1.0, 0.5
    for against, rung in ((0, world.BOUND), (1, world.LAPSED)):
        post = day.bind()
        post.seen, post.against = -0.3, against
        sunset.end(post, measure, day.members[0], numbers)
        assert post.rung == rung


def test_what_may_be_deferred_eases_consent_of_the_weak_and_not_of_the_able(day: Any) -> None:
    day.measures[0].tranche, eased = 1.0, []
    for capacity in (0.2, 1.0):
        post, day.members[0].capacity = day.posts[0, 0], capacity
        post.flexibility, post.adjustment, post.gap = 0.0, 0.5, 0.4
        tranches.ease(post, day.members[0], day.measures[0], day.stakes[0, 0], day.on("tranches", 1.0))
        eased.append((float(post.flexibility), float(post.adjustment)))
    assert eased == [(pytest.approx(0.8), pytest.approx(0.2)), (0.0, pytest.approx(0.2))]


def test_a_tranche_grows_with_capacity_and_a_state_without_any_stays_where_it_is(day: Any) -> None:
    numbers, grown = day.on("tranches", 1.0), []
    for capacity in (0.0, 0.3, 0.9):
        post, day.members[0].capacity = day.bind(), capacity
        post.form, post.scope, post.patience = world.TRANCHE, 0.2, 1.0
        for _ in range(4):
            tranches.carry_more(post, day.members[0], day.measures[0], day.stakes[0, 0], day.org[0], numbers)
        grown.append(float(post.scope))
    assert grown == pytest.approx([0.2, 0.2 + 0.3 / 4.0, 0.2 + 0.9 / 4.0])


def test_deferral_is_not_resented_before_it_drags_on_nor_by_those_who_defer(day: Any) -> None:
    numbers, late, full = day.on("tranches", 1.0), day.bind(0), day.bind(1)
    late.form, late.scope, late.patience = world.TRANCHE, 0.1, 5.0
    tranches.forget_deferral(day.measures[0])
    tranches.carry_more(late, day.members[0], day.measures[0], day.stakes[0, 0], day.org[0], numbers)
    assert day.measures[0].deferred == 0.0
    day.measures[0].deferred = 0.5
    for row, post in enumerate((late, full)):
        tranches.resent(post, day.members[row], day.measures[0], numbers)
    assert day.members[0].unmet == 0.0 < day.members[1].unmet


def test_the_prospect_of_an_opt_out_is_worth_what_sovereignty_would_cost(day: Any) -> None:
    day.measures[0].opt_out, worth = 0.5, []
    for commitment in (0.0, 0.4):
        post = day.posts[0, 0]
        post.flexibility, post.commitment = 0.0, commitment
        opt_outs.ease(post, day.measures[0], day.on("opt_outs", 0.5))
        worth.append(float(post.flexibility))
    assert worth == pytest.approx([0.0, 1.8 * 0.5 * 0.4])


def test_a_state_that_has_done_its_part_follows_no_precedent(day: Any) -> None:
    numbers = day.on("opt_outs", 1.0)
    numbers.precedent, day.measures[0].opt_out, day.measures[0].opted_out = 1.0, 1.0, 1.0
    post = day.bind()
    post.implemented = 1.0
    opt_outs.follow(post, day.members[0], day.measures[0], day.clock[0], numbers)
    assert post.form == world.FULL


def test_a_state_that_follows_a_precedent_half_way_keeps_nothing_of_the_measure(day: Any) -> None:
    numbers = day.on("opt_outs", 1.0)
    numbers.precedent, day.measures[0].opt_out, day.measures[0].opted_out = 1.0, 1.0, 1.0
    post = day.bind()
    post.implemented = 0.6
    opt_outs.follow(post, day.members[0], day.measures[0], day.clock[0], numbers)
    assert post.form == world.OPTED_OUT and post.scope == 0.0
    assert post.implemented == 0.0


def test_a_waiver_eases_consent_by_how_easily_it_is_had(day: Any) -> None:
    post = day.posts[0, 0]
    day.measures[0].escape = 0.6
    waiver.ease(post, day.measures[0], day.on("waiver", 0.6))
    assert post.flexibility == pytest.approx(0.3)


@pytest.mark.parametrize("escape", [0.0, 1.0])
def test_a_measure_without_an_escape_clause_holds_in_any_crisis(day: Any, escape: float) -> None:
    numbers, post = day.on("waiver", 1.0), day.bind()
    numbers.asking, day.members[0].crisis, day.measures[0].escape = 1.0, 1.0, escape
    for quarter in range(40):
        day.clock[0].quarter = quarter
        waiver.use(post, day.members[0], day.measures[0], day.clock[0], numbers)
    assert (post.rung == world.WAIVED) == (escape > 0.0)


def test_obligations_already_met_are_waived_less_and_opt_outs_never(day: Any) -> None:
    numbers, used = day.on("waiver", 1.0), []
    day.members[0].crisis, day.measures[0].escape = 1.0, 1.0
    for implemented, form in ((0.0, world.FULL), (1.0, world.FULL), (0.0, world.OPTED_OUT)):
        count = 0
        for quarter in range(200):
            day.clock[0].quarter, post = quarter, day.bind()
            post.implemented, post.form = implemented, form
            waiver.use(post, day.members[0], day.measures[0], day.clock[0], numbers)
            count += post.rung == world.WAIVED
        used.append(count)
    assert used[0] > 2 * used[1] > 0 == used[2]


def test_a_crowded_hearing_uses_a_smaller_part_of_what_it_hears(day: Any) -> None:
    parts = []
    for strength in (0.2, 1.0):
        forum.listen(day.members[0], day.org[0], day.on("forum", strength))
        parts.append(float(day.members[0].voice) / strength)
    assert parts[0] > 1.5 * parts[1]


def test_a_breach_that_nobody_found_does_not_come_to_court(day: Any) -> None:
    numbers = day.on("court", 1.0)
    numbers.referral = 1.0
    post = day.bind()
    post.overdue, post.detected = 1, 0
    court.refer(post, day.members[0], day.measures[0], day.org[0], day.clock[0], numbers)
    assert post.referred == 0


def test_advice_presses_less_than_a_ruling_and_coerces_nobody(day: Any) -> None:
    numbers = day.on("court", 0.5)
    numbers.duration, numbers.remedy, pressures = 1.0, 1.0, []
    day.members["judiciary"] = 1.0
    for row, strength in enumerate((0.5, 1.0)):
        post, day.measures[0].court = day.bind(row), strength
        post.overdue, post.detected, post.referred = 1, 1, 1
        court.refer(post, day.members[row], day.measures[0], day.org[0], day.clock[0], numbers)
        court.weigh_on(post, day.members[row], day.measures[0], numbers)
        pressures.append(float(post.sanction))
    assert pressures == [pytest.approx(0.25), 1.0]
    assert day.members[0].coerced == 0.0 < day.members[1].coerced


def test_a_judge_makes_more_predictable(day: Any) -> None:
    day.org[0].predictability = 0.5
    court.steady(day.org[0], day.on("court", 1.0))
    assert day.org[0].predictability == pytest.approx(0.505)


def test_what_is_tabled_later_is_under_the_court_of_its_day(day: Any) -> None:
    measure = day.draft()
    court.seat(measure, day.on("court", 0.4))
    measure.age = 1
    court.seat(measure, day.on("court", 1.0))
    assert measure.court == 0.4
