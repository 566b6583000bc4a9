"""A policy that tries its moves on twins of the world before it makes them."""

from __future__ import annotations

from typing import Any

import pytest

import comity

LEVERS = ("hardness", "forum", "capacity_building", "funds")


def model(policy: Any = None, years: int = 4, **more: Any) -> comity.Simulation:
    return comity.Simulation("mercosur", rng=5, years=years, policy=policy, collect=False, **more)


def test_looking_ahead_changes_nothing_of_the_run() -> None:
    looked, plain = model(), model()
    for _ in range(6):
        looked.step()
        plain.step()
    looked.look_ahead({"hardness": 1.0}, 8)
    while plain.running:
        looked.step()
        plain.step()
    assert looked.world.digest() == plain.world.digest()


def test_a_guess_is_the_same_each_time_and_differs_with_its_luck_and_its_levers() -> None:
    run = model()
    for _ in range(4):
        run.step()
    first = run.look_ahead({}, 8)
    assert run.look_ahead({}, 8) == first
    assert run.look_ahead({}, 8, luck=1) != first
    assert run.look_ahead({"forum": 1.0}, 8) != first


def test_the_future_is_not_known() -> None:
    """Two calendars that differ only in what is still to come give the same guess."""
    storm = {"shocks.events.storm": {"kind": "economic", "from": "1997Q1", "until": "1998Q1", "growth": -9.0}}
    calm, struck = model(), model(settings=storm)
    for _ in range(4):
        calm.step()
        struck.step()
    assert calm.look_ahead({}, 8) == struck.look_ahead({}, 8)


def test_moves_are_within_the_budget_and_told_with_what_they_were_to_gain() -> None:
    policy = comity.Foresight(LEVERS, goals={"respect": 1.0}, budget=0.5, step=0.25, guesses=1, years=2)
    run = comity.Simulation("eu", rng=5, years=3, policy=policy, collect=False)
    while run.running:
        run.step()
    assert policy.moves
    by_year: dict[str, float] = {}
    for move in policy.moves:
        by_year[move.date] = by_year.get(move.date, 0.0) + abs(move.after - move.before)
        assert move.lever in LEVERS and move.gain > policy.least
        assert move.lever in str(move) and "expecting" in str(move)
    assert max(by_year.values()) <= 0.5 + 1e-12


def test_a_policy_that_wants_one_thing_only_gets_more_of_it() -> None:
    """Coded: what is optimized rises against the same run without a policy."""
    wanted = comity.Foresight(LEVERS, goals={"respect": 1.0}, years=2, guesses=1, budget=1.0, step=0.5)
    found = []
    for policy in (wanted, None):
        run = comity.Simulation("eu", rng=5, years=6, policy=policy, collect=False)
        while run.running:
            run.step()
        found.append(run.outcomes()["respect"])
    assert found[0] > found[1]


@pytest.mark.parametrize(
    ("levers", "goals", "told"), [(("forun",), {"integration": 1.0}, "forun"), (LEVERS, {"fame": 1.0}, "fame")]
)
def test_what_does_not_exist_is_named(levers: Any, goals: Any, told: str) -> None:
    with pytest.raises(ValueError, match=told):
        model(comity.Foresight(levers, goals=goals)).step()
