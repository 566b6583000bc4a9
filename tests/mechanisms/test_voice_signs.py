"""Signs of the forces and levers of voice, as paired experiments under the same luck; in words in `comity.signs`."""

from __future__ import annotations

import numpy as np
from paired import Changes, effect, interval, off, on, outcome, outcomes, sign

CAMPAIGN: Changes = {
    "shocks.events.long-campaign": {"kind": "disinformation", "from": "2026Q1", "until": "2029Q4", "size": 1.0},
}
"""Years of disinformation everywhere, up to the end of a run that starts in 2010."""
BELIEVED: Changes = CAMPAIGN | {"forces.disinformation.twisted": 2.0}


@sign("safeguards_gap")
def test_p8_safeguards_narrow_the_gap_between_core_and_periphery(runs: int) -> None:
    assert effect("eu", "trust_gap", off("safeguards"), on("safeguards", strength=0.6), runs)[1] < 0.0


@sign("periphery")
def test_p8_a_deeper_union_leaves_its_periphery_further_behind(runs: int) -> None:
    rigid, usual = (outcome(region, "trust_gap", {}, runs) for region in ("eu+rigid", "eu"))
    assert interval(rigid - usual)[0] > 0.0


@sign("campaign")
def test_campaigns_turn_shocks_into_resentment_among_publics_that_believe_them(runs: int) -> None:
    immune = CAMPAIGN | {"forces.disinformation.twisted": 0.0}
    assert effect("eu", "resentment", immune, BELIEVED, runs)[0] > 0.0


@sign("no_campaign")
def test_without_a_campaign_it_makes_no_difference_what_publics_would_believe(runs: int) -> None:
    calm = {"shocks.events": None, "forces.disinformation.rate": 0.0}
    one, other = (outcomes("ecowas", calm | more, runs) for more in ({}, {"forces.disinformation.twisted": 4.0}))
    assert all(np.array_equal(one[name], other[name], equal_nan=True) for name in one)


@sign("joint_review")
def test_what_is_reviewed_together_is_resented_less_and_credited_less(runs: int) -> None:
    open_union = on("transparency") | {"forces.blame.usual_review": 0.0}
    own, joint = (open_union | {"forces.blame.joint": share} for share in (0.0, 0.5))
    for name in ("resentment", "trust"):
        assert effect("eu", name, own, joint, runs)[1] < 0.0, name


@sign("assembly")
def test_t9_an_assembly_soothes_the_outvoted_and_arouses_the_attached(runs: int) -> None:
    half, full = on("assembly", strength=0.25), on("assembly")
    assert effect("eu", "resentment", {}, half, runs)[1] < 0.0
    assert effect("eu", "challenger_share", half, full, runs)[0] > 0.0


@sign("ombudsman")
def test_an_ombudsman_with_means_calms_and_one_without_makes_it_worse(runs: int) -> None:
    """The same open door, with the budget and the secretariat of one region and of another."""
    open_door = on("grievance", strength=0.75)
    assert effect("eu", "resentment", {}, open_door, runs)[1] < 0.0
    assert effect("asean", "resentment", {}, open_door, runs)[0] > 0.0


@sign("exchange_backlash")
def test_exchange_is_held_against_the_union_in_migration_crises(runs: int) -> None:
    calm, sore = (on("exchange") | {"forces.mobility.backlash": size} for size in (0.0, 0.03))
    assert effect("eu", "resentment", calm, sore, runs)[0] > 0.0


@sign("media")
def test_media_cooperation_helps_against_a_campaign_and_too_much_of_it_is_propaganda(runs: int) -> None:
    assert effect("eu", "resentment", BELIEVED, BELIEVED | on("media", strength=0.5), runs)[1] < 0.0
    assert effect("mercosur", "trust", {}, on("media"), runs)[1] < 0.0
