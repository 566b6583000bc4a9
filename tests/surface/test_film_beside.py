"""Beside the run that is shown: what another has more, what each lever did, a counterfactual played to its end."""

from __future__ import annotations

import json
import threading
from typing import Any

import numpy as np
import pytest

import comity
from comity.film import (
    Cancelled,
    Nudge,
    change_of,
    difference,
    effects_so_far,
    film,
    nudge_from,
    nudge_of,
    unpack,
    with_moves,
)
from comity.film.so_far import QUANTITIES
from comity.runs.kept import Kept
from comity.runs.scenario import Scenario


@pytest.fixture(scope="module")
def small() -> Scenario:
    return comity.load("mercosur").with_({"run.years": 6})


@pytest.fixture(scope="module")
def union() -> Scenario:
    return comity.load("eu")


# Difference


def test_the_difference_is_b_less_a(small: Scenario) -> None:
    moves = [(8, "levers.transparency.strength", 1.0), (8, "levers.transparency.on", True)]
    a, b = film(small, 1), film(small, 1, moves)
    apart = difference(a, b)
    series = b.table("series") - a.table("series")
    for name in series.columns.drop(["quarter", "time"]):
        np.testing.assert_allclose(apart.arrays[f"series.{name}"], series[name], atol=1e-6, err_msg=name)
    codes = [member["iso3"] for member in a.header["members"]]
    assert apart.header["members"] == codes
    pivots = [made.table("members").pivot(index="quarter", columns="iso3", values="trust")[codes] for made in (a, b)]
    np.testing.assert_allclose(apart.arrays["members.trust"], (pivots[1] - pivots[0]).to_numpy(), atol=5e-5)
    assert apart.header["parted"] >= 8
    for name, value in apart.header["outcomes"].items():
        if value is not None:
            assert value == b.header["outcomes"][name] - a.header["outcomes"][name]
    header, arrays = unpack(apart.buffer)
    assert header == json.loads(json.dumps(apart.header, allow_nan=False))
    for name, values in apart.arrays.items():
        np.testing.assert_allclose(arrays[name], values, atol=4e-5, err_msg=name)


def test_a_film_differs_in_nothing_from_itself(small: Scenario) -> None:
    made = film(small, 1)
    apart = difference(made, film(small, 1))
    assert apart.header["parted"] is None
    assert apart.header["only"] == []
    assert not any(np.nan_to_num(values).any() for values in apart.arrays.values())


def test_regions_are_compared_by_what_both_have(union: Scenario, small: Scenario) -> None:
    apart = difference(film(union, 1, until=30), film(small, 1))
    assert apart.header["members"] == []
    assert apart.header["until"] == 24
    assert apart.header["outcomes"] is None
    assert apart.arrays["members.trust"].shape == (24, 0)


def test_great_events_of_one_side_alone_are_named(union: Scenario) -> None:
    for seed in range(1, 6):
        a, b = film(union, seed), film("eu+bare", seed)
        told = difference(a, b).header["only"]
        if told:
            break
    assert told
    for each in told:
        mine, other = (a, b) if each["side"] == "a" else (b, a)
        codes = [(row.quarter, row.event, row.iso3) for row in mine.table("events").itertuples()]
        assert (each["quarter"], each["event"], each["member"]) in codes
        assert (each["event"], each["member"]) not in {
            (row.event, row.iso3) for row in other.table("events").itertuples()
        }


# Effects so far


def test_the_effect_of_a_lever_is_the_run_less_the_run_without_it(small: Scenario) -> None:
    scenario = small.with_({"levers.waiver": {"on": True, "strength": 0.8}, "levers.court.on": True})
    moves = [(4, "levers.sunset.on", True)]
    told = effects_so_far(scenario, moves, 3, 15)
    assert (told["quarter"], told["date"], told["runs"]) == (15, "1998Q4", 1)
    found = {lever["name"]: lever["effects"] for lever in told["levers"]}
    assert {"waiver", "court", "sunset"} <= set(found)
    base = with_moves(scenario, moves)
    here = base.run(3).series()
    for lever in ("waiver", "sunset"):
        off = base.with_({f"levers.{lever}.on": False}).run(3).series()
        for name in QUANTITIES:
            apart = here[name] - off[name]
            assert found[lever][name]["now"] == pytest.approx(apart[15], abs=1e-12)
            assert found[lever][name]["mean"] == pytest.approx(apart[:16].mean(), abs=1e-12)
    none = base.with_({f"levers.{lever}.on": False for lever in found}).run(3).series()
    assert told["all"]["effects"]["trust"]["now"] == pytest.approx(here["trust"][15] - none["trust"][15], abs=1e-12)


def test_a_lever_that_comes_later_has_done_nothing_so_far(small: Scenario) -> None:
    moves = [(12, "levers.sunset.on", True)]
    names = [{lever["name"] for lever in effects_so_far(small, moves, 1, quarter)["levers"]} for quarter in (11, 12)]
    assert "sunset" not in names[0]
    assert "sunset" in names[1]
    assert effects_so_far(small, moves, 1, "1997Q4")["quarter"] == 11


def test_effects_over_runs_have_the_intervals_of_paired_runs(small: Scenario) -> None:
    scenario = small.with_({"levers.waiver.on": True})
    heard: list[tuple[int, int]] = []
    told = effects_so_far(scenario, seed=2, runs=5, progress=lambda done, total: heard.append((done, total)))
    waiver = next(lever["effects"]["trust"] for lever in told["levers"] if lever["name"] == "waiver")
    off = scenario.with_({"levers.waiver.on": False})
    apart = [
        scenario.run(2, run).series()["trust"].iloc[-1] - off.run(2, run).series()["trust"].iloc[-1] for run in range(5)
    ]
    assert waiver["now"] == pytest.approx(np.mean(apart))
    reach = 2.7764451 * np.std(apart, ddof=1) / np.sqrt(5)
    assert waiver["now_high"] - waiver["now"] == pytest.approx(reach, rel=1e-6)
    assert heard == [(done, 5) for done in range(1, 6)]
    assert effects_so_far(scenario, seed=2, runs=5, workers=1) == told
    json.dumps(told, allow_nan=False)


def test_effects_can_be_called_off(small: Scenario) -> None:
    stop = threading.Event()
    with pytest.raises(Cancelled):
        effects_so_far(small, seed=1, runs=500, stop=stop, progress=lambda done, _: stop.set() if done > 2 else None)


# Counterfactuals


@pytest.fixture(scope="module")
def leaving(union: Scenario) -> tuple[int, int, Any]:
    """A run in which the United Kingdom gives notice: seed, quarter, decision."""
    for seed in range(1, 30):
        events = film(union, seed).table("events")
        notice = events[(events["event"] == "notice") & (events["iso3"] == "GBR")]
        if len(notice):
            quarter = int(notice["quarter"].iloc[0])
            story = union.run(seed).why("GBR", quarter=quarter)
            decision = next(each for each in story.decisions if each.decision == "notice" and each.counterfactual)
            return seed, quarter, decision
    pytest.fail("the United Kingdom never gives notice in thirty seeds")


def test_the_nudge_turns_the_very_decision(union: Scenario, leaving: tuple[int, int, Any]) -> None:
    seed, quarter, decision = leaving
    nudge = nudge_of(decision)
    a, b = film(union, seed), film(union, seed, nudge=nudge)
    codes = [member["iso3"] for member in a.header["members"]]
    row, words = codes.index("GBR"), a.header["arrays"]["members.standing"]["words"]
    stood = [words[made.arrays["members.standing"][quarter, row]] for made in (a, b)]
    assert stood == ["in notice", "member"]
    for turn in decision.alternatives:
        other = film(union, seed, nudge=nudge_of(decision, turn))
        assert words[other.arrays["members.standing"][quarter, row]] == "member"


def test_nothing_before_the_nudge_is_another(union: Scenario, leaving: tuple[int, int, Any]) -> None:
    seed, quarter, decision = leaving
    a, b = film(union, seed), film(union, seed, nudge=nudge_of(decision))
    assert a.table("series").loc[: quarter - 1].equals(b.table("series").loc[: quarter - 1])
    assert difference(a, b).header["parted"] in (quarter, quarter + 1)
    assert b.header["nudge"] == nudge_of(decision).document()
    assert a.digest != b.digest
    assert b.table("members").query("quarter == @quarter and iso3 == 'GBR'")["standing"].tolist() == ["member"]
    kept = b.header["outcomes"]["exits"]
    assert kept is not None and kept <= a.header["outcomes"]["exits"]


def test_a_nudge_to_the_same_value_plays_the_same_run_to_the_bit(small: Scenario) -> None:
    """The slow way, phase by phase, is the compiled run: with moves, own policies and any phase."""
    moves = [(5, "levers.sunset.on", True)]
    scenario = small.with_({"levers.adaptive.on": True})
    plain = film(scenario, 2, moves)
    trust = plain.table("members").query("iso3 == 'ARG'")["trust"].to_numpy()
    nudge = Nudge(9, scenario.first_day.book.quarterly[0].name, "member.trust", float(trust[8]), "ARG")
    nudged = film(scenario, 2, moves, nudge=nudge)
    assert plain.table("series").equals(nudged.table("series"))
    assert plain.header["outcomes"] == nudged.header["outcomes"]
    for name, values in plain.arrays.items():
        np.testing.assert_array_equal(values, nudged.arrays[name], err_msg=name)


def test_a_nudge_survives_its_text_and_its_document(leaving: tuple[int, int, Any]) -> None:
    _, _, decision = leaving
    nudge = nudge_of(decision)
    assert nudge_from(nudge.text()) == nudge_from(nudge.document()) == nudge_from(nudge) == nudge
    turn = decision.counterfactual
    told = {"quarter": decision.quarter, "decision": decision.decision, "column": turn.column, "before": turn.before,
            "after": turn.after, "member": decision.member, "measure": decision.measure}  # fmt: skip
    assert nudge_from(json.loads(json.dumps(told))) == nudge
    assert nudge_from(None) is None


SEEN_AS = {"waiver": ("waiver",), "opt_out": ("opt_out",), "threat": ("threat", "threat_with_demand")}


def test_decisions_of_other_kinds_are_turned_too(union: Scenario) -> None:
    run, plain = union.run(1), film(union, 1)
    found: dict[str, int] = {}
    for code, year in (("GBR", 2015), ("PRT", 2012)):
        for decision in run.why(code, quarter=year).decisions:
            kinds = SEEN_AS.get(decision.decision, ())
            if not kinds or decision.counterfactual is None or found.get(decision.decision, 0) >= 2:
                continue
            turned = film(union, 1, nudge=nudge_of(decision))
            there = [
                any(
                    row.quarter == decision.quarter and row.iso3 == code and row.event in kinds
                    and (decision.measure is None or row.measure == decision.measure)
                    for row in made.table("events").dropna(subset=["iso3"]).itertuples()
                )
                for made in (plain, turned)
            ]  # fmt: skip
            if there[0]:
                assert not there[1], decision
                found[decision.decision] = found.get(decision.decision, 0) + 1
            before = plain.table("series").loc[: decision.quarter - 1]
            assert before.equals(turned.table("series").loc[: decision.quarter - 1])
    assert set(found) == set(SEEN_AS)


def test_the_fate_of_a_text_is_turned_too() -> None:
    scenario = comity.load("african-union").with_({"run.years": 2})
    turned = 0
    for decision in scenario.run(1).why(None).decisions:
        if decision.decision != "text" or decision.counterfactual is None:
            continue
        fates = []
        for made in (film(scenario, 1), film(scenario, 1, nudge=nudge_of(decision))):
            events = made.table("events")
            here = (events["measure"] == decision.measure) & (events["quarter"] == decision.quarter)
            fates.append(events[here & events["event"].isin(["adoption", "rejection"])]["event"].tolist())
        assert sorted(fates) == [["adoption"], ["rejection"]]
        turned += 1
    assert turned


def test_a_lever_that_would_have_kept_it_in_is_a_scenario(union: Scenario, leaving: tuple[int, int, Any]) -> None:
    kept = Kept("opt_outs", 0.0, 0.6)
    changes = change_of(kept)
    assert change_of(kept.document()) == changes
    made = union.with_(changes)
    column = list(made.first_day.book.levers).index("opt_outs")
    assert set(made.first_day.world.plan[:, column]) == {0.6}
    off = union.with_(change_of(Kept("waiver", 0.5, 0.0)))
    assert not off.first_day.world.plan[:, list(off.first_day.book.levers).index("waiver")].any()


@pytest.mark.parametrize(
    ("nudge", "told"),
    [
        ("26~exit~member.trust~0.31~GBR", "a nudge is written QUARTER~PHASE"),
        ("x~exit~member.trust~0.31~GBR~", "a nudge says quarter, phase"),
        ({"quarter": 3, "phase": "exit"}, "a nudge says quarter, phase"),
        ({"quarter": 3, "decision": "whim", "column": "member.trust", "value": 0.3}, "no decision is called 'whim'"),
        ("26~exit~params.trust~0.31~GBR~", "there is no params.trust"),
        ("26~exit~member.nose~0.31~GBR~", "there is no member.nose"),
        ("26~exit~member.trust~1.31~GBR~", "lies between 0 and 1"),
        ("26~exit~member.trust~nan~GBR~", "lies between 0 and 1"),
        ("26~lunch~member.trust~0.31~GBR~", "there is no phase 'lunch'"),
        ("80~exit~member.trust~0.31~GBR~", "quarter 80 lies outside the run"),
        ("26~exit~member.trust~0.31~XXX~", "there is no member XXX"),
        ("26~exit~member.trust~0.31~~", "there is no member None"),
        ("26~exit~post.gain~0.31~GBR~9999", "measure 9999 is not on the table then"),
    ],
)
def test_a_nudge_without_a_place_in_the_run_is_refused(union: Scenario, nudge: Any, told: str) -> None:
    with pytest.raises(ValueError, match=told):
        film(union, 1, nudge=nudge)


def test_a_decision_that_nothing_turns_has_no_nudge(leaving: tuple[int, int, Any]) -> None:
    from dataclasses import replace

    with pytest.raises(ValueError, match="no single change turns"):
        nudge_of(replace(leaving[2], counterfactual=None))
