"""The class file: what it lets whom do, with many at once, and after a death."""

import os
import signal
import sqlite3
import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest
from dashboard.class_file import ClassError, NotTheTeacher, Result, default_path, plain_name
from dashboard.class_store import Store, policy_digest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

ROLES = ("secretariat", "reluctant", "reformer", "creditor", "small-state")
FOLDER = Path(__file__).parents[2]


@pytest.fixture
def store(tmp_path):
    return Store(tmp_path / "class.sqlite")


@pytest.fixture
def teacher(store):
    store.seat_teacher("teacher", store.new_token())
    return store


def test_a_whole_round_goes_from_the_lobby_to_the_reveal(teacher):
    anna = teacher.join("a", "Anna", ROLES)
    teacher.set_up("teacher", "asean", 7, "own", 40)
    teacher.open_round("teacher")
    teacher.predict("a", {"trust": 0.5})
    teacher.play("a", [(0, "levers.waiver.on", True)], 3.0)
    teacher.advance("teacher", 8)
    teacher.play("a", [(0, "levers.waiver.on", True), (8, "levers.sunset.on", True)], 5.0)
    assert teacher.work("a").result is None
    moves = ((0, "levers.waiver.on", True), (8, "levers.sunset.on", True))
    teacher.put_result(1, anna.student, policy_digest(moves), {"trust": 0.4})
    assert teacher.work("a").result is None and teacher.results() == ()  # nobody looks ahead
    teacher.reveal("teacher")
    seen = teacher.snapshot()
    assert (seen.state, seen.quarter, seen.scenario, seen.seed, seen.luck) == ("revealed", 40, "asean", 7, "own")
    assert (seen.seats[0].predicted, seen.seats[0].moves, seen.seats[0].spent) == (True, 2, 5.0)
    work = teacher.work("a")
    assert (work.answers, work.moves, work.result) == ({"trust": 0.5}, moves, {"trust": 0.4})
    assert teacher.results() == (Result(anna, moves, {"trust": 0.5}, {"trust": 0.4}),)
    teacher.open_round("teacher")
    assert teacher.snapshot().round == 2 and teacher.work("a").answers == {}


def test_roles_are_dealt_evenly(store):
    for number in range(12):
        store.join(str(number), f"student {number}", ROLES)
    dealt = [seat.role for seat in store.snapshot().seats]
    assert {dealt.count(role) for role in ROLES} == {2, 3}


def test_a_class_that_is_full_says_so(store, monkeypatch):
    monkeypatch.setattr("dashboard.class_store.MOST_STUDENTS", 2)
    for browser in "ab":
        store.join(browser, browser, ROLES)
    with pytest.raises(ClassError, match="full"):
        store.join("c", "c", ROLES)
    assert store.join("a", "still a", ROLES).name == "still a"


def test_a_policy_cannot_be_rewritten_in_quarters_that_have_passed(teacher):
    teacher.join("a", "Anna", ROLES)
    teacher.open_round("teacher")
    teacher.play("a", [(0, "levers.waiver.on", True)], 1.0)
    teacher.advance("teacher", 8)
    for late in ([], [(0, "levers.waiver.on", False)], [(0, "levers.waiver.on", True), (7, "levers.sunset.on", True)]):
        with pytest.raises(ClassError, match="has passed"):
            teacher.play("a", late, 1.0)
    with pytest.raises(ClassError, match="too late"):
        teacher.predict("a", {"trust": 0.1})


def test_nothing_is_handed_in_while_the_class_is_paused(teacher):
    teacher.join("a", "Anna", ROLES)
    teacher.open_round("teacher")
    teacher.pause("teacher")
    with pytest.raises(ClassError, match="paused"):
        teacher.predict("a", {"trust": 0.1})
    with pytest.raises(ClassError, match="paused"):
        teacher.play("a", [], 0.0)
    teacher.resume("teacher")
    teacher.predict("a", {"trust": 0.1})


def test_a_result_of_a_policy_that_has_changed_since_is_not_kept(teacher):
    anna = teacher.join("a", "Anna", ROLES)
    teacher.open_round("teacher")
    teacher.play("a", [(0, "levers.waiver.on", True)], 1.0)
    teacher.put_result(1, anna.student, policy_digest([]), {"trust": 0.4})
    assert [student for student, _ in teacher.without_result()] == [anna]
    teacher.put_result(1, anna.student, policy_digest([(0, "levers.waiver.on", True)]), {"trust": 0.4})
    assert teacher.without_result() == ()


@pytest.mark.parametrize(
    "act",
    [
        lambda store, who: store.set_up(who, "eu", 1, "same", 80),
        lambda store, who: store.open_round(who),
        lambda store, who: store.advance(who, 4),
        lambda store, who: store.pause(who),
        lambda store, who: store.resume(who),
        lambda store, who: store.reveal(who),
        lambda store, who: store.reset(who),
        lambda store, who: store.reset(who, everybody=True),
        lambda store, who: store.remove(who, 1),
    ],
)
def test_nobody_but_the_teacher_does_what_a_teacher_does(teacher, act):
    teacher.join("a", "Anna", ROLES)
    before = teacher.snapshot()
    for browser in ("a", "stranger", "", "' OR 1=1 --"):
        with pytest.raises(NotTheTeacher):
            act(teacher, browser)
    assert teacher.snapshot() == before


def test_the_token_is_kept_as_a_hash_and_an_old_one_opens_nothing(store):
    first = store.new_token()
    assert len(first) > 20 and first.encode() not in store.path.read_bytes()
    assert not store.seat_teacher("t", "") and not store.seat_teacher("t", first[:-1]) and not store.is_teacher("t")
    assert store.seat_teacher("t", first) and store.is_teacher("t")
    second = store.new_token()
    assert second != first and not store.is_teacher("t") and not store.seat_teacher("t", first)
    assert store.new_token("a token of mine") == "a token of mine" and store.seat_teacher("t", "a token of mine")
    with pytest.raises(ClassError, match="8 characters"):
        store.new_token("short")


def test_nothing_of_a_browser_is_kept_but_a_hash(store):
    store.join("the-browser's-own-id", "Anna", ROLES)
    kept = b"".join(path.read_bytes() for path in store.path.parent.glob("class.sqlite*"))
    assert b"Anna" in kept and b"the-browser" not in kept
    assert store.path.stat().st_mode & 0o077 == 0 or sys.platform == "win32"


def test_who_is_removed_leaves_nothing_and_may_join_again(teacher):
    anna = teacher.join("a", "Anna", ROLES)
    teacher.open_round("teacher")
    teacher.predict("a", {"trust": 0.5})
    teacher.play("a", [], 0.0)
    teacher.put_result(1, anna.student, policy_digest([]), {})
    teacher.remove("teacher", anna.student)
    with sqlite3.connect(teacher.path) as file:
        for table in ("students", "predictions", "policies", "results"):
            assert file.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)
    file.close()
    with pytest.raises(ClassError, match="join again"):
        teacher.predict("a", {"trust": 0.5})
    assert teacher.join("a", "Anne", ROLES).student != anna.student


def test_a_name_is_one_line_of_24_characters_and_taken_once(store):
    assert plain_name("  Zoë \n of\tClass\x00 3 ") == "Zoë of Class 3"
    for empty in ("", "  ", "\x00\u200b"):
        with pytest.raises(ClassError, match="choose a name"):
            plain_name(empty)
    with pytest.raises(ClassError, match="25 characters"):
        plain_name("x" * 25)
    store.join("a", "<b>Anna</b>", ROLES)
    with pytest.raises(ClassError, match="already called"):
        store.join("b", "<B>anna</B>", ROLES)
    assert store.join("a", "Anna Maria", ROLES).name == "Anna Maria"  # one's own name can be changed


def test_what_is_no_class_file_is_refused_in_words(tmp_path):
    other = tmp_path / "other"
    other.write_text("This is a letter. " * 100)
    with pytest.raises(ClassError, match=r"no class file .*--store FILE"):
        Store(other)
    later = tmp_path / "later.sqlite"
    with sqlite3.connect(later) as file:
        file.execute("PRAGMA user_version = 99")
    file.close()
    with pytest.raises(ClassError, match="version 99"):
        Store(later)


def test_the_class_file_lies_in_the_state_folder(monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    if sys.platform.startswith("linux"):
        assert default_path() == tmp_path / "comity" / "class.sqlite"
    assert default_path().name == "class.sqlite"


def hand_in(path, first, count):
    """In a process of its own: students join, predict and move levers."""
    store = Store(path)
    for number in range(first, first + count):
        browser = str(number)
        store.join(browser, f"student {number}", ROLES)
        for k in range(3):
            store.play(browser, [(0, "levers.waiver.strength", k / 10)], float(k))
        store.predict(browser, {"trust": number / 100})
    return os.getpid()


def test_four_processes_write_at_once_and_nothing_is_lost(teacher):
    teacher.open_round("teacher")
    with ProcessPoolExecutor(4, mp_context=get_context("spawn")) as pool:
        pids = list(pool.map(hand_in, [teacher.path] * 4, (0, 25, 50, 75), [25] * 4))
    assert len(set(pids)) > 1
    seen = teacher.snapshot()
    assert len(seen.seats) == 100 and all(seat.predicted and seat.spent == 2.0 for seat in seen.seats)
    assert {seat.role for seat in seen.seats} == set(ROLES)
    assert teacher.work("42").answers == {"trust": 0.42}


def test_several_processes_may_make_the_file_at_the_same_time(tmp_path):
    with ProcessPoolExecutor(4, mp_context=get_context("spawn")) as pool:
        for number in range(3):
            paths = list(pool.map(make, [tmp_path / f"{number}.sqlite"] * 8))
            assert Store(paths[0]).snapshot().state == "lobby"


def test_opening_waits_where_sqlite_itself_does_not(tmp_path, monkeypatch):
    busy = sqlite3.OperationalError("database is locked")
    busy.sqlite_errorcode = sqlite3.SQLITE_BUSY_RECOVERY
    refusals, connected = [busy, busy], Store.connected

    def refused(self):
        if refusals:
            raise refusals.pop()
        return connected(self)

    monkeypatch.setattr(Store, "connected", refused)
    assert Store(tmp_path / "class.sqlite").snapshot().state == "lobby" and not refusals


def make(path):
    """In a process of its own: opens a class file that may not be there yet."""
    return Store(path).path


WRITER = """
import sys
from dashboard.class_store import Store
store = Store(sys.argv[1])
store.join("a", "Anna", ["secretariat"])
number = 0
while True:
    number += 1
    store.play("a", [[0, "levers.waiver.strength", number]], float(number))
    print(number, flush=True)
"""


def test_a_process_killed_while_it_writes_loses_nothing_that_it_said_was_kept(teacher):
    teacher.open_round("teacher")
    writer = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(teacher.path)],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(FOLDER), os.environ.get("PYTHONPATH", "")])},
    )
    said = 0
    try:
        for line in writer.stdout:
            said = int(line)
            if said >= 30:
                os.kill(writer.pid, signal.SIGKILL if hasattr(signal, "SIGKILL") else signal.SIGTERM)
                break
        rest = writer.stdout.read().split()
        said = int(rest[-1]) if rest else said
    finally:
        writer.kill()
        writer.wait()
        writer.stdout.close()
    again = Store(teacher.path)
    seat = again.snapshot().seats[0]
    assert seat.spent in (said, said + 1)  # the last one may have been kept before it was said
    assert again.work("a").moves == ((0, "levers.waiver.strength", int(seat.spent)),)
    again.predict("a", {"trust": 0.5})  # the dead writer's lock is gone with it, or this would be refused


class Class(RuleBasedStateMachine):
    """Any order of actions: the file agrees with a plain record of what was let through."""

    @initialize()
    def begin(self):
        import tempfile

        self.folder = tempfile.TemporaryDirectory()
        self.store = Store(Path(self.folder.name) / "class.sqlite")
        self.store.seat_teacher("teacher", self.store.new_token())
        self.state, self.resumes, self.quarter, self.round = "lobby", "lobby", 0, 1
        self.names, self.moves, self.answers = {}, {}, {}

    def teardown(self):
        if hasattr(self, "folder"):
            self.folder.cleanup()

    def forget(self):
        self.moves, self.answers = {}, {}

    @rule(browser=st.sampled_from("abc"), name=st.sampled_from(("Anna", "Ben", "anna ", "Chloé")))
    def joins(self, browser, name):
        others = {n.casefold() for b, n in self.names.items() if b != browser}
        if name.strip().casefold() in others:
            with pytest.raises(ClassError):
                self.store.join(browser, name, ROLES)
        else:
            self.store.join(browser, name, ROLES)
            self.names[browser] = name.strip()

    @rule(browser=st.sampled_from("abc"), value=st.floats(0, 1))
    def predicts(self, browser, value):
        if browser in self.names and self.state == "predict":
            self.store.predict(browser, {"trust": value})
            self.answers[browser] = {"trust": value}
        else:
            with pytest.raises(ClassError):
                self.store.predict(browser, {"trust": value})

    @rule(browser=st.sampled_from("abc"), quarter=st.integers(0, 12), value=st.floats(0, 1))
    def moves_a_lever(self, browser, quarter, value):
        moves = (*self.moves.get(browser, ()), (quarter, "levers.waiver.strength", value))
        open_still = self.quarter <= quarter < self.length()
        if browser in self.names and self.state in ("predict", "running") and open_still:
            self.store.play(browser, moves, 1.0)
            self.moves[browser] = moves
        else:
            with pytest.raises(ClassError):
                self.store.play(browser, moves, 1.0)

    @rule(what=st.sampled_from(("set_up", "open_round", "advance", "pause", "resume", "reveal", "reset")))
    def teaches(self, what):
        arguments = {"set_up": ("eu", 1, "same", 10), "advance": (3,)}.get(what, ())
        allowed = {
            "set_up": ("lobby", "predict", "revealed"),
            "open_round": ("lobby", "revealed"),
            "advance": ("predict", "running"),
            "pause": ("predict", "running"),
            "resume": ("paused",),
            "reveal": ("predict", "running", "paused"),
        }.get(what, (self.state,))
        act = getattr(self.store, what)
        if self.state not in allowed:
            with pytest.raises(ClassError):
                act("teacher", *arguments)
            return
        act("teacher", *arguments)
        if what in ("set_up", "reset"):
            self.state, self.quarter = "lobby", 0
            self.forget()
        elif what == "open_round":
            if self.state == "revealed":
                self.round += 1
                self.forget()
            self.state, self.quarter = "predict", 0
        elif what == "advance":
            self.state, self.quarter = "running", min(self.quarter + 3, self.length())
        elif what == "pause":
            self.resumes, self.state = self.state, "paused"
        elif what == "resume":
            self.state = self.resumes
        elif what == "reveal":
            self.state, self.quarter = "revealed", self.length()

    def length(self):
        return self.store.snapshot().quarters

    @precondition(lambda self: self.names)
    @rule(data=st.data())
    def removes(self, data):
        browser = data.draw(st.sampled_from(sorted(self.names)))
        self.store.remove("teacher", self.store.student(browser).student)
        for kept in (self.names, self.moves, self.answers):
            kept.pop(browser, None)

    @rule()
    def starts_again(self):
        self.store = Store(self.store.path)

    @invariant()
    def agrees(self):
        if not hasattr(self, "store"):
            return
        seen = self.store.snapshot()
        assert (seen.state, seen.quarter, seen.round) == (self.state, self.quarter, self.round)
        assert {seat.name for seat in seen.seats} == set(self.names.values())
        for browser in "abc":
            work = self.store.work(browser)
            assert work.moves == self.moves.get(browser, ()) and work.answers == self.answers.get(browser, {})


TestClass = Class.TestCase
TestClass.settings = settings(max_examples=25, stateful_step_count=25, deadline=None)
