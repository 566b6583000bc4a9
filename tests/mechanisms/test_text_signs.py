"""Signs of what prepares a text, as paired experiments under the same luck: each is labelled `coded` or `emergent`."""

from __future__ import annotations

import functools
from typing import Any

import numpy as np
import pytest

from comity import beginning, engine, scenario
from comity.quarter import RULEBOOK
from comity.simulation import Simulation

RUNS = 24
Changes = dict[str, Any]


@functools.cache
def _outcomes(region: str, changes: tuple[tuple[str, Any], ...]) -> Any:
    begun = beginning.begin(scenario.load(region).with_(dict(changes)))
    return engine.ensemble([begun], 11, range(RUNS))[0]


def outcome(region: str, name: str, changes: Changes) -> Any:
    """The outcome in each run (RUNS,)."""
    return _outcomes(region, tuple(changes.items()))[:, list(RULEBOOK.outcomes).index(name)]


def effect(region: str, name: str, without: Changes, with_it: Changes) -> tuple[float, float]:
    """The 95 % interval of what the second adds to the first."""
    difference = outcome(region, name, with_it) - outcome(region, name, without)
    kept = difference[~np.isnan(difference)]
    half = 1.96 * kept.std(ddof=1) / np.sqrt(len(kept))
    return float(kept.mean() - half), float(kept.mean() + half)


def lever(name: str, strength: float = 1.0, **numbers: float) -> Changes:
    """A lever that is on from the start."""
    own = {f"levers.{name}.{key}": value for key, value in numbers.items()}
    return {f"levers.{name}.on": True, f"levers.{name}.strength": strength, **own}


@pytest.mark.parametrize(("region", "name"), [("african-union", "adoption_share"), ("mercosur", "in_force_share")])
def test_p5_talks_leave_fewer_texts_that_fail_at_the_vote_or_at_home(region: str, name: str) -> None:
    """P5, coded: obstacles that are known are met, or the text is not pursued; against talks that only take time."""
    idle = lever("dialogue", relief=0.0, yielding=0.0, hopeless=0.0, holdouts=10.0)
    assert effect(region, name, idle, lever("dialogue"))[0] > 0.0


def test_talks_cost_integration_where_nobody_has_to_be_won_over() -> None:
    """Emergent: in the Union, where a majority decides and adoption binds, talks only delay and displace."""
    assert effect("eu", "integration", {}, lever("dialogue"))[1] < 0.0


def test_c10_a_model_law_spares_constitutions() -> None:
    """C10, coded: less misfit, hence more respect, where versions may differ."""
    assert effect("ecowas", "respect", {}, lever("model_law"))[0] > 0.0


def test_versions_that_differ_cost_integration_where_law_is_deep() -> None:
    """Emergent: the network part of integration shrinks."""
    assert effect("eu", "integration", {}, lever("model_law"))[1] < 0.0


def test_false_alarms_cost_integration_where_the_secretariat_is_weak() -> None:
    """Emergent: an assessment that errs much stops more than one that errs little."""
    good, bad = lever("impact_assessment", noise=0.0), lever("impact_assessment", noise=1.0)
    assert effect("ecowas", "integration", good, bad)[1] < 0.0


def test_recognition_spares_respect_and_costs_integration_where_partners_are_weak() -> None:
    """Coded: less misfit; distrust of weak partners."""
    assert effect("african-union", "respect", {}, lever("recognition"))[0] > 0.0
    assert effect("ecowas", "integration", {}, lever("recognition"))[1] < 0.0


def test_p7_a_trial_that_fails_deters_and_one_that_succeeds_encourages() -> None:
    """P7, coded: both signs, against pilots of which nobody takes notice."""
    unheeded = lever("pilots", heeded=0.0)
    failing, succeeding = lever("pilots", success=1.0), lever("pilots", success=-1.0)
    assert effect("asean", "adoption_share", unheeded, failing)[1] < 0.0
    assert effect("asean", "adoption_share", unheeded, succeeding)[0] > 0.0


def votes_among_elections(changes: Changes) -> float:
    """The share of votes held while a sixth of the region, by power, has an election near (Mercosur, a few runs)."""
    among = held = 0
    for seed in range(4):
        model = Simulation(scenario.load("mercosur").with_(changes), rng=seed, collect=False)
        while model.running:
            model.step()
            found = model.world
            members = found.members[found.members["inside"] != 0]
            near = float(members["power"][members["campaign"] != 0].sum())
            voted = int((found.measures["vote_now"] != 0).sum())
            held += voted
            among += voted if near > 1.0 / 6.0 else 0
    return among / held


def test_p6_a_calendar_keeps_votes_clear_of_elections() -> None:
    """P6, coded: conflictual decisions wait until after."""
    assert votes_among_elections(lever("calendar", 0.5)) < 0.5 * votes_among_elections({})
