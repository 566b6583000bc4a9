"""A lever that is off leaves every draw and every untouched state bit-identical: only its own consequences differ."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from comity import beginning, engine, scenario
from comity.quarter import LEVERS
from comity.simulation import Simulation

YEARS = 6
SWITCHED_ON = 8
"""The quarter from which a lever is switched on in these tests."""


def bare(name: str = "ecowas") -> scenario.Scenario:
    """A region with no lever at all."""
    off = {f"levers.{lever}.on": False for lever in LEVERS}
    return scenario.load(name).with_({**off, "run.years": YEARS})


def end(what: scenario.Scenario, seed: int = 3) -> str:
    """The digest of all tables but the parameters, after a whole run."""
    found = engine.trace(beginning.begin(what), seed).world
    return "".join(
        str(getattr(found, name).tobytes()) for name in ("org", "areas", "members", "stakes", "measures", "posts")
    )


@pytest.mark.parametrize("lever", LEVERS)
def test_what_is_written_about_a_lever_that_is_off_changes_no_bit(lever: str) -> None:
    changes: dict[str, Any] = {f"levers.{lever}.strength": 0.3, f"levers.{lever}.areas": ["trade"]}
    for name, declared in LEVERS[lever].parameters().items():
        changes[f"levers.{lever}.{name}"] = declared.parameter.low + 0.3 * (declared.default - declared.parameter.low)
    assert end(bare().with_(changes)) == end(bare())


@pytest.mark.parametrize("lever", LEVERS)
def test_until_a_lever_is_switched_on_nothing_differs_and_then_something_does(lever: str) -> None:
    later = bare().with_(
        {f"levers.{lever}.on": True, f"levers.{lever}.strength": 1.0, f"levers.{lever}.from": "2012Q1"}
    )
    with_it, without = Simulation(later, rng=3, collect=False), Simulation(bare(), rng=3, collect=False)
    state = [("org", without.world.org), ("members", without.world.members), ("posts", without.world.posts)]
    for _ in range(SWITCHED_ON):
        with_it.step()
        without.step()
    assert all(getattr(with_it.world, name).tobytes() == table.tobytes() for name, table in state)
    while without.running:
        with_it.step()
        without.step()
    assert any(getattr(with_it.world, name).tobytes() != table.tobytes() for name, table in state)


def test_hardness_aimed_at_one_area_hardens_no_measure_of_another() -> None:
    aimed = bare().with_(
        {"levers.hardness.on": True, "levers.hardness.strength": 0.9, "levers.hardness.areas": ["trade"]}
    )
    begun = beginning.begin(aimed)
    measures = engine.trace(begun, 3).world.measures
    trade = begun.areas.index("trade")
    live = measures["stage"] > 0
    assert np.all(measures["hardness"][live & (measures["area"] == trade)] == 0.9)
    assert np.all(measures["hardness"][live & (measures["area"] != trade)] < 0.9)
    assert (live & (measures["area"] != trade)).any()


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
