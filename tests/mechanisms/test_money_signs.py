"""Signs of money, data, protection and donors, as paired experiments under the same luck.

`coded` signs are written into a rule; `emergent` ones come out of several rules together, and only those count as
validation.
"""

from __future__ import annotations

import functools
from typing import Any

import numpy as np
import pytest

from comity import beginning, engine, scenario

FEW, MANY = 24, 200
RUNS = [pytest.param(FEW, id="few"), pytest.param(MANY, id="many", marks=pytest.mark.long)]
each_number_of_runs = pytest.mark.parametrize("runs", RUNS)
Changes = dict[str, Any]


@functools.cache
def _outcomes(region: str, changes: tuple[tuple[str, Any], ...], runs: int) -> dict[str, Any]:
    begun = beginning.begin(scenario.load(region).with_(dict(changes)))
    found = engine.ensemble([begun], 11, range(runs))[0]
    return {name: found[:, column] for column, name in enumerate(begun.book.outcomes)}


def outcome(region: str, name: str, changes: Changes, runs: int) -> Any:
    """The outcome in each run (runs,)."""
    return _outcomes(region, tuple(changes.items()), runs)[name]


def on(*levers: str, strength: float = 1.0) -> Changes:
    """The levers at a strength; the others stay as the region has them."""
    return {f"levers.{name}.on": True for name in levers} | {f"levers.{name}.strength": strength for name in levers}


def interval(difference: Any) -> tuple[float, float]:
    """The 95 % interval of a mean of paired differences."""
    kept = difference[~np.isnan(difference)]
    half = 1.96 * kept.std(ddof=1) / np.sqrt(len(kept))
    return float(kept.mean() - half), float(kept.mean() + half)


def effect(region: str, name: str, without: Changes, with_it: Changes, runs: int) -> tuple[float, float]:
    """What the second adds to the first, under the same luck."""
    return interval(outcome(region, name, with_it, runs) - outcome(region, name, without, runs))


@each_number_of_runs
def test_money_paid_on_delivery_raises_delivery_where_there_is_money(runs: int) -> None:
    """Milestones, coded: willingness rises with what is at stake."""
    assert effect("eu", "implementation_true", {}, on("milestones"), runs)[0] > 0.0


@each_number_of_runs
def test_money_paid_on_delivery_costs_respect(runs: int) -> None:
    """Milestones, emergent: money withheld and proving what is done weigh more than work done sooner."""
    for region in ("eu", "ecowas"):
        assert effect(region, "respect", {}, on("milestones", strength=0.5), runs)[1] < 0.0, region


@each_number_of_runs
def test_r14_milestone_money_is_paid_late_and_latest_to_the_weak(runs: int) -> None:
    """R14, emergent: about half at half-time in an able union, less where administrations are weak."""
    able, weak = (outcome(region, "milestones_paid_half", on("milestones"), runs) for region in ("eu", "ecowas"))
    assert 0.35 < np.nanmean(able) < 0.65
    assert np.nanmean(weak) < np.nanmean(able)


@each_number_of_runs
def test_milestones_and_cycles_do_less_together_than_milestones_alone(runs: int) -> None:
    """Coded: a guaranteed envelope makes the threat to keep it empty."""
    assert effect("eu", "implementation_true", on("milestones"), on("milestones", "cycles"), runs)[1] < 0.0


@each_number_of_runs
def test_regular_cycles_bring_dues_in_time(runs: int) -> None:
    """Cycles, coded."""
    assert effect("ecowas", "arrears", {}, on("cycles"), runs)[1] < 0.0


@each_number_of_runs
def test_private_money_makes_unequal_where_it_is_badly_governed(runs: int) -> None:
    """Cofinance, coded: the same union with and without integrity."""
    codes = beginning.begin(scenario.load("ecowas")).members
    divided = {}
    for integrity in (0.1, 0.9):
        world = {f"region.members.{code}.integrity": integrity for code in codes}
        divided[integrity] = outcome("ecowas", "inequality_within", {**world, **on("cofinance")}, runs)
        divided[integrity] = divided[integrity] - outcome("ecowas", "inequality_within", world, runs)
    assert interval(divided[0.1] - divided[0.9])[0] > 0.0


@each_number_of_runs
def test_private_money_parts_the_well_governed_from_the_others(runs: int) -> None:
    """Cofinance, emergent: it goes where governance is good already."""
    assert effect("african-union", "inequality_between", {}, on("cofinance"), runs)[0] > 0.0


@each_number_of_runs
def test_full_exchange_of_data_costs_trust_where_few_can_guard_them(runs: int) -> None:
    """Data governance, emergent: what breaches cost outweighs what daily handling wins."""
    assert effect("ecowas", "trust", {}, on("data_governance"), runs)[1] < 0.0


@each_number_of_runs
def test_a_promise_of_protection_keeps_states_in_where_it_is_kept(runs: int) -> None:
    """Security, emergent: fewer threats to leave in the European Union, no fewer where means are nil (W4)."""
    assert effect("eu", "threats", {}, on("security"), runs)[1] < 0.0
    assert effect("asean", "threats", {}, on("security"), runs)[1] > 0.0


@each_number_of_runs
def test_failed_protection_raises_the_threat_to_leave(runs: int) -> None:
    """W4, coded: the same promise, kept or broken."""
    kept, broken = {"levers.security.failing": 0.0}, {"levers.security.failing": 1.0}
    assert effect("asean", "threats", {**on("security"), **kept}, {**on("security"), **broken}, runs)[0] > 0.0


@each_number_of_runs
def test_members_that_pay_for_themselves_trust_more_and_pay_in_time(runs: int) -> None:
    """Ownership, coded: the African Union with and without its donors' hold on agenda and discipline."""
    free = {"forces.ownership.alien": 0.0, "forces.ownership.foreign": 0.0, "forces.budget.leaning": 0.0}
    assert effect("african-union", "trust", free, {}, runs)[1] < 0.0
    assert effect("african-union", "arrears", free, {}, runs)[0] > 0.0


@each_number_of_runs
def test_c13_that_integration_makes_richer_is_contested(runs: int) -> None:
    """C13: the effect over runs includes zero, since the coefficient is drawn around it."""
    switched_off = {"forces.prosperity.share": 0.0, "forces.prosperity.drift": 0.0}
    difference = outcome("eu", "trust", {}, runs) - outcome("eu", "trust", switched_off, runs)
    low, high = np.quantile(difference, [0.05, 0.95])
    assert low < 0.0 < high


@each_number_of_runs
def test_threat_between_neighbors_costs_trust(runs: int) -> None:
    """Rivalry, coded: the same region with and without fear of regimes of another kind."""
    calm, tense = {"forces.rivalry.incidents": 0.0}, {"forces.rivalry.incidents": 2.0, "forces.rivalry.regime": 2.0}
    assert effect("asean", "trust", calm, tense, runs)[1] < 0.0
