"""Data, threat, protection, donors and growth: checked by hand on rows of two states."""

from __future__ import annotations

from typing import Any

import pytest

from comity.forces import budget, ownership, prosperity, rivalry, slate, threat
from comity.levers import cycles, data_governance, safeguards, security


def exchanged(day: Any, capacities: tuple[float, float]) -> list[float]:
    """What each of two states gains from daily exchange."""
    numbers, org, area = day.on("data_governance", 1.0), day.org[0], day.areas[0]
    org.interoperable, day.stakes["benefit"] = 0.0, 1.0
    for row, member in enumerate(day.members):
        member.capacity, member.gain = capacities[row], 0.0
        data_governance.connect(member, day.stakes[row, 0], org, area)
    for row, member in enumerate(day.members):
        data_governance.exchange(member, day.stakes[row, 0], area, org, numbers)
    return [float(member.gain) for member in day.members]


def test_daily_exchange_gains_by_the_capacity_of_both_ends(day: Any) -> None:
    assert exchanged(day, (1.0, 1.0)) == pytest.approx([0.2, 0.2])
    assert exchanged(day, (1.0, 0.0)) == pytest.approx([0.1, 0.0])
    day.org[0].data_breach = 1.0
    assert exchanged(day, (1.0, 1.0)) == [0.0, 0.0]


def test_exchange_at_once_asks_for_sovereignty_and_in_tranches_it_does_not(day: Any) -> None:
    numbers, post, member = day.on("data_governance", 1.0), day.posts[0, 0], day.members[0]
    member.identity, day.areas[0].sensitivity = 0.5, 0.5
    data_governance.guard(post, member, day.measures[0], day.areas[0], numbers)
    assert post.commitment == pytest.approx(0.8 * 0.25)
    post.commitment, day.measures[0].tranche = 0.0, 1.0
    data_governance.guard(post, member, day.measures[0], day.areas[0], numbers)
    assert post.commitment == 0.0


def breaches(day: Any, strength: float, interoperable: float) -> int:
    """Breaches in 2000 quarters."""
    numbers, org, found = day.on("data_governance", strength), day.org[0], 0
    org.interoperable = interoperable
    for quarter in range(2000):
        day.clock[0].quarter, org.data_breach = quarter, 0.0
        data_governance.leak(org, day.clock[0], numbers)
        found += int(org.data_breach > 0.0)
    return found


def test_breaches_are_rare_fewer_under_able_guards_and_grow_faster_than_the_volume(day: Any) -> None:
    many = breaches(day, 1.0, 0.01)
    assert 10 <= many <= 45 and breaches(day, 1.0, 0.0) == 0
    assert breaches(day, 1.0, 1.0) < many / 2
    assert breaches(day, 0.5, 0.01) < many / 2


def test_a_breach_costs_trust_everywhere_and_is_forgotten_in_time(day: Any) -> None:
    org, org.data_breach, costs = day.org[0], 1.0, []
    for _ in range(2):
        for member in day.members:
            member.procedure = 0.0
            data_governance.distrust(member, org, day.own("data_governance"))
        costs.append([float(member.procedure) for member in day.members])
        slate.make_a_name(org, day.own("slate"))
    assert costs[0] == pytest.approx([-0.005, -0.005])
    assert costs[1] == pytest.approx([-0.004, -0.004])


def looked(day: Any) -> list[float]:
    """What each state fears, from its one neighbor."""
    day.ties["near"] = [[0.0, 1.0], [1.0, 0.0]]
    for member in day.members:
        rivalry.forget(member)
    for row, (member, other) in enumerate(((day.members[0], day.members[1]), (day.members[1], day.members[0]))):
        rivalry.look(member, other, day.ties[row, 1 - row], day.own("rivalry"))
    return [float(member.tension) for member in day.members]


def test_neighbors_of_another_kind_and_neighbors_at_war_are_feared(day: Any) -> None:
    assert looked(day) == [0.0, 0.0]
    day.members["democracy"] = [0.9, 0.1]
    assert looked(day) == pytest.approx([0.4, 0.4])
    day.members["conflict"] = [1.0, 0.0]
    assert looked(day) == pytest.approx([0.4, 0.9])


def test_threat_follows_its_causes_slowly_and_counts_from_the_first_day(day: Any) -> None:
    member, numbers, post = day.members[0], day.own("rivalry"), day.posts[0, 0]
    numbers.noise, member.tension, day.areas[0].sensitivity = 0.0, 0.2, 0.8
    rivalry.begin(member)
    rivalry.guard(post, member, day.measures[0], day.areas[0], numbers)
    assert post.commitment == 0.0
    member.tension = 0.7
    rivalry.stir(member, day.clock[0], numbers)
    assert member.rivalry == pytest.approx(0.2 + 0.08 * 0.5)
    rivalry.guard(post, member, day.measures[0], day.areas[0], numbers)
    assert post.commitment == pytest.approx(0.5 * 0.04 * 0.8 * 0.5)


def test_an_incident_costs_growth_and_trust_and_needs_a_threat(day: Any) -> None:
    calm, tense, numbers = day.members[0], day.members[1], day.own("rivalry")
    numbers.incidents, calm.rivalry, tense.rivalry = 2.0, 0.0, 1.0
    for quarter in range(20):
        day.clock[0].quarter = quarter
        for member in (calm, tense):
            rivalry.clash(member, day.clock[0], numbers)
    assert (calm.growth_own, calm.shock_trust) == (0.0, 0.0)
    assert tense.growth_own <= -0.5 and tense.shock_trust >= 0.005


def test_confidence_lowers_threat_and_bears_distance_as_far_as_money_reaches(day: Any) -> None:
    numbers, org = day.on("security", 1.0), day.org[0]
    for row, coverage in enumerate((1.0, 0.5)):
        member, org.coverage = day.members[row], coverage
        member.rivalry = 0.5
        security.confide(member, org, numbers)
        assert member.rivalry == pytest.approx(0.5 * (1.0 - 0.08 * coverage))
        assert member.tolerance == pytest.approx(0.15 * coverage)


def threatening(day: Any, **columns: float) -> float:
    """The log-odds of a threat to leave."""
    member, why = day.members[0], day.why("threat")
    for name, value in columns.items():
        member[name] = value
    threat.threaten(member, day.org[0], day.clock[0], day.own("threat"), why)
    return float(why.logit)


def test_distance_that_is_borne_and_help_in_a_crisis_keep_states_in(day: Any) -> None:
    apart = threatening(day, distance=0.4)
    assert threatening(day, tolerance=0.15) == pytest.approx(apart - 2.5 * 0.15)
    assert threatening(day, tolerance=1.0) == pytest.approx(apart - 2.5 * 0.4)
    struck = threatening(day, crisis=1.0)
    assert threatening(day, safety=0.6) == pytest.approx(struck - 0.6)


def test_a_promise_of_protection_is_kept_by_the_able_and_broken_by_the_weak(day: Any) -> None:
    numbers, org, broken = day.on("security", 1.0), day.org[0], []
    for able in (1.0, 0.1):
        member, org.secretariat = day.members[0], able
        member.conflict = 1.0
        broken.append(0)
        for quarter in range(60):
            day.clock[0].quarter, member.let_down, member.safety = quarter, 0.0, 0.0
            security.protect(member, org, day.clock[0], numbers)
            broken[-1] += int(member.let_down > 0.0)
            assert member.safety == pytest.approx(0.6 * able)
    assert broken[0] == 0 < 10 < broken[1] < 35


def test_failed_protection_raises_the_threat_to_leave_and_fades(day: Any) -> None:
    member, calm = day.members[0], threatening(day)
    assert threatening(day, let_down=1.0) == pytest.approx(calm + 1.0)
    slate.wipe(member, day.org[0], day.own("slate"))
    assert member.let_down == pytest.approx(0.9)


def test_without_donors_ownership_changes_nothing(day: Any) -> None:
    org, member, post, numbers = day.org[0], day.members[0], day.posts[0, 0], day.own("ownership")
    day.draft()
    post.fresh, day.areas[0].visibility, org.revenue, org.donors = 1, 0.5, 0.4, 0.0
    ownership.give(org, day.clock[0], numbers)
    ownership.estrange(post, member, day.measures[0], day.areas[0], org, numbers)
    ownership.steer(post, day.measures[0], org, numbers)
    assert (org.revenue, org.windfall, member.procedure, post.misfit) == (0.4, 0.0, 0.0, 0.0)


def test_donors_cost_fit_and_trust_and_their_money_swings(day: Any) -> None:
    org, member, post, numbers = day.org[0], day.members[0], day.posts[0, 0], day.own("ownership")
    org.donors, swings = 0.6, []
    post.fresh, day.areas[0].visibility = 1, 0.5
    day.draft()
    ownership.estrange(post, member, day.measures[0], day.areas[0], org, numbers)
    ownership.steer(post, day.measures[0], org, numbers)
    assert (member.procedure, post.misfit) == pytest.approx((-0.008 * 0.6 * 0.5 * 0.5, 0.06 * 0.6))
    for quarter in range(8):
        day.clock[0].quarter = quarter
        budget.open_books(org, day.own("budget"))
        ownership.give(org, day.clock[0], numbers)
        swings.append(float(org.revenue) - 0.6)
        assert swings[-1] == pytest.approx(float(org.windfall))
    assert min(swings) != max(swings) and max(map(abs, swings)) < 0.6


@pytest.mark.parametrize(("donors", "late"), [(0.0, 0.2 * (1.0 + 1.5 + 0.2)), (1.0, 0.2 * (1.0 + 3.0 + 0.4))])
def test_members_pay_late_in_hard_times_the_more_others_pay_for_them(day: Any, donors: float, late: float) -> None:
    org, member, day.own("budget").unsteady = day.org[0], day.members[0], 0.0
    org.arrears_rate, org.donors, member.crisis, member.growth = 0.2, donors, 1.0, -4.0
    budget.pay(member, org, day.clock[0], day.own("budget"))
    assert member.arrears == pytest.approx(late)


def test_growth_follows_gains_beyond_the_first_day_if_it_does_at_all(day: Any) -> None:
    member, numbers = day.members[0], day.own("prosperity")
    member.gain = member.gain_seen = 0.3
    prosperity.remember(member)
    for share, seen, more in ((1.0, 0.3, 0.0), (0.0, 0.8, 0.0), (1.0, 0.8, 0.15), (-1.0, 0.8, -0.15)):
        member.growth, member.income, numbers.share, member.gain_seen = 0.0, 10.0, share, seen
        prosperity.grow(member, numbers)
        assert member.growth == pytest.approx(more)
        assert member.income == pytest.approx(10.0 * (1.0 + more / 400.0))


def test_attachment_drifts_inside_only(day: Any) -> None:
    inside, outside = day.members[0], day.members[1]
    day.own("prosperity").drift, outside.inside = 0.001, 0
    for member in (inside, outside):
        member.identity = 0.4
        prosperity.belong(member, day.own("prosperity"))
    assert (inside.identity, outside.identity) == pytest.approx((0.399, 0.4))


def test_safeguards_that_come_late_leave_a_struck_state_unprotected(day: Any) -> None:
    member = day.members[0]
    member.crisis, kept = 1.0, []
    for strength in (0.0, 1.0):
        safeguards.compensate(member, day.org[0], day.on("safeguards", 1.0))
        if strength > 0.0:
            cycles.lag(member, day.org[0], day.on("cycles", strength))
        kept.append(threatening(day))
    assert kept[1] == pytest.approx(kept[0] + 0.7 * 0.6)
