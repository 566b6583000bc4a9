"""A lever that is off leaves every draw and every untouched state bit-identical: only its own consequences differ."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from comity import beginning, engine, scenario
from comity.quarter import LEVERS
from comity.simulation import Simulation
from comity.tables import World

YEARS = 6
SWITCHED_ON = 8
"""The quarter from which a lever is switched on in these tests."""
STATE = ("org", "areas", "members", "stakes", "measures", "posts", "tallies")
"""Every table that changes in a run but the parameters; the clock and the scratch rows of decisions aside."""
ACCOUNTS = {"org.requested", "org.coverage", "org.spent", "org.reserve", "tallies.money_out"}
"""What a lever that is paid for changes even where it is aimed at nobody."""
DESIGN = {"hardness": "hardness", "court": "court", "sunset": "sunset", "tranches": "tranche", "opt_outs": "opt_out",
          "waiver": "escape", "forum": "tailoring"}  # fmt: skip
"""Levers that write themselves into new measures, and the column that they write."""
REGIONS = ("eu", "asean", "ecowas", "mercosur", "african-union")
Changes = dict[str, Any]


def bare(name: str = "ecowas") -> scenario.Scenario:
    """A region with no lever at all."""
    off = {f"levers.{lever}.on": False for lever in LEVERS}
    return scenario.load(name).with_({**off, "run.years": YEARS})


def on(lever: str, strength: float = 0.8, **more: Any) -> Changes:
    """The lever switched on."""
    at = f"levers.{lever}"
    return {f"{at}.on": True, f"{at}.strength": strength} | {f"{at}.{key}": value for key, value in more.items()}


def state(found: World) -> dict[str, bytes]:
    """The bits of every column of the state."""
    tables = {name: getattr(found, name) for name in STATE}
    return {f"{name}.{column}": rows[column].tobytes() for name, rows in tables.items() for column in rows.dtype.names}


def end(what: scenario.Scenario, seed: int = 3) -> dict[str, bytes]:
    """The state after a whole run."""
    return state(engine.trace(beginning.begin(what), seed).world)


def differing(one: dict[str, bytes], other: dict[str, bytes]) -> set[str]:
    """The columns that are not the same to the bit."""
    return {column for column in one if one[column] != other[column]}


SPOKEN = {
    "court": {"org.predictability"}, "funds": {"org.side_payments"}, "dialogue": {"org.effort"},
    "dispute_settlement": {"org.predictability"},
    "assembly": {"org.assembly"},
}  # fmt: skip
"""Levers that speak to all, whomever they are meant for, and the columns of the organization in which they do."""
AIMED = [name for name, lever in LEVERS.items() if not lever.for_all and name not in SPOKEN]
"""Levers that can be meant for some only, and that speak to nobody else."""


@pytest.mark.parametrize("name", ["eu+respectful", "asean", "ecowas", "mercosur+rigid", "african-union"])
@pytest.mark.parametrize("lever", LEVERS)
def test_what_is_written_about_a_lever_that_is_off_changes_no_bit(lever: str, name: str) -> None:
    off = scenario.load(name).with_({f"levers.{lever}.on": False, "levers.adaptive.on": False, "run.years": YEARS})
    changes: Changes = {f"levers.{lever}.strength": 0.3}
    if not LEVERS[lever].for_all:
        changes[f"levers.{lever}.areas"] = ["trade"]
    for key, declared in LEVERS[lever].parameters().items():
        changes[f"levers.{lever}.{key}"] = declared.parameter.low + 0.3 * (declared.default - declared.parameter.low)
    assert differing(end(off), end(off.with_(changes))) == set()


@pytest.mark.parametrize("lever", LEVERS)
def test_a_lever_of_no_strength_is_a_lever_that_is_off(lever: str) -> None:
    assert differing(end(bare()), end(bare().with_(on(lever, 0.0)))) == set()


@pytest.mark.parametrize("lever", LEVERS)
def test_until_a_lever_is_switched_on_nothing_differs_and_then_something_does(lever: str) -> None:
    later = bare().with_(on(lever, 1.0, **{"from": "2012Q1"}))
    with_it, without = Simulation(later, rng=3, collect=False), Simulation(bare(), rng=3, collect=False)
    for _ in range(SWITCHED_ON):
        with_it.step()
        without.step()
        assert with_it.world.digest() == without.world.digest()
    while without.running:
        with_it.step()
        without.step()
    assert differing(state(with_it.world), state(without.world))


@pytest.mark.parametrize("lever", LEVERS)
def test_a_lever_changes_no_luck_so_growth_and_regimes_are_the_same_to_the_bit(lever: str) -> None:
    """What no organization moves: the draws behind them have addresses of their own."""
    fixed = bare().with_({"forces.prosperity.share": 0.0})  # else gains would move growth, and so income
    moved = differing(end(fixed), end(fixed.with_(on(lever, 1.0))))
    given = {"org.growth_common", "org.trust_common", "org.storm_economic", "members.growth_own", "members.democracy",
             "members.regime", "members.income", "members.episode", "members.crisis", "members.term_clock"}  # fmt: skip
    assert moved & given == set()


def aimed_at_nobody(region: str, lever: str) -> set[str]:
    """What a lever changes that is on and paid for, but meant for no member and no area."""
    begun = beginning.begin(bare(region).with_(on(lever)))
    row = list(LEVERS).index(lever)
    begun.world.aims_member[row, :] = begun.world.aims_area[row, :] = 0
    return differing(end(bare(region)), state(engine.trace(begun, 3).world))


@pytest.mark.parametrize("region", REGIONS)
@pytest.mark.parametrize("lever", AIMED)
def test_a_lever_aimed_at_nobody_moves_its_accounts_alone(lever: str, region: str) -> None:
    assert aimed_at_nobody(region, lever) <= ACCOUNTS


@pytest.mark.parametrize("lever", SPOKEN)
def test_some_levers_speak_to_all_whomever_they_are_meant_for(lever: str) -> None:
    """A court makes the organization more predictable, an offer of funds lies on the table, for everybody."""
    begun = beginning.begin(bare("ecowas").with_({**on(lever), "organization.pace": 0.0}))
    still = beginning.begin(bare("ecowas").with_({"organization.pace": 0.0}))
    row = list(LEVERS).index(lever)
    begun.world.aims_member[row, :] = begun.world.aims_area[row, :] = 0
    begun.world.clock["horizon"] = still.world.clock["horizon"] = 1
    found = differing(state(engine.trace(still, 3).world), state(engine.trace(begun, 3).world))
    assert SPOKEN[lever] <= found
    of_the_organization = {column for column in found if column.startswith("org.")}
    assert of_the_organization <= {*SPOKEN[lever], *ACCOUNTS, "org.legitimacy"}


@pytest.mark.parametrize("lever", DESIGN)
def test_a_lever_aimed_at_one_area_leaves_the_measures_of_others_as_they_were(lever: str) -> None:
    begun = beginning.begin(bare("eu").with_(on(lever, areas=["trade"])))
    measures = engine.trace(begun, 3).world.measures
    trade, live = measures["area"] == begun.areas.index("trade"), measures["stage"] > 0
    column = DESIGN[lever]
    plain = 0.1 if lever == "hardness" else 0.0
    assert (live & trade).any() and (live & ~trade).any()
    assert (measures[column][live & trade] > plain).any()
    assert np.all(measures[column][live & ~trade] == plain)


def test_audit_aimed_at_a_group_audits_its_members_alone() -> None:
    aimed = bare().with_({"levers.audit.on": True, "levers.audit.strength": 0.8, "levers.audit.members": ["uemoa"]})
    begun = beginning.begin(aimed)
    audited = engine.trace(begun, 3).world.members["audit"]
    group = set(scenario.load("ecowas").resolved["region"]["groups"]["uemoa"])
    inside = engine.trace(begun, 3).world.members["inside"] != 0
    for row, code in enumerate(begun.members):
        assert (audited[row] > 0.0) == (code in group and bool(inside[row]))


def test_a_schedule_moves_a_lever_in_its_quarters() -> None:
    planned = bare().with_(
        {
            "levers.audit.on": True,
            "levers.audit.schedule": [{"from": "2011Q1", "strength": 0.2}, {"from": "2012Q1", "strength": 0.7}],
            "levers.audit.until": "2013Q1",
        }
    )
    begun = beginning.begin(planned)
    row = list(LEVERS).index("audit")
    assert begun.world.plan[[4, 7, 8, 11, 12], row].tolist() == [0.2, 0.2, 0.7, 0.7, 0.0]


def test_a_measure_keeps_the_valve_it_was_tabled_with_after_the_lever_is_off() -> None:
    early = bare("eu").with_({"levers.waiver.on": True, "levers.waiver.strength": 0.8, "levers.waiver.until": "2012Q1"})
    model = Simulation(early, rng=3, collect=False)
    waived = 0
    while model.running:
        model.step()
        if model.quarter >= SWITCHED_ON:
            waived = max(waived, int((model.world.posts["rung"] == 3).sum()))
    assert waived > 0
