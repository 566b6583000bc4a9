"""The runs behind the one that is shown: the same runs that an ensemble plays, as bands, and they can be called off."""

from __future__ import annotations

import json
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

import comity
from comity.film import Cancelled, Fan, fan, fans, film, unpack, with_moves
from comity.film.making import FILMS
from comity.film.many import LEVELS, RAN, bands
from comity.film.remembered import Remembered
from comity.runs.scenario import Scenario

MOVES = [("1996Q2", "levers.transparency.on", True), ("1996Q1", "levers.transparency.strength", 0.9)]


@pytest.fixture(autouse=True)
def nothing_is_remembered() -> None:
    RAN.clear()
    FILMS.clear()


@pytest.fixture(scope="module")
def small() -> Scenario:
    return comity.load("mercosur").with_({"run.years": 5})


@pytest.fixture(scope="module")
def shown(small: Scenario) -> Fan:
    return fan(small, 5, runs=8)


def test_a_fan_holds_the_runs_of_the_ensemble(small: Scenario, shown: Fan) -> None:
    tidy = small.ensemble(runs=8, seed=5, series=True).series()
    for name, lines in shown.bands.items():
        rows = tidy[tidy["column"] == name]
        np.testing.assert_allclose(
            lines[[0, 4]], rows[["low", "high"]].to_numpy().T, rtol=1e-6, atol=1e-6, err_msg=name
        )
    assert set(shown.bands) == set(tidy["column"])


def test_outcomes_and_exits_are_those_of_the_ensemble(small: Scenario, shown: Fan) -> None:
    whole = small.ensemble(runs=8, seed=5, series=True)
    for name in whole.names:
        np.testing.assert_array_equal(shown.ends[name], whole.outcomes[name].to_numpy())
    np.testing.assert_array_equal(shown.exits, whole.exits().to_numpy())


def test_every_run_of_a_fan_is_a_film_of_its_own(small: Scenario) -> None:
    paths = [film(small, 5, MOVES, run=run).arrays["series.trust"] for run in range(4)]
    made = fan(small, 5, MOVES, runs=4)
    np.testing.assert_allclose(made.bands["trust"], np.quantile(paths, LEVELS, axis=0), atol=1e-6)


def test_moves_are_played_in_every_run(small: Scenario) -> None:
    moved, written = fan(small, 2, MOVES, runs=3), fan(with_moves(small, MOVES), 2, runs=3)
    for name, lines in moved.bands.items():
        np.testing.assert_array_equal(lines, written.bands[name])
    plain = fan(small, 2, runs=3)
    assert any(not np.array_equal(moved.bands[name], lines, equal_nan=True) for name, lines in plain.bands.items())
    for name, lines in plain.bands.items():
        np.testing.assert_array_equal(lines[:, :4], moved.bands[name][:, :4])


@pytest.mark.parametrize("workers", [1, 2, 5])
def test_a_fan_is_the_same_for_any_number_of_workers(small: Scenario, shown: Fan, workers: int) -> None:
    assert fan(small, 5, runs=8, workers=workers).buffer == shown.buffer


def test_fans_made_together_are_those_made_alone(small: Scenario, shown: Fan) -> None:
    other = comity.load("mercosur+respectful").with_({"run.years": 5})
    pair = fans([(small, ()), (other, ())], 5, runs=8)
    assert pair[0].buffer == shown.buffer
    RAN.clear()
    assert pair[1].buffer == fan(other, 5, runs=8).buffer
    elsewhere = fans([(small, ()), ("asean", ())], 5, runs=8, until=8)
    RAN.clear()
    assert elsewhere[1].buffer == fan("asean", 5, runs=8, until=8).buffer


def test_the_buffer_and_the_document_hold_the_bands(shown: Fan) -> None:
    header, arrays = unpack(shown.buffer)
    assert header == shown.header
    told = json.loads(json.dumps(shown.document(), allow_nan=False))
    for name, lines in shown.bands.items():
        np.testing.assert_allclose(arrays[f"fan.{name}"], lines, rtol=1e-6, atol=1e-4, err_msg=name)
        assert np.shape(told["fan"][name]) == (len(LEVELS), 20)
    assert len(told["ends"]["integration"]) == 8
    assert told["levels"] == list(LEVELS)


def test_a_cut_fan_knows_nothing_of_later(small: Scenario, shown: Fan) -> None:
    cut = fan(small, 5, runs=8, until=6)
    assert cut.ends == {}
    for name, lines in cut.bands.items():
        np.testing.assert_array_equal(lines, shown.bands[name][:, :6])
    assert not any(name.startswith("ends.") for name in cut.header["arrays"])
    last = [film(small, 5, run=run, until=6).arrays["series.respect"][5] for run in range(8)]
    np.testing.assert_array_equal(unpack(cut.buffer)[1]["last.respect"], last)


def test_what_is_missing_is_left_out_of_a_band() -> None:
    values = np.array([[1.0, np.nan], [3.0, np.nan], [np.nan, np.nan]])
    lines = bands(values)
    assert lines[2, 0] == 2.0
    assert np.isnan(lines[:, 1]).all()


def test_a_fan_can_be_called_off() -> None:
    stop, told = threading.Event(), []

    def hear(done: int, total: int) -> None:
        told.append((done, total))
        if done == 3:
            stop.set()

    began = time.perf_counter()
    with pytest.raises(Cancelled):
        fan("eu", 1, runs=400, stop=stop, progress=hear)
    assert told[-1][0] < 20
    assert time.perf_counter() - began < 10
    assert not [each for each in threading.enumerate() if each.name.startswith("ThreadPool")]


def test_progress_goes_from_nothing_to_all(small: Scenario) -> None:
    heard: list[tuple[int, int]] = []
    fans([(small, ()), ("asean", ())], 1, runs=4, progress=lambda done, total: heard.append((done, total)))
    assert heard[0] == (0, 8)
    assert heard[-1] == (8, 8)
    assert heard == sorted(heard)


@pytest.mark.parametrize("runs", [0, 1001, "many"])
def test_a_number_of_runs_that_is_none_is_refused(small: Scenario, runs: object) -> None:
    with pytest.raises(ValueError, match="the number of runs is a whole number from 1 to 1000"):
        fan(small, runs=runs)  # type: ignore[arg-type]


def test_a_fan_is_played_once_for_all_who_ask(small: Scenario, shown: Fan) -> None:
    heard: list[tuple[int, int]] = []
    first = fan(small, 5, MOVES, runs=8, progress=lambda done, total: heard.append((done, total)))
    assert heard
    heard.clear()
    again = fan(comity.load("mercosur").with_({"run.years": 5}), 5, MOVES, runs=8, progress=lambda *_: heard.append(_))  # type: ignore[arg-type]
    assert heard == []
    assert again.buffer == first.buffer
    titled = small.with_({"title": "Another title"})
    assert fan(titled, 5, MOVES, runs=8).header["title"] == "Another title"
    cut = fan(small, 5, MOVES, runs=8, until=7).buffer
    RAN.clear()
    assert fan(small, 5, MOVES, runs=8, until=7).buffer == cut
    twice = fans([(small, ()), (small, ())], 5, runs=8)
    assert twice[0].buffer == twice[1].buffer == shown.buffer


# What is remembered


def test_the_oldest_is_forgotten_first() -> None:
    memory: Remembered[str] = Remembered(2)
    assert [memory.get(key, lambda key=key: key.upper()) for key in "aba"] == ["A", "B", "A"]  # type: ignore[misc]
    memory.get("c", lambda: "C")
    assert (memory.known("a"), memory.known("b"), memory.known("c"), len(memory)) == ("A", None, "C", 2)


def test_who_asks_meanwhile_waits_for_the_first() -> None:
    memory: Remembered[int] = Remembered(2)
    made: list[int] = []

    def slow() -> int:
        time.sleep(0.1)
        made.append(1)
        return len(made)

    with ThreadPoolExecutor(8) as pool:
        told = list(pool.map(lambda _: memory.get("key", slow), range(8)))
    assert told == [1] * 8


def test_what_failed_is_tried_again_by_the_next() -> None:
    memory: Remembered[int] = Remembered(2)
    tried: list[int] = []

    def make() -> int:
        tried.append(1)
        time.sleep(0.05)
        if len(tried) < 3:
            raise ValueError("not yet")
        return 7

    def ask(_: int) -> int | None:
        try:
            return memory.get("key", make)
        except ValueError:
            return None

    with ThreadPoolExecutor(5) as pool:
        told = list(pool.map(ask, range(5)))
    assert sorted(told, key=str) == [7, 7, 7, None, None]
    assert len(tried) == 3
