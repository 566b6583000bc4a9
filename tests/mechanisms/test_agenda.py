"""What is tabled, in which area, how deep, and how it fits: agenda, slate, founding and drafting."""

from __future__ import annotations

import math
from typing import Any

import pytest

from comity import world
from comity.forces import acquis, agenda, consent, drafting, founding, slate
from comity.quarter import RULEBOOK

WRITTEN = {
    column for mechanism in (*RULEBOOK.forces.values(), *RULEBOOK.levers.values()) for column in mechanism.writes
}
"""Every column that some rule writes."""


def open_for(day: Any, pace: float, load: float = 0.0) -> int:
    """Measures that may be tabled in a quarter at this pace."""
    day.org[0].pace, day.org[0].agenda_load = pace, load
    agenda.open_agenda(day.org[0], day.own("agenda"))
    return int(day.org[0].tabled_now)


def emptied(day: Any) -> Any:
    """The only slot, free again."""
    day.measures[0].stage = world.EMPTY
    return day.measures[0]


def demanded(day: Any, *demand: float) -> None:
    """Demand in each area, laid end to end."""
    day.areas["demand"] = demand
    day.areas["until"] = [math.fsum(demand[: k + 1]) for k in range(len(demand))]
    day.org[0].demand = math.fsum(demand)


def table(day: Any, slot: Any) -> Any:
    """The slot after the agenda has offered it a measure."""
    agenda.table(slot, day.areas, day.org[0], day.clock[0], day.own("agenda"))
    return slot


def test_the_agenda_gives_a_quarter_of_the_years_pace(day: Any) -> None:
    assert [open_for(day, 8.0), open_for(day, 0.0)] == [2, 2]  # the two of the first call were not taken


def test_renewals_and_reviews_take_places_on_the_agenda(day: Any) -> None:
    assert open_for(day, 8.0, load=1.5) == 0
    assert day.org[0].agenda == pytest.approx(0.5)
    assert day.org[0].agenda_load == 0.0


def test_no_more_than_a_backlog_waits_and_no_debt_of_renewals_does(day: Any) -> None:
    for _ in range(40):
        waiting = open_for(day, 40.0)
    assert waiting == day.own("agenda").backlog
    assert open_for(day, 0.0, load=100.0) == 0
    assert open_for(day, 8.0) == 2


def test_what_is_integrated_quells_demand_and_conflict_deters_it(day: Any) -> None:
    day.areas["benefit"] = 0.8
    day.areas[1].integration, day.areas[1].conflict = 1.0, 1.0
    for area in day.areas:
        agenda.weigh_demand(area, day.org[0], day.own("agenda"))
    assert day.areas["demand"] == pytest.approx([0.8, 0.8 * 0.5 * 0.5])
    assert day.org[0].demand == day.areas[1].until
    assert day.org[0].demand == pytest.approx(1.0)


def test_integration_in_one_area_raises_demand_in_another_and_once_only(day: Any) -> None:
    day.areas[0].integration, day.spillovers[0, 1].weight = 0.6, 0.5
    agenda.spill(day.areas[0], day.areas[1], day.spillovers[0, 1])
    raised = []
    for _ in range(2):
        agenda.weigh_demand(day.areas[1], day.org[0], day.own("agenda"))
        raised.append(float(day.areas[1].demand))
    assert raised == [pytest.approx(0.5 * 0.5 * 0.6), 0.0]


def test_areas_are_tabled_in_proportion_to_demand(day: Any) -> None:
    demanded(day, 3.0, 1.0)
    rows = []
    for _ in range(600):
        day.org[0].tabled_now = 1
        rows.append(int(table(day, emptied(day)).area))
    assert sum(rows) / len(rows) == pytest.approx(0.25, abs=0.05)


def test_depths_differ_around_what_the_organization_aims_at(day: Any) -> None:
    demanded(day, 1.0, 0.0)
    day.org[0].depth, depths = 0.5, []
    for _ in range(300):
        day.org[0].tabled_now = 1
        depths.append(float(table(day, emptied(day)).depth))
    assert 0.3 <= min(depths) < 0.32 and 0.68 < max(depths) <= 0.7
    assert sum(depths) / len(depths) == pytest.approx(0.5, abs=0.01)


def test_a_full_table_or_no_demand_leaves_the_measure_waiting(day: Any) -> None:
    demanded(day, 1.0, 0.0)
    day.org[0].tabled_now, day.org[0].agenda = 1, 1.0
    assert table(day, day.measures[0]).serial == 1  # in force, as before
    demanded(day, 0.0, 0.0)
    assert table(day, emptied(day)).stage == world.EMPTY
    assert day.org[0].tabled_now == 1 and day.org[0].serial == 0


def test_a_new_measure_inherits_nothing_from_the_one_that_lay_in_its_slot(day: Any) -> None:
    slots = [(day.measures[row], day.posts[0, row]) for row in range(2)]
    used_measure, used_post = slots[0]
    for row, name in ((used_measure, "measure"), (used_post, "post")):
        for column in world.columns(name):
            row[column] = 1
    found = []
    for measure, post in slots:
        measure.stage = world.EMPTY
        demanded(day, 1.0, 1.0)
        day.org[0].tabled_now, day.org[0].serial = 1, 4
        table(day, measure)
        agenda.clear(post, measure)
        consent.hesitate(post, day.members[0], measure, day.clock[0], day.own("consent"))
        drafting.fit(post, day.members[0], measure, day.org[0], day.clock[0], day.own("drafting"))
        drafting.come_up(measure)
        found.append(
            {f"measure.{c}": measure[c] for c in world.columns("measure")}
            | {f"post.{c}": post[c] for c in world.columns("post")}
        )
    inherited = {column for column in found[0] if found[0][column] != found[1][column]}
    assert inherited & WRITTEN == set()


def test_soft_law_is_what_is_tabled_while_no_lever_hardens_it(day: Any) -> None:
    demanded(day, 1.0, 0.0)
    day.org[0].tabled_now = 1
    measure = table(day, emptied(day))
    assert measure.hardness == 0.1 < day.own("monitoring").soft_below
    assert [measure[valve] for valve in ("sunset", "escape", "opt_out", "tranche", "court")] == [0.0] * 5


def test_each_quarter_begins_with_a_clean_slate(day: Any) -> None:
    member = day.members[0]
    for column in ("voice", "ignored", "compensation", "unmet", "transparency", "audit", "safety", "funds"):
        member[column] = 0.9
    day.org[0].predictability = 0.75
    slate.wipe(member, day.org[0], day.own("slate"))
    assert (member.compensation, member.audit, member.safety, member.funds, member.procedure) == (0.0,) * 5


def test_predictable_organizations_win_trust_and_others_lose_it(day: Any) -> None:
    moved = []
    for predictability in (0.2, 0.9):
        day.org[0].predictability = predictability
        slate.wipe(day.members[0], day.org[0], day.own("slate"))
        moved.append(float(day.members[0].procedure))
    assert moved[0] < 0.0 < moved[1]


@pytest.mark.parametrize(("equality", "waived", "name"), [(1.0, 0.0, 0.8), (0.0, 5.0, 0.2), (0.0, 0.0, 0.45)])
def test_a_name_is_made_by_equal_enforcement_and_obligations_that_hold(
    day: Any, equality: float, waived: float, name: float
) -> None:
    for _ in range(400):
        day.org[0].equality, day.org[0].bound_now, day.org[0].waivers_now = equality, 10.0, waived
        slate.make_a_name(day.org[0], day.own("slate"))
    assert day.org[0].predictability == pytest.approx(name, abs=1e-6)


def test_what_a_state_starts_with_is_what_it_returns_to(day: Any) -> None:
    member = day.members[0]
    values = {"capacity": 0.3, "preference": 0.2, "identity": 0.6, "grievance": 0.15, "trust_national": 0.4}
    for column, value in values.items():
        member[column] = value
    founding.settle_in(member, day.org[0], day.clock[0], day.own("founding"))
    assert {column: float(member[f"{column}_home"]) for column in values} == values
    assert (member.founding, member.trust_observed) == (1, 0.5)
    votes = [1.0 / (1.0 + math.exp(-float(member[column]))) for column in ("driver", "driver_home", "carrier")]
    assert votes == pytest.approx([0.15] * 3)


def test_states_differ_in_slowness_to_ratify_by_chance(day: Any) -> None:
    found = []
    for row in range(200):
        day.members[0].id = row + 1
        founding.settle_in(day.members[0], day.org[0], day.clock[0], day.own("founding"))
        found.append(float(day.members[0].frailty))
    assert sum(found) / 200 == pytest.approx(0.0, abs=0.25)
    assert math.sqrt(sum(each * each for each in found) / 200) == pytest.approx(1.34, rel=0.15)


def test_better_administrations_do_more_already(day: Any) -> None:
    day.own("founding").practice_spread = 0.0
    day.areas[0].opening_practice, day.areas[0].benefit = 0.4, 0.7
    for member, capacity in zip(day.members, (0.2, 0.8), strict=True):
        member.capacity = capacity
        founding.average(member, day.org[0])
    for row, member in enumerate(day.members):
        founding.take_stock(day.stakes[row, 0], member, day.areas[0], day.org[0], day.clock[0], day.own("founding"))
    assert day.org[0].mean_capacity == pytest.approx(0.5)
    assert day.stakes[:, 0]["practice"] == pytest.approx([0.25, 0.55])
    assert day.stakes[:, 0]["practice_home"] == pytest.approx([0.25, 0.55])
    assert day.stakes[:, 0]["benefit"] == pytest.approx([0.7, 0.7])


def test_the_secretariat_is_at_work_on_the_first_day(day: Any) -> None:
    day.org[0].secretariat = 0.5
    founding.start_effort(day.org[0], day.own("founding"))
    assert day.org[0].effort == pytest.approx(0.45)


def test_trust_returns_to_the_regions_level_and_states_keep_their_differences(day: Any) -> None:
    day.members["trust"] = [0.3, 0.5]
    for member in day.members:
        founding.average(member, day.org[0])
    for member in day.members:
        founding.settle_in(member, day.org[0], day.clock[0], day.own("founding"))
    assert day.members["trust_home"] == pytest.approx([0.4, 0.6])


def test_the_acquis_binds_all_alike_and_weak_administrations_have_done_less_of_it(day: Any) -> None:
    weak, strong = day.members[0], day.members[1]
    weak.capacity, strong.capacity, day.org[0].mean_capacity = 0.2, 0.8, 0.5
    day.areas[0].opening_acquis = 0.8
    for row, member in enumerate(day.members):
        acquis.inherit(day.stakes[row, 0], member, day.areas[0], day.org[0], day.own("acquis"))
        acquis.saturate(day.stakes[row, 0], day.own("acquis"))
    assert day.stakes[:, 0]["asked"] == pytest.approx([0.8, 0.8])
    assert day.stakes[0, 0].implemented < day.stakes[1, 0].implemented == pytest.approx(0.8)


def test_a_state_outside_has_practice_of_its_own_and_no_acquis(day: Any) -> None:
    outside = day.members[0]
    outside.inside, day.areas[0].opening_acquis, day.areas[0].opening_practice = 0, 0.8, 0.6
    founding.take_stock(day.stakes[0, 0], outside, day.areas[0], day.org[0], day.clock[0], day.own("founding"))
    acquis.inherit(day.stakes[0, 0], outside, day.areas[0], day.org[0], day.own("acquis"))
    assert day.stakes[0, 0].bound == day.stakes[0, 0].settled == 0.0
    assert day.stakes[0, 0].practice > 0.3


def test_publics_expect_on_the_first_day_what_they_have(day: Any) -> None:
    day.members[0].gain = 0.37
    founding.expect(day.members[0])
    assert day.members[0].expectation == day.members[0].gain_seen == 0.37


def test_a_text_goes_to_the_vote_when_its_time_has_come_and_not_before(day: Any) -> None:
    measure = day.draft()
    measure.delay, votes = 3.0, []
    for _ in range(3):
        drafting.come_up(measure)
        votes.append(int(measure.vote_now))
    assert votes == [0, 0, 1]


def test_texts_fit_the_usual_regime_best_and_tailoring_closes_part_of_the_gap(day: Any) -> None:
    day.org[0].democracy = 0.5
    usual, other = day.members[0], day.members[1]
    other.democracy = 1.0
    found: dict[tuple[int, float], float] = {}
    for tailoring in (0.0, 1.0):
        for row, member in enumerate((usual, other)):
            total = 0.0
            for serial in range(150):
                measure = day.draft()
                measure.serial, measure.tailoring = serial, tailoring
                drafting.fit(day.posts[row, 0], member, measure, day.org[0], day.clock[0], day.own("drafting"))
                total += float(day.posts[row, 0].misfit)
            found[row, tailoring] = total / 150
    assert found[0, 0.0] == pytest.approx(0.10, abs=0.01)
    assert found[1, 0.0] == pytest.approx(0.40, abs=0.05)
    assert found[1, 1.0] == pytest.approx(0.4 * found[1, 0.0])


def test_only_states_inside_drag_a_consensus_down_and_money_lifts_it(day: Any) -> None:
    day.stakes[0, 0].practice, day.stakes[1, 0].practice, day.members[1].inside = 0.5, 0.0, 0
    drafting.forget_lowest(day.areas[0])
    for row in range(2):
        drafting.find_lowest(day.stakes[row, 0], day.members[row], day.areas[0])
    assert day.areas[0].lowest_practice == 0.5
    day.org[0].rule, depths = world.CONSENSUS, []
    for side_payments in (0.0, 1.0):
        measure = day.draft()
        measure.depth, day.org[0].side_payments = 1.0, side_payments
        drafting.compromise(measure, day.areas[0], day.org[0], day.own("drafting"))
        depths.append(float(measure.depth))
    assert depths == pytest.approx([0.65, 0.85])


def test_each_measure_tabled_takes_a_place_and_the_design_of_its_day(day: Any) -> None:
    demanded(day, 1.0, 0.0)
    org = day.org[0]
    org.tabled_now, org.agenda, org.specificity, org.due = 2, 2.5, 0.7, 6.0
    for row in range(3):
        day.measures[row].stage = world.EMPTY
        table(day, day.measures[row])
    assert [int(day.measures[row].stage) for row in range(3)] == [world.DRAFT, world.DRAFT, world.EMPTY]
    assert (int(org.serial), float(org.agenda)) == (2, 0.5)
    measure = day.measures[1]
    assert (measure.serial, measure.specificity, measure.due, measure.age) == (2, 0.7, 6.0, 0)
    assert measure.delay == day.own("agenda").drafting


def test_demand_and_offers_are_added_up_anew_each_quarter(day: Any) -> None:
    day.org[0].demand, day.org[0].side_payments = 3.0, 0.4
    open_for(day, 0.0)
    assert (day.org[0].demand, day.org[0].side_payments) == (0.0, 0.0)


def test_only_a_new_draft_wipes_the_places_on_its_slot(day: Any) -> None:
    for stage, age, rung in ((world.IN_FORCE, 0, world.BOUND), (world.DRAFT, 1, world.BOUND), (world.DRAFT, 0, 0)):
        day.measures[0].stage, day.measures[0].age = stage, age
        post = day.bind()
        agenda.clear(post, day.measures[0])
        assert post.rung == rung
