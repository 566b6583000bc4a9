"""Why, without a browser: a click becomes a story, its counterfactual a run beside; nobody reads ahead of the clock."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from typing import Any

import pytest

pytest.importorskip("solara", reason="solara is not installed")

from dashboard.session import Session
from dashboard.why import Desk, Question, answer

import comity
from comity import film

PATIENCE = 60.0
EIGHT = "scenario=eu&seed=1&set=run.years%3D8"
NOTICE = 23
"""The quarter in which the United Kingdom threatens and gives notice under this seed."""


@pytest.fixture
def desk() -> Desk:
    return Desk(Session(EIGHT))


def until(true: Callable[[], Any]) -> None:
    end = time.monotonic() + PATIENCE
    while not true() and time.monotonic() < end:
        time.sleep(0.01)
    assert true()


def ask(desk: Desk, member: str | None = "GBR", quarter: int = NOTICE, span: str = "quarter", **more: Any) -> Any:
    serial = more.pop("serial", time.monotonic_ns())
    desk.receive({"do": "ask", "serial": serial, "side": "a", "member": member, "quarter": quarter, "span": span,
                  "at": quarter, **more})  # fmt: skip
    until(lambda: desk.told and desk.told["serial"] == serial)
    assert desk.told is not None
    return desk.told


@pytest.fixture(scope="module")
def page() -> dict[str, Any]:
    """The quarter of the notice, as a page shows it."""
    scenario = comity.load("eu").with_({"run.years": 8})
    return film.why(scenario, "GBR", 1, quarter=NOTICE).page()


# What the package tells


def test_the_bars_of_a_card_add_up_to_its_logit_and_are_told_in_words(page: dict[str, Any]) -> None:
    told = [card for card in page["cards"] if card["bars"]]
    assert {"vote", "threat", "notice"} <= {card["decision"] for card in told}
    for card in told:
        assert sum(bar["value"] for bar in card["bars"]) == pytest.approx(card["logit"], abs=1e-9)
        sizes = [abs(bar["value"]) for bar in card["bars"]]
        assert sizes == sorted(sizes, reverse=True)
        assert all("_" not in bar["words"] for bar in card["bars"])
        if card["threshold"] is not None:
            assert (card["logit"] > card["threshold"]) == (card["draw"] < card["chance"])
    assert json.loads(json.dumps(page, allow_nan=False)) == page


def test_a_card_names_the_mechanism_behind_it_with_claim_and_works(page: dict[str, Any]) -> None:
    notice = next(card for card in page["cards"] if card["decision"] == "threat")
    told = page["mechanisms"][notice["mechanism"]]
    assert told["path"] == "forces.threat" and told["kind"] == "force"
    assert told["claim"] == next(each["claim"] for each in comity.catalogue("forces") if each["name"] == "threat")
    assert any("Hirschman" in work["reference"] for work in told["works"])
    assert any(fact["key"] == "W1" for fact in told["facts"])


def test_the_organization_s_cards_name_mechanisms_too() -> None:
    page = film.why("ecowas+respectful", None, 3, quarter=2014).page()
    assert page["cards"] and all(card["mechanism"] in page["mechanisms"] for card in page["cards"])


def test_the_story_of_a_moved_run_is_that_of_the_scenario_that_replays_it() -> None:
    scenario = comity.load("mercosur").with_({"run.years": 4})
    moves = [(4, "levers.waiver.on", True), ("2012Q1", "levers.waiver.strength", 0.8)]
    told = film.why(scenario, "BRA", 5, moves)
    assert told.decisions == film.with_moves(scenario, moves).run(5).why("BRA").decisions
    assert told.decisions != film.why(scenario, "BRA", 5).decisions


# What a click becomes


def test_a_click_on_an_event_opens_the_decision_behind_it(desk: Desk) -> None:
    story = ask(desk, event="notice")["story"]
    assert story["cards"][story["opened"]]["decision"] == "notice"
    assert [card["result"] for card in story["cards"]] == [
        each.result for each in comity.why(desk.session.scenario(), "GBR", seed=1, quarter=NOTICE).decisions
    ]
    story = ask(desk, event="threat_with_demand")["story"]
    assert story["cards"][story["opened"]]["decision"] == "threat"
    vote = next(card for card in story["cards"] if card["decision"] == "vote")
    story = ask(desk, event="vote", measure=vote["measure"])["story"]
    assert story["cards"][story["opened"]]["measure"] == vote["measure"]


def test_a_click_on_a_member_opens_the_weightiest_decision_of_the_year(desk: Desk) -> None:
    story = ask(desk, span="year")["story"]
    assert {card["date"][:4] for card in story["cards"]} == {"2015"}
    assert story["cards"][story["opened"]]["decision"] == "notice"


def test_nobody_reads_ahead_of_the_clock(desk: Desk) -> None:
    for span in ("year", "all"):
        story = ask(desk, quarter=NOTICE - 2, span=span)["story"]
        assert story["cards"] and all(card["quarter"] <= NOTICE - 2 for card in story["cards"])
    cut = Desk(Session(EIGHT, until=10))
    story = ask(cut, quarter=30, span="all", at=30)["story"]
    assert story["cards"] and all(card["quarter"] < 10 for card in story["cards"])


def test_the_same_question_is_answered_from_memory_and_another_luck_is_another_question(desk: Desk) -> None:
    scenario = desk.session.scenario()
    first = answer(Question(scenario.digest, (), "", 1, "GBR", NOTICE, scenario))
    again = comity.load("eu").with_({"run.years": 8})
    assert answer(Question(again.digest, (), "", 1, "GBR", NOTICE, again)) is first
    assert answer(Question(again.digest, (), "", 2, "GBR", NOTICE, again))["cards"] != first["cards"]


def test_of_two_clicks_the_later_is_answered(desk: Desk) -> None:
    for serial, member in ((1, "HUN"), (2, "GBR")):
        desk.receive({"do": "ask", "serial": serial, "side": "a", "member": member, "quarter": 9, "span": "all"})
    until(lambda: desk.told and desk.told["serial"] == 2 and not desk.session._pending)
    assert desk.told and desk.told["story"]["member"] == "GBR"


def test_what_cannot_be_told_is_said_in_words(desk: Desk) -> None:
    told = ask(desk, member="GBX")
    assert told["story"] is None and 'there is no member "GBX"' in told["problem"]


# Counterfactuals


@pytest.mark.parametrize("decision", ["threat", "notice", "opt_out", "implementation"])
def test_the_counterfactual_run_beside_decides_otherwise_and_has_the_same_past(desk: Desk, decision: str) -> None:
    story = ask(desk, event=decision)["story"]
    place = story["opened"]
    card = story["cards"][place]
    turn = card["turns"][0]
    desk.receive({"do": "beside", "card": place, "turn": 0})
    state = desk.session.state
    assert state.b is not None and state.b.nudge and not state.a.nudge and not desk.session.problems
    other = film.why(desk.session.scenario("b"), "GBR", 1, quarter=NOTICE, nudge=state.b.nudge).page()
    told = [each["result"] for each in other["cards"]
            if (each["decision"], each["measure"]) == (card["decision"], card["measure"])]  # fmt: skip
    assert card["result"] not in told, "the counterfactual changed nothing"
    assert not told or told == [turn["result"]]
    first, second = desk.session.films["film_a"], desk.session.films["film_b"]
    parted = film.difference(first, second).header["parted"]
    assert parted is None or parted >= NOTICE
    assert Session(desk.session.shown.facts["address"]).state == state, "the link does not bring it back"


def test_a_counterfactual_beside_is_one_step_to_undo(desk: Desk) -> None:
    before = desk.session.state
    ask(desk, event="notice")
    desk.receive({"do": "beside", "card": desk.told["story"]["opened"], "turn": 0})  # type: ignore[index]
    desk.session.receive("undo", {})
    assert desk.session.state == before


# Levers


def test_a_lever_that_would_have_kept_it_in_does_so_beside() -> None:
    desk = Desk(Session("scenario=eu&seed=7"))
    ask(desk, quarter=79, span="quarter")
    desk.receive({"do": "levers"})
    until(lambda: desk.told and desk.told["story"]["levers"] is not None)
    assert desk.told is not None and desk.told["progress"] is None
    kept = desk.told["story"]["levers"][0]
    desk.receive({"do": "kept", "lever": kept["lever"], "strength": kept["strength"]})
    events = [desk.session.films[side].table("events") for side in ("film_a", "film_b")]
    left = [bool(((each["iso3"] == "GBR") & (each["event"] == "exit")).any()) for each in events]
    assert left == [True, False]


def test_the_search_for_levers_tells_how_far_it_is_and_can_be_stopped() -> None:
    desk = Desk(Session("scenario=eu&seed=7"))
    news: list[Any] = []
    desk.changed = lambda: news.append(desk.told and desk.told["progress"])
    ask(desk, quarter=79)
    desk.receive({"do": "levers"})
    until(lambda: any(each and each[0] > 0 for each in news))
    desk.receive({"do": "stop"})
    until(lambda: not desk.session._pending)
    assert desk.told and desk.told["progress"] is None and desk.told["story"]["levers"] is None
