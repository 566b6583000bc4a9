"""What must hold of every run, whatever is chosen: bounds, luck, order, and nothing out of nothing."""

from __future__ import annotations

from typing import Any

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from comity import beginning, engine, scenario
from comity.quarter import FORCES, LEVERS
from comity.simulation import Simulation

EXAMPLES = settings(
    max_examples=12,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
STILL: dict[str, Any] = {
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
    "shocks.events": None,
    "run.uncertainty": "none",
}
"""A world without luck."""
CALM: dict[str, Any] = {
    "shocks.events": None,
    **{path: 0.0 for path in STILL if path.startswith("forces.shocks.")},
    "organization.pace": 0.0,
}
"""No shock, by calendar or by chance, and nothing tabled."""
NO_LEVERS: dict[str, Any] = {f"levers.{name}.on": False for name in LEVERS}


def lever_settings() -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries(
        {f"levers.{name}.on": st.booleans() for name in LEVERS}
        | {f"levers.{name}.strength": st.floats(0.0, 1.0) for name in LEVERS}
    )


def force_settings() -> st.SearchStrategy[dict[str, Any]]:
    """Some declared numbers, anywhere within their bounds."""
    numbers = {
        f"forces.{name}.{key}": st.floats(declared.parameter.low, declared.parameter.high)
        for name, force in FORCES.items()
        for key, declared in force.parameters().items()
    }
    return st.lists(st.sampled_from(sorted(numbers)), max_size=6, unique=True).flatmap(
        lambda paths: st.fixed_dictionaries({path: numbers[path] for path in paths})
    )


ORGANIZATION = st.fixed_dictionaries(
    {
        "organization.rule": st.sampled_from(["consensus", "qualified_majority", "two_thirds"]),
        "organization.entry": st.sampled_from(["on_adoption", "each", "threshold", "all"]),
        "organization.pace": st.floats(0.0, 30.0),
        "organization.depth": st.floats(0.0, 1.0),
        "organization.due": st.floats(0.25, 10.0),
        "organization.secretariat": st.floats(0.0, 1.0),
        "organization.budget": st.floats(0.0, 0.05),
        "organization.donors": st.floats(0.0, 0.9),
    }
)


@EXAMPLES
@given(lever_settings(), force_settings(), ORGANIZATION, st.integers(2, 9), st.integers(0, 2**32))
def test_bounds_hold_in_every_quarter_whatever_is_chosen(
    levers: dict[str, Any], forces: dict[str, Any], organization: dict[str, Any], members: int, seed: int
) -> None:
    made = scenario.load("eu").with_(
        {"region.synthetic.members": members, "run.years": 8, **levers, **forces, **organization}
    )
    model = Simulation(made, rng=seed, collect=False)
    while model.running:
        model.step()
        assert model.world.out_of_bounds() == []
        assert model.world.org[0].spent <= model.world.org[0].revenue + 1.0 + 1e-9


@EXAMPLES
@given(st.randoms(use_true_random=False), st.integers(0, 2**32))
def test_the_order_in_which_members_are_listed_does_not_matter_to_the_bit(shuffler: Any, seed: int) -> None:
    union = scenario.load("ecowas").with_({"run.years": 5})
    stated = union.stated.plain()
    codes = list(stated["region"]["members"])
    shuffler.shuffle(codes)
    stated["region"]["members"] = {code: stated["region"]["members"][code] for code in codes}
    one, other = beginning.begin(union), beginning.begin(scenario.load(stated))
    assert one.members == other.members
    assert engine.trace(one, seed).world.digest() == engine.trace(other, seed).world.digest()


def test_identical_members_without_luck_stay_identical() -> None:
    union = scenario.load("mercosur").with_({**STILL, **NO_LEVERS, "run.years": 12, "organization.pace": 0.0})
    stated = union.stated.plain()
    model_member = {**stated["region"]["members"]["ARG"], "capital": [-34.6, -58.4], "next_election": "1999Q4"}
    stated["region"]["members"] = {code: dict(model_member) for code in ("ARG", "BRA", "PRY", "URY")}
    stated["region"]["borders"] = []
    stated["region"]["groups"] = {}
    stated["forces"] = {**stated.get("forces", {}), "founding": {"frailty": 0.0, "practice_spread": 0.0}}
    for force, numbers in _forces(STILL).items():
        stated["forces"][force] = {**stated["forces"].get(force, {}), **numbers}
    begun = beginning.begin(scenario.load(stated))
    end = engine.trace(begun, 5).world.members
    for column in (
        "trust",
        "grievance",
        "challenger",
        "preference",
        "gain",
        "capacity",
        "democracy",
        "power",
        "respect",
    ):
        assert len(set(end[column].tolist())) == 1, column


def _forces(paths: dict[str, Any]) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
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


def test_without_shocks_trust_does_not_drift_by_more_than_two_points_in_twenty_years() -> None:
    quiet = scenario.load("eu").with_({**CALM, **NO_LEVERS, "forces.founding.trust_home": 0.5})
    begun = beginning.begin(quiet)
    place = [begun.world.place("members", row, "trust") for row in range(len(begun.members))]
    home = [begun.world.place("members", row, "trust_home") for row in range(len(begun.members))]
    ends: list[float] = []

    def take(_: int, __: int, trace: engine.Trace) -> None:
        ends.append(float((trace.record[-1, : len(place)] - trace.record[-1, len(place) :]).mean()))

    engine.ensemble([begun], 1, range(80), picks=np.array(place + home), take=take)
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


def test_a_hearing_that_changes_nothing_leaves_respect_where_it_was() -> None:
    base = scenario.load("eu").with_({"levers.forum.on": False})
    show = base.with_({"levers.forum.on": True, "levers.forum.strength": 0.8, "levers.forum.uptake": 0.0})
    show = show.with_({"levers.forum.delay": 0.0})
    found = engine.ensemble([beginning.begin(base), beginning.begin(show)], 4, range(24))
    row = list(beginning.begin(base).book.outcomes).index("respect")
    assert abs((found[1, :, row] - found[0, :, row]).mean()) < 0.005
