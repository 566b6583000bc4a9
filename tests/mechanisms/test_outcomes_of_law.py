"""Outcomes on how law is ratified, deferred and kept, on worlds so small that the number can be worked out by hand."""

from __future__ import annotations

from math import isnan, log
from typing import Any

import numpy as np
import pytest
from union import Union

from comity import world

CURVE = ("ratified_1q", "ratified_4q", "ratified_5q", "ratified_10q", "ratified_13q")


def opened(shares: dict[int, float], quarters: int = 30, passed: int = 2) -> Union:
    """A text passes in quarter 2; from so many quarters after it on, this share of states is party."""
    union = Union(states=4, horizon=quarters)
    measure = union.measures[0]
    measure.stage, measure.serial, measure.depth = world.DRAFT, 1, 0.4
    for quarter in range(quarters):
        measure.vote_now = int(quarter == passed)
        if quarter >= passed:
            measure.stage, measure.since_open = world.OPEN, quarter - passed
            measure.parties = shares.get(quarter - passed, measure.parties)
        union.watch(quarter)
    return union


def test_the_curve_of_ratification_is_read_so_many_quarters_after_the_vote() -> None:
    union = opened({1: 0.05, 3: 0.25, 5: 0.4, 9: 0.5, 13: 0.75})
    assert [union.found(name) for name in CURVE] == pytest.approx([0.05, 0.25, 0.4, 0.5, 0.75])
    assert union.found("agreed_depth") == pytest.approx(0.4)


def test_half_is_reached_in_the_first_quarter_in_which_half_are_party() -> None:
    assert opened({1: 0.05, 7: 0.5, 9: 0.75}).found("months_to_half") == pytest.approx(21.0)


def test_half_is_missing_where_it_takes_more_than_five_years_or_the_run_is_too_short() -> None:
    assert isnan(opened({1: 0.4}).found("months_to_half"))
    assert isnan(opened({1: 0.6}, quarters=20).found("months_to_half"))


def test_texts_are_averaged_and_one_that_is_gone_counts_no_more() -> None:
    union = Union(states=4, horizon=30)
    for slot, parties in enumerate((0.2, 0.6)):
        measure = union.measures[slot]
        measure.stage, measure.serial, measure.parties = world.OPEN, slot + 1, parties
    union.measures["vote_now"][:2] = 1
    union.watch(0)
    union.measures["vote_now"] = 0
    for quarter in range(1, 5):
        union.measures["since_open"] = quarter
        union.measures[1].stage = world.OPEN if quarter < 2 else world.EMPTY
        union.watch(quarter)
    assert union.found("ratified_1q") == pytest.approx(0.4)
    assert union.found("ratified_4q") == pytest.approx(0.2)


def early(legislature: Any, capacity: Any, done: Any, chances: float) -> Union:
    """States that ratified so many of these chances within a year."""
    union = Union(states=len(legislature))
    union.members["legislature"], union.members["capacity_home"] = legislature, capacity
    union.members["early"], union.members["early_done"] = chances, done
    return union


def test_the_logit_of_early_ratifiers_finds_the_slopes_from_which_they_were_made() -> None:
    legislature, capacity = (grid.ravel() for grid in np.meshgrid(np.linspace(0.1, 0.9, 6), np.linspace(0.2, 0.7, 5)))
    chance = 1.0 / (1.0 + np.exp(-(0.3 - 3.0 * legislature + 1.76 * (5.0 * capacity - 2.5))))
    union = early(legislature, capacity, 40.0 * chance, 40.0)
    assert union.found("early_on_legislature") == pytest.approx(-3.0, abs=0.01)
    assert union.found("early_on_capacity") == pytest.approx(1.76, abs=0.01)


@pytest.mark.parametrize("done", [0.0, 1.0])
def test_where_all_are_early_or_none_nothing_tells_them_apart(done: float) -> None:
    union = early([0.2, 0.4, 0.8], [0.3, 0.5, 0.4], done, 1.0)
    assert isnan(union.found("early_on_legislature")) and isnan(union.found("early_on_capacity"))


@pytest.mark.parametrize(("entry", "chances"), [(world.THRESHOLD, 1.0), (world.ON_ADOPTION, 0.0)])
def test_who_is_party_a_year_after_the_vote_is_early(entry: int, chances: float) -> None:
    union = Union(states=3, horizon=30)
    union.org["entry"] = entry
    measure = union.measures[0]
    measure.stage, measure.serial, measure.vote_now = world.OPEN, 1, 1
    for quarter in range(8):
        union.posts[0, 0].rung = world.PARTY if quarter >= 4 else world.NOT_PARTY
        union.posts[1, 0].rung = world.PARTY if quarter >= 5 else world.NOT_PARTY
        measure.since_open = quarter
        union.watch(quarter)
        measure.vote_now = 0
    assert union.members["early"].tolist() == [chances] * 3
    assert union.members["early_done"].tolist() == [chances, 0.0, 0.0]


def test_deferrals_end_when_all_is_carried() -> None:
    union = Union(states=4)
    union.law()
    for state in range(3):
        union.posts[state, 0].form, union.posts[state, 0].patience = world.TRANCHE, 2.0
    union.watch(0)
    assert union.found("tranches_ended") == 0.0
    union.posts["patience"] += 1.0
    union.posts[0, 0].form = world.FULL
    union.watch(1)
    assert union.found("tranches_ended") == pytest.approx(1 / 3)
    assert isnan(Union().found("tranches_ended"))


def test_reports_run_ahead_by_what_is_claimed_and_not_done() -> None:
    union = Union()
    union.tallies[0].due_depth, union.tallies[0].due_missing, union.tallies[0].claim_missing = 8.0, 4.0, 2.5
    assert union.found("report_bias") == pytest.approx(1.5 / 8)
    assert union.found("report_bias") == pytest.approx(
        union.found("implementation_reported") - union.found("implementation_true")
    )
    assert isnan(Union().found("report_bias"))


def test_overdue_at_last_is_that_of_the_last_year() -> None:
    union = Union(states=2, horizon=12)
    union.org["acquis_measures"] = 9.0
    union.law()
    union.posts["due_in"][:, 0] = -1.0
    union.watch(*range(8))
    union.posts["overdue"][0, 0] = 1
    union.watch(*range(8, 12))
    assert union.found("overdue_last") == pytest.approx(1 / 20)
    assert union.found("overdue_share") == pytest.approx(1 / 20 / 3)


def late(overdue: Any, **figures: Any) -> Union:
    """States with so much overdue over the run."""
    union = Union(states=len(overdue))
    union.members["overdue_sum"] = overdue
    for name, values in figures.items():
        union.members[name] = values
    return union


@pytest.mark.parametrize(
    ("overdue", "share"), [((5.0, 1.0, 2.0, 1.0, 1.0), 0.8), ((1.0,) * 6, 0.5), ((4.0, 0.0), 1.0), ((3.0, 3.0), 1.0)]
)
def test_the_three_latest_carry_their_share(overdue: Any, share: float) -> None:
    assert late(overdue).found("overdue_top3") == pytest.approx(share)


def test_who_is_overdue_follows_power_and_capacity() -> None:
    power, capacity = np.array([0.5, 0.2, 0.2, 0.1]), np.array([0.8, 0.4, 0.7, 0.5])
    overdue = 10.0 + 2.0 * np.log(power) - 5.0 * capacity
    union = late(overdue, power=power, capacity=capacity)
    assert union.found("overdue_on_power") == pytest.approx(2.0 / overdue.mean())
    assert union.found("overdue_on_capacity") == pytest.approx(-5.0 / overdue.mean())
    assert log(0.5) < 0.0
    for name in ("overdue_on_power", "overdue_on_capacity", "overdue_top3"):
        assert isnan(late((0.0, 0.0, 0.0), power=0.3, capacity=0.5).found(name))


def test_newcomers_are_compared_by_their_time_inside() -> None:
    union = late((4.0, 8.0, 1.0, 0.0), founding=(1, 1, 0, 0), inside=(1, 1, 0, 0))
    union.watch(*range(10))
    union.members["inside"] = 1, 1, 1, 0
    union.watch(*range(10, 20))
    assert union.found("newcomers_overdue_ratio") == pytest.approx((1.0 / 10) / ((4.0 / 20 + 8.0 / 20) / 2))
    assert isnan(late((4.0, 8.0), time_inside=5.0).found("newcomers_overdue_ratio"))


@pytest.mark.parametrize(("leave", "dead"), [((3,), 0.0), ((3, 9), 1.0), ((3, 48), 0.0), ((), None)])
def test_death_after_an_exit_is_most_founders_outside_within_ten_years(leave: Any, dead: float | None) -> None:
    union = Union(states=4, horizon=60)
    for quarter in range(60):
        for state, when in enumerate(leave):
            if quarter == when:
                union.leaves(state, quarter)
                break
        else:
            union.watch(quarter)
    found = union.found("death_after_exit")
    assert isnan(found) if dead is None else found == dead


def test_durability_is_the_last_year_over_the_peak_of_any_quarter() -> None:
    union = Union(states=2, horizon=8)
    union.areas["network"] = 0.0
    for quarter, implemented in enumerate((0.2, 0.8, 0.6, 0.4, 0.5, 0.5, 0.3, 0.3)):
        union.stakes["implemented"] = implemented
        union.watch(quarter)
    assert union.found("integration") == pytest.approx(0.4)
    assert union.found("durability") == pytest.approx(0.4 / 0.8)


def test_the_worst_tenth_of_twelve_founders_are_the_two_that_fared_worst() -> None:
    union = Union(states=13, horizon=4)
    union.members["respect_sum"] = [8.0, 2.0, 6.0, 4.0, *[7.0] * 8, 0.0]
    union.members[12].founding = 0
    union.tallies[0].respect_quarters = 10.0
    assert union.found("respect_worst_tenth") == pytest.approx((0.2 + 0.4) / 2)
