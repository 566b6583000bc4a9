"""Signs that the literature gives, as paired experiments under the same luck.

`coded` signs are written into a rule: finding them checks the code, not the world. `emergent` ones come out of several
rules together; only those count as validation. Few runs here; `make long` repeats each with many.
"""

from __future__ import annotations

import functools
import itertools
from typing import Any

import numpy as np
import pytest

from comity import beginning, engine, scenario, world

FEW, MANY = 24, 200
RUNS = [pytest.param(FEW, id="few"), pytest.param(MANY, id="many", marks=pytest.mark.long)]
Changes = dict[str, Any]


@functools.cache
def _outcomes(region: str, changes: tuple[tuple[str, Any], ...], runs: int) -> Any:
    begun = beginning.begin(scenario.load(region).with_(dict(changes)))
    return engine.ensemble([begun], 11, range(runs))[0]


def outcome(region: str, name: str, changes: Changes, runs: int) -> Any:
    """The outcome in each run (runs,)."""
    begun = beginning.begin(scenario.load(region))
    return _outcomes(region, tuple(changes.items()), runs)[:, list(begun.book.outcomes).index(name)]


def interval(difference: Any) -> tuple[float, float]:
    """The 95 % interval of a mean of paired differences."""
    kept = difference[~np.isnan(difference)]
    half = 1.96 * kept.std(ddof=1) / np.sqrt(len(kept))
    return float(kept.mean() - half), float(kept.mean() + half)


def effect(region: str, name: str, without: Changes, with_it: Changes, runs: int) -> tuple[float, float]:
    """What the second adds to the first, under the same luck."""
    return interval(outcome(region, name, with_it, runs) - outcome(region, name, without, runs))


@pytest.mark.parametrize("runs", RUNS)
def test_f6_escape_clauses_raise_adoption_where_all_must_agree(runs: int) -> None:
    """F6, coded: a waiver eases consent."""
    off, on = {"levers.waiver.on": False}, {"levers.waiver.on": True, "levers.waiver.strength": 0.6}
    assert effect("ecowas", "adoption_share", off, on, runs)[0] > 0.0


@pytest.mark.parametrize("runs", RUNS)
def test_f7_opt_outs_refused_cost_trust_and_opt_outs_granted_win_it(runs: int) -> None:
    """F7, coded: both signs."""
    base = {"levers.opt_outs.on": True}
    refused, granted = {**base, "levers.opt_outs.strength": 0.05}, {**base, "levers.opt_outs.strength": 1.0}
    assert effect("eu", "trust", {"levers.opt_outs.on": False}, refused, runs)[1] < 0.0
    assert effect("eu", "trust", refused, granted, runs)[0] > 0.0


@pytest.mark.parametrize("runs", RUNS)
def test_c7_power_raises_and_capacity_lowers_what_is_overdue(runs: int) -> None:
    """C7, emergent (the shield is coded, the distribution is not): in a regression over members, run by run."""
    for region in ("eu", "ecowas"):
        power, capacity = np.transpose([_slopes(*found) for found in courses(region, runs)])
        assert interval(power)[0] > 0.0, region
        assert interval(capacity)[1] < 0.0, region


def courses(region: str, runs: int) -> list[tuple[Any, Any, Any]]:
    """For each run, by member at the start: overdue obligations, mean power, mean capacity."""
    begun = beginning.begin(scenario.load(region))
    rows = np.flatnonzero(begun.world.members["standing"] == world.MEMBER)
    columns = ("overdue_sum", "power", "capacity")
    picks = np.array([begun.world.place("members", row, column) for column in columns for row in rows])
    found: dict[int, tuple[Any, Any, Any]] = {}

    def take(_: int, run: int, trace: engine.Trace) -> None:
        overdue, power, capacity = np.moveaxis(trace.record.reshape(-1, len(columns), len(rows)), 1, 0)
        found[run] = overdue[-1].copy(), power.mean(axis=0), capacity.mean(axis=0)

    engine.ensemble([begun], 11, range(runs), picks=picks, take=take)
    return [found[run] for run in sorted(found)]


def _slopes(overdue: Any, power: Any, capacity: Any) -> tuple[float, float]:
    """Slopes of the overdue on the logarithm of power and on capacity."""
    causes = np.column_stack([np.ones(len(power)), np.log(power), capacity])
    _, by_power, by_capacity = np.linalg.lstsq(causes, overdue, rcond=None)[0]
    return float(by_power), float(by_capacity)


@pytest.mark.parametrize("runs", RUNS)
def test_c11_where_publics_trust_less_transposition_is_slower(runs: int) -> None:
    """C11, coded: the same region with a trusting and a distrusting public."""
    distrusting, trusting = {"forces.founding.trust_home": 0.42}, {"forces.founding.trust_home": 0.58}
    for region in ("eu", "asean"):
        assert effect(region, "overdue_share", distrusting, trusting, runs)[1] < 0.0, region
        assert effect(region, "implementation_true", distrusting, trusting, runs)[0] > 0.0, region


@pytest.mark.parametrize("runs", RUNS)
def test_c14_help_for_the_unwilling_is_mostly_lost_and_better_reported(runs: int) -> None:
    """C14, coded: little more is done, and of what is not done more is reported as done."""
    done, on_paper = {}, {}
    for will in (-0.8, 0.8):
        codes = beginning.begin(scenario.load("ecowas")).members
        alone = {f"region.members.{code}.preference": will for code in codes}
        alone |= {"levers.audit.on": False, "levers.capacity_building.on": False, "organization.budget": 0.01}
        helped = {**alone, "levers.capacity_building.on": True, "levers.capacity_building.strength": 1.0}
        true = [outcome("ecowas", "implementation_true", said, runs) for said in (alone, helped)]
        reported = [outcome("ecowas", "implementation_reported", said, runs) for said in (alone, helped)]
        paper = [(said - what) / (1.0 - what) for said, what in zip(reported, true, strict=True)]
        done[will], on_paper[will] = true[1] - true[0], paper[1] - paper[0]
    assert interval(done[0.8] - 3.0 * done[-0.8])[0] > 0.0
    assert interval(on_paper[-0.8])[0] > 0.0


@pytest.mark.parametrize("runs", RUNS)
def test_c12_enforcement_and_assistance_work_best_together(runs: int) -> None:
    """C12, coded (willing times able): hard law and help do more together than the better of them alone."""
    none = {"levers.capacity_building.on": False, "levers.hardness.strength": 0.2, "levers.court.on": False}
    help_ = {**none, "levers.capacity_building.on": True, "levers.capacity_building.strength": 1.0}
    hard = {**none, "levers.hardness.strength": 0.9, "levers.court.on": True}
    both = {**hard, "levers.capacity_building.on": True, "levers.capacity_building.strength": 1.0}
    done = {key: outcome("ecowas", "implementation_true", value, runs) for key, value in
            (("none", none), ("help", help_), ("hard", hard), ("both", both))}  # fmt: skip
    assert interval(done["both"] - done["help"])[0] > 0.0
    assert interval(done["both"] - done["hard"])[0] > 0.0


@pytest.mark.parametrize("runs", RUNS)
def test_c15_specific_hard_obligations_are_ratified_less(runs: int) -> None:
    """C15, coded: hardness times specificity costs participation."""
    soft = {"levers.hardness.strength": 0.2}
    hard = {"levers.hardness.strength": 1.0, "organization.specificity": 1.0}
    assert effect("mercosur", "in_force_share", soft, hard, runs)[1] < 0.0


@pytest.mark.parametrize("runs", RUNS)
def test_c10_federal_states_implement_more_slowly(runs: int) -> None:
    """C10, coded: the same union, all unitary or all federal."""
    codes = beginning.begin(scenario.load("eu")).members
    unitary = {f"region.members.{code}.federal": 0 for code in codes}
    federal = {f"region.members.{code}.federal": 1 for code in codes}
    assert effect("eu", "overdue_share", unitary, federal, runs)[0] > 0.0


@pytest.mark.parametrize("runs", RUNS)
def test_p5_where_it_is_always_before_an_election_ratification_takes_longer(runs: int) -> None:
    """P5, coded: the same region with no campaigns and with campaigns of two years."""
    never, always = {"forces.elections.window": 0.0}, {"forces.elections.window": 8.0}
    assert effect("mercosur", "in_force_share", never, always, runs)[1] < 0.0


@pytest.mark.parametrize("runs", RUNS)
def test_p7_leavers_that_fare_well_tempt_the_others(runs: int) -> None:
    """P7, coded: the same union, easily left, with leavers that fare badly and well."""
    easily = {"forces.threat.level": -5.0, "forces.exit.level": -1.0}
    badly = {**easily, "forces.exit.window": 0.0, "forces.exit.cost": 2.0}
    well = {**easily, "forces.exit.window": 1.0, "forces.exit.cost": 0.0}
    assert effect("eu", "threats", badly, well, runs)[0] > 0.0


@pytest.mark.parametrize("runs", RUNS)
def test_p8_safeguards_weaken_the_way_from_shock_to_challenger(runs: int) -> None:
    """P8, coded: what the calendar's shocks add to challengers is less where losses are made good, but not nothing."""
    added = []
    for safeguards in (False, True):
        levers = {"levers.safeguards.on": safeguards, "levers.safeguards.strength": 1.0}
        calm, struck = {**levers, "shocks.events": None}, levers
        added.append(
            outcome("eu", "challenger_share", struck, runs) - outcome("eu", "challenger_share", calm, runs)
        )  # fmt: skip
    assert interval(added[1] - added[0])[1] < 0.0
    assert interval(added[1])[0] > 0.0


@pytest.mark.parametrize("runs", RUNS)
def test_r3_self_reports_run_ahead_and_audit_brings_them_back(runs: int) -> None:
    """R3, coded: reported less true implementation, without audit and with."""
    gaps = []
    for audit in ({"levers.audit.on": False}, {"levers.audit.on": True, "levers.audit.strength": 1.0}):
        reported = outcome("asean", "implementation_reported", audit, runs)
        gaps.append(reported - outcome("asean", "implementation_true", audit, runs))
    assert interval(gaps[0])[0] > 0.0
    assert interval(gaps[1] - gaps[0])[1] < 0.0


@pytest.mark.parametrize("runs", RUNS)
def test_c8_without_forbearance_enforcement_no_longer_follows_scepticism(runs: int) -> None:
    """C8, coded: effort is traded for support."""
    yielding = outcome("eu", "enforcement_scepticism_r", {}, runs)
    stubborn = outcome("eu", "enforcement_scepticism_r", {"forces.monitoring.forbearance": 0.0}, runs)
    assert interval(yielding)[1] < -0.2
    assert np.isnan(stubborn).all() or interval(stubborn)[1] > interval(yielding)[1]


@pytest.mark.parametrize("runs", RUNS)
def test_t8_and_t10_transparency_and_forums_move_trust_either_way(runs: int) -> None:
    """T8, T10: null or mixed evidence, so the effect over runs includes zero: coefficients are drawn around it."""
    for region, lever in itertools.product(("eu", "asean", "ecowas"), ("transparency", "forum")):
        off, on = {f"levers.{lever}.on": False}, {f"levers.{lever}.on": True, f"levers.{lever}.strength": 0.5}
        difference = outcome(region, "trust", on, runs) - outcome(region, "trust", off, runs)
        low, high = np.quantile(difference, [0.05, 0.95])
        assert low < 0.0 < high, f"{lever} in {region}"


@pytest.mark.parametrize("runs", RUNS)
def test_w8_what_is_imposed_on_the_outvoted_raises_the_threat_to_leave(runs: int) -> None:
    """W8, coded: the same union with the outvoted indifferent or resentful."""
    indifferent, resentful = {"forces.threat.outvoted": 0.0}, {"forces.threat.outvoted": 10.0}
    hard = {"forces.consent.vote_level": 0.0}
    assert effect("eu", "threats", {**hard, **indifferent}, {**hard, **resentful}, runs)[0] > 0.0


@pytest.mark.parametrize("runs", RUNS)
def test_w8_deciding_by_majority_raises_the_threat_to_leave(runs: int) -> None:
    """W8, emergent: the same union under consensus and under majority. Threats are rare: eight times the runs."""
    consensus, majority = {"organization.rule": "consensus"}, {"organization.rule": "qualified_majority"}
    assert effect("eu", "threats", consensus, majority, 8 * runs)[0] > 0.0


@pytest.mark.parametrize("runs", RUNS)
def test_the_rigid_union_is_deeper_and_the_respectful_one_more_respectful(runs: int) -> None:
    """Emergent: no package wins on both."""
    base = outcome("eu", "integration", {}, runs)
    for package, deeper in (("eu+rigid", True), ("eu+respectful", False)):
        more = interval(outcome(package, "integration", {}, runs) - base)
        kinder = interval(outcome(package, "respect", {}, runs) - outcome("eu", "respect", {}, runs))
        assert (more[0] > 0.0 and kinder[1] < 0.0) if deeper else (more[1] < 0.0 and kinder[0] > 0.0)
