"""Each lever does what its first line claims, and costs what it says, on rows small enough to check by hand."""

from __future__ import annotations

from typing import Any

import pytest

from comity import world
from comity.levers import (
    audit,
    capacity_building,
    court,
    forum,
    funds,
    hardness,
    opt_outs,
    safeguards,
    sunset,
    tranches,
    transparency,
    waiver,
)


def test_a_new_measure_is_as_hard_as_the_lever_and_an_old_one_stays(day: Any) -> None:
    measure = day.draft()
    hardness.harden(measure, day.on("hardness", 0.7))
    assert measure.hardness == 0.7
    measure.age = 1
    hardness.harden(measure, day.on("hardness", 0.9))
    assert measure.hardness == 0.7


def test_a_sunset_clause_eases_consent_and_lowers_what_is_gained(day: Any) -> None:
    measure, post = day.draft(), day.posts[0, 0]
    sunset.limit(measure, day.clock[0], day.on("sunset", 1.0))
    assert measure.sunset == 28.0
    post.gain = 1.0
    sunset.relieve(post, measure, day.org[0], day.own("sunset"))
    assert post.flexibility > 0.0
    assert post.gain == pytest.approx(1.0 - 0.3 / 7.0)


@pytest.mark.parametrize(("seen", "stays"), [(0.2, True), (-0.2, False)])
def test_at_the_end_of_its_term_a_measure_lives_on_what_was_seen(day: Any, seen: float, stays: bool) -> None:
    measure, numbers = day.measures[0], day.on("sunset", 1.0)
    measure.sunset, measure.since_force, measure.parties = 4.0, 4.0, 1.0
    posts = [day.bind(row) for row in range(2)]
    for post in posts:
        post.seen, post.implemented = seen, 1.0
    sunset.ask(measure)
    for post in posts:
        sunset.renew(post, measure, day.org[0])
    for row, post in enumerate(posts):
        sunset.end(post, measure, day.members[row], numbers)
    sunset.close(measure, day.org[0], numbers)
    assert (measure.stage == world.IN_FORCE) == stays
    assert all((post.rung == world.BOUND) == stays for post in posts)
    assert day.org[0].agenda_load == 0.5


def test_the_weak_defer_and_the_strong_carry_the_whole(day: Any) -> None:
    numbers = day.on("tranches", 1.0)
    day.measures[0].tranche = 1.0
    day.members[0].capacity, day.members[1].capacity = 0.3, 0.95
    for row in range(2):
        post = day.bind(row)
        post.fresh = 1
        tranches.defer(post, day.members[row], day.measures[0], day.stakes[row, 0], numbers)
    assert day.posts[0, 0].form == world.TRANCHE and day.posts[0, 0].scope < 0.5
    assert day.posts[1, 0].form == world.FULL and day.posts[1, 0].scope == 1.0


def test_a_deferred_part_comes_due_with_time_and_long_deferral_is_resented(day: Any) -> None:
    numbers, late, full = day.on("tranches", 1.0), day.bind(0), day.bind(1)
    late.form, late.scope, late.patience = world.TRANCHE, 0.5, 13.0
    tranches.carry_more(late, day.members[0], day.measures[0], day.stakes[0, 0], day.org[0], numbers)
    assert late.scope > 0.5 and late.due_in >= 4.0
    assert day.measures[0].deferred == 0.5
    tranches.resent(full, day.members[1], day.measures[0], numbers)
    assert day.members[1].unmet > 0.0
    late.scope = 0.999
    tranches.carry_more(late, day.members[0], day.measures[0], day.stakes[0, 0], day.org[0], numbers)
    assert late.form == world.FULL and late.scope == 1.0


@pytest.mark.parametrize(("readiness", "granted"), [(1.0, True), (0.0, False)])
def test_an_opt_out_granted_wins_trust_and_one_refused_loses_it(day: Any, readiness: float, granted: bool) -> None:
    post, member, measure = day.bind(), day.members[0], day.measures[0]
    post.fresh, post.against, measure.opt_out = 1, 1, readiness
    opt_outs.ask(post, member, measure, day.clock[0], day.on("opt_outs", 1.0))
    assert (post.form == world.OPTED_OUT) == granted
    assert (member.procedure > 0.0) == granted
    assert post.scope == (0.0 if granted else 1.0)


def test_those_who_agreed_and_feel_no_cost_do_not_ask(day: Any) -> None:
    post = day.bind()
    post.fresh, day.measures[0].opt_out = 1, 1.0
    opt_outs.ask(post, day.members[0], day.measures[0], day.clock[0], day.on("opt_outs", 1.0))
    assert post.form == world.FULL


def test_each_opt_out_invites_the_next(day: Any) -> None:
    numbers = day.on("opt_outs", 1.0)
    numbers.precedent = 1.0
    aside, other = day.bind(0), day.bind(1)
    aside.form, day.measures[0].opt_out = world.OPTED_OUT, 1.0
    opt_outs.forget_holes(day.measures[0])
    for post in (aside, other):
        opt_outs.count_holes(post, day.measures[0], day.org[0])
    assert day.measures[0].opted_out == 0.5
    followed = []
    for quarter in range(40):
        day.clock[0].quarter = quarter
        opt_outs.follow(other, day.members[1], day.measures[0], day.clock[0], numbers)
        followed.append(other.form == world.OPTED_OUT)
    assert any(followed)


def test_a_waiver_is_used_in_a_crisis_and_not_in_calm_where_it_is_dear(day: Any) -> None:
    numbers = day.on("waiver", 0.5)
    numbers.asking, numbers.abuse = 1.0, 0.0
    day.measures[0].escape = 0.5
    calm, struck = day.bind(0), day.bind(1)
    day.members[1].crisis = 1.0
    for quarter in range(20):
        day.clock[0].quarter = quarter
        waiver.use(calm, day.members[0], day.measures[0], day.clock[0], numbers)
        waiver.use(struck, day.members[1], day.measures[0], day.clock[0], numbers)
    assert calm.rung == world.BOUND
    assert struck.rung == world.WAIVED and struck.waiver_left == 6.0


def test_free_waivers_are_used_without_need(day: Any) -> None:
    numbers = day.on("waiver", 1.0)
    post, day.measures[0].escape = day.bind(), 1.0
    post.gap = 1.0
    for quarter in range(60):
        day.clock[0].quarter = quarter
        waiver.use(post, day.members[0], day.measures[0], day.clock[0], numbers)
    assert post.rung == world.WAIVED


def test_assistance_goes_to_those_who_lack_capacity_and_mean_to_use_it(day: Any) -> None:
    numbers = day.on("capacity_building", 1.0)
    day.areas["capacity_demand"] = 1.0
    willing, unwilling = day.members[0], day.members[1]
    willing.preference, unwilling.preference = 0.6, -0.6
    for row, member in enumerate((willing, unwilling)):
        capacity_building.assist(member, day.stakes[row, 0], day.areas[0], day.org[0], numbers)
    assert day.stakes[0, 0].pipeline > 5.0 * day.stakes[1, 0].pipeline > 0.0
    willing.capacity = 1.0
    before = day.stakes[0, 0].pipeline
    capacity_building.assist(willing, day.stakes[0, 0], day.areas[0], day.org[0], numbers)
    assert day.stakes[0, 0].pipeline == before


def test_without_money_no_assistance_arrives(day: Any) -> None:
    day.org[0].coverage = 0.0
    capacity_building.assist(
        day.members[0], day.stakes[0, 0], day.areas[0], day.org[0], day.on("capacity_building", 1.0)
    )
    assert day.stakes[0, 0].pipeline == 0.0


def test_transparency_shows_failure_and_success_alike(day: Any) -> None:
    numbers = day.on("transparency", 1.0)
    kept, broken = day.members[0], day.members[1]
    broken.unmet = 0.6
    for member in (kept, broken):
        transparency.disclose(member, day.org[0], numbers)
        transparency.expose(member, numbers)
    assert kept.procedure > 0.0 > broken.procedure


def test_rulers_who_answer_to_nobody_resent_being_seen(day: Any) -> None:
    ruler, democrat = day.members[0], day.members[1]
    ruler.democracy, democrat.democracy = 0.0, 1.0
    for member in (ruler, democrat):
        transparency.disclose(member, day.org[0], day.on("transparency", 1.0))
    assert ruler.preference < democrat.preference == 0.0


def test_an_audit_that_is_not_paid_for_does_not_take_place(day: Any) -> None:
    day.org[0].coverage = 0.25
    audit.inspect(day.members[0], day.org[0], day.on("audit", 0.8))
    assert day.members[0].audit == pytest.approx(0.2)


def test_findings_are_felt_as_acts(day: Any) -> None:
    post = day.bind()
    post.detected, day.members[0].audit = 1, 1.0
    audit.quarrel(post, day.members[0], day.measures[0], day.on("audit", 1.0))
    assert day.members[0].coerced > 0.0


def test_a_hearing_takes_time_and_tailors_the_text(day: Any) -> None:
    measure = day.draft()
    forum.convene(measure, day.org[0], day.on("forum", 0.6))
    assert measure.delay == pytest.approx(1.8)
    assert measure.tailoring > 0.0


def test_a_hearing_without_uptake_takes_time_all_the_same_and_is_noticed(day: Any) -> None:
    measure, numbers = day.draft(), day.on("forum", 0.6)
    numbers.uptake = 0.0
    forum.convene(measure, day.org[0], numbers)
    forum.listen(day.members[0], day.org[0], numbers)
    assert measure.delay > 0.0 and measure.tailoring == 0.0
    assert day.members[0].ignored == pytest.approx(0.6 * 0.5)


def test_soft_law_never_comes_to_court(day: Any) -> None:
    numbers = day.on("court", 1.0)
    numbers.referral = 1.0
    post, day.measures[0].court, day.measures[0].hardness = day.bind(), 1.0, 0.3
    post.overdue, post.detected = 1, 1
    for quarter in range(20):
        day.clock[0].quarter = quarter
        court.refer(post, day.members[0], day.measures[0], day.org[0], day.clock[0], numbers)
    assert post.referred == 0


def test_a_ruling_binds_where_courts_carry_it_and_costs_preference_where_they_do_not(day: Any) -> None:
    numbers = day.on("court", 1.0)
    numbers.referral, numbers.duration, numbers.remedy = 1.0, 1.0, 1.0
    day.measures[0].court = 1.0
    checked, unchecked = day.members[0], day.members[1]
    checked.judiciary, unchecked.judiciary = 1.0, 0.0
    for row, member in enumerate((checked, unchecked)):
        post = day.bind(row)
        post.overdue, post.detected = 1, 1
        for quarter in range(3):
            day.clock[0].quarter = quarter
            court.refer(post, member, day.measures[0], day.org[0], day.clock[0], numbers)
        court.weigh_on(post, member, day.measures[0], numbers)
    assert day.posts[0, 0].sanction == 1.0
    assert day.posts[1, 0].sanction == pytest.approx(0.15)
    assert unchecked.preference < checked.preference == 0.0


def test_a_binding_ruling_presses_as_penalties_come_near_in_the_place_of_the_executive(day: Any) -> None:
    numbers, post, member = day.on("court", 1.0), day.bind(), day.members[0]
    day.measures[0].court, member.judiciary, numbers.remedy, found = 1.0, 1.0, 8.0, []
    for since in (0.0, 1.0, 4.0, 8.0, 20.0):
        post.ruling, post.sanction = since, 0.6
        court.weigh_on(post, member, day.measures[0], numbers)
        found.append(float(post.sanction))
    assert found == pytest.approx([0.6, 0.125, 0.5, 1.0, 1.0])


def test_a_ruling_obeyed_is_counted_with_its_lag(day: Any) -> None:
    post, day.measures[0].court = day.bind(), 1.0
    post.ruling, post.overdue = 5.0, 0
    court.refer(post, day.members[0], day.measures[0], day.org[0], day.clock[0], day.on("court", 1.0))
    assert (int(day.org[0].rulings_obeyed), float(day.org[0].ruling_wait)) == (1, 5.0)


def test_safeguards_cover_losses_as_far_as_money_reaches_and_the_rich_pay(day: Any) -> None:
    numbers = day.on("safeguards", 1.0)
    rich, poor = day.members[0], day.members[1]
    rich.income, poor.income, day.org[0].coverage = 15.0, 5.0, 0.5
    for member in (rich, poor):
        safeguards.compensate(member, day.org[0], numbers)
    assert poor.compensation == rich.compensation == pytest.approx(0.35)
    assert rich.dues_paid > poor.dues_paid == 0.0
    assert rich.preference < poor.preference == 0.0


def test_funds_go_to_those_below_the_mean_and_leak_where_nobody_looks(day: Any) -> None:
    numbers = day.on("funds", 1.0)
    rich, poor = day.members[0], day.members[1]
    rich.income, poor.income, rich.power, poor.power = 15.0, 5.0, 0.75, 0.25
    poor.integrity = 0.0
    for member in (rich, poor):
        funds.request(member, day.org[0], numbers)
    for member in (rich, poor):
        funds.share_out(member, day.org[0], numbers)
    assert rich.funds == 0.0
    assert poor.funds * poor.power == pytest.approx(0.01 * 0.7 * 0.5)
    poor.audit = 1.0
    funds.share_out(poor, day.org[0], numbers)
    assert poor.funds * poor.power == pytest.approx(0.01 * 0.7)


def test_payers_of_large_funds_tire(day: Any) -> None:
    rich = day.members[0]
    rich.income = 20.0
    losses = []
    for strength in (0.5, 1.0):
        rich.preference = 0.0
        funds.share_out(rich, day.org[0], day.on("funds", strength))
        losses.append(-float(rich.preference))
    assert losses[1] == pytest.approx(4.0 * losses[0])
