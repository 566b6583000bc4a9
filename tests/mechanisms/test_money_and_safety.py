"""Conditional money, funding cycles and private money: checked by hand on rows of two states."""

from __future__ import annotations

from typing import Any

import pytest

from comity.forces import budget, gains, implementation
from comity.levers import capacity_building, cofinance, cycles, data_governance, milestones, security


def tied(day: Any, row: int = 0, funds: float = 0.02) -> Any:
    """A state with money in sight, bound by a measure that is tied to it in full."""
    member, post = day.members[row], day.bind(row)
    member.funds, day.measures[0].milestone = funds, 1.0
    milestones.hold(member, day.on("milestones", 1.0))
    return post


def tempted(day: Any, post: Any, row: int = 0) -> float:
    """What is at stake for the state."""
    milestones.tempt(
        post, day.members[row], day.measures[0], day.stakes[row, 0], day.org[0], day.own("milestones")
    )  # fmt: skip
    return float(post.at_stake)


def test_part_of_the_funds_goes_into_a_purse(day: Any) -> None:
    tied(day)
    member = day.members[0]
    assert member.conditional == member.withheld == pytest.approx(0.7 * 0.02)
    assert member.funds == pytest.approx(0.3 * 0.02)


def test_only_new_measures_are_tied_to_money(day: Any) -> None:
    measure = day.draft()
    milestones.promise(measure, day.on("milestones", 0.6))
    measure.age = 1
    milestones.promise(measure, day.on("milestones", 0.9))
    assert measure.milestone == 0.6


def test_the_will_to_deliver_rises_with_what_is_at_stake_and_not_without_money(day: Any) -> None:
    rich, poor = tied(day, 0, 0.0), tied(day, 1, 0.03)
    assert tempted(day, rich, 0) == 0.0
    assert tempted(day, poor, 1) == pytest.approx(0.021 / 0.024)
    numbers = day.own("implementation")
    for row in range(2):
        day.carried_out(row)
    more = float(day.posts[1, 0].willingness) - float(day.posts[0, 0].willingness)
    assert more == pytest.approx(float(numbers.money) * 0.021 / 0.024)


def test_what_is_paid_is_no_longer_at_stake_and_envelopes_make_the_threat_empty(day: Any) -> None:
    post = tied(day)
    full = tempted(day, post)
    post.paid = 0.5
    assert tempted(day, post) == pytest.approx(full / 2.0)
    post.paid, day.org[0].regularity = 0.0, 1.0
    assert tempted(day, post) == pytest.approx(0.4 * full)
    post.implemented = 1.0
    assert tempted(day, post) == 0.0


def test_assistance_under_way_is_at_stake_too(day: Any) -> None:
    post = tied(day, 0, 0.0)
    day.stakes[0, 0].pipeline = 0.15
    assert tempted(day, post) == pytest.approx(0.5)


def assessed(day: Any, capacity: float) -> float:
    """The share paid two quarters after full delivery."""
    post, day.members[0].capacity = tied(day), capacity
    post.paid, post.implemented = 0.0, 1.0
    for _ in range(2):
        milestones.assess(
            post, day.members[0], day.measures[0], day.stakes[0, 0], day.org[0], day.own("milestones")
        )  # fmt: skip
    return float(post.paid)


def test_money_follows_delivery_with_a_lag_longest_for_the_weak(day: Any) -> None:
    assert assessed(day, 1.0) == pytest.approx(1.0 - 0.2 * 0.2)
    assert assessed(day, 0.25) == pytest.approx(1.0 - 0.8 * 0.8)


def test_the_purse_opens_as_far_as_milestones_are_met_and_the_rest_lapses_in_time(day: Any) -> None:
    tied(day)
    member, org = day.members[0], day.org[0]
    before = float(member.withheld)
    member.milestones, member.milestones_met = 2.0, 0.5
    milestones.judge(member)
    milestones.release(member, org, day.own("milestones"))
    paid, lapsed = 0.5 * 0.25 * before, 0.06 * 0.75 * before
    assert member.delivered == 0.25
    assert member.funds == pytest.approx(0.3 * 0.02 + paid)
    assert member.withheld == pytest.approx(before - paid - lapsed)
    assert org.reserve == pytest.approx(lapsed * 0.5 / 0.01)
    assert org.held == pytest.approx(float(member.withheld) * 0.5 / 0.01)


def test_where_no_measure_is_tied_to_money_nothing_waits(day: Any) -> None:
    member = day.members[0]
    member.delivered = 0.2
    milestones.judge(member)
    assert member.delivered == 1.0


def test_a_leaver_loses_its_purse_to_the_others(day: Any) -> None:
    tied(day)
    member = day.members[0]
    member.inside, before = 0, float(member.withheld)
    milestones.release(member, day.org[0], day.own("milestones"))
    assert member.withheld == 0.0
    assert day.org[0].reserve == pytest.approx(before * 0.5 / 0.01)


def test_money_withheld_from_those_who_are_late_is_an_act(day: Any) -> None:
    post, member = tied(day), day.members[0]
    tempted(day, post)
    milestones.withhold(post, member, day.own("milestones"))
    assert member.coerced == 0.0
    post.overdue = 1
    milestones.withhold(post, member, day.own("milestones"))
    assert member.coerced == pytest.approx(0.02 * float(post.at_stake))


def test_proving_takes_capacity_and_waiting_takes_certainty(day: Any) -> None:
    post, member, org = tied(day), day.members[0], day.org[0]
    milestones.report_back(post, member, day.measures[0], day.own("milestones"))
    assert member.load == pytest.approx(0.015 * 0.5)
    milestones.unsettle(org, day.own("milestones"))
    assert org.predictability == 1.0
    org.held = 0.5
    milestones.unsettle(org, day.own("milestones"))
    assert org.predictability == pytest.approx(1.0 - 0.0015)


def test_assistance_waits_where_nothing_was_delivered(day: Any) -> None:
    help_, day.areas["capacity_demand"] = day.on("capacity_building", 1.0), 1.0
    day.members["delivered"] = [1.0, 0.0]
    for row, member in enumerate(day.members):
        milestones.hold(member, day.on("milestones", 1.0))
        capacity_building.assist(member, day.stakes[row, 0], day.areas[0], day.org[0], help_)
    assert day.stakes[1, 0].pipeline == pytest.approx(0.5 * float(day.stakes[0, 0].pipeline))


def test_regular_cycles_bring_dues_in_time(day: Any) -> None:
    day.org[0].arrears_rate, day.own("budget").unsteady = 0.2, 0.0
    cycles.commit(day.org[0], day.on("cycles", 1.0))
    budget.pay(day.members[0], day.org[0], day.clock[0], day.own("budget"))
    assert day.members[0].arrears == pytest.approx(0.2 * 0.7)


def test_envelopes_add_certainty_save_for_what_is_held_back(day: Any) -> None:
    org = day.org[0]
    for held, added in ((0.0, 0.004), (0.75, 0.001)):
        org.predictability, org.held = 0.5, held
        cycles.commit(org, day.on("cycles", 1.0))
        assert org.predictability == pytest.approx(0.5 + added)


def test_envelopes_strand_money_where_capacity_is_low_four_times_as_much_at_twice_the_strength(day: Any) -> None:
    org, org.mean_capacity, idle = day.org[0], 0.25, []
    for strength in (0.5, 1.0):
        org.coverage = 1.0
        cycles.strand(org, day.on("cycles", strength))
        idle.append(1.0 - float(org.coverage))
    assert idle == pytest.approx([0.4 * 0.75 / 4.0, 0.4 * 0.75])


def test_in_a_crisis_money_laid_down_for_years_comes_late(day: Any) -> None:
    calm, struck = day.members[0], day.members[1]
    struck.crisis = 0.5
    for member in (calm, struck):
        member.compensation, member.funds = 0.6, 0.02
        cycles.lag(member, day.org[0], day.on("cycles", 1.0))
    assert (calm.compensation, calm.funds, calm.procedure) == (0.6, 0.02, 0.0)
    assert (struck.compensation, struck.funds) == pytest.approx((0.42, 0.014))
    assert struck.procedure == pytest.approx(-0.001)


def drawn(day: Any, integrity: float, strength: float = 1.0) -> tuple[float, float]:
    """Private money well invested, and captured."""
    member, member_funds = day.members[0], 0.006
    member.integrity, member.funds = integrity, member_funds
    cofinance.crowd_in(member, day.org[0], day.on("cofinance", strength))
    return float(member.invested), float(member.captured)


def test_private_money_comes_on_top_of_funds_less_what_local_content_costs(day: Any) -> None:
    assert drawn(day, 1.0) == pytest.approx(((0.003 + 0.5 * 0.006) * (1.0 - 0.06), 0.0))


def test_where_nobody_looks_a_few_take_it_and_the_more_of_it_the_more(day: Any) -> None:
    invested, captured = drawn(day, 0.0)
    assert (invested, captured) == pytest.approx((0.0, 0.006 * 0.85))
    assert drawn(day, 0.0, 0.5)[1] == pytest.approx(captured / 4.0)
    assert drawn(day, 0.0, 0.5)[0] > 0.0
    day.members[0].audit = 1.0
    assert drawn(day, 0.0)[0] == pytest.approx(0.006 * 0.5 * 0.94)


def test_invested_money_is_a_gain_and_captured_money_a_loss_to_the_periphery(day: Any) -> None:
    kept, member = [], day.members[0]
    for invested, captured in ((0.0, 0.0), (0.002, 0.0), (0.0, 0.002)):
        member.invested, member.captured = invested, captured
        gains.forget_gain(member)
        cofinance.divide(member, day.on("cofinance", 1.0))
        gains.net(member, day.own("gains"))
        kept.append((float(member.gain), float(member.inequality)))
    assert kept[1] == pytest.approx((0.016, 0.0))
    assert kept[2] == pytest.approx((-0.032, 0.032))


@pytest.mark.parametrize("lever", [milestones, cofinance, data_governance, security])
def test_each_of_them_asks_for_money_by_its_strength(day: Any, lever: Any) -> None:
    name, asked = lever.__name__.rpartition(".")[2], []
    for strength in (0.5, 1.0):
        day.org[0].requested = 0.0
        lever.request(day.org[0], day.on(name, strength))
        asked.append(float(day.org[0].requested))
    assert asked[1] == pytest.approx(2.0 * asked[0]) and asked[0] > 0.0


def test_work_tied_to_money_is_done_by_the_same_hazard(day: Any) -> None:
    post = day.bind()
    post.at_stake = 1.0
    day.carried_out()
    with_money = float(post.willingness)
    post.at_stake, post.implemented = 0.0, 0.0
    day.carried_out()
    assert with_money - float(post.willingness) == pytest.approx(implementation.Implementation().money)
