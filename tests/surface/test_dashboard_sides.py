"""A and B, and what each lever did, without a browser: what stands beside; the figures are the package's own."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import pytest

pytest.importorskip("solara", reason="solara is not installed")

from dashboard.address import OWN, Side
from dashboard.compare import Beside, label, told
from dashboard.effects import SHARES_OF, Tally
from dashboard.session import Session

import comity
from comity import film

PATIENCE = 60.0
MOVED = "scenario=mercosur&seed=7&set=run.years%3D4&move=2012Q1~levers.pace.on~true&move=2012Q3~levers.court.on~true"


@pytest.fixture
def page() -> Session:
    return Session(MOVED)


def until(true: Callable[[], Any]) -> None:
    end = time.monotonic() + PATIENCE
    while not true() and time.monotonic() < end:
        time.sleep(0.01)
    assert true()


def strengths(page: Session, side: str) -> dict[str, list[float]]:
    made = page.films[side]
    return {name: made.arrays["levers.strength"][:, k].tolist() for k, name in enumerate(made.header["levers"])}


# What stands beside


def test_the_whole_run_without_its_moves_can_stand_beside(page: Session) -> None:
    Beside(page).receive({"do": "put", "what": "without_moves"})
    assert page.state.b == Side("mercosur", set=(("run.years", 4),))
    assert told(page)["b"]["label"] == "A without your moves"
    assert "pace" in strengths(page, "film_a") and "pace" not in strengths(page, "film_b")


def test_the_run_as_it_was_before_a_move_can_stand_beside(page: Session) -> None:
    Beside(page).receive({"do": "put", "what": "before", "move": 1})
    assert [move.path for move in page.state.side("b").moves] == ["levers.pace.on"]
    assert told(page)["b"]["label"] == "A as it was before court in 2012Q3"
    parted = film.difference(page.films["film_a"], page.films["film_b"]).header["parted"]
    assert parted is None or parted >= page.films["film_a"].header["dates"].index("2012Q3")


def test_the_run_without_one_lever_can_stand_beside(page: Session) -> None:
    Beside(page).receive({"do": "put", "what": "without", "lever": "pace"})
    assert "pace" not in strengths(page, "film_b") and "court" in strengths(page, "film_b")
    assert told(page)["b"]["label"] == "A with another pace"


def test_another_scenario_a_copy_and_a_file_can_stand_beside(page: Session) -> None:
    beside = Beside(page)
    beside.receive({"do": "put", "what": "scenario", "name": "mercosur+respectful"})
    assert page.state.b == Side("mercosur+respectful") and not beside.problems
    beside.receive({"do": "put", "what": "copy"})
    assert page.state.b == page.state.a and told(page)["b"]["label"] == "a copy of A"
    beside.receive({"do": "file", "name": "mine.yaml", "text": "title: Mine\nextends: mercosur\nrun: {years: 4}\n"})
    assert page.state.side("b").scenario == OWN and told(page)["b"]["label"] == "Mine"


def test_a_faulty_file_is_told_with_its_line_and_what_stood_beside_stays(page: Session) -> None:
    beside = Beside(page)
    beside.receive({"do": "put", "what": "without_moves"})
    before = page.state
    beside.receive({"do": "file", "name": "mine.yaml", "text": "extends: mercosur\nlevers: {curt: {on: true}}\n"})
    assert page.state == before
    assert any(problem.startswith("mine.yaml:2:") and "court" in problem for problem in beside.problems)
    beside.receive({"do": "put", "what": "scenario", "name": "nowhere"})
    assert page.state == before and "nowhere" in beside.problems[0]


def test_the_sides_are_swapped_and_the_second_is_closed(page: Session) -> None:
    beside = Beside(page)
    beside.receive({"do": "put", "what": "without_moves"})
    a, b = page.state.a, page.state.b
    beside.receive({"do": "swap"})
    assert (page.state.a, page.state.b) == (b, a)
    beside.receive({"do": "close"})
    assert page.state.b is None


def test_the_levers_speak_about_side_b_when_it_is_edited(page: Session) -> None:
    beside = Beside(page)
    beside.receive({"do": "put", "what": "copy"})
    beside.receive({"do": "edit", "side": "b"})
    assert told(page)["edited"] == "b"
    page.receive("move", {"side": "b", "quarter": 3, "path": "levers.waiver.on", "value": True})
    assert len(page.state.side("b").moves) == 3 and len(page.state.a.moves) == 2


def test_a_counterfactual_is_called_what_it_is() -> None:
    a, dates = Side(), [f"{year}Q{season}" for year in range(2010, 2030) for season in (1, 2, 3, 4)]
    b = Side(nudge="23~exit~member.referendum~0.7~GBR~")
    assert label(a, b, "", dates) == "A, but GBR: the imminence of a vote on membership at 0.7 in 2015Q4"
    b = Side(nudge="8~consent~measure.depth~0.25~~12")
    assert label(a, b, "", dates) == "A, but the depth of the text at 0.25 in 2012Q1"


# What each lever did


def test_what_a_lever_did_is_the_run_less_the_same_run_without_it(page: Session) -> None:
    tally = Tally(page)
    tally.receive({"do": "ask", "side": "a", "quarter": 13})
    until(lambda: tally.told and tally.told["one"])
    assert tally.told is not None
    found = {each["name"]: each["effects"] for each in tally.told["one"]["levers"]}
    Beside(page).receive({"do": "put", "what": "without", "lever": "pace"})
    whole, less = (page.films[side].table("series") for side in ("film_a", "film_b"))
    for name in ("integration", "trust", "spent"):
        apart = (whole[name] - less[name])[:14]
        assert found["pace"][name]["now"] == pytest.approx(apart.iloc[-1], abs=1e-12)
        assert found["pace"][name]["mean"] == pytest.approx(apart.mean(), abs=1e-12)


def test_over_many_runs_it_is_the_package_s_own_table_with_intervals(page: Session) -> None:
    tally = Tally(page)
    tally.receive({"do": "ask", "side": "a", "quarter": 15})
    tally.receive({"do": "many", "runs": 6})
    until(lambda: tally.told and tally.told["many"])
    assert tally.told is not None and tally.told["progress"] is None
    again = film.effects_so_far(page.scenario(), moves=page.moves(), seed=7, quarter=15, runs=6)
    assert tally.told["many"] == again
    one = again["levers"][0]["effects"]["integration"]
    assert one["now_low"] <= one["now"] <= one["now_high"]


def test_shares_are_those_of_comity_effects_and_add_up(page: Session) -> None:
    tally = Tally(page)
    tally.receive({"do": "ask", "side": "a", "quarter": 15})
    tally.receive({"do": "shares", "runs": 4})
    until(lambda: tally.told and tally.told["shares"])
    assert tally.told is not None
    whole = film.with_moves(page.scenario(), page.moves())
    again = comity.effects(whole, outcome=list(SHARES_OF), runs=4, seed=7)
    for name, document in tally.told["shares"].items():
        assert document == again[name].document()
        shares = [lever["shapley"] for lever in document["levers"].values()]
        assert sum(shares) == pytest.approx(document["total"], abs=1e-12)


@pytest.mark.parametrize("what", ["many", "shares"])
def test_what_takes_long_tells_how_far_it_is_and_can_be_stopped(what: str) -> None:
    tally = Tally(Session("scenario=eu&seed=7"))
    news: list[Any] = []
    tally.changed = lambda: news.append(tally.told and tally.told["progress"])
    tally.receive({"do": "ask", "side": "a", "quarter": 79})
    tally.receive({"do": what, "runs": 400})
    until(lambda: any(each and each["done"] > 0 for each in news))
    began = time.monotonic()
    tally.receive({"do": "stop"})
    until(lambda: not tally.session._pending)
    assert time.monotonic() - began < 20.0
    assert tally.told and tally.told["progress"] is None and tally.told[what] is None


def test_a_user_who_is_gone_is_computed_for_no_longer() -> None:
    session = Session("scenario=eu&seed=7")
    tally = Tally(session)
    tally.receive({"do": "ask", "side": "a", "quarter": 79})
    session.closed = lambda: True
    tally.receive({"do": "many", "runs": 400})
    until(lambda: not session._pending)
    assert tally.told and tally.told["many"] is None
