"""Signs of what prepares a text, as paired experiments under the same luck; `comity.signs` has them in words."""

from __future__ import annotations

from paired import MANY, Changes, effect, on, sign

from comity import scenario
from comity.simulation import Simulation


@sign("talks")
def test_p5_talks_leave_fewer_texts_that_fail_at_the_vote_or_at_home(runs: int) -> None:
    """Obstacles that are known are met, or the text is not pursued; against talks that only take time."""
    idle = on("dialogue", relief=0.0, yielding=0.0, hopeless=0.0, holdouts=10.0)
    for region, name in (("african-union", "adoption_share"), ("mercosur", "in_force_share")):
        assert effect(region, name, idle, on("dialogue"), runs)[0] > 0.0, region


@sign("talks_cost")
def test_talks_cost_integration_where_nobody_has_to_be_won_over(runs: int) -> None:
    assert effect("eu", "integration", {}, on("dialogue"), max(runs, MANY))[1] < 0.0  # a small effect


@sign("misfit")
def test_c10_a_model_law_spares_constitutions_where_versions_may_differ(runs: int) -> None:
    assert effect("ecowas", "respect", {}, on("model_law"), runs)[0] > 0.0


@sign("versions")
def test_versions_that_differ_cost_integration_where_law_is_deep(runs: int) -> None:
    assert effect("eu", "integration", {}, on("model_law"), runs)[1] < 0.0


@sign("false_alarms")
def test_false_alarms_cost_integration_where_the_secretariat_is_weak(runs: int) -> None:
    good, bad = on("impact_assessment", noise=0.0), on("impact_assessment", noise=1.0)
    assert effect("ecowas", "integration", good, bad, runs)[1] < 0.0


@sign("recognition_fits")
def test_recognition_spares_respect(runs: int) -> None:
    assert effect("african-union", "respect", {}, on("recognition"), runs)[0] > 0.0


@sign("recognition_distrust")
def test_recognition_costs_integration_where_partners_are_weak(runs: int) -> None:
    assert effect("ecowas", "integration", {}, on("recognition"), runs)[1] < 0.0


@sign("trial_failed")
def test_p7_a_trial_that_fails_deters(runs: int) -> None:
    """Against pilots of which nobody takes notice."""
    unheeded, failing = on("pilots", heeded=0.0), on("pilots", success=1.0)
    assert effect("asean", "adoption_share", unheeded, failing, runs)[1] < 0.0


@sign("trial_succeeded")
def test_p7_a_trial_that_succeeds_encourages(runs: int) -> None:
    unheeded, succeeding = on("pilots", heeded=0.0), on("pilots", success=-1.0)
    assert effect("asean", "adoption_share", unheeded, succeeding, runs)[0] > 0.0


def votes_among_elections(changes: Changes, seeds: int) -> float:
    """The share of votes held while a sixth of the region, by power, has an election near (Mercosur, plain runs)."""
    among = held = 0
    for seed in range(seeds):
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


@sign("calendar")
def test_p6_a_calendar_keeps_votes_clear_of_elections(runs: int) -> None:
    """In plain Python, a sixth of the runs."""
    seeds = runs // 6
    assert votes_among_elections(on("calendar", strength=0.5), seeds) < 0.5 * votes_among_elections({}, seeds)
