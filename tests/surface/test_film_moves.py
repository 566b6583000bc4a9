"""Levers moved on the way: the past stays to the bit, and the moved run is an ordinary scenario that can be kept."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import comity
from comity.film import film, with_moves
from comity.film.moves import moved_plan, read_moves
from comity.quarter import LEVERS
from comity.runs.scenario import Scenario
from comity.scenario.catalogue import strength

QUARTERS = 16


@pytest.fixture(scope="module")
def small() -> Scenario:
    return comity.load("mercosur").with_({"run.years": QUARTERS // 4})


def plan_of(scenario: Scenario, moves: Any) -> Any:
    return moved_plan(scenario, scenario.first_day, read_moves(scenario, moves))


def of_lever(scenario: Scenario, moves: Any, lever: str) -> list[float]:
    return plan_of(scenario, moves)[:, list(LEVERS).index(lever)].tolist()


def same_runs(scenario: Scenario, moves: Any, tmp_path: Path | None = None) -> Scenario:
    """The scenario of the moves; asserts that its plan is what the film plays, written and read again too."""
    written = with_moves(scenario, moves)
    np.testing.assert_array_equal(written.first_day.world.plan, plan_of(scenario, moves))
    if tmp_path is not None:
        (tmp_path / "moved.yaml").write_text(written.to_yaml())
        again = comity.load(str(tmp_path / "moved.yaml"))
        assert again == written
    return written


# The past, and the file


@pytest.mark.parametrize("lever", LEVERS)
def test_what_lay_before_a_move_stays_to_the_bit(small: Scenario, lever: str, tmp_path: Path) -> None:
    was = bool(small.value(f"levers.{lever}.on"))
    high = strength(LEVERS[lever]).parameter.high
    moves = [
        (7, f"levers.{lever}.on", not was),
        (7, f"levers.{lever}.strength", 0.7 * high),
        (11, f"levers.{lever}.on", True),
    ]
    base, moved = film(small, 3), film(small, 3, moves)
    written = same_runs(small, moves, tmp_path)
    series, played = base.table("series"), written.run(3)
    columns = series.columns
    assert played.series().loc[:6].equals(series.loc[:6])
    assert written.run(3).series().equals(moved.table("series"))
    known = {name: None if np.isnan(value) else value for name, value in played.outcomes.items()}
    assert known == moved.header["outcomes"]
    for name in ("series.integration", "members.trust", "members.standing", "areas.integration"):
        np.testing.assert_array_equal(base.arrays[name][:7], moved.arrays[name][:7])
    assert set(columns) == set(moved.table("series").columns)


CHOSEN = ("sunset", "waiver", "funds", "stance", "adaptive", "court")


@st.composite
def sequences(draw: st.DrawFn) -> list[tuple[Any, str, Any]]:
    moves: list[tuple[Any, str, Any]] = []
    for _ in range(draw(st.integers(0, 8))):
        lever, quarter = draw(st.sampled_from(CHOSEN)), draw(st.integers(0, QUARTERS - 1))
        when: Any = quarter if draw(st.booleans()) else f"{1995 + quarter // 4}Q{quarter % 4 + 1}"
        if draw(st.booleans()):
            moves.append((when, f"levers.{lever}.on", draw(st.booleans())))
        else:
            low = strength(LEVERS[lever]).parameter.low
            moves.append((when, f"levers.{lever}.strength", draw(st.sampled_from([low, 0.0, 0.25, 0.5, 1.0]))))
    return moves


times = st.one_of(st.none(), st.integers(1994, 2000), st.sampled_from(["1995Q3", "1997Q2", "2010Q1"]))


@st.composite
def levers(draw: st.DrawFn) -> dict[str, Any]:
    said: dict[str, Any] = {"on": draw(st.booleans()), "strength": draw(st.sampled_from([0.0, 0.3, 0.8]))}
    first, end = draw(times), draw(times)
    if first is not None and end is not None and not str(first)[:4] < str(end)[:4]:
        end = None
    said |= {"from": first, "until": end}
    steps = sorted(draw(st.sets(st.sampled_from(["1993Q1", "1995Q1", "1996Q1", "1997Q2", "2004Q1"]), max_size=3)))
    return said | {"schedule": [{"from": step, "strength": draw(st.sampled_from([0.0, 0.4, 1.0]))} for step in steps]}


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(moves=sequences(), said=st.dictionaries(st.sampled_from(CHOSEN), levers(), max_size=3))
def test_any_sequence_of_moves_is_an_ordinary_scenario(
    small: Scenario, tmp_path: Path, moves: list[tuple[Any, str, Any]], said: dict[str, Any]
) -> None:
    scenario = small.with_({f"levers.{name}": value for name, value in said.items()})
    written = same_runs(scenario, moves, tmp_path)
    untouched = set(CHOSEN) - {path.split(".")[1] for _, path, _ in moves}
    for name in untouched:
        assert written.value(f"levers.{name}") == scenario.value(f"levers.{name}")
    told = read_moves(scenario, moves)
    first = min((move.quarter for move in told), default=QUARTERS)
    np.testing.assert_array_equal(plan_of(scenario, moves)[:first], scenario.first_day.world.plan[:first])


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(moves=sequences(), more=sequences())
def test_moves_can_be_made_one_after_the_other(
    small: Scenario, moves: list[tuple[Any, str, Any]], more: list[tuple[Any, str, Any]]
) -> None:
    """What is moved later in time may as well be moved on the scenario that the earlier moves have made."""
    one, two = read_moves(small, moves), read_moves(small, more)
    last = max((move.quarter for move in one), default=-1)
    later = [(move.quarter, move.path, move.value) for move in two if move.quarter > last]
    np.testing.assert_array_equal(plan_of(with_moves(small, moves), later), plan_of(small, [*moves, *later]))


# What a move means


def test_a_lever_that_is_off_keeps_its_strength_for_the_day_it_is_switched_on(small: Scenario) -> None:
    off = small.with_({"levers.sunset": {"on": False, "strength": 0.4}})
    assert of_lever(off, [(3, "levers.sunset.strength", 0.9)], "sunset") == [0.0] * QUARTERS
    told = of_lever(off, [(3, "levers.sunset.strength", 0.9), (5, "levers.sunset.on", True)], "sunset")
    assert told == [0.0] * 5 + [0.9] * 11
    assert of_lever(off, [(5, "levers.sunset.on", True)], "sunset") == [0.0] * 5 + [0.4] * 11


def test_of_two_moves_of_one_thing_in_one_quarter_the_later_in_the_list_holds(small: Scenario) -> None:
    moves = [
        (2, "levers.sunset.on", True),
        ("1995Q3", "levers.sunset.strength", 0.2),
        (2, "levers.sunset.strength", 0.6),
    ]
    assert of_lever(small, moves, "sunset") == [0.0] * 2 + [0.6] * 14
    assert len(read_moves(small, moves)) == 2
    undone = [(2, "levers.sunset.on", True), (2, "levers.sunset.on", False)]
    assert of_lever(small, undone, "sunset") == [0.0] * QUARTERS


def test_a_moved_strength_replaces_later_steps_but_not_the_times(small: Scenario) -> None:
    said = {"on": True, "strength": 0.1, "from": "1995Q2", "until": "1998Q1",
            "schedule": [{"from": "1996Q1", "strength": 0.5}, {"from": "1997Q1", "strength": 1.0}]}  # fmt: skip
    timed = small.with_({"levers.sunset": said})
    told = of_lever(timed, [(6, "levers.sunset.strength", 0.3)], "sunset")
    assert told == [0.0] + [0.1] * 3 + [0.5] * 2 + [0.3] * 6 + [0.0] * 4


def test_a_lever_switched_by_hand_no_longer_follows_its_times(small: Scenario) -> None:
    timed = small.with_({"levers.sunset": {"on": True, "strength": 0.5, "from": "1996Q1", "until": "1997Q1"}})
    assert of_lever(timed, [(2, "levers.sunset.on", True)], "sunset") == [0.0] * 2 + [0.5] * 14
    assert of_lever(timed, [(5, "levers.sunset.on", False)], "sunset") == [0.0] * 4 + [0.5] + [0.0] * 11
    assert of_lever(timed, [(2, "levers.sunset.on", False)], "sunset") == [0.0] * QUARTERS
    assert of_lever(timed, [(10, "levers.sunset.on", True)], "sunset") == [0.0] * 4 + [0.5] * 4 + [0.0] * 2 + [0.5] * 6


def test_moves_are_a_readable_file(small: Scenario) -> None:
    written = with_moves(small, [("1996Q1", "levers.sunset.on", True), ("1997Q3", "levers.sunset.on", False)])
    assert {path: (mine, other) for path, mine, other in small.diff(written)} == {
        "levers.sunset.on": (False, True),
        "levers.sunset.from": (None, "1996Q1"),
        "levers.sunset.until": (None, "1997Q3"),
    }
    again = with_moves(small, [("1996Q1", "levers.sunset.on", True), ("1997Q1", "levers.sunset.on", False),
                               ("1998Q1", "levers.sunset.on", True)])  # fmt: skip
    assert again.value("levers.sunset.schedule") == [
        {"from": "1997Q1", "strength": 0.0}, {"from": "1998Q1", "strength": 1.0}
    ]  # fmt: skip
    assert with_moves(small, []) is small


def test_a_strength_that_is_a_prior_is_moved_from_its_middle(small: Scenario) -> None:
    prior = small.with_({"levers.sunset": {"on": True, "strength": {"uniform": [0.2, 0.6]}}})
    moves = [(4, "levers.sunset.on", False), (8, "levers.sunset.on", True), (12, "levers.sunset.strength", 0.9)]
    assert of_lever(prior, moves, "sunset") == pytest.approx([0.4] * 4 + [0.0] * 4 + [0.4] * 4 + [0.9] * 4)
    same_runs(prior, moves)


def test_stance_goes_below_zero_and_is_off_at_zero(small: Scenario) -> None:
    moves = [(0, "levers.stance.on", True), (4, "levers.stance.strength", -1.0), (8, "levers.stance.on", False)]
    assert of_lever(small, moves, "stance") == [-0.5] * 4 + [-1.0] * 4 + [0.0] * 8
    same_runs(small, moves)


def test_whom_a_lever_is_meant_for_stays_as_it_is(small: Scenario) -> None:
    aimed = small.with_({"levers.waiver": {"on": True, "members": ["ARG"], "areas": ["trade"]}})
    written = same_runs(aimed, [(4, "levers.waiver.strength", 0.2)])
    assert written.value("levers.waiver.members") == ["ARG"]
    np.testing.assert_array_equal(written.first_day.world.aims_member, aimed.first_day.world.aims_member)
    np.testing.assert_array_equal(written.first_day.world.aims_area, aimed.first_day.world.aims_area)


def test_an_organization_with_a_policy_of_its_own_goes_on_from_what_was_moved() -> None:
    adaptive = comity.load("ecowas").with_({
        "run.years": 6, "levers.adaptive.on": True,
        "organization.instructions": [{"when": "trust < 0.9", "then": "raise sunset by 0.1"}],
    })  # fmt: skip
    moves = [(9, "levers.sunset.on", True), (9, "levers.sunset.strength", 0.5)]
    base, moved = film(adaptive, 1), film(adaptive, 1, moves)
    sunset = [made.table("levers")["sunset"] for made in (base, moved)]
    assert sunset[0].loc[:8].equals(sunset[1].loc[:8])
    assert (sunset[1].loc[9:] > sunset[0].loc[9:]).all()
    assert base.table("series").loc[:8].equals(moved.table("series").loc[:8])
    assert with_moves(adaptive, moves).run(1).series().equals(moved.table("series"))
    rows = moved.header["policy"]["rows"]
    told = with_moves(adaptive, moves).run(1).moves()
    assert [row[:2] for row in rows] == told[["quarter", "lever"]].to_numpy().tolist()


def test_candidates_and_leavers_are_in_the_film_from_the_first_day_to_the_last() -> None:
    made = film("eu", seed=1)
    words = made.header["arrays"]["members.standing"]["words"]
    codes = [member["iso3"] for member in made.header["members"]]
    croatia = [words[cell] for cell in made.arrays["members.standing"][:, codes.index("HRV")]]
    assert (croatia[0], croatia[14]) == ("candidate", "member")
    assert [member["iso3"] for member in made.header["members"] if not member["founder"]] == ["HRV"]
    exits = made.table("events").query("event == 'exit'")
    for quarter, code in zip(exits["quarter"], exits["iso3"], strict=True):
        assert words[made.arrays["members.standing"][quarter, codes.index(code)]] == "withdrawn"


# What is no move


@pytest.mark.parametrize(
    ("move", "told"),
    [
        ((4, "levers.sunset.term", 3), r"only levers\.NAME\.strength and levers\.NAME\.on can be moved"),
        ((4, "levers.sunset.members", ["ARG"]), "can be moved while a run goes on"),
        ((4, "run.years", 3), "can be moved while a run goes on"),
        ((4, "levers.sunsett.on", True), 'did you mean "sunset"'),
        ((4, "levers.sunset.strength", 1.5), "must lie between 0 and 1"),
        ((4, "levers.sunset.strength", float("nan")), "not a finite number"),
        ((4, "levers.sunset.strength", True), "not a number"),
        ((4, "levers.sunset.strength", {"uniform": [0, 1]}), "to one strength, not to a prior"),
        ((4, "levers.sunset.strength", None), "not to nothing"),
        ((4, "levers.sunset.on", "yes"), "did you mean true"),
        ((4, "levers.sunset.on", None), "not to nothing"),
        ((QUARTERS, "levers.sunset.on", True), "outside the run, which goes from 1995Q1 to 1998Q4"),
        ((-1, "levers.sunset.on", True), "outside the run"),
        (("1994Q4", "levers.sunset.on", True), "outside the run"),
        (("spring", "levers.sunset.on", True), "a move's date is written 2014Q2"),
        ((1.5, "levers.sunset.on", True), "a move's date is written 2014Q2"),
        ((4, "levers.sunset.on"), r"a move is \(date or quarter, path, value\)"),
        ("4", "a move is"),
    ],
)  # fmt: skip
def test_what_is_no_move_is_refused_with_the_way_out(small: Scenario, move: Any, told: str) -> None:
    with pytest.raises(comity.ScenarioError, match=told) as error:
        with_moves(small, [(2, "levers.waiver.on", True), move])
    assert [problem.line for problem in error.value.problems] == [2]
    assert error.value.problems[0].file == "<moves>"


def test_all_that_is_wrong_is_told_at_once(small: Scenario) -> None:
    with pytest.raises(comity.ScenarioError) as error:
        film(small, 1, [(99, "levers.sunset.on", True), (1, "levers.x.on", True), (1, "levers.sunset.strength", 9)])
    assert [problem.line for problem in error.value.problems] == [1, 2, 3]


def test_an_organization_that_keeps_its_levers_fixed_refuses_moves() -> None:
    fixed = comity.load("asean").with_({"organization.policy": "fixed"})
    with pytest.raises(comity.ScenarioError, match=r"organization\.policy is fixed.*make it scheduled"):
        film(fixed, 1, [(4, "levers.waiver.on", True)])
    assert film(fixed, 1).header["moves"] == []
