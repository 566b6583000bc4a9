"""Signs of money, data, protection and donors, as paired experiments under the same luck; see `comity.signs`."""

from __future__ import annotations

import numpy as np
from paired import difference, effect, for_all, interval, on, outcome, sign


@sign("milestones")
def test_money_paid_on_delivery_raises_delivery_where_there_is_money(runs: int) -> None:
    assert effect("eu", "implementation_true", {}, on("milestones"), runs)[0] > 0.0


@sign("milestones_respect")
def test_money_paid_on_delivery_costs_respect(runs: int) -> None:
    for region in ("eu", "ecowas"):
        assert effect(region, "respect", {}, on("milestones", strength=0.5), runs)[1] < 0.0, region


@sign("late_money")
def test_r14_milestone_money_is_paid_late_and_latest_to_the_weak(runs: int) -> None:
    """About half at half-time in an able union, less where administrations are weak."""
    able, weak = (outcome(region, "milestones_paid_half", on("milestones"), runs) for region in ("eu", "ecowas"))
    assert 0.35 < np.nanmean(able) < 0.65
    assert np.nanmean(weak) < np.nanmean(able)


@sign("milestones_cycles")
def test_milestones_and_cycles_do_less_together_than_milestones_alone(runs: int) -> None:
    assert effect("eu", "implementation_true", on("milestones"), on("milestones", "cycles"), runs)[1] < 0.0


@sign("cycles")
def test_regular_cycles_bring_dues_in_time(runs: int) -> None:
    assert effect("ecowas", "arrears", {}, on("cycles"), runs)[1] < 0.0


@sign("private_money")
def test_private_money_makes_unequal_where_it_is_badly_governed(runs: int) -> None:
    """The same union with and without integrity."""
    divided = []
    for integrity in (0.1, 0.9):
        world = for_all("ecowas", "integrity", integrity)
        divided.append(difference("ecowas", "inequality_within", world, world | on("cofinance"), runs))
    assert interval(divided[0] - divided[1])[0] > 0.0


@sign("private_money_parts")
def test_private_money_parts_the_well_governed_from_the_others(runs: int) -> None:
    assert effect("african-union", "inequality_between", {}, on("cofinance"), runs)[0] > 0.0


@sign("data_breach")
def test_full_exchange_of_data_costs_trust_where_few_can_guard_them(runs: int) -> None:
    assert effect("ecowas", "trust", {}, on("data_governance"), runs)[1] < 0.0


@sign("promise_kept")
def test_a_promise_of_protection_keeps_states_in_where_it_is_kept(runs: int) -> None:
    assert effect("eu", "threats", {}, on("security"), runs)[1] < 0.0
    assert effect("asean", "threats", {}, on("security"), runs)[1] > 0.0


@sign("promise_broken")
def test_failed_protection_raises_the_threat_to_leave(runs: int) -> None:
    """The same promise, kept or broken."""
    kept, broken = (on("security", failing=part) for part in (0.0, 1.0))
    assert effect("asean", "threats", kept, broken, 4 * runs)[0] > 0.0


@sign("ownership")
def test_members_that_pay_for_themselves_trust_more_and_pay_in_time(runs: int) -> None:
    """The African Union with and without its donors' hold on agenda and discipline."""
    free = {"forces.ownership.alien": 0.0, "forces.ownership.foreign": 0.0, "forces.budget.leaning": 0.0}
    assert effect("african-union", "trust", free, {}, runs)[1] < 0.0
    assert effect("african-union", "arrears", free, {}, runs)[0] > 0.0


@sign("rivalry")
def test_threat_between_neighbors_costs_trust(runs: int) -> None:
    """The same region with and without fear of regimes of another kind."""
    calm, tense = {"forces.rivalry.incidents": 0.0}, {"forces.rivalry.incidents": 2.0, "forces.rivalry.regime": 2.0}
    assert effect("asean", "trust", calm, tense, runs)[1] < 0.0
