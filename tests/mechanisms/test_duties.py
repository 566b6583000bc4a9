"""Who is held to what, and who walks out: each rule and its price, on rows small enough to check by hand."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest

from comity import world
from comity.forces import court_exit, regime, rights_breach, suspension
from comity.levers import court, dispute_settlement, rights
from comity.outcomes import court_exits
from comity.outcomes.court_exits import CourtExits
from comity.outcomes.rulings_pending_10y import RulingsPending10y
from comity.outcomes.rulings_pending_democracy_r import RulingsPendingDemocracyR

QUARTERS = 400


def overdue(day: Any, row: int = 0) -> Any:
    """A state bound in full whose time is up."""
    post = day.bind(row)
    post.due_in, post.overdue, post.detected = -1.0, 1, 1
    return post


def settled(day: Any, row: int = 0, quarters: int = QUARTERS) -> list[bool]:
    """Whether a fresh breach of the state is settled, in each of many quarters."""
    numbers, found = day.on("dispute_settlement", 1.0), []
    for quarter in range(quarters):
        day.clock[0].quarter = quarter
        post = overdue(day, row)
        dispute_settlement.settle(
            post, day.members[row], day.measures[0], day.stakes[row, 0], day.org[0], day.clock[0], numbers
        )
        found.append(post.overdue == 0)
    return found


# dispute settlement


def test_a_breach_that_a_state_can_end_is_settled_sooner_or_later(day: Any) -> None:
    day.org[0].democracy, day.members[0].capacity = 1.0, 0.9
    share = np.mean(settled(day))
    assert share == pytest.approx(0.15 * 0.9, abs=0.05)


def test_settlement_does_little_where_capacity_is_missing(day: Any) -> None:
    day.org[0].democracy, day.members[0].capacity, day.members[1].capacity = 1.0, 0.9, 0.05
    assert sum(settled(day, 1)) < 0.3 * sum(settled(day, 0))


@pytest.mark.parametrize(("democracy", "hardness"), [(0.25, 1.0), (0.1, 1.0), (1.0, 0.3)])
def test_nobody_complains_among_autocrats_or_over_soft_law(day: Any, democracy: float, hardness: float) -> None:
    day.org[0].democracy, day.measures[0].hardness, day.members[0].capacity = democracy, hardness, 0.9
    assert not any(settled(day))


def test_the_strong_are_let_off_part_and_enforcement_is_less_equal_for_it(day: Any) -> None:
    day.org[0].democracy, day.members["capacity"] = 1.0, 0.9
    weak, strong = day.members[0], day.members[1]
    weak.shield, strong.shield = 0.0, 0.8
    day.org[0].equality = 1.0
    settled(day, 0)
    assert day.org[0].equality == 1.0
    times = sum(settled(day, 1, 40))
    assert 0 < times < 40
    assert day.org[0].equality == pytest.approx(1.0 - times * 0.03 * 0.8)
    numbers = day.own("dispute_settlement")
    numbers.bringing = 1000.0  # sure to be brought
    for row, scope in ((0, 1.0), (1, 0.6)):
        post = overdue(day, row)
        dispute_settlement.settle(
            post, day.members[row], day.measures[0], day.stakes[row, 0], day.org[0], day.clock[0], numbers
        )
        assert post.scope == post.implemented == post.reported == pytest.approx(scope)


def test_settlement_steadies_expectations_only_where_it_is_used_and_costs_everywhere(day: Any) -> None:
    numbers = day.on("dispute_settlement", 0.5)
    for democracy, gain in ((1.0, 0.0015), (0.2, 0.0)):
        day.org[0].predictability, day.org[0].requested, day.org[0].democracy = 0.5, 0.0, democracy
        dispute_settlement.request(day.org[0], numbers)
        dispute_settlement.steady(day.org[0], numbers)
        assert day.org[0].predictability == pytest.approx(0.5 + gain)
        assert day.org[0].requested == pytest.approx(0.015)


# rights


def test_breaches_grow_while_a_regime_autocratizes_and_fade_afterwards(day: Any) -> None:
    member, numbers = day.members[0], day.own("rights_breach")
    member.democracy = member.judiciary = 1.0
    member.episode = -1
    for _ in range(12):
        rights_breach.spread(member, numbers)
    assert 0.4 < member.rights_breach < 0.6
    member.episode = 0
    for _ in range(12):
        rights_breach.spread(member, numbers)
    assert member.rights_breach < 0.1


def test_soldiers_break_more_rights_than_an_old_autocracy(day: Any) -> None:
    old, soldiers = day.members[0], day.members[1]
    old.democracy = old.judiciary = soldiers.democracy = soldiers.judiciary = 0.1
    soldiers.coup_government = 4.0
    for _ in range(40):
        for member in (old, soldiers):
            rights_breach.spread(member, day.own("rights_breach"))
    assert old.rights_breach == pytest.approx(0.25 * 0.81, abs=0.01)
    assert soldiers.rights_breach == pytest.approx(0.9, abs=0.01)


def test_oversight_is_valued_where_courts_can_carry_a_remedy(day: Any) -> None:
    free, unfree = day.members[0], day.members[1]
    free.democracy = free.judiciary = 1.0
    unfree.democracy = unfree.judiciary = 0.1
    for member in (free, unfree):
        rights.oversee(member, day.org[0], day.on("rights", 1.0))
        member.rights_breach = 0.5
        rights.remedy(member, day.org[0], day.own("rights"))
    assert free.procedure == pytest.approx(0.001)
    assert unfree.procedure == pytest.approx(0.001 * 0.01)
    assert free.rights_breach == pytest.approx(0.5 * 0.92)
    assert unfree.rights_breach == pytest.approx(0.5 * 0.992)


def test_oversight_that_is_not_paid_for_does_not_take_place(day: Any) -> None:
    day.org[0].coverage = 0.0
    rights.oversee(day.members[0], day.org[0], day.on("rights", 1.0))
    assert day.members[0].oversight == day.members[0].procedure == 0.0


def test_a_clause_on_rights_costs_those_who_have_most_to_hide(day: Any) -> None:
    measure = day.draft()
    rights.write_clause(measure, day.on("rights", 0.5))
    assert measure.rights == 0.5
    for row, (democracy, cost) in enumerate(((1.0, 0.0), (0.0, 0.1))):
        day.members[row].democracy = democracy
        rights.deter(day.posts[row, 0], day.members[row], measure, day.own("rights"))
        assert day.posts[row, 0].commitment == pytest.approx(cost)


def suspended(day: Any, member: Any, breach: float) -> int:
    """In how many of many quarters a state in that breach is suspended, taken back each time."""
    times = 0
    for quarter in range(400):
        day.clock[0].quarter = quarter
        member.rights_breach, member.standing, member.suspended_now = breach, world.MEMBER, 0
        rights.suspend(member, day.org[0], day.clock[0], day.own("rights"))
        times += int(member.suspended_now)
    return times


def test_suspension_is_rare_and_spares_the_powerful_and_lesser_breaches(day: Any) -> None:
    day.on("rights", 1.0)
    day.members["oversight"] = 1.0
    weak, strong = day.members[0], day.members[1]
    strong.shield = 0.9
    assert suspended(day, weak, 0.4) == 0
    assert 0 < suspended(day, strong, 0.6) < 0.5 * suspended(day, weak, 0.6) < 0.05 * 400


def test_the_sanctioned_turn_away_and_what_the_strong_are_spared_costs_credibility(day: Any) -> None:
    numbers = day.on("rights", 1.0)
    weak, strong = day.members[0], day.members[1]
    for member in (weak, strong):
        member.oversight, member.rights_breach = 1.0, 1.0
    numbers.suspending = 1.0
    strong.shield = 1.0
    rights.suspend(weak, day.org[0], day.clock[0], numbers)
    assert weak.standing == world.SUSPENDED and weak.charged == 1
    assert weak.preference == pytest.approx(-0.12)
    assert day.org[0].predictability == 1.0
    rights.suspend(strong, day.org[0], day.clock[0], numbers)
    assert strong.standing == world.MEMBER
    assert day.org[0].predictability == pytest.approx(0.97)


def test_a_state_suspended_for_breaches_comes_back_when_they_end(day: Any) -> None:
    member, numbers = day.members[0], day.own("suspension")
    numbers.patience = 0.0
    member.standing, member.charged, member.rights_breach = world.SUSPENDED, 1, 0.5
    suspension.suspend(member, day.org[0], day.clock[0], numbers)
    assert member.standing == world.SUSPENDED
    member.rights_breach = 0.1
    suspension.suspend(member, day.org[0], day.clock[0], numbers)
    assert (int(member.standing), int(member.charged)) == (world.MEMBER, 0)


# regimes under support and oversight


def onsets(day: Any, direction: int, **state: float) -> int:
    """How many of many states begin an episode in that direction."""
    member, found = day.members[0], 0
    for name, value in state.items():
        setattr(member, name, value)
    member.regime, member.coup_government = world.ELECTORAL_AUTOCRACY, 0.0
    numbers = day.own("regime")
    numbers.opening = numbers.eroding = 0.5
    for quarter in range(4000):
        day.clock[0].quarter, member.episode, member.democracy = quarter, 0, 0.25
        regime.drift(member, day.clock[0], numbers)
        found += member.episode == direction
    return found


def test_money_without_oversight_delays_democracy_and_oversight_undoes_it(day: Any) -> None:
    day.own("regime").watched = 0.0
    numbers = day.own("regime")
    numbers.propping = 1.0
    plain = onsets(day, 1)
    assert onsets(day, 1, funds=0.05) == pytest.approx(plain * math.exp(-0.7 * 0.05 / 0.055), rel=0.15)
    assert onsets(day, 1, funds=0.05, oversight=1.0) > plain


def test_plain_membership_changes_no_onset(day: Any) -> None:
    day.own("regime").propping = 1.0
    inside = onsets(day, 1)
    day.own("regime").propping = 0.0
    assert onsets(day, 1) == inside


def test_oversight_checks_backsliding_a_little(day: Any) -> None:
    without = onsets(day, -1)
    assert 0.65 * without < onsets(day, -1, oversight=1.0) < 0.95 * without


# the court, and leaving it


def walks_out(day: Any, **state: float) -> int:
    """In how many of many quarters a state in that state withdraws from the court."""
    member, times = day.members[0], 0
    for quarter in range(400):
        day.clock[0].quarter, member.outside_court, member.rebuked = quarter, 0, 0.5
        for name, value in state.items():
            setattr(member, name, value)
        court_exit.withdraw(member, day.clock[0], day.own("court_exit"), day.why("court_exit"))
        times += int(member.left_court)
    return times


def test_only_the_rebuked_withdraw_and_mostly_those_without_courts_at_home(day: Any) -> None:
    assert walks_out(day, rebuked=0.0, judiciary=0.1) == 0
    assert walks_out(day, judiciary=0.1) > 5 * walks_out(day, judiciary=0.5)
    assert walks_out(day, judiciary=0.9) == 0


def test_a_harder_rebuke_and_a_hostile_government_make_withdrawal_likelier(day: Any) -> None:
    usual = walks_out(day, judiciary=0.3)
    assert walks_out(day, judiciary=0.3, rebuked=1.0) > usual
    assert walks_out(day, judiciary=0.3, preference=-1.0) > usual


def test_a_ruling_rebukes_as_far_as_it_touches_power_at_home(day: Any) -> None:
    post, day.measures[0].court, day.areas[0].sensitivity = day.bind(), 0.5, 0.6
    for ruling, rebuked in ((0.0, 0.0), (1.0, 0.3), (2.0, 0.3)):
        post.ruling = ruling
        court.rebuke(post, day.members[0], day.measures[0], day.areas[0])
        assert day.members[0].rebuked == pytest.approx(rebuked)


def test_the_court_no_longer_reaches_who_has_withdrawn_and_its_rulings_stay_open(day: Any) -> None:
    numbers = day.on("court", 1.0)
    numbers.referral = numbers.duration = 1.0
    member, post, day.measures[0].court = day.members[0], overdue(day), 1.0
    member.outside_court = 1
    for quarter in range(10):
        day.clock[0].quarter = quarter
        court.refer(post, member, day.measures[0], day.org[0], day.clock[0], numbers)
    assert post.referred == post.ruling == day.org[0].rulings == 0
    post.ruling, post.sanction = 4.0, 0.0
    court.refer(post, member, day.measures[0], day.org[0], day.clock[0], numbers)
    court.weigh_on(post, member, day.measures[0], numbers)
    assert post.ruling == 5.0
    assert post.sanction == 0.0


def test_a_friendly_government_may_come_back_to_the_court(day: Any) -> None:
    friend, foe = day.members[0], day.members[1]
    friend.preference, foe.preference = 0.5, 0.0
    back = [0, 0]
    for quarter in range(100):
        day.clock[0].quarter = quarter
        for row, member in enumerate((friend, foe)):
            member.outside_court = 1
            court_exit.accept_again(member, day.clock[0], day.own("court_exit"))
            back[row] += 1 - int(member.outside_court)
    assert back[0] == pytest.approx(20, abs=10)
    assert back[1] == 0


def test_each_withdrawal_from_the_court_is_counted_once(day: Any) -> None:
    day.members[1].left_court = 1
    for member in day.members:
        court_exits.add(member, day.tallies[0])
    assert CourtExits.finish(day.tallies[0]) == 1.0


def test_a_ruling_is_pending_unless_obeyed_within_ten_years(day: Any) -> None:
    numbers, clock = day.on("court", 1.0), day.clock[0]
    numbers.referral = numbers.duration = 1.0
    clock.horizon, day.measures[0].court = 80, 1.0
    for row, waits in enumerate((8, 48)):
        member, post = day.members[row], overdue(day, row)
        post.referred = 1
        for quarter in range(waits + 1):
            clock.quarter = quarter
            post.overdue = 1 if quarter < waits else 0
            court.refer(post, member, day.measures[0], day.org[0], clock, numbers)
        assert (member.ruled, member.ruled_done) == (1.0, 1.0 if waits <= 40 else 0.0)
    assert RulingsPending10y.finish(day.members) == 0.5


def test_a_ruling_of_the_last_ten_years_says_nothing_of_ten_years(day: Any) -> None:
    numbers, clock = day.on("court", 1.0), day.clock[0]
    numbers.duration = 1.0
    clock.horizon, clock.quarter, day.measures[0].court = 80, 40, 1.0
    post = overdue(day)
    post.referred = 1
    court.refer(post, day.members[0], day.measures[0], day.org[0], clock, numbers)
    assert day.org[0].rulings == 1 and day.members[0].ruled == 0.0
    assert math.isnan(RulingsPending10y.finish(day.members))


def test_pending_rulings_and_democracy_are_correlated_over_the_states_ruled_against(day: Any) -> None:
    free, unfree = day.members[0], day.members[1]
    free.democracy, unfree.democracy = 0.9, 0.1
    free.ruled = unfree.ruled = free.ruled_done = 2.0
    unfree.ruled_done = 1.0
    assert RulingsPendingDemocracyR.finish(day.members) == pytest.approx(-1.0)
    free.ruled = 0.0
    assert math.isnan(RulingsPendingDemocracyR.finish(day.members))
