"""Outcomes that the literature estimates from surveys and elections, on courses whose estimate can be worked out."""

from __future__ import annotations

from math import isnan, sqrt
from typing import Any

import numpy as np
import pytest
from union import Union

from comity import world

PANEL = ("trust_ar1", "trust_on_growth", "trust_on_national")


def surveyed(years: int, trust: Any, growth: Any, national: Any, states: int = 3) -> Union:
    """A union in which trust, growth and national trust of each state (rows) in each year (columns) are given."""
    union = Union(states=states, horizon=4 * years)
    union.members["population"] = np.arange(states, 0, -1) * 10.0
    for year in range(years):
        union.members["trust_observed"] = trust[:, year]
        union.members["trust_national"] = national[:, year]
        union.members["growth"] = growth[:, year]
        union.watch(*range(4 * year, 4 * year + 4))
    return union


def course(states: int = 3, years: int = 9, persistence: float = 0.8) -> tuple[Any, Any, Any]:
    """Trust that follows a law to the letter: .8 of last year's, .01 for a point of growth, a level for each state."""
    luck = np.random.default_rng(5)
    growth = luck.normal(0.0, 2.0, (states, years))
    trust = np.zeros((states, years))
    trust[:, 0] = 0.5
    for year in range(1, years):
        trust[:, year] = persistence * trust[:, year - 1] + 0.01 * growth[:, year] + 0.1 * np.linspace(0.5, 1.0, states)
    return trust, growth, 0.5 * trust


def within(a: Any, b: Any) -> float:
    """Sum of products about the means of each state."""
    return float(((a - a.mean(axis=1, keepdims=True)) * (b - b.mean(axis=1, keepdims=True))).sum())


def test_persistence_is_what_remains_of_last_years_trust_beside_growth_and_the_state() -> None:
    assert surveyed(9, *course()).found("trust_ar1") == pytest.approx(0.8)


def test_trust_on_growth_is_the_slope_within_states_in_net_points() -> None:
    trust, growth, national = course()
    change = np.diff(trust, axis=1)
    expected = 200.0 * within(change, growth[:, 1:]) / within(growth[:, 1:], growth[:, 1:])
    assert surveyed(9, trust, growth, national).found("trust_on_growth") == pytest.approx(expected)
    steady = np.full((3, 9), 0.5)
    steady[:, 1:] += 0.004 * growth[:, 1:].cumsum(axis=1)
    assert surveyed(9, steady, growth, national).found("trust_on_growth") == pytest.approx(0.8)


def test_trust_on_national_trust_is_the_slope_of_changes_within_states() -> None:
    trust, growth, national = course()
    assert surveyed(9, trust, growth, national).found("trust_on_national") == pytest.approx(2.0)


def test_only_the_twelve_largest_founders_and_thirteen_changes_are_in_the_panel() -> None:
    trust, growth, national = course(states=14, years=16)
    base = [surveyed(16, trust, growth, national, 14).found(name) for name in PANEL]
    trust[12:], growth[12:], trust[:, 14:] = 0.9, 7.0, 0.1
    assert [surveyed(16, trust, growth, national, 14).found(name) for name in PANEL] == pytest.approx(base)
    trust[11, 5] += 0.2
    changed = [surveyed(16, trust, growth, national, 14).found(name) for name in PANEL]
    assert changed != pytest.approx(base)


@pytest.mark.parametrize("name", PANEL)
def test_a_panel_without_variation_says_nothing(name: str) -> None:
    assert isnan(surveyed(4, *(np.full((3, 4), 0.5) for _ in range(3))).found(name))


def shaken(after: tuple[float, ...], hits: tuple[float, ...], before: float = 0.5) -> Union:
    """A crisis in quarter 5 that hits states as given; trust in the fourth year after it."""
    union = Union(states=len(after), horizon=30)
    for quarter in range(30):
        late = 17 < quarter <= 21
        union.members["trust_observed"] = after if late else before if quarter < 5 else 0.1
        union.members["crisis"] = hits if quarter == 5 else 0.0
        union.watch(quarter)
    return union


def test_the_hit_lose_so_many_times_what_the_spared_lose() -> None:
    assert shaken((0.2, 0.3, 0.4), (1.0, 0.8, 0.1)).found("trust_shock_ratio") == pytest.approx(0.25 / 0.1)


def test_no_ratio_where_all_are_hit_alike_or_the_spared_lose_nothing() -> None:
    assert isnan(shaken((0.2, 0.3, 0.4), (0.5, 0.5, 0.5)).found("trust_shock_ratio"))
    assert isnan(shaken((0.2, 0.3, 0.5), (1.0, 0.8, 0.1)).found("trust_shock_ratio"))
    assert isnan(Union().found("trust_shock_ratio"))


def test_swings_and_spread_of_trust_are_those_of_surveys() -> None:
    union = Union(states=2, horizon=6)
    union.members["population"] = 10.0, 30.0
    union.org["population"] = 40.0
    for quarter, level in enumerate((0.5, 0.7, 0.3, 0.4, 0.4, 0.4)):
        union.members["trust_observed"] = level, level + 0.2
        union.members["trust_national"] = 0.3
        union.watch(quarter)
    assert union.found("trust_range") == pytest.approx(0.4)
    assert union.found("trust_spread") == pytest.approx(0.1)
    assert union.found("trust_over_national") == pytest.approx((0.3 + 0.4 + 0.4 + 0.4) / 4 + 0.15 - 0.3)


def test_swings_of_challengers_are_over_elections_and_their_spread_over_states() -> None:
    union = Union(states=3, horizon=6)
    union.members["challenger"] = 0.1, 0.2, 0.3
    union.watch(0)
    for quarter, state, vote in ((1, 0, 0.3), (2, 1, 0.2), (3, 0, 0.1), (4, 2, 0.3)):
        union.members["voted"] = 0
        union.members[state].voted, union.members[state].challenger = 1, vote
        union.watch(quarter)
    changes = np.array([0.2, 0.0, -0.2, 0.0])
    assert union.found("challenger_change_sd") == pytest.approx(changes.std())
    union.members["voted"] = 0
    union.watch(5)
    assert union.found("challenger_spread") == pytest.approx(
        np.mean([np.std(votes) for votes in ((0.3, 0.2, 0.3), (0.1, 0.2, 0.3), (0.1, 0.2, 0.3), (0.1, 0.2, 0.3))])
    )


def test_elections_are_counted_where_they_are_held() -> None:
    union = Union(states=3)
    union.members["regime"] = world.LIBERAL_DEMOCRACY, world.ELECTORAL_DEMOCRACY, world.CLOSED_AUTOCRACY
    union.watch(*range(31))
    union.members["voted"] = 1
    union.watch(31)
    assert union.found("election_interval") == pytest.approx(8.0)


def test_before_any_vote_there_is_no_swing_and_no_interval() -> None:
    union = Union()
    union.watch(*range(8))
    assert isnan(union.found("challenger_change_sd"))
    assert isnan(union.found("election_interval"))
    assert union.found("challenger_spread") == 0.0
    assert union.found("trust_spread") == sqrt(0.0)
