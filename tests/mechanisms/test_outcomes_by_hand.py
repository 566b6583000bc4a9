"""Each outcome is what its definition says, on worlds so small that the number can be worked out by hand."""

from __future__ import annotations

import re
from math import isnan
from pathlib import Path
from typing import Any

import pytest
from union import Union

from comity import world
from comity.quarter import RULEBOOK

RATES = (
    "adoption_share", "in_force_share", "in_force_everywhere", "years_to_force", "implementation_true",
    "implementation_reported", "soft_implemented", "tranche_adoption_2y", "overdue_delay_months", "overdue_spread",
    "waivers", "opt_outs_standing", "suspensions_per_violation", "threats_with_demand", "exit_cluster_share",
    "rulings_complied", "ruling_lag_months", "challenger_step", "challenger_persistence", "enforcement_scepticism_r",
)  # fmt: skip
COUNTS = ("exits", "exit_rate", "returns", "suspensions", "threats", "overdue_share")


@pytest.mark.parametrize("name", RATES + COUNTS)
def test_what_a_run_has_no_case_of_is_missing_and_what_did_not_happen_is_zero(name: str) -> None:
    union = Union()
    union.watch(*range(40))
    assert isnan(union.found(name)) if name in RATES else union.found(name) == 0.0


@pytest.mark.parametrize(
    ("name", "column", "expected"),
    [
        ("challenger_share", "challenger", (0.1 * 10 + 0.4 * 30) / 40),
        ("inequality_within", "inequality", (0.1 * 10 + 0.4 * 30) / 40),
        ("legitimacy", "trust", (0.1 + 0.4) / 2),
        ("inequality_between", "gain", 0.15),
    ],
)
def test_a_mean_over_those_inside_forgets_the_leaver_at_once(name: str, column: str, expected: float) -> None:
    union = Union(states=3, horizon=4)
    union.members["population"] = 10.0, 30.0, 60.0
    union.org["population"] = 100.0
    union.members[column] = 0.1, 0.4, 0.9
    union.leaves(2, quarter=0)
    union.watch(1)
    assert union.found(name) == pytest.approx(expected)


def test_resentment_is_that_of_founders_whether_inside_or_not() -> None:
    union = Union(states=4, horizon=4)
    union.members["grievance"] = 0.2, 0.4, 0.9, 0.9
    union.members[3].founding = 0
    union.leaves(2, quarter=0)
    assert union.found("resentment") == pytest.approx((0.2 + 0.4 + 0.9) / 3)


@pytest.mark.parametrize(
    ("name", "column"), [("resentment", "grievance"), ("challenger_share", "challenger"), ("legitimacy", "trust")]
)
def test_only_the_last_year_counts(name: str, column: str) -> None:
    union = Union(horizon=12)
    union.members[column] = 0.9
    union.watch(*range(8))
    union.members[column] = 0.2
    union.watch(8, 9)
    union.members[column] = 0.4
    union.watch(10, 11)
    assert union.found(name) == pytest.approx(0.3)


def test_diversity_is_the_mean_distance_to_the_mean_of_the_area() -> None:
    union = Union(states=2, horizon=4)
    union.stakes["implemented"], union.areas["integration"] = [[0.2], [0.6]], 0.4
    union.watch(0, 1)
    assert union.found("diversity") == pytest.approx(0.2)


def after_a_crisis(people: float = 10.0, sixth: float = 0.22, start: int = 5) -> Union:
    """Challengers at .1, a crisis that half hits one of two states, and their share in the sixth and tenth years."""
    union = Union(states=2, horizon=60)
    union.members[0].population = people
    for quarter in range(60):
        since = quarter - start
        later = sixth if 21 <= since <= 24 else 0.16 if 37 <= since <= 40 else 0.5
        union.members["challenger"] = 0.1 if since <= 0 else later
        union.members[0].crisis = 0.5 if since == 0 else 0.0
        union.watch(quarter)
    return union


@pytest.mark.parametrize("start", [0, 5])
def test_challengers_step_up_over_six_years_and_stay_up_over_ten(start: int) -> None:
    union = after_a_crisis(start=start)
    assert union.found("challenger_step") == pytest.approx(0.22 - 0.1)
    assert union.found("challenger_persistence") == pytest.approx(0.06 / 0.12)


def test_a_crisis_of_a_small_state_is_not_the_regions_and_hardly_a_step_has_no_persistence() -> None:
    assert isnan(after_a_crisis(people=1.0).found("challenger_step"))
    union = after_a_crisis(sixth=0.11)
    assert union.found("challenger_step") == pytest.approx(0.01)
    assert isnan(union.found("challenger_persistence"))


def test_effort_that_falls_as_scepticism_rises_is_perfectly_forbearing() -> None:
    union = Union()
    for quarter, scepticism in enumerate((0.2, 0.3, 0.5, 0.4)):
        union.org["scepticism"], union.org["effort"] = scepticism, 0.9 - 0.5 * scepticism
        union.watch(quarter)
    assert union.found("enforcement_scepticism_r") == pytest.approx(-1.0)


@pytest.mark.parametrize(
    ("name", "counts", "expected"),
    [
        ("adoption_share", {"voted": 8, "passed": 6}, 0.75),
        ("in_force_everywhere", {"aged": 5, "everywhere": 2}, 0.4),
        ("rulings_complied", {"rulings": 8, "rulings_obeyed": 6}, 0.75),
        ("ruling_lag_months", {"rulings_obeyed": 6, "ruling_wait": 36.0}, 18.0),
    ],
)
def test_what_the_organization_counts_is_put_in_proportion(name: str, counts: Any, expected: float) -> None:
    union = Union()
    for column in counts:
        union.org[column] = counts[column]
    assert union.found(name) == pytest.approx(expected)


def test_law_is_what_entered_into_force_of_what_passed_with_five_years_to_go() -> None:
    union = Union(horizon=40)
    union.org["serial"] = 3
    for slot in range(2):
        measure = union.measures[slot]
        measure.stage, measure.serial, measure.vote_now = world.OPEN, slot + 1, 1
    union.watch(10)
    union.measures["vote_now"], union.measures[0].stage = 0, world.IN_FORCE
    union.watch(11)
    union.measures[0].since_force = 1.0
    union.org["serial"] = 9
    union.law(slot=2, serial=9, vote_now=1, since_force=0.0)
    union.watch(20)
    assert union.found("in_force_share") == 0.5


def test_adoption_that_binds_is_entry_into_force_on_the_day_of_the_vote() -> None:
    union = Union(horizon=40)
    union.org["serial"] = 1
    union.law(vote_now=1, since_force=1.0, age=4)
    union.watch(10)
    union.measures[0].vote_now, union.measures[0].since_force = 0, 2.0
    union.watch(11)
    assert union.found("in_force_share") == 1.0
    assert union.tallies[0].force_all == 1.0


@pytest.mark.parametrize(
    ("ages", "years"), [((2, 6, 10), 1.5), ((2, 2, 3, 40), 2 / 3), ((18, 20), 5.0), ((50, 70, 90), 15.0)]
)
def test_years_to_force_are_a_median_by_classes_of_age(ages: tuple[int, ...], years: float) -> None:
    union = Union()
    for quarter, age in enumerate(ages):
        union.law(age=age, since_force=0.0)
        union.watch(quarter)
    assert union.found("years_to_force") == pytest.approx(years)


def run_down(union: Union, quarters: int = 8) -> None:
    """Time passes for all obligations, from two quarters before they fall due on."""
    for quarter in range(quarters):
        union.posts["due_in"] -= 1.0
        late = (union.posts["due_in"] < 0.0) & (union.posts["implemented"] < union.posts["scope"])
        union.posts["overdue"] = late
        union.watch(quarter)


def test_implementation_is_what_is_done_a_year_after_it_fell_due() -> None:
    union = Union(states=4)
    union.law()
    union.posts["implemented"][:, 0] = 1.0, 1.0, 0.0, 0.0
    union.posts["reported"][:, 0] = 1.0, 1.0, 0.6, 0.0
    run_down(union)
    assert union.found("implementation_true") == pytest.approx(2 / 4)
    assert union.found("implementation_reported") == pytest.approx(2.6 / 4)


def test_what_all_have_done_counts_although_it_leaves_the_table_on_its_due_date() -> None:
    union = Union(states=2)
    union.law(slot=0)
    union.law(slot=1)
    union.posts["implemented"][:, 0] = 1.0
    run_down(union, quarters=2)
    union.measures[0].stage = world.EMPTY
    run_down(union)
    assert union.found("implementation_true") == pytest.approx(2 / 4)


def test_a_tranche_owes_its_part_and_an_opt_out_owes_nothing() -> None:
    union = Union(states=3)
    union.law()
    union.posts["scope"][:, 0] = 1.0, 0.5, 0.0
    union.posts["implemented"][:, 0] = 1.0, 0.0, 0.0
    run_down(union)
    assert union.found("implementation_true") == pytest.approx(1.0 / 1.5)


def test_what_falls_due_too_late_to_be_seen_through_is_left_out() -> None:
    for horizon, share in ((6, None), (7, 0.0)):
        union = Union(horizon=horizon)
        union.law()
        run_down(union, quarters=horizon)
        assert (
            isnan(union.found("implementation_true")) if share is None else union.found("implementation_true") == share
        )


def test_soft_law_is_what_nothing_sanctions() -> None:
    union = Union(states=2)
    for slot, (hardness, depth) in enumerate(((0.9, 0.5), (0.2, 0.5), (0.1, 0.25))):
        union.law(slot, hardness=hardness, depth=depth)
    union.posts["implemented"][:, 1] = 1.0
    run_down(union)
    assert union.found("soft_implemented") == pytest.approx(1.0 / 1.5)


def test_adoption_under_tranches_is_taken_at_the_end_of_the_second_year_in_force() -> None:
    union = Union()
    union.law(slot=0, tranche=0.5, parties=0.8)
    union.law(slot=1, tranche=0.0, parties=0.1)
    for quarter in range(12):
        union.measures["since_force"] = float(quarter)
        union.watch(quarter)
        if quarter == 7:
            union.measures["parties"] = 1.0
    assert union.found("tranche_adoption_2y") == pytest.approx(0.8)


def test_the_overdue_are_few_among_all_that_is_due_the_acquis_included() -> None:
    union = Union(states=2)
    union.org["acquis_measures"] = 10.0
    union.law(slot=0)
    union.law(slot=1)
    union.posts["due_in"][:, 1] = 4.0, -1.0
    union.posts["rung"][1, 1] = world.NOT_PARTY
    union.posts["implemented"][0, 0] = 1.0
    run_down(union, quarters=4)  # the first is due in 2, 1 and 0, and a quarter ago
    assert union.tallies[0].overdue_now == pytest.approx(1 / (2 * 10 + 2))
    assert union.found("overdue_share") == pytest.approx(1 / 22 / 4)


def test_delay_and_spread_are_looked_at_when_the_year_ends() -> None:
    union = Union(states=3)
    union.law(slot=0)
    union.law(slot=1)
    union.posts["due_in"][:, 1] += 2.0
    union.posts["implemented"][:, 0] = 0.0, 1.0, 1.0
    union.posts["implemented"][:, 1] = 0.0, 0.0, 1.0
    run_down(union)  # at the ends of the years the first is one and five quarters late, the second three at last
    assert union.found("overdue_delay_months") == pytest.approx(3 * (1 + 5 + 3 + 3) / 4)
    assert union.found("overdue_spread") == pytest.approx(3 / ((3 + 1 + 0) / 3))


def test_valves_are_shares_of_what_binds() -> None:
    union = Union(states=4)
    union.law()
    union.org["waivers_now"], union.org["bound_now"] = 1.0, 4.0
    union.watch(0, 1)
    union.org["waivers_now"], union.posts["form"][0, 0] = 0.0, world.OPTED_OUT
    union.watch(2, 3)
    assert union.found("waivers") == pytest.approx(2 / 16)
    assert union.found("opt_outs_standing") == pytest.approx(1 / 4)


@pytest.mark.parametrize(
    ("quarters", "share"), [((1, 3, 20), 2 / 3), ((5, 5, 5), 1.0), ((1, 5, 9), 1.0), ((1, 6, 11), 0.0), ((7,), 0.0)]
)
def test_exits_cluster_within_a_year_of_one_another(quarters: tuple[int, ...], share: float) -> None:
    union = Union(states=4)
    for state, quarter in enumerate(quarters):
        union.leaves(state, quarter)
    assert union.found("exits") == len(quarters)
    assert union.found("exit_cluster_share") == pytest.approx(share)


def test_the_exit_rate_is_by_year_of_membership() -> None:
    union = Union(states=3, horizon=8)
    union.watch(*range(3))
    union.leaves(0, quarter=3)
    union.watch(*range(4, 8))
    assert union.found("exit_rate") == pytest.approx(1 / ((4 * 3 + 4 * 2) / 4))
    assert union.found("members") == 2.0


def test_who_takes_notice_back_has_not_returned() -> None:
    union = Union()
    union.members["standing"], union.members["joined"] = world.RETURNED, (0, 1, 0)
    union.watch(0)
    assert union.found("returns") == 1.0


def test_suspensions_are_set_against_years_of_backsliding_and_coups() -> None:
    union = Union(states=4)
    union.members["episode"] = -1, 1, 0, -1
    union.members["coup_government"] = 0.0, 0.0, 3.0, 0.0
    union.members[3].inside = 0
    union.watch(*range(7))
    union.members[2].suspended_now = 1
    union.watch(7)
    assert union.found("suspensions") == 1.0
    assert union.found("suspensions_per_violation") == pytest.approx(1 / (2 * 8 / 4))


def test_a_threat_counts_once_with_or_without_a_demand() -> None:
    union = Union(states=4)
    union.members["threat"] = 1
    union.watch(0)
    union.members["threatened_now"], union.members["demanded_now"] = (1, 1, 1, 0), (1, 0, 0, 0)
    union.watch(1)
    assert union.found("threats") == 3.0
    assert union.found("threats_with_demand") == pytest.approx(1 / 3)


def test_old_debts_that_are_paid_make_up_for_new_ones() -> None:
    union = Union()
    union.org["donors"] = 0.5
    for quarter, revenue in enumerate((0.9, 0.8, 1.1)):
        union.org["revenue"], union.org["spent"] = revenue, 0.7
        union.watch(quarter)
    assert union.found("arrears") == pytest.approx((0.1 + 0.2 - 0.1) / (3 * 0.5))
    assert union.found("budget_used") == pytest.approx(2.1 / 2.8)


def vitality(law: int, outside: int, horizon: int = 40) -> tuple[float, ...]:
    """Alive, zombie, dead: of four founders some are outside, and so much became law in the last five years."""
    union = Union(states=4, horizon=horizon)
    union.org["entered"] = 7
    union.watch(*range(horizon - 20))
    union.org["entered"] = 7 + law
    union.members["inside"] = [int(state >= outside) for state in range(4)]
    union.watch(*range(horizon - 20, horizon))
    return tuple(union.found(f"vitality_{name}") for name in ("alive", "zombie", "dead"))


def test_an_organization_is_alive_a_zombie_or_dead() -> None:
    assert vitality(law=3, outside=1) == (1.0, 0.0, 0.0)
    assert vitality(law=2, outside=1) == (0.0, 1.0, 0.0)
    assert vitality(law=3, outside=2) == (0.0, 1.0, 0.0)
    assert vitality(law=9, outside=3) == (0.0, 0.0, 1.0)


def test_every_outcome_is_worked_out_by_hand_somewhere() -> None:
    """Here, or beside the rules that it counts, or among the worked examples of the design."""
    tests = Path(__file__).resolve().parents[1]
    text = "".join(path.read_text("utf-8") for part in ("mechanisms", "theory") for path in (tests / part).glob("*.py"))
    told = {name for name in RULEBOOK.outcomes if re.search(rf"\b{name}\b", text)}
    told |= {f"vitality_{name}" for name in ("alive", "zombie", "dead")}  # named in one breath above
    assert set(RULEBOOK.outcomes) == told
