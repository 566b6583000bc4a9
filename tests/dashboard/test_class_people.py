"""Students and a teacher at their pages, without a browser: who sees what and may do what; nobody looks ahead."""

import json

import pytest

pytest.importorskip("segno", reason="the page is not installed")

from dashboard.class_desk import Desk, picture_of
from dashboard.class_pupil import Pupil
from dashboard.class_room import close_room, open_room, room

import comity
from comity import film
from comity.film import roles
from dashboard import class_play as play

TOKEN = "a-token-for-tests"


@pytest.fixture
def opened(tmp_path):
    opened = open_room(tmp_path / "class.sqlite", "http://school.example:8765/", "")
    opened.store.new_token(TOKEN)
    yield opened
    close_room()


@pytest.fixture
def desk(opened):
    desk = Desk(opened, "teacher", TOKEN)
    assert desk.facts["teacher"]
    return desk


def seated(opened, name):
    pupil = Pupil(opened, f"browser of {name}")
    pupil.receive("join", {"name": name})
    assert pupil.facts["joined"] == name and not pupil.facts["error"]
    return pupil


def news(opened, *people):
    for person in people:
        person.hear(opened.store.snapshot())


def test_a_process_has_one_class_and_none_before_it_is_opened(opened, tmp_path):
    assert room() is opened and opened.address == "http://school.example:8765"
    with pytest.raises(RuntimeError, match="already"):
        open_room(tmp_path / "other.sqlite", "", "")
    close_room()
    with pytest.raises(RuntimeError, match="--classroom"):
        room()


def test_who_is_not_the_teacher_sees_nothing_of_the_desk_and_can_do_nothing(opened, desk):
    anna = seated(opened, "Anna")
    stranger = Desk(opened, "browser of Anna", "wrong")
    before = opened.store.snapshot()
    assert set(stranger.facts) == {"teacher", "error"} and "not the token" in stranger.facts["error"]
    seat = before.seats[0].student
    acts = {
        "set_up": {"scenario": "asean", "seed": 3, "luck": "same"}, "open": {}, "advance": {"quarters": 80},
        "pause": {}, "resume": {}, "reveal": {}, "reset": {}, "clear": {}, "remove": {"student": seat},
    }  # fmt: skip
    for name, payload in acts.items():
        stranger.receive(name, payload)
        assert "Only the teacher" in stranger.facts["error"], name
        assert stranger.board is None
    for name, payload in acts.items():  # nor does a student's own page know these words
        anna.receive(name, payload)
    assert opened.store.snapshot() == before
    stranger.receive("token", {"token": TOKEN})
    assert stranger.facts["teacher"]


def test_a_new_token_shuts_the_desk_that_is_open(opened, desk):
    opened.store.new_token()
    desk.receive("open", {})
    assert not desk.facts["teacher"] and opened.store.snapshot().state == "lobby"


def test_a_whole_round_is_scored_by_comity_film_alone(opened, desk):
    anna, ben = seated(opened, "Anna"), seated(opened, "Ben")
    desk.receive("open", {})
    news(opened, anna, ben)
    anna.receive("predict", {"answers": {"trust": 0.4, "exits": 1, "frontier": 0}})
    anna.receive("lever", {"lever": "capacity_building", "strength": 1.0})
    desk.receive("advance", {"quarters": 20})
    news(opened, anna, ben)
    ben.receive("lever", {"lever": "opt_outs", "strength": 0.9})
    desk.receive("reveal", {})
    news(opened, anna, ben)
    eu = comity.load("eu")
    for pupil, moves in ((anna, roles.moved_to(eu, [], 0, "capacity_building", 1.0)),
                         (ben, roles.moved_to(eu, [], 20, "opt_outs", 0.9))):  # fmt: skip
        role = pupil.facts["role"]
        mine, base = (roles.values(film.film(eu, 1, each), role) for each in (moves, ()))
        assert pupil.facts["verdict"]["score"] == roles.score(role, mine, base)
        assert film.unpack(pupil.film)[0]["digest"] == film.film(eu, 1, moves).digest
    assert anna.facts["verdict"]["foresight"]["points"] > 0 and ben.facts["verdict"]["foresight"]["points"] == 0
    board = desk.board
    assert [point["name"] for point in board["points"]] == ["Anna", "Ben"] and board["luck"] == "same"
    assert board["points"][0]["score"] == anna.facts["verdict"]["score"]["points"]
    json.dumps([board, desk.facts, anna.facts], allow_nan=False)


def test_nobody_is_sent_what_is_not_open_yet(opened, desk):
    anna = seated(opened, "Anna")
    assert anna.film is None
    desk.receive("open", {})
    news(opened, anna)
    anna.receive("lever", {"lever": "waiver", "strength": 0.5})
    assert anna.film is None and anna.facts["verdict"] is None and desk.board is None
    desk.receive("advance", {"quarters": 12})
    news(opened, anna)
    header, arrays = film.unpack(anna.film)
    assert header["until"] == 12 and header["outcomes"] is None
    assert desk.film == film.film("eu", 1, until=12).buffer  # the wall shows no more than that either
    assert all(len(values) == 12 for name, values in arrays.items() if name.startswith(("series.", "members.")))


def test_the_past_stays_and_a_lever_moved_now_costs_no_new_film(opened, desk):
    anna = seated(opened, "Anna")
    desk.receive("open", {})
    desk.receive("advance", {"quarters": 8})
    news(opened, anna)
    before = anna.film
    anna.receive("lever", {"lever": "waiver", "strength": 0.5})
    moves = anna.facts["moves"]
    assert anna.film is before and moves[0]["date"] == "2012Q1"
    desk.receive("advance", {"quarters": 8})
    news(opened, anna)
    old, new = film.unpack(before)[1], film.unpack(anna.film)[1]
    assert (old["series.trust"] == new["series.trust"][:8]).all()
    anna.receive("back", {"lever": "waiver"})  # too late: those quarters have passed
    assert anna.facts["moves"] == moves


def test_a_budget_is_a_budget(opened, desk):
    anna = seated(opened, "Anna")
    desk.receive("open", {})
    news(opened, anna)
    for lever in ("court", "hardness", "funds", "safeguards", "delegation", "decision_rule"):
        anna.receive("lever", {"lever": lever, "strength": 0.0 if lever == "funds" else 1.0})
    assert "and you have 36" in anna.facts["error"]
    assert 0 < anna.facts["spent"] <= 36.0
    spent = anna.facts["spent"]
    anna.receive("back", {"lever": anna.facts["moves"][-1]["lever"]})
    assert anna.facts["spent"] < spent and not anna.facts["error"]


@pytest.mark.parametrize(
    ("name", "payload"),
    [
        ("lever", {"lever": "waver", "strength": 0.5}),
        ("lever", {"lever": "waiver", "strength": 7}),
        ("lever", {"lever": "waiver", "strength": "much"}),
        ("lever", {}),
        ("lever", {"lever": "waiver", "strength": float("nan")}),
        ("predict", {"answers": {"trust": 7}}),
        ("predict", {"answers": {"weather": 0.5}}),
        ("predict", {"answers": 3}),
        ("predict", {"answers": {"trust": float("nan")}}),
        ("join", {}),
    ],
)
def test_whatever_a_browser_sends_is_refused_in_words(opened, desk, name, payload):
    anna = seated(opened, "Anna")
    desk.receive("open", {})
    news(opened, anna)
    anna.receive(name, payload)
    assert anna.facts["error"] and anna.facts["moves"] == [] and anna.facts["answers"] == {}


@pytest.mark.parametrize(
    "payload",
    [
        {"scenario": "../../etc/passwd", "seed": 1, "luck": "same"},
        {"scenario": "eu+nothing", "seed": 1, "luck": "same"},
        {"scenario": "respectful", "seed": 1, "luck": "same"},
        {"scenario": "eu", "seed": -1, "luck": "same"},
        {"scenario": "eu", "seed": 1, "luck": "mine"},
        {"scenario": "eu"},
    ],
)
def test_a_class_plays_shipped_scenarios_only(opened, desk, payload):
    desk.receive("set_up", payload)
    assert desk.facts["error"] and opened.store.snapshot().scenario == "eu"


def test_each_their_own_luck_makes_runs_differ_where_policies_do_not(opened, desk):
    anna, ben = seated(opened, "Anna"), seated(opened, "Ben")
    for luck, equal in (("same", True), ("own", False)):
        desk.receive("set_up", {"scenario": "ecowas+rigid", "seed": 5, "luck": luck})
        assert not desk.facts["error"]
        desk.receive("open", {})
        desk.receive("advance", {"quarters": 12})
        news(opened, anna, ben)
        series = [film.unpack(pupil.film)[1]["series.trust"].tolist() for pupil in (anna, ben)]
        assert (series[0] == series[1]) == equal
        desk.receive("reset", {})


def test_who_is_removed_finds_the_door_and_can_come_in_again(opened, desk):
    anna = seated(opened, "Anna")
    news(opened, desk)
    desk.receive("remove", {"student": desk.facts["seats"][0]["student"]})
    news(opened, anna)
    assert anna.facts["joined"] is None and anna.film is None
    anna.receive("join", {"name": "Anne"})
    assert anna.facts["joined"] == "Anne"


def test_what_another_does_changes_nothing_on_ones_page(opened, desk):
    anna, ben = seated(opened, "Anna"), seated(opened, "Ben")
    desk.receive("open", {})
    news(opened, anna, ben)
    told = []
    ben.changed = lambda: told.append(1)
    facts = ben.facts
    anna.receive("lever", {"lever": "waiver", "strength": 0.5})
    news(opened, ben)
    assert ben.facts is facts and told == []
    assert "Anna" not in json.dumps(ben.facts)


def test_a_class_goes_on_after_a_restart(opened, desk):
    anna = seated(opened, "Anna")
    desk.receive("open", {})
    news(opened, anna)
    anna.receive("predict", {"answers": {"trust": 0.4}})
    anna.receive("lever", {"lever": "waiver", "strength": 0.5})
    path, before = opened.store.path, anna.facts
    close_room()
    again = open_room(path, "http://school.example:8765", "")
    assert Pupil(again, "browser of Anna").facts == before


def test_a_reveal_plays_what_nobody_has_played(opened, desk):
    for k in range(3):
        seated(opened, f"student {k}")
    desk.receive("open", {})
    assert len(opened.store.without_result()) == 3
    desk.receive("reveal", {})
    assert opened.store.without_result() == () and desk.board["count"] == 3
    assert play.fill(opened.store) == 0


def test_the_address_is_a_picture_too(desk):
    assert desk.facts["qr"] == picture_of("http://school.example:8765/join")
    assert desk.facts["qr"].startswith("<svg") and "script" not in desk.facts["qr"]
