"""Signs of the forces and levers of voice, as paired experiments under the same luck.

`coded` signs are written into a rule: finding them checks the code, not the world. `emergent` ones come out of several
rules together.
"""

from __future__ import annotations

import functools
from typing import Any

import numpy as np
import pytest

from comity import beginning, engine, scenario

FEW, MANY = 24, 200
RUNS = [pytest.param(FEW, id="few"), pytest.param(MANY, id="many", marks=pytest.mark.long)]
CAMPAIGN: dict[str, Any] = {
    "shocks.events.long-campaign": {"kind": "disinformation", "from": "2026Q1", "until": "2029Q4", "size": 1.0},
}
"""Years of disinformation everywhere, up to the end of a run that starts in 2010."""


@functools.cache
def _names() -> tuple[str, ...]:
    return tuple(beginning.begin(scenario.load("eu")).book.outcomes)


def outcomes(region: str, runs: int, *changes: dict[str, Any]) -> list[dict[str, Any]]:
    """Each outcome (runs,) under each set of changes."""
    begun = [beginning.begin(scenario.load(region).with_(change)) for change in changes]
    found = engine.ensemble(begun, 11, range(runs))
    return [{name: one[:, column] for column, name in enumerate(_names())} for one in found]


def lever(name: str, strength: float, **numbers: float) -> dict[str, Any]:
    """A lever that is on."""
    return {
        f"levers.{name}.on": True, f"levers.{name}.strength": strength,
        **{f"levers.{name}.{key}": value for key, value in numbers.items()},
    }  # fmt: skip


def interval(difference: Any) -> tuple[float, float]:
    """The 95 % interval of a mean of paired differences."""
    half = 1.96 * difference.std(ddof=1) / np.sqrt(len(difference))
    return float(difference.mean() - half), float(difference.mean() + half)


@pytest.mark.parametrize("runs", RUNS)
def test_safeguards_narrow_the_gap_between_core_and_periphery(runs: int) -> None:
    """P8, coded: what is made good is not lost in the periphery."""
    off, on = outcomes("eu", runs, {"levers.safeguards.on": False}, lever("safeguards", 0.6))
    assert interval(on["trust_gap"] - off["trust_gap"])[1] < 0.0


@pytest.mark.parametrize("runs", RUNS)
def test_a_deeper_union_leaves_its_periphery_further_behind(runs: int) -> None:
    """P8, emergent: deeper law, more gain, and more loss where it falls."""
    begun = [beginning.begin(scenario.load(name)) for name in ("eu", "eu+rigid")]
    found = engine.ensemble(begun, 11, range(runs))[:, :, _names().index("trust_gap")]
    assert interval(found[1] - found[0])[0] > 0.0


@pytest.mark.parametrize("runs", RUNS)
def test_campaigns_turn_shocks_into_resentment(runs: int) -> None:
    """Coded: the same campaign among publics that believe it, and among publics that do not."""
    immune = {**CAMPAIGN, "forces.disinformation.twisted": 0.0}
    gullible = {**CAMPAIGN, "forces.disinformation.twisted": 2.0}
    one, other = outcomes("eu", runs, immune, gullible)
    assert interval(other["resentment"] - one["resentment"])[0] > 0.0


def test_without_a_campaign_it_makes_no_difference_what_publics_would_believe() -> None:
    """Coded: the force is nothing but campaigns."""
    calm = {"shocks.events": None, "forces.disinformation.rate": 0.0}
    one, other = outcomes("ecowas", 4, calm, {**calm, "forces.disinformation.twisted": 4.0})
    assert all(np.array_equal(one[name], other[name], equal_nan=True) for name in one)


@pytest.mark.parametrize("runs", RUNS)
def test_what_is_reviewed_together_is_resented_less_and_credited_less(runs: int) -> None:
    """Coded: both signs of joint review, in an open union."""
    own, joint = outcomes(
        "eu", runs,
        {**lever("transparency", 1.0), "forces.blame.joint": 0.0, "forces.blame.usual_review": 0.0},
        {**lever("transparency", 1.0), "forces.blame.joint": 0.5, "forces.blame.usual_review": 0.0},
    )  # fmt: skip
    assert interval(joint["resentment"] - own["resentment"])[1] < 0.0
    assert interval(joint["trust"] - own["trust"])[1] < 0.0


@pytest.mark.parametrize("runs", RUNS)
def test_an_assembly_soothes_the_outvoted_and_arouses_the_attached(runs: int) -> None:
    """T9, coded: resentment falls, and in a full assembly challengers rise all the same."""
    off, half, full = outcomes("eu", runs, {}, lever("assembly", 0.25), lever("assembly", 1.0))
    assert interval(half["resentment"] - off["resentment"])[1] < 0.0
    assert interval(full["challenger_share"] - half["challenger_share"])[0] > 0.0


@pytest.mark.parametrize("runs", RUNS)
def test_an_ombudsman_with_means_calms_and_one_without_makes_it_worse(runs: int) -> None:
    """Emergent: the same open door, with the budget and the secretariat of one region and of another."""
    for region, better in (("eu", True), ("asean", False)):
        off, on = outcomes(region, runs, {}, lever("grievance", 0.75))
        low, high = interval(on["resentment"] - off["resentment"])
        assert (high < 0.0) if better else (low > 0.0), region


@pytest.mark.parametrize("runs", RUNS)
def test_t11_exchange_moves_challengers_either_way(runs: int) -> None:
    """T11: mixed evidence, so the effect over runs includes zero: contact is drawn around it."""
    off, on = outcomes("ecowas", runs, {}, lever("exchange", 1.0))
    low, high = np.quantile(on["challenger_share"] - off["challenger_share"], [0.05, 0.95])
    assert low < 0.0 < high


@pytest.mark.parametrize("runs", RUNS)
def test_exchange_is_held_against_the_union_in_migration_crises(runs: int) -> None:
    """Coded: resentment with the backlash and without."""
    calm, sore = outcomes(
        "eu", runs,
        {**lever("exchange", 1.0), "forces.mobility.backlash": 0.0},
        {**lever("exchange", 1.0), "forces.mobility.backlash": 0.03},
    )  # fmt: skip
    assert interval(sore["resentment"] - calm["resentment"])[0] > 0.0


@pytest.mark.parametrize("runs", RUNS)
def test_media_cooperation_helps_against_a_campaign_and_too_much_of_it_is_propaganda(runs: int) -> None:
    """Coded: in a campaign that is believed resentment falls; where few trust, full strength costs trust."""
    believed = {**CAMPAIGN, "forces.disinformation.twisted": 2.0}
    off, on = outcomes("eu", runs, believed, {**believed, **lever("media", 0.5)})
    assert interval(on["resentment"] - off["resentment"])[1] < 0.0
    calm, loud = outcomes("mercosur", runs, {}, lever("media", 1.0))
    assert interval(loud["trust"] - calm["trust"])[1] < 0.0
