"""What raises and lowers the chance that an obligation is met: implementation, monitoring, experience, assistance."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from comity import world
from comity.forces import assistance, experience, implementation, monitoring, suspension

Change = Callable[[Any], None]


def done(day: Any, change: Change | None = None) -> set[int]:
    """The quarters, out of many, in whose luck the first state would meet its obligation."""
    if change is not None:
        change(day)
    found = set()
    for quarter in range(300):
        day.clock[0].quarter = quarter
        post = day.bind()
        post.implemented, day.stakes[0, 0].practice = 0.0, 0.1
        if day.carried_out().implemented == 1.0:
            found.add(quarter)
    return found


LESS: dict[str, Change] = {
    "less capacity": lambda day: setattr(day.members[0], "capacity", 0.2),
    "overload": lambda day: setattr(day.members[0], "overload", 0.6),
    "a wider gap": lambda day: setattr(day.measures[0], "depth", 0.9),
    "softer law": lambda day: setattr(day.measures[0], "hardness", 0.1),
    "a more sensitive area": lambda day: setattr(day.areas[0], "sensitivity", 0.8),
    "less trust (C11)": lambda day: setattr(day.members[0], "trust", 0.0),
    "strong challengers": lambda day: setattr(day.members[0], "challenger", 0.6),
    "misfit": lambda day: setattr(day.posts[0, 0], "misfit", 0.8),
    "federalism (C10)": lambda day: setattr(day.members[0], "federal", 1),
    "an opposed government": lambda day: setattr(day.members[0], "preference", -0.8),
}


@pytest.mark.parametrize("cause", LESS)
def test_what_hinders_implementation_never_helps_it(day: Any, cause: str) -> None:
    easy = done(day)
    hindered = done(day, LESS[cause])
    assert hindered < easy  # under the same luck: each that is met still would have been met


def test_pressure_helps_and_power_takes_it_off_again(day: Any) -> None:
    left = done(day)
    day.posts[0, 0].sanction = 1.0
    pressed = done(day)
    day.members[0].shield = 1.0
    assert left == done(day)
    assert left < pressed


def test_an_obligation_not_met_by_its_date_is_overdue_and_one_met_is_not(day: Any) -> None:
    post = day.bind()
    day.own("implementation").rate, post.due_in = 0.0, 2.0
    found = []
    for _ in range(3):
        day.carried_out()
        found.append(int(post.overdue))
    assert found == [0, 0, 1]
    post.implemented = 1.0
    assert day.carried_out().overdue == 0


def test_only_open_obligations_take_capacity(day: Any) -> None:
    day.areas["capacity_demand"] = 1.0
    member, numbers = day.members[0], day.own("implementation")
    loads = []
    for implemented, rung in ((0.0, world.BOUND), (1.0, world.BOUND), (0.0, world.WAIVED)):
        post = day.bind()
        post.implemented, post.rung = implemented, rung
        implementation.forget_load(member)
        implementation.add_load(post, member, day.measures[0], day.areas[0], numbers)
        loads.append(float(member.load))
    assert loads == [pytest.approx(0.12 * 0.5), 0.0, 0.0]


def test_a_state_with_nothing_to_do_is_not_overloaded_even_without_capacity(day: Any) -> None:
    member = day.members[0]
    member.capacity = 0.0
    implementation.strain(member)
    assert member.overload == 0.0
    member.load = 0.1
    implementation.strain(member)
    assert member.overload == 1.0


def test_practice_is_learned_by_doing_and_becomes_ordinary_with_time(day: Any) -> None:
    day.bind()
    day.own("implementation").rate = 5.0
    day.measures[0].depth, day.members[0].preference, stake = 0.8, 1.0, day.stakes[0, 0]
    for quarter in range(40):
        day.clock[0].quarter = quarter
        day.carried_out()
    assert stake.practice == pytest.approx(0.6 * 0.8)
    implementation.date(stake, day.own("implementation"))
    assert stake.practice == pytest.approx(0.6 * 0.8 * 0.96)


def test_the_capable_and_unwilling_report_more_than_the_incapable_and_unwilling(day: Any) -> None:
    """C14, coded: capacity raises reports beyond deeds where will is missing."""
    for row, capacity in enumerate((0.1, 0.9)):
        post = day.bind(row)
        post.willingness, day.members[row].capacity = -4.0, capacity
        implementation.report(post, day.members[row], day.stakes[row, 0], day.own("implementation"))
    assert day.posts[1, 0].reported > day.posts[0, 0].reported + 0.2
    assert day.posts[1, 0].implemented == 0.0


def test_what_is_done_in_full_is_reported_as_it_is(day: Any) -> None:
    post = day.bind()
    post.implemented = 1.0
    implementation.report(post, day.members[0], day.stakes[0, 0], day.own("implementation"))
    assert post.reported == 1.0


def found_out(day: Any, willingness: float = 0.0, audit: float = 0.0, effort: float = 1.0) -> int:
    """Breaches found in a hundred quarters."""
    day.members[0].audit, day.org[0].effort, found = audit, effort, 0
    for quarter in range(100):
        day.clock[0].quarter = quarter
        post = day.bind()
        post.overdue, post.detected, post.willingness = 1, 0, willingness
        monitoring.find(
            post, day.members[0], day.measures[0], day.stakes[0, 0], day.org[0], day.clock[0], day.own("monitoring")
        )
        found += int(post.detected)
    return found


def test_breaches_are_found_by_effort_and_audit_and_hidden_by_the_capable(day: Any) -> None:
    day.members[0].capacity = 1.0
    assert found_out(day, effort=0.0) == 0
    assert found_out(day, audit=1.0) > found_out(day, willingness=5.0) > found_out(day, willingness=-5.0) > 0


def test_pressure_after_a_finding_is_what_law_is_hard_and_effort_is_made(day: Any) -> None:
    pressures, day.measures[0].court = [], 1.0
    for hardness, effort in ((1.0, 1.0), (0.35, 1.0), (1.0, 0.5)):
        post = day.bind()
        post.overdue, post.detected, day.measures[0].hardness, day.org[0].effort = 1, 1, hardness, effort
        monitoring.find(
            post, day.members[0], day.measures[0], day.stakes[0, 0], day.org[0], day.clock[0], day.own("monitoring")
        )
        pressures.append(float(post.sanction))
    assert pressures == pytest.approx([0.6, 0.0, 0.3])


def test_an_executive_presses_less_where_no_judge_stands_behind_it(day: Any) -> None:
    numbers, pressures = day.own("monitoring"), []
    numbers.executive, numbers.alone = 0.8, 0.5
    for court, outside in ((1.0, 0), (0.5, 0), (0.0, 0), (1.0, 1)):
        post = day.bind()
        post.overdue, post.detected, day.measures[0].hardness, day.org[0].effort = 1, 1, 1.0, 1.0
        day.measures[0].court, day.members[0].outside_court = court, outside
        monitoring.find(post, day.members[0], day.measures[0], day.stakes[0, 0], day.org[0], day.clock[0], numbers)
        pressures.append(float(post.sanction))
    assert pressures == pytest.approx([0.8, 0.6, 0.4, 0.4])


def test_a_breach_mended_is_no_longer_held_against_a_state(day: Any) -> None:
    post = day.bind()
    post.detected, post.sanction, post.overdue = 1, 0.6, 0
    monitoring.find(
        post, day.members[0], day.measures[0], day.stakes[0, 0], day.org[0], day.clock[0], day.own("monitoring")
    )
    assert post.detected == 0 and post.sanction == 0.0


def test_scepticism_is_weighed_by_power_and_costs_effort_slowly(day: Any) -> None:
    org, large, small = day.org[0], day.members[0], day.members[1]
    large.power, small.power, small.trust, small.challenger = 0.9, 0.1, 0.0, 1.0
    monitoring.listen(org)
    for member in day.members:
        monitoring.sense(member, org)
    assert org.scepticism == pytest.approx(0.9 * (0.25 + 0.075) + 0.1 * 1.0)
    org.scepticism, org.effort = 1.0, 1.0
    monitoring.yield_to_scepticism(org, day.own("monitoring"))
    assert 0.9 < org.effort < 1.0


def test_effort_never_exceeds_what_the_secretariat_can_do(day: Any) -> None:
    org = day.org[0]
    org.secretariat, org.scepticism, org.effort = 0.4, 0.0, 1.0
    for _ in range(100):
        monitoring.yield_to_scepticism(org, day.own("monitoring"))
    assert org.effort == pytest.approx(0.4, abs=1e-3)


@pytest.mark.parametrize(("strong", "weak", "fair"), [(0.5, 0.5, 1.0), (0.0, 1.0, 0.0)])
def test_enforcement_is_fair_when_strong_and_weak_are_pressed_alike(
    day: Any, strong: float, weak: float, fair: float
) -> None:
    org = day.org[0]
    org.equality = 0.5
    for _ in range(200):
        org.overdue_strong, org.overdue_weak, org.cases_strong, org.cases_weak = 4.0, 4.0, 4.0 * strong, 4.0 * weak
        monitoring.judge_fairness(org, day.own("monitoring"))
    assert org.equality == pytest.approx(fair, abs=1e-3)


def test_acts_of_coercion_are_remembered_for_years_and_not_for_ever(day: Any) -> None:
    member = day.members[0]
    member.coerced = 1.0
    monitoring.remember(member)
    for _ in range(16):
        monitoring.shield(member, day.own("monitoring"))
    assert member.coerced == 0.0
    assert member.coercion == pytest.approx(0.356, abs=0.01)


def test_benefit_is_seen_with_the_partners_that_really_work_along_and_sovereignty_costs(day: Any) -> None:
    post, area, stake = day.bind(), day.areas[0], day.stakes[0, 0]
    post.implemented, stake.benefit, area.network, day.own("experience").learning = 1.0, 0.8, 1.0, 1.0
    seen = []
    for working, sensitivity in ((1.0, 0.0), (0.0, 0.0), (1.0, 1.0)):
        day.measures[0].working, area.sensitivity, day.members[0].identity = working, sensitivity, 0.5
        experience.see(post, day.members[0], day.measures[0], area, stake, day.own("experience"))
        seen.append(float(post.seen))
    assert seen == pytest.approx([0.8, 0.0, 0.8 - 1.2 * 0.5 * 0.5])


def test_a_promise_is_not_broken_before_it_is_due(day: Any) -> None:
    day.bind()
    day.measures[0].since_force, day.measures[0].working = 8.0, 0.0
    experience.miss(day.posts[0, 0], day.members[0], day.measures[0], day.own("experience"))
    assert day.members[0].unmet == 0.0


def test_waived_obligations_count_among_those_that_bind(day: Any) -> None:
    day.bind(0)
    day.bind(1).rung = world.WAIVED
    for row in range(2):
        experience.tally_waivers(day.posts[row, 0], day.org[0])
    assert (day.org[0].bound_now, day.org[0].waivers_now) == (2.0, 1.0)
    day.posts[1, 0].rung = world.LAPSED
    experience.tally_waivers(day.posts[1, 0], day.org[0])
    assert (day.org[0].bound_now, day.org[0].waivers_now) == (2.0, 1.0)


def test_assistance_loses_nothing_on_its_way_but_what_fades(day: Any) -> None:
    stake, numbers = day.stakes[0, 0], day.own("assistance")
    numbers.decay, stake.pipeline = 0.0, 0.3
    for _ in range(400):
        assistance.mature(stake, numbers)
    assert stake.capacity == pytest.approx(0.3)
    assert stake.pipeline == pytest.approx(0.0, abs=1e-9)


def test_the_powerful_are_not_suspended_and_a_state_in_notice_neither(day: Any) -> None:
    day.own("suspension").coup = 1.0
    shielded, leaving = day.members[0], day.members[1]
    shielded.shield, leaving.standing = 1.0, world.IN_NOTICE
    for member in day.members:
        member.coup_government = 1.0
        suspension.suspend(member, day.org[0], day.clock[0], day.own("suspension"))
    assert [int(member.standing) for member in day.members] == [world.MEMBER, world.IN_NOTICE]


def test_a_suspension_is_an_act_in_every_quarter_and_ends_by_patience_alone_if_it_must(day: Any) -> None:
    member, numbers = day.members[0], day.own("suspension")
    member.standing, member.coup_government = world.SUSPENDED, 5.0
    numbers.patience = 0.0
    for _ in range(3):
        suspension.suspend(member, day.org[0], day.clock[0], numbers)
    assert member.standing == world.SUSPENDED and member.coerced == pytest.approx(0.15)
    numbers.patience = 1.0
    suspension.suspend(member, day.org[0], day.clock[0], numbers)
    assert member.standing == world.MEMBER and member.suspended_now == 0


def test_cases_are_noted_apart_for_those_above_and_below_mean_power(day: Any) -> None:
    org = day.org[0]
    for row, (power, sanction) in enumerate(((0.7, 0.5), (0.3, 0.2))):
        post, day.members[row].power = day.bind(row), power
        post.overdue, post.sanction = 1, sanction
        monitoring.press(post, day.members[row], day.measures[0], org, day.own("monitoring"))
    assert (org.overdue_strong, org.cases_strong) == (1.0, 0.5)
    assert (org.overdue_weak, org.cases_weak) == (1.0, 0.2)
    assert day.members["coerced"] == pytest.approx([0.02 * 0.5, 0.02 * 0.2])


def test_fairness_is_not_judged_on_one_kind_of_state_and_old_cases_fade(day: Any) -> None:
    org = day.org[0]
    org.equality, org.overdue_weak, org.cases_weak = 0.5, 4.0, 4.0
    monitoring.judge_fairness(org, day.own("monitoring"))
    assert org.equality == 0.5
    assert (org.overdue_weak, org.cases_weak) == (4.0 * 0.9375, 4.0 * 0.9375)
    org.overdue_strong, org.cases_strong = 2.0, 1.0
    monitoring.judge_fairness(org, day.own("monitoring"))
    assert org.equality == pytest.approx(0.5 + 0.05 * (2.0 / 3.0 - 0.5))
    assert (org.overdue_strong, org.cases_strong) == (2.0 * 0.9375, 0.9375)


def test_half_the_shield_comes_with_a_seventh_of_the_regions_economy(day: Any) -> None:
    day.members[0].power = 0.15
    monitoring.shield(day.members[0], day.own("monitoring"))
    assert day.members[0].shield == pytest.approx(0.4)


def test_misfit_takes_from_what_is_seen(day: Any) -> None:
    post = day.bind()
    post.misfit, day.own("experience").learning = 0.4, 1.0
    experience.see(post, day.members[0], day.measures[0], day.areas[0], day.stakes[0, 0], day.own("experience"))
    assert post.seen == pytest.approx(-0.2)


def test_a_promise_half_kept_is_half_missed(day: Any) -> None:
    day.bind()
    day.measures[0].since_force, day.measures[0].working = 9.0, 0.5
    experience.miss(day.posts[0, 0], day.members[0], day.measures[0], day.own("experience"))
    assert day.members[0].unmet == pytest.approx(0.04 * 0.5 * 0.5)


def test_a_task_done_leaves_no_gap_and_no_false_report(day: Any) -> None:
    post = day.bind()
    day.own("implementation").rate, day.members[0].preference = 5.0, 1.0
    for quarter in range(40):
        day.clock[0].quarter = quarter
        day.carried_out()
    assert (post.implemented, post.gap) == (1.0, 0.0)
    post.rung, post.implemented, post.reported = world.WAIVED, 0.5, 0.9
    implementation.report(post, day.members[0], day.stakes[0, 0], day.own("implementation"))
    assert post.reported == 0.5


def test_who_is_slow_to_ratify_a_text_is_slow_to_implement_it(day: Any) -> None:
    day.own("implementation").frailty = 0.5
    middle = done(day)
    slow = done(day, lambda day: setattr(day.posts[0, 0], "frailty", -2.0))
    quick = done(day, lambda day: setattr(day.posts[0, 0], "frailty", 2.0))
    assert slow < middle < quick
    day.own("implementation").frailty = 0.0
    assert done(day) == middle


def test_the_slow_cases_are_what_stays_overdue(day: Any) -> None:
    """Under the same pressure: of the obligations left after a year past the date, most are of the slow kind."""
    numbers, left = day.own("implementation"), {-2.0: 0, 2.0: 0}
    numbers.frailty = 0.5
    for slowness in left:
        for start in range(150):
            post = day.bind()
            post.implemented, day.stakes[0, 0].practice, post.frailty, post.sanction = 0.0, 0.1, slowness, 1.0
            for quarter in range(4):
                day.clock[0].quarter = 10 * start + quarter
                day.carried_out()
            left[slowness] += int(post.implemented < 1.0)
    assert left[-2.0] > 3 * left[2.0]
