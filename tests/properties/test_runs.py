"""What must hold of a whole run: order and names of members do not matter, and nothing comes out of nothing."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from comity import beginning, engine, scenario, world
from comity.quarter import LEVERS
from comity.simulation import Simulation

EXAMPLES = settings(
    max_examples=12,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
Changes = dict[str, Any]
STILL: Changes = {
    "forces.growth.volatility": 0.0,
    "forces.shocks.economic_rate": 0.0,
    "forces.shocks.migration_rate": 0.0,
    "forces.shocks.security_rate": 0.0,
    "forces.shocks.pandemic_rate": 0.0,
    "forces.disinformation.rate": 0.0,
    "forces.regime.eroding": 0.0,
    "forces.regime.opening": 0.0,
    "forces.regime.coup_rate": 0.0,
    "forces.regime.capacity_noise": 0.0,
    "forces.elections.swing": 0.0,
    "forces.elections.turn": 0.0,
    "forces.elections.snap": 0.0,
    "forces.elections.govern_floor": -10.0,
    "forces.elections.govern_slope": 0.0,
    "forces.publics.common_noise": 0.0,
    "forces.publics.own_noise": 0.0,
    "forces.publics.national_noise": 0.0,
    "forces.publics.survey": 0.0,
    "forces.publics.identity_noise": 0.0,
    "forces.budget.unsteady": 0.0,
    "forces.threat.level": -15.0,
    "forces.rivalry.noise": 0.0,
    "forces.rivalry.incidents": 0.0,
    "forces.ownership.unsteady": 0.0,
    "shocks.events": None,
    "run.uncertainty": "none",
}
"""A world without luck."""
CALM: Changes = {
    "shocks.events": None,
    **{path: 0.0 for path in STILL if path.startswith("forces.shocks.")},
    "organization.pace": 0.0,
}
"""No shock, by calendar or by chance, and nothing tabled."""
CODES = ("ARG", "BRA", "PRY", "URY")
REGIONS = ("eu", "asean", "ecowas", "mercosur", "african-union")
NO_LEVERS: Changes = {f"levers.{name}.on": False for name in LEVERS}


def all_levers(strength: float) -> Changes:
    """Every lever on."""
    return {f"levers.{name}.{key}": value for name in LEVERS for key, value in (("on", True), ("strength", strength))}


@EXAMPLES
@given(st.sampled_from(REGIONS), st.randoms(use_true_random=False), st.floats(0.1, 1.0), st.integers(0, 2**32))
def test_the_order_in_which_members_are_listed_does_not_matter_to_the_bit(
    region: str, shuffler: Any, strength: float, seed: int
) -> None:
    union = scenario.load(region).with_({**all_levers(strength), "run.years": 5, "run.uncertainty": "all"})
    stated = union.stated.plain()
    listed = stated["region"]
    for name in ("members", "groups"):
        keys = list(listed.get(name, {}))
        shuffler.shuffle(keys)
        listed[name] = {key: listed[name][key] for key in keys}
    shuffler.shuffle(listed["borders"])
    one, other = beginning.begin(union), beginning.begin(scenario.load(stated))
    assert one.members == other.members
    assert engine.trace(one, seed).world.digest() == engine.trace(other, seed).world.digest()


@pytest.mark.parametrize("levers", [NO_LEVERS, all_levers(0.6)], ids=["no lever", "every lever"])
def test_identical_members_without_luck_stay_identical(levers: Changes) -> None:
    union = scenario.load("mercosur").with_({**STILL, **levers, "run.years": 12, "organization.pace": 0.0})
    stated = union.stated.plain()
    twin = {**stated["region"]["members"]["ARG"], "capital": [-34.6, -58.4], "next_election": "1999Q4"}
    stated["region"] |= {"members": {code: dict(twin) for code in CODES}, "borders": [], "groups": {}}
    stated["forces"] = {**stated.get("forces", {}), "founding": {"frailty": 0.0, "practice_spread": 0.0}}
    for force, numbers in _forces(STILL).items():
        stated["forces"][force] = {**stated["forces"].get(force, {}), **numbers}
    end = engine.trace(beginning.begin(scenario.load(stated)), 5).world.members
    given = {"id"}  # the name by which a state's luck is addressed
    assert {c for c in end.dtype.names if len(set(end[c].tolist())) > 1} <= given


def test_identical_members_differ_by_luck_alone() -> None:
    union = scenario.load("mercosur").with_({"run.years": 8})
    stated = union.stated.plain()
    twin = {**stated["region"]["members"]["ARG"], "capital": [-34.6, -58.4]}
    stated["region"] |= {"members": {code: dict(twin) for code in CODES}, "borders": [], "groups": {}}
    stated["shocks"] = {"events": None}
    begun = beginning.begin(scenario.load(stated))
    picks = np.array([begun.world.place("members", row, "trust") for row in range(len(CODES))])
    ends = np.zeros((200, len(CODES)))

    def take(_: int, run: int, trace: engine.Trace) -> None:
        ends[run] = trace.record[-1]

    engine.ensemble([begun], 6, range(len(ends)), picks=picks, take=take)
    assert len(set(ends[0].tolist())) == len(CODES)
    apart = ends - ends.mean(axis=1, keepdims=True)
    assert np.all(np.abs(apart.mean(axis=0)) < 3.0 * apart.std(axis=0) / np.sqrt(len(ends)))


def _forces(paths: Changes) -> dict[str, Changes]:
    found: dict[str, Changes] = {}
    for path, value in paths.items():
        if path.startswith("forces."):
            _, force, number = path.split(".")
            found.setdefault(force, {})[number] = value
    return found


def test_one_member_gains_nothing_from_others() -> None:
    model = Simulation(scenario.load("eu").with_({"region.synthetic.members": 2, "run.years": 5}), rng=1, collect=False)
    model.world.members["inside"][1] = 0
    model.world.members["standing"][1] = 0
    model.world.members["accession"][1] = -1
    while model.running:
        model.step()
    assert model.world.stakes["shared"][0].tolist() == [0.0] * 7
    assert model.world.members["dependence"][0] == 0.0


def test_without_shock_lever_measure_and_luck_nothing_happens() -> None:
    quiet = scenario.load("asean").with_({**STILL, **CALM, **NO_LEVERS, "run.years": 10, "region.synthetic.members": 8})
    # trust starts at its level, so that it has nowhere to go
    quiet = quiet.with_({"forces.slate.trusted": 0.0, "forces.publics.uncompensated": 0.0})
    model = Simulation(quiet, rng=2, collect=False)
    model.world.members["trust"] = model.world.members["trust_home"]
    before = {c: model.world.members[c].copy() for c in ("trust", "grievance", "challenger", "preference", "democracy")}
    integrated = model.world.areas["integration"].copy()
    while model.running:
        model.step()
    for column, values in before.items():
        assert np.allclose(model.world.members[column], values, atol=1e-3), column
    assert np.allclose(model.world.areas["integration"], integrated, atol=1e-12)
    assert int(model.world.org["serial"][0]) == 0


@pytest.mark.parametrize("region", REGIONS)
def test_without_shocks_trust_does_not_drift_by_more_than_two_points_in_twenty_years(region: str) -> None:
    begun = beginning.begin(scenario.load(region).with_({**CALM, **NO_LEVERS, "run.years": 20}))
    rows = np.flatnonzero(begun.world.members["standing"] == world.MEMBER)
    picks = [begun.world.place("members", row, column) for column in ("trust", "trust_home") for row in rows]
    ends: list[float] = []

    def take(_: int, __: int, trace: engine.Trace) -> None:
        ends.append(float((trace.record[-1, : len(rows)] - trace.record[-1, len(rows) :]).mean()))

    engine.ensemble([begun], 1, range(80), picks=np.array(picks), take=take)
    assert abs(np.mean(ends)) < 0.02


def test_a_state_without_capacity_never_implements() -> None:
    weak = scenario.load("eu").with_({"run.years": 8, "region.synthetic.members": 4})
    model = Simulation(weak, rng=1, collect=False)
    model.world.members["capacity"][0] = 0.0
    model.world.members["capacity_home"][0] = 0.0
    while model.running:
        model.step()
        assert model.world.posts["implemented"][0].max() == 0.0
    assert model.world.posts["implemented"][1:].max() == 1.0


@pytest.mark.parametrize("region", REGIONS)
def test_a_hearing_that_takes_no_time_and_changes_nothing_leaves_respect_where_it_was(region: str) -> None:
    """The placebo: setting a lever buys no respect, only what follows from it does."""
    base = scenario.load(region).with_({"levers.forum.on": False})
    show = {
        "levers.forum.on": True,
        "levers.forum.strength": 0.8,
        "levers.forum.uptake": 0.0,
        "levers.forum.delay": 0.0,
    }
    found = engine.ensemble([beginning.begin(base), beginning.begin(base.with_(show))], 4, range(60))
    row = list(beginning.begin(base).book.outcomes).index("respect")
    assert abs((found[1, :, row] - found[0, :, row]).mean()) < 0.005
