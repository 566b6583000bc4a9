"""One thread tells all pages of a process what happened in the class, whoever did it, and ends with the server."""

import threading
import time

import pytest
from dashboard.class_store import Store
from dashboard.class_watch import Watch

ROLES = ("secretariat", "reluctant")


def until(what, seconds=5.0):
    """Waits for something to become true."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if what():
            return
        time.sleep(0.005)
    raise AssertionError("it did not happen in time")


@pytest.fixture
def store(tmp_path):
    return Store(tmp_path / "class.sqlite")


@pytest.fixture
def watch(store):
    watch = Watch(store, seconds=0.05)
    watch.start()
    yield watch
    watch.stop()


def directly(function):
    """A page's thread that has nothing else to do."""
    function()


def test_thirty_pages_hear_of_a_change_made_through_another_connection(store, watch):
    heard = [[] for _ in range(30)]
    for page in heard:
        watch.listen(directly, lambda snapshot, page=page: page.append(snapshot))
    other = Store(store.path)
    other.join("a", "Anna", ROLES)
    until(lambda: all(page and page[-1].seats for page in heard))
    assert all([seat.name for seat in page[-1].seats] == ["Anna"] for page in heard)
    for page in heard:
        revisions = [snapshot.revision for snapshot in page]
        assert revisions == sorted(set(revisions))


def test_a_page_that_is_away_is_told_when_it_is_back(store, watch):
    heard, away = [], [True]

    def post(function):
        if away[0]:
            raise RuntimeError("Event loop is closed")
        function()

    watch.listen(post, heard.append)
    store.join("a", "Anna", ROLES)
    until(lambda: watch.snapshot.seats)
    time.sleep(0.2)
    assert heard == []
    away[0] = False
    until(lambda: heard and heard[-1].seats)


def test_a_page_that_does_not_answer_holds_up_nobody(store, watch):
    """Its thread is handed the news and takes them when it can: then the latest only."""
    waiting, slow, quick = [], [], []
    watch.listen(waiting.append, slow.append)
    watch.listen(directly, quick.append)
    for number in range(3):
        store.join("a", f"Anna {number}", ROLES)
        until(lambda number=number: quick and quick[-1].seats and quick[-1].seats[0].name == f"Anna {number}")
    assert slow == []
    for function in waiting:
        function()
    assert [snapshot.seats[0].name for snapshot in slow] == ["Anna 2"]


def test_a_page_that_fails_does_not_end_the_watch(store, watch, caplog):
    heard = []

    def fail(snapshot):
        raise ValueError("a broken page")

    watch.listen(directly, fail)
    watch.listen(directly, heard.append)
    store.join("a", "Anna", ROLES)
    until(lambda: heard and heard[-1].seats)
    assert "could not be told" in caplog.text


def test_a_page_that_left_is_not_told_and_not_kept(store, watch):
    heard = []
    leave = watch.listen(directly, heard.append)
    until(lambda: heard)
    leave()
    leave()
    count = len(heard)
    store.join("a", "Anna", ROLES)
    until(lambda: watch.snapshot.seats)
    time.sleep(0.1)
    assert len(heard) == count and watch.listening() == 0


def test_the_thread_ends_with_the_watch_and_a_quiet_class_costs_next_to_nothing(store):
    watch = Watch(store)
    watch.start()
    time.sleep(0.1)
    before = time.process_time()
    time.sleep(1.0)
    assert time.process_time() - before < 0.05
    watch.stop()
    assert "comity-class-watch" not in {thread.name for thread in threading.enumerate()}
