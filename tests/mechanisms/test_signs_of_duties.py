"""Signs of duties and decisions, as paired experiments under the same luck; `comity.signs` has them in words."""

from __future__ import annotations

import numpy as np
from paired import MANY, difference, effect, interval, on, outcome, sign


@sign("settlement")
def test_quiet_settlement_clears_what_is_overdue_where_members_dare(runs: int) -> None:
    """And nothing where they do not, as in ASEAN."""
    assert effect("eu", "overdue_share", {}, on("dispute_settlement"), runs)[1] < 0.0
    low, high = effect("asean", "overdue_share", {}, on("dispute_settlement"), runs)
    assert low > -0.0005 and high < 0.0005


@sign("settlement_price")
def test_quiet_settlement_costs_trust_in_an_unequal_enforcer(runs: int) -> None:
    assert effect("eu", "trust", {}, on("dispute_settlement"), runs)[1] < 0.0


@sign("rights_trust")
def test_rights_win_trust_among_democracies(runs: int) -> None:
    assert effect("eu", "trust", {}, on("rights"), runs)[0] > 0.0


@sign("rights_deter")
def test_rights_cost_signatures_and_raise_threats_among_autocracies(runs: int) -> None:
    assert effect("ecowas", "adoption_share", {}, on("rights"), runs)[1] < 0.0
    assert effect("african-union", "threats", {}, on("rights"), runs)[0] > 0.0


@sign("suspensions")
def test_s2_half_a_rights_lever_suspends_those_who_violate_rarely(runs: int) -> None:
    found = outcome("african-union", "suspensions_per_violation", on("rights", strength=0.5), runs)
    assert 0.03 < np.nanmean(found) < 0.15


@sign("majority_threats")
def test_w8_a_majority_deepens_a_union_of_unequals_and_raises_threats(runs: int) -> None:
    for name in ("integration", "threats"):
        assert effect("african-union", name, {}, on("decision_rule"), runs)[0] > 0.0, name


@sign("majority_compliance")
def test_w8_law_that_a_majority_passed_is_kept_less_and_respected_less(runs: int) -> None:
    for name in ("implementation_true", "respect"):
        assert effect("ecowas", name, {}, on("decision_rule"), runs)[1] < 0.0, name


@sign("higher_bar")
def test_a_higher_bar_than_a_qualified_majority_trades_integration_for_respect(runs: int) -> None:
    runs, high_bar = max(runs, MANY), on("decision_rule", strength=0.2)  # a small effect
    assert effect("eu", "integration", {}, high_bar, runs)[1] < 0.0
    assert effect("eu", "respect", {}, high_bar, runs)[0] > 0.0


@sign("delegation_trust")
def test_delegation_costs_trust_where_attachment_is_exclusive(runs: int) -> None:
    assert effect("eu", "trust", {}, on("delegation"), runs)[1] < 0.0


@sign("convener")
def test_a_convener_is_trusted_and_its_findings_wait(runs: int) -> None:
    """Forbearance and what publics like, on both sides of the scale."""
    for strength, trusted in ((-1.0, 1.0), (1.0, -1.0)):
        for name in ("trust", "overdue_share"):
            moved = trusted * difference("eu", name, {}, on("stance", strength=strength), runs)
            assert interval(moved)[0] > 0.0, (strength, name)


@sign("pace")
def test_more_pace_carries_the_eu_further_until_it_no_longer_does(runs: int) -> None:
    """An optimum of integration within the scale."""
    some = on("pace", strength=0.25)
    assert effect("eu", "integration", {}, some, runs)[0] > 0.0
    assert effect("eu", "integration", some, on("pace"), runs)[1] < 0.0
    assert effect("eu", "respect", {}, some, runs)[1] < 0.0


@sign("court_first")
def test_pattern_5_states_leave_a_court_sooner_than_the_organization(runs: int) -> None:
    """Where acceptance of the court may be withdrawn, more withdraw it than leave."""
    free = {"forces.court_exit.level": 0.3}
    partial, whole = (outcome("ecowas", name, free, runs) for name in ("court_exits", "exits"))
    assert interval(partial - whole)[0] > 0.0
