"""Money comes in, is spent once, and reaches those it was meant for as far as it is looked after."""

from __future__ import annotations

from typing import Any

import pytest

from comity import world
from comity.forces import budget
from comity.levers import audit, capacity_building, funds, safeguards, transparency


def test_a_good_year_is_carried_over_and_a_poor_one_lives_on_it(day: Any) -> None:
    org, numbers = day.org[0], day.own("budget")
    org.requested, org.means, org.effort, org.revenue = 0.2, 1.0, 0.0, 1.0
    budget.balance(org, numbers)
    assert org.reserve == pytest.approx(1.0 - 0.06 - 0.35 - 0.2)
    org.revenue = 0.3
    budget.balance(org, numbers)
    assert org.coverage == 1.0
    assert org.reserve == pytest.approx(0.39 + 0.3 - 0.61)


def test_more_than_a_reserve_is_not_hoarded(day: Any) -> None:
    org, numbers = day.org[0], day.own("budget")
    org.requested, org.effort = 0.0, 0.0
    for _ in range(20):
        org.revenue = 1.0
        budget.balance(org, numbers)
    assert org.reserve == numbers.saved
    assert org.coverage == 1.0


def test_an_organization_without_revenue_spends_nothing_and_covers_nothing(day: Any) -> None:
    org = day.org[0]
    org.requested, org.revenue, org.reserve = 0.5, 0.0, 0.0
    budget.balance(org, day.own("budget"))
    assert (org.coverage, org.spent, org.reserve) == (0.0, 0.0, 0.0)


def test_a_tiny_budget_is_eaten_up_by_the_secretariat(day: Any) -> None:
    org, left = day.org[0], []
    for dues in (0.01, 0.000005):
        org.dues, org.donors, org.effort = dues, 0.0, 0.0
        budget.open_books(org, day.own("budget"))
        org.requested, org.reserve, org.revenue = 1.0, 0.0, 1.0
        budget.balance(org, day.own("budget"))
        left.append(float(org.coverage))
    assert left[0] > 0.5 and left[1] < 0.3


def test_what_donors_add_is_there_from_the_start_and_members_pay_the_rest(day: Any) -> None:
    org = day.org[0]
    org.donors, org.arrears_rate = 0.6, 0.0
    budget.open_books(org, day.own("budget"))
    assert org.revenue == pytest.approx(0.6)
    for member in day.members:
        budget.pay(member, org, day.clock[0], day.own("budget"))
    assert org.revenue == pytest.approx(1.0)


@pytest.mark.parametrize(("equal", "shares"), [(0, (0.01, 0.01)), (1, (0.005 / 0.8, 0.005 / 0.2))])
def test_equal_dues_weigh_more_on_the_small(day: Any, equal: int, shares: tuple[float, float]) -> None:
    org = day.org[0]
    org.equal_dues, org.arrears_rate = equal, 0.0
    day.members["power"] = [0.8, 0.2]
    for member in day.members:
        budget.pay(member, org, day.clock[0], day.own("budget"))
    assert day.members["dues_paid"] == pytest.approx(shares)
    assert org.revenue == pytest.approx(1.0)


def test_old_arrears_are_settled_in_part_and_a_state_outside_pays_nothing(day: Any) -> None:
    org, debtor, outside = day.org[0], day.members[0], day.members[1]
    org.arrears_rate, debtor.arrears, outside.inside, outside.dues_paid = 0.0, 2.0, 0, 0.01
    for member in day.members:
        budget.pay(member, org, day.clock[0], day.own("budget"))
    assert debtor.arrears == pytest.approx(2.0 * 0.94)
    assert debtor.dues_paid == pytest.approx(0.01 * 1.12)
    assert outside.dues_paid == 0.0


@pytest.mark.parametrize("standing", [world.SUSPENDED, world.MEMBER])
def test_estranged_states_pay_late(day: Any, standing: int) -> None:
    member, day.org[0].arrears_rate, day.own("budget").unsteady = day.members[0], 0.2, 0.0
    member.standing = standing
    budget.pay(member, day.org[0], day.clock[0], day.own("budget"))
    assert member.arrears == pytest.approx(0.6 if standing == world.SUSPENDED else 0.2)


def shared_out(day: Any, **leaks: float) -> tuple[float, float]:
    """What members received, and the pot, as shares of common income a year."""
    numbers = day.on("funds", 0.8)
    incomes, populations = (30.0, 4.0), (2.0, 5.0)
    org = day.org[0]
    org.power, org.population = 30.0 * 2.0 + 4.0 * 5.0, 7.0
    for member, income, population in zip(day.members, incomes, populations, strict=True):
        member.income, member.population, member.power = income, population, income * population / org.power
        for column, value in leaks.items():
            member[column] = value
        funds.request(member, org, numbers)
    for member in day.members:
        funds.share_out(member, org, numbers)
    return float((day.members["funds"] * day.members["power"]).sum()), float(org.dues * numbers.cost * 0.8)


def test_where_nothing_leaks_funds_add_up_to_the_pot(day: Any) -> None:
    received, pot = shared_out(day, integrity=1.0)
    assert received == pytest.approx(pot)


def test_where_all_is_hidden_the_leak_is_lost_and_openness_saves_less_than_audit(day: Any) -> None:
    kept = []
    for column in ("integrity", "transparency", "audit"):
        for name in ("integrity", "transparency", "audit"):
            day.members[name] = 0.0
        day.org[0].need = 0.0
        received, pot = shared_out(day, **({} if column == "integrity" else {column: 1.0}))
        kept.append(received / pot)
    assert kept == pytest.approx([0.5, 0.75, 1.0])


def test_no_funds_no_offer_and_only_those_who_receive_are_swayed(day: Any) -> None:
    numbers = day.on("funds", 0.8)
    for coverage in (0.0, 0.5):
        day.org[0].coverage = coverage
        funds.offer(day.org[0], numbers)
        assert day.org[0].side_payments == pytest.approx(0.8 * coverage)
    taker, payer = day.members[0], day.members[1]
    taker.funds = 0.01
    for row, member in enumerate((taker, payer)):
        funds.sweeten(day.posts[row, 0], member, day.org[0], numbers)
    assert day.posts[0, 0].side_payment == pytest.approx(0.2)
    assert day.posts[1, 0].side_payment == 0.0


def test_money_that_leaks_costs_trust_where_it_was_to_arrive(day: Any) -> None:
    shared_out(day)
    payer, taker = day.members[0], day.members[1]
    assert taker.procedure < 0.0 == payer.procedure


def test_safeguards_that_are_not_funded_tax_the_payers_and_cover_nothing(day: Any) -> None:
    day.org[0].coverage, rich = 0.0, day.members[0]
    rich.income = 20.0
    safeguards.compensate(rich, day.org[0], day.on("safeguards", 1.0))
    assert rich.compensation == 0.0
    assert rich.dues_paid > 0.0 > rich.preference


def test_a_state_outside_gets_no_help_of_any_kind(day: Any) -> None:
    outside, stake = day.members[0], day.stakes[0, 0]
    outside.inside, outside.income, day.areas["capacity_demand"] = 0, 1.0, 1.0
    day.org[0].need = 1.0
    safeguards.compensate(outside, day.org[0], day.on("safeguards", 1.0))
    funds.share_out(outside, day.org[0], day.on("funds", 1.0))
    capacity_building.assist(outside, stake, day.areas[0], day.org[0], day.on("capacity_building", 1.0))
    assert (outside.compensation, outside.funds, stake.pipeline) == (0.0, 0.0, 0.0)


def test_every_lever_that_costs_asks_for_more_the_stronger_it_is(day: Any) -> None:
    asked = []
    for strength in (0.25, 1.0):
        day.org[0].requested = 0.0
        for member in day.members:
            funds.request(member, day.org[0], day.on("funds", strength))
            capacity_building.request(member, day.org[0], day.on("capacity_building", strength))
        for lever in (audit, safeguards, transparency):
            lever.request(day.org[0], day.on(lever.__name__.rpartition(".")[2], strength))
        asked.append(float(day.org[0].requested))
    assert asked[1] == pytest.approx(0.7 + 0.3 + 0.05 + 0.4 + 0.03)
    assert asked[0] == pytest.approx(0.25 * asked[1])


def test_assistance_makes_an_administration_build_less_of_its_own(day: Any) -> None:
    member, stake, day.areas[0].weight = day.members[0], day.stakes[0, 0], 0.5
    member.capacity_home, stake.capacity = 0.4, 0.2
    capacity_building.depend(member, stake, day.areas[0], day.on("capacity_building", 1.0))
    assert member.capacity_home == pytest.approx(0.4 - 0.0025 * 0.5 * 0.2)


def test_what_a_budget_can_buy_grows_with_it_and_donors_count(day: Any) -> None:
    org, standard = day.org[0], day.own("budget").standard
    org.requested = 0.7
    for dues, donors, means in ((standard, 0.0, 0.5), (standard, 0.5, 2.0 / 3.0), (0.0, 0.0, 0.0)):
        org.dues, org.donors = dues, donors
        budget.open_books(org, day.own("budget"))
        assert org.means == pytest.approx(means)
        assert org.requested == 0.0


def test_running_costs_old_programs_and_monitoring_come_first(day: Any) -> None:
    org = day.org[0]
    org.requested, org.means, org.effort, org.revenue, org.reserve = 1.0, 0.5, 0.5, 1.0, 0.0
    budget.balance(org, day.own("budget"))
    assert org.coverage == pytest.approx(1.0 - 0.06 - 0.35 * 0.5 - 0.7 * 0.5 - 0.04 * 0.5)


def test_arrears_vary_by_chance_around_what_is_usual(day: Any) -> None:
    org, member, late = day.org[0], day.members[0], []
    org.arrears_rate = 0.2
    for quarter in range(400):
        day.clock[0].quarter, member.arrears = quarter, 0.0
        budget.pay(member, org, day.clock[0], day.own("budget"))
        late.append(float(member.arrears))
    assert sum(late) / len(late) == pytest.approx(0.2, abs=0.015)
    assert max(late) > 0.3 and min(late) < 0.1
