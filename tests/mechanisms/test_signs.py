"""Signs that the literature gives, as paired experiments under the same luck; `comity.signs` has them in words.

Few runs here; `make long` repeats each with many.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from paired import Changes, course, difference, effect, for_all, interval, nine_in_ten, off, on, outcome, sign

from comity import beginning, scenario, world

CALM: Changes = {"shocks.events": None}
OFTEN: Changes = {"forces.threat.level": -5.0}
"""Threats, rare as they are, made frequent enough for few runs; what moves them is as it was."""


@sign("escape")
def test_f6_escape_clauses_raise_adoption_where_all_must_agree(runs: int) -> None:
    assert effect("ecowas", "adoption_share", off("waiver"), on("waiver", strength=0.6), runs)[0] > 0.0


@sign("opt_out_refused")
def test_f7_opt_outs_refused_cost_trust(runs: int) -> None:
    assert effect("eu", "trust", off("opt_outs"), on("opt_outs", strength=0.05), runs)[1] < 0.0


@sign("opt_out_granted")
def test_f7_opt_outs_granted_win_trust(runs: int) -> None:
    assert effect("eu", "trust", on("opt_outs", strength=0.05), on("opt_outs"), runs)[0] > 0.0


@sign("power_capacity")
def test_c7_power_raises_and_capacity_lowers_what_is_overdue(runs: int) -> None:
    """In a regression over members, run by run."""
    for region, many in (("eu", runs), ("ecowas", 4 * runs)):
        power, capacity = np.transpose([_slopes(*found) for found in courses(region, many)])
        assert interval(power)[0] > 0.0, region
        assert interval(capacity)[1] < 0.0, region


def courses(region: str, runs: int) -> list[tuple[Any, Any, Any]]:
    """For each run, by member at the start: overdue obligations, mean power, mean capacity."""
    inside = beginning.begin(scenario.load(region)).world.members["standing"] == world.MEMBER
    found = course(region, "members", ("overdue_sum", "power", "capacity"), {}, runs)
    overdue, power, capacity = (found[name][:, :, inside] for name in found)
    return list(zip(overdue[:, -1], power.mean(axis=1), capacity.mean(axis=1), strict=True))


def _slopes(overdue: Any, power: Any, capacity: Any) -> tuple[float, float]:
    """Slopes of the overdue on the logarithm of power and on capacity."""
    causes = np.column_stack([np.ones(len(power)), np.log(power), capacity])
    _, by_power, by_capacity = np.linalg.lstsq(causes, overdue, rcond=None)[0]
    return float(by_power), float(by_capacity)


@sign("distrust")
def test_c11_where_publics_trust_less_transposition_is_slower(runs: int) -> None:
    """The same region with a trusting and a distrusting public."""
    distrusting, trusting = {"forces.founding.trust_home": 0.42}, {"forces.founding.trust_home": 0.58}
    for region in ("eu", "asean"):
        assert effect(region, "overdue_share", distrusting, trusting, runs)[1] < 0.0, region
        assert effect(region, "implementation_true", distrusting, trusting, runs)[0] > 0.0, region


@sign("unwilling")
def test_c14_help_for_the_unwilling_is_mostly_lost_and_better_reported(runs: int) -> None:
    done, on_paper = {}, {}
    for will in (-0.8, 0.8):
        alone = (
            for_all("ecowas", "preference", will) | off("audit", "capacity_building") | {"organization.budget": 0.01}
        )
        helped = alone | on("capacity_building")
        true = [outcome("ecowas", "implementation_true", said, runs) for said in (alone, helped)]
        reported = [outcome("ecowas", "implementation_reported", said, runs) for said in (alone, helped)]
        paper = [(said - what) / (1.0 - what) for said, what in zip(reported, true, strict=True)]
        done[will], on_paper[will] = true[1] - true[0], paper[1] - paper[0]
    assert interval(done[0.8] - 3.0 * done[-0.8])[0] > 0.0
    assert interval(on_paper[-0.8])[0] > 0.0


@sign("together")
def test_c12_enforcement_and_assistance_work_best_together(runs: int) -> None:
    helped = off("court") | {"levers.hardness.strength": 0.2} | on("capacity_building")
    pressed = off("capacity_building") | {"levers.hardness.strength": 0.9, "levers.court.on": True}
    for alone in (helped, pressed):
        assert effect("ecowas", "implementation_true", alone, pressed | on("capacity_building"), runs)[0] > 0.0


@sign("precise")
def test_c15_specific_hard_obligations_are_ratified_less(runs: int) -> None:
    soft = {"levers.hardness.strength": 0.2}
    hard = {"levers.hardness.strength": 1.0, "organization.specificity": 1.0}
    assert effect("mercosur", "in_force_share", soft, hard, runs)[1] < 0.0


@sign("federal")
def test_c10_federal_states_implement_more_slowly(runs: int) -> None:
    """The same union, all unitary or all federal."""
    unitary, federal = (for_all("eu", "federal", flag) for flag in (0, 1))
    assert effect("eu", "overdue_share", unitary, federal, runs)[0] > 0.0


@sign("elections")
def test_p5_where_it_is_always_before_an_election_ratification_takes_longer(runs: int) -> None:
    """The same region with no campaigns and with campaigns of two years."""
    never, always = {"forces.elections.window": 0.0}, {"forces.elections.window": 8.0}
    assert effect("mercosur", "in_force_share", never, always, runs)[1] < 0.0


@sign("bad_example")
def test_p7_leavers_that_fare_well_tempt_the_others(runs: int) -> None:
    """The same union, easily left, with leavers that fare badly and well."""
    easily = {"forces.threat.level": -5.0, "forces.exit.level": -1.0}
    badly = {**easily, "forces.exit.window": 0.0, "forces.exit.cost": 2.0}
    well = {**easily, "forces.exit.window": 1.0, "forces.exit.cost": 0.0}
    assert effect("eu", "threats", badly, well, runs)[0] > 0.0


@sign("safeguards")
def test_p8_safeguards_weaken_the_way_from_shock_to_challenger(runs: int) -> None:
    """What the calendar's shocks add to challengers is less where losses are made good, but not nothing."""
    added = []
    for safeguards in (False, True):
        levers = {"levers.safeguards.on": safeguards, "levers.safeguards.strength": 1.0}
        calm, struck = levers | CALM, levers
        added.append(
            outcome("eu", "challenger_share", struck, runs) - outcome("eu", "challenger_share", calm, runs)
        )  # fmt: skip
    assert interval(added[1] - added[0])[1] < 0.0
    assert interval(added[1])[0] > 0.0


@sign("self_report")
def test_r3_self_reports_run_ahead_and_audit_brings_them_back(runs: int) -> None:
    """Reported less true implementation, without audit and with."""
    gaps = []
    for audit in ({"levers.audit.on": False}, {"levers.audit.on": True, "levers.audit.strength": 1.0}):
        reported = outcome("asean", "implementation_reported", audit, runs)
        gaps.append(reported - outcome("asean", "implementation_true", audit, runs))
    assert interval(gaps[0])[0] > 0.0
    assert interval(gaps[1] - gaps[0])[1] < 0.0


@sign("forbearance")
def test_c8_without_forbearance_enforcement_no_longer_follows_scepticism(runs: int) -> None:
    yielding = outcome("eu", "enforcement_scepticism_r", {}, runs)
    stubborn = outcome("eu", "enforcement_scepticism_r", {"forces.monitoring.forbearance": 0.0}, runs)
    assert interval(yielding)[1] < -0.2
    assert np.isnan(stubborn).all() or interval(stubborn)[1] > interval(yielding)[1]


def either_way(lever: str, coefficient: str, runs: int) -> None:
    """Nine runs in ten hold zero as the coefficient is drawn; known to be one spread off, it shows (in one region)."""
    for region in ("eu", "asean", "ecowas"):
        low, high = nine_in_ten(difference(region, "trust", off(lever), on(lever, strength=0.5), runs))
        assert low < 0.0 < high, region
    for value in (-0.0015, 0.0015):
        known = on(lever, strength=0.5, **{coefficient: value})
        low, high = effect("asean", "trust", off(lever), known, runs)
        assert (low > 0.0) if value > 0.0 else (high < 0.0), value


@sign("transparency")
def test_t8_transparency_moves_trust_either_way(runs: int) -> None:
    either_way("transparency", "direct", runs)


@sign("forum")
def test_t10_a_forum_moves_trust_either_way(runs: int) -> None:
    either_way("forum", "heard", runs)


@sign("forum_for_show")
def test_t10_a_forum_of_which_nothing_is_used_leaves_trust_where_it_was(runs: int) -> None:
    for region in ("eu", "asean", "ecowas"):
        low, high = effect(region, "trust", off("forum"), on("forum", strength=0.5, uptake=0.0), runs)
        assert low > -0.005 and high < 0.005, region


@sign("exchange")
def test_t11_exchange_moves_attachment_and_challengers_either_way(runs: int) -> None:
    for region in ("asean", "ecowas"):
        without = attachment(region, off("exchange"), runs)
        low, high = nine_in_ten(attachment(region, on("exchange"), runs) - without)
        assert low < 0.0 < high, region
        known = attachment(region, on("exchange") | {"forces.mobility.contact": 0.001}, runs)
        assert interval(known - without)[1] < 0.0, region
    low, high = nine_in_ten(difference("ecowas", "challenger_share", off("exchange"), on("exchange"), runs))
    assert low < 0.0 < high


def attachment(region: str, changes: Changes, runs: int) -> Any:
    """Mean exclusive national attachment on the last day (runs,)."""
    return course(region, "members", ("identity",), changes, runs)["identity"][:, -1].mean(axis=1)


@sign("growth")
def test_c13_that_integration_makes_richer_is_contested(runs: int) -> None:
    """Of the income of one region, and of trust in another; the effects are small, so few runs are doubled."""
    runs *= 2
    unknown, nothing, some = (wealth("ecowas", {"forces.prosperity.share": share} if share is not None else {}, runs)
                              for share in (None, 0.0, 0.4))  # fmt: skip
    low, high = nine_in_ten(unknown - nothing)
    assert low < 0.0 < high
    assert interval(some - nothing)[0] > 0.0
    switched_off = {"forces.prosperity.share": 0.0, "forces.prosperity.drift": 0.0}
    low, high = nine_in_ten(difference("eu", "trust", switched_off, {}, runs))
    assert low < 0.0 < high


def wealth(region: str, changes: Changes, runs: int) -> Any:
    """Mean logarithm of income on the last day (runs,)."""
    return np.log(course(region, "members", ("income",), changes, runs)["income"][:, -1]).mean(axis=1)


@sign("deep_flexible")
def test_f5_under_consensus_what_is_agreed_is_deeper_where_obligations_are_flexible(runs: int) -> None:
    rigid = off("sunset", "opt_outs", "waiver", "tranches")
    flexible = off("sunset") | on("opt_outs", "waiver", "tranches", strength=0.5)
    for region in ("ecowas", "mercosur", "asean"):
        assert interval(agreed_depth(region, flexible, runs) - agreed_depth(region, rigid, runs))[0] > 0.0, region


def agreed_depth(region: str, changes: Changes, runs: int) -> Any:
    """Mean depth of the texts that passed the organ (runs,), each counted once."""
    found = course(region, "measures", ("serial", "stage", "depth"), changes, runs)
    means = []
    for serial, stage, depth in zip(found["serial"], found["stage"], found["depth"], strict=True):
        passed = stage >= world.OPEN
        _, first = np.unique(serial[passed], return_index=True)
        means.append(depth[passed][first].mean())
    return np.array(means)


@sign("outvoted")
def test_w8_what_is_imposed_on_the_outvoted_raises_the_threat_to_leave(runs: int) -> None:
    """The same union with the outvoted indifferent or resentful."""
    indifferent, resentful = {"forces.threat.outvoted": 0.0}, {"forces.threat.outvoted": 10.0}
    hard = {"forces.consent.vote_level": 0.0}
    assert effect("eu", "threats", {**hard, **indifferent}, {**hard, **resentful}, runs)[0] > 0.0


@sign("pooling")
def test_w8_deciding_by_majority_raises_the_threat_to_leave(runs: int) -> None:
    """The same union under consensus and under majority."""
    consensus, majority = (OFTEN | {"organization.rule": rule} for rule in ("consensus", "qualified_majority"))
    assert effect("eu", "threats", consensus, majority, 2 * runs)[0] > 0.0


@sign("packages")
def test_the_rigid_union_is_deeper_and_the_respectful_one_more_respectful(runs: int) -> None:
    base = outcome("eu", "integration", {}, runs)
    for package, deeper in (("eu+rigid", True), ("eu+respectful", False)):
        more = interval(outcome(package, "integration", {}, runs) - base)
        kinder = interval(outcome(package, "respect", {}, runs) - outcome("eu", "respect", {}, runs))
        assert (more[0] > 0.0 and kinder[1] < 0.0) if deeper else (more[1] < 0.0 and kinder[0] > 0.0)


@sign("delegation")
def test_w8_delegation_lowers_threats_where_law_is_hard_its_price_included(runs: int) -> None:
    assert effect("eu", "threats", OFTEN | off("delegation"), OFTEN | on("delegation"), 2 * runs)[1] < 0.0


@sign("delegation_soft")
def test_w8_delegation_raises_threats_where_soft_law_comes_to_be_treated_as_hard(runs: int) -> None:
    """And much less where it does not."""
    kept_apart = OFTEN | {"forces.ambiguity.rate": 0.0}
    blurred, clear = (difference("asean", "threats", usual | off("delegation"), usual | on("delegation"), 2 * runs)
                      for usual in (OFTEN, kept_apart))  # fmt: skip
    assert interval(blurred)[0] > 0.0
    assert interval(blurred - clear)[0] > 0.0


@sign("backlash_stays")
def test_p1_challengers_keep_over_half_of_what_a_crisis_gave_them(runs: int) -> None:
    assert interval(outcome("eu", "challenger_persistence", {}, runs))[0] > 0.5


@sign("arrears")
def test_pattern_6_arrears_rise_in_recession(runs: int) -> None:
    for region in ("ecowas", "mercosur"):
        assert effect(region, "arrears", CALM, {}, runs)[0] > 0.0, region
