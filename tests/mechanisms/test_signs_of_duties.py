"""Signs of duties and decisions, as paired experiments under the same luck; labelled as in `test_signs`."""

from __future__ import annotations

import functools
from typing import Any

import numpy as np
import pytest

from comity import beginning, engine, scenario

FEW, MANY = 24, 200
RUNS = [pytest.param(FEW, id="few"), pytest.param(MANY, id="many", marks=pytest.mark.long)]


@functools.cache
def _outcomes(region: str, changes: tuple[tuple[str, Any], ...], runs: int) -> Any:
    begun = beginning.begin(scenario.load(region).with_(dict(changes)))
    return engine.ensemble([begun], 11, range(runs))[0]


def outcome(region: str, name: str, runs: int, **changes: Any) -> Any:
    """The outcome in each run (runs,); a double underscore stands for a dot, a bare lever's name for its strength."""
    begun = beginning.begin(scenario.load(region))
    said: dict[str, Any] = {}
    for key, value in changes.items():
        if "__" in key:
            said[key.replace("__", ".")] = value
        else:
            said |= {f"levers.{key}.on": True, f"levers.{key}.strength": value}
    return _outcomes(region, tuple(said.items()), runs)[:, list(begun.book.outcomes).index(name)]


def interval(difference: Any) -> tuple[float, float]:
    """The 95 % interval of a mean of paired differences."""
    kept = difference[~np.isnan(difference)]
    half = 1.96 * kept.std(ddof=1) / np.sqrt(len(kept))
    return float(kept.mean() - half), float(kept.mean() + half)


def effect(region: str, name: str, runs: int, **lever: Any) -> tuple[float, float]:
    """What the lever adds to the region as it is."""
    return interval(outcome(region, name, runs, **lever) - outcome(region, name, runs))


@pytest.mark.parametrize("runs", RUNS)
def test_quiet_settlement_clears_what_is_overdue_where_members_dare(runs: int) -> None:
    """Coded: and nothing where they do not, as in ASEAN; the price, trust in an unequal enforcer, is emergent."""
    assert effect("eu", "overdue_share", runs, dispute_settlement=1.0)[1] < 0.0
    low, high = effect("asean", "overdue_share", runs, dispute_settlement=1.0)
    assert abs(low) < 0.0005 and abs(high) < 0.0005
    assert effect("eu", "trust", runs, dispute_settlement=1.0)[1] < 0.0


@pytest.mark.parametrize("runs", RUNS)
def test_rights_win_trust_among_democracies_and_cost_signatures_among_autocrats(runs: int) -> None:
    """Coded: remedies are valued where courts carry them; clauses deter those who have most to hide."""
    assert effect("eu", "trust", runs, rights=1.0)[0] > 0.0
    assert effect("ecowas", "adoption_share", runs, rights=1.0)[1] < 0.0
    assert effect("african-union", "threats", runs, rights=1.0)[0] > 0.0


@pytest.mark.parametrize("runs", RUNS)
def test_s2_a_rights_lever_suspends_backsliders_rarely(runs: int) -> None:
    """S2, coded: .03 to .15 suspensions for each year of violation, half of the full lever."""
    found = outcome("african-union", "suspensions_per_violation", runs, rights=0.5)
    assert 0.03 < np.nanmean(found) < 0.15


@pytest.mark.parametrize("runs", RUNS)
def test_w8_a_majority_deepens_a_union_of_unequals_and_drives_the_outvoted_to_threats(runs: int) -> None:
    """W8, coded for the outvoted; that laws are then kept less is emergent."""
    assert effect("african-union", "integration", runs, decision_rule=1.0)[0] > 0.0
    assert effect("african-union", "threats", runs, decision_rule=1.0)[0] > 0.0
    assert effect("ecowas", "implementation_true", runs, decision_rule=1.0)[1] < 0.0
    assert effect("ecowas", "respect", runs, decision_rule=1.0)[1] < 0.0


@pytest.mark.parametrize("runs", RUNS)
def test_a_higher_bar_than_a_qualified_majority_trades_integration_for_respect(runs: int) -> None:
    """Emergent: near consensus the EU is asked for less."""
    assert effect("eu", "integration", runs, decision_rule=0.2)[1] < 0.0
    assert effect("eu", "respect", runs, decision_rule=0.2)[0] > 0.0


@pytest.mark.parametrize("runs", RUNS)
def test_w8_delegation_lowers_threats_to_leave_but_for_its_price(runs: int) -> None:
    """W8, coded as a route: equal enforcement, predictability; many threats, and no price, so that few runs show it."""
    common = {"forces__threat__level": -5.0}
    free = {**common, "levers__delegation__resented": 0.0, "levers__delegation__surrendered": 0.0}
    without = outcome("eu", "threats", runs, **common)
    assert interval(outcome("eu", "threats", runs, delegation=1.0, **free) - without)[1] < 0.0
    assert effect("eu", "trust", runs, delegation=1.0)[1] < 0.0


@pytest.mark.parametrize("runs", RUNS)
def test_a_convener_is_trusted_and_its_findings_wait(runs: int) -> None:
    """Coded on both sides: forbearance, pressure, and what publics like."""
    assert effect("eu", "trust", runs, stance=-1.0)[0] > 0.0
    assert effect("eu", "overdue_share", runs, stance=-1.0)[0] > 0.0
    assert effect("eu", "trust", runs, stance=1.0)[1] < 0.0
    assert effect("eu", "overdue_share", runs, stance=1.0)[1] < 0.0


@pytest.mark.parametrize("runs", RUNS)
def test_more_pace_carries_the_eu_further_until_it_no_longer_does(runs: int) -> None:
    """Emergent: an optimum within the scale, by overload and by depth beyond practice; respect falls throughout."""
    some, all_ = (outcome("eu", "integration", runs, pace=strength) for strength in (0.25, 1.0))
    assert effect("eu", "integration", runs, pace=0.25)[0] > 0.0
    assert interval(all_ - some)[1] < 0.0
    assert effect("eu", "respect", runs, pace=0.25)[1] < 0.0


@pytest.mark.parametrize("runs", RUNS)
def test_pattern_5_states_leave_a_court_sooner_than_the_organization(runs: int) -> None:
    """Pattern 5, coded in its level: where acceptance of the court may be withdrawn, more withdraw it than leave."""
    free = {"forces__court_exit__level": 0.3}
    partial, whole = (outcome("ecowas", name, runs, **free) for name in ("court_exits", "exits"))
    assert interval(partial - whole)[0] > 0.0
