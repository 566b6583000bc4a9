"""A user's page without a browser: what is moved can be undone, is exported to the bit, and goes wrong in words."""

from __future__ import annotations

import io
import os
import sys
import threading
import time
import zipfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from dashboard.address import LARGEST_FILE, OWN, Side
from dashboard.behind import NICE, POOL
from dashboard.session import MANY, Session

import comity
from comity import film
from dashboard import presets

YEARS = "set=run.years%3D4"
PATIENCE = 60.0


@pytest.fixture
def page() -> Session:
    return Session(f"scenario=mercosur&seed=7&{YEARS}")


def film_of(page: Session, side: str = "a") -> dict[str, Any]:
    return film.unpack(getattr(page.shown, f"film_{side}"))[1]


def same(one: dict[str, Any], two: dict[str, Any], until: int | None = None) -> bool:
    names = [name for name in one if name.startswith(("series.", "members."))]
    return all(np.array_equal(one[name][:until], two[name][:until]) for name in names) and one.keys() == two.keys()


def wait(page: Session) -> None:
    end = time.monotonic() + PATIENCE
    while page._pending and time.monotonic() < end:
        time.sleep(0.01)
    assert not page._pending


def test_a_lever_moved_leaves_the_past_as_it_was_and_undo_brings_the_future_back(page: Session) -> None:
    before = film_of(page)
    page.receive("move", {"serial": 1, "quarter": 6, "path": "levers.pace.strength", "value": 1.0})
    page.receive("move", {"serial": 2, "quarter": 6, "path": "levers.pace.on", "value": True})
    after = film_of(page)
    assert not page.problems
    assert same(before, after, 6)
    assert not same(before, after)
    page.receive("undo", {"serial": 3})
    page.receive("undo", {"serial": 4})
    assert same(before, film_of(page))
    page.receive("redo", {"serial": 5})
    page.receive("redo", {"serial": 6})
    assert same(after, film_of(page))
    assert page.shown.facts["serial"] == 6


def test_a_move_made_again_in_the_same_quarter_takes_the_place_of_the_first(page: Session) -> None:
    for value in (0.2, 0.8):
        page.receive("move", {"quarter": 6, "path": "levers.court.strength", "value": value})
    assert [move.value for move in page.state.a.moves] == [0.8]
    page.receive("unmove", {"index": 0})
    assert page.state.a.moves == ()


def test_one_lever_can_be_put_back_as_it_came_and_the_others_stay(page: Session) -> None:
    page.receive("move", {"quarter": 6, "path": "levers.court.strength", "value": 0.2})
    page.receive("move", {"quarter": 8, "path": "levers.waiver.on", "value": True})
    page.receive("set", {"path": "levers.court.on", "value": True})
    page.receive("restore", {"path": "levers.court"})
    assert [move.path for move in page.state.a.moves] == ["levers.waiver.on"]
    assert [path for path, _ in page.state.a.set] == ["run.years"]


def test_the_ghost_is_the_run_without_the_moves(page: Session) -> None:
    assert page.shown.ghost is None
    before = page.shown.film_a
    page.receive("move", {"quarter": 6, "path": "levers.court.on", "value": True})
    assert page.shown.ghost is not None
    assert same(film.unpack(page.shown.ghost)[1], film.unpack(before)[1])
    page.receive("reset", {})
    assert page.shown.ghost is None


def test_the_file_that_is_downloaded_replays_to_the_bit(page: Session, tmp_path: Path) -> None:
    page.receive("move", {"quarter": 6, "path": "levers.court.on", "value": True})
    page.receive("set", {"changes": {"organization.depth": 0.7, "levers.waiver.on": True}})
    page.receive("download", {"kind": "scenario"})
    wait(page)
    parcel = page.shown.parcel
    kept = tmp_path / parcel["name"]
    kept.write_bytes(parcel["data"])
    assert same(film_of(page), film.unpack(film.film(comity.load(kept)).buffer)[1])
    # and the page itself takes it back
    page.receive("upload", {"name": kept.name, "text": kept.read_text("utf-8")})
    assert page.state.a.scenario == OWN
    page.receive("seed", {"seed": "7"})
    assert same(film_of(page), film.unpack(film.film(comity.load(kept)).buffer)[1])


@pytest.mark.parametrize("kind", ["csv", "parquet"])
def test_the_data_of_a_run_come_as_tidy_tables_with_the_scenario(page: Session, kind: str) -> None:
    import pandas as pd

    page.receive("download", {"kind": kind})
    wait(page)
    with zipfile.ZipFile(io.BytesIO(page.shown.parcel["data"])) as archive:
        names = {Path(name).name for name in archive.namelist()}
        tables = ("series", "members", "events", "measures", "deeds", "spending")
        assert {f"{table}.{kind}" for table in tables} < names
        (series,) = (name for name in archive.namelist() if name.endswith(f"series.{kind}"))
        read = pd.read_csv if kind == "csv" else pd.read_parquet
        table = read(io.BytesIO(archive.read(series)))
    assert len(table) == 16
    assert table["integration"].tolist() == pytest.approx(film_of(page)["series.integration"].tolist(), abs=1e-4)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("extends: eu\nlevers: {cuort: {on: true}}\n", "mine.yaml:2:10: levers.cuort"),
        ("levers: [\n", "not YAML"),
        ("extends: /etc/passwd\n", "not a relative path"),
        ("extends: ../../../etc/hosts.yaml\n", "leaves the folder"),
        ("extends: eu\nrun: {years: !!python/object/apply:os.system [ls]}\n", "tags are not used"),
        ("title: nothing to run\n", "there is no region to run"),
        ("extends: eu\nrun: {years: 200}\nregion: {synthetic: {members: 200}}\n", "more than a page"),
        ("# " + "x" * LARGEST_FILE, "larger than 256 KiB"),
        ("a: &a [1,1,1,1,1,1,1,1,1,1]\n" + "".join(
            f"{chr(98 + k)}: &{chr(98 + k)} [{','.join(['*' + chr(97 + k)] * 10)}]\n" for k in range(9)), "values"),
        (None, "is not text"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_used_is_told_in_place_and_changes_nothing(page: Session, text: Any, told: str) -> None:
    before = page.state
    page.receive("upload", {"name": "mine.yaml", "text": text})
    assert any(told in problem for problem in page.shown.facts["upload"]["problems"]), page.shown.facts["upload"]
    assert not any("/tmp" in problem for problem in page.shown.facts["upload"]["problems"])
    assert page.state == before


def test_a_message_that_makes_no_sense_is_told_and_the_page_goes_on(page: Session) -> None:
    before, shown = page.state, page.shown.film_a
    for name, payload in (
        ("move", {"quarter": 6, "path": "levers.cuort.on", "value": True}),
        ("move", {"quarter": 600, "path": "levers.court.on", "value": True}),
        ("move", {"quarter": 6, "path": "levers.court.strength", "value": 7}),
        ("move", {}),
        ("set", {"path": "run.years", "value": "ten"}),
        ("set", {"changes": {"run.years": 200, "region.synthetic": {"members": 200}}}),
        ("seed", {"seed": -1}),
        ("scenario", {"name": "atlantis"}),
        ("scenario", {"name": "/etc/passwd"}),
        ("download", {"kind": "exe"}),
    ):
        page.receive(name, payload)
        wait(page)
        assert page.shown.facts["problems"], name
        assert (page.state, page.shown.film_a) == (before, shown)
    page.receive("no such thing", {})
    assert page.state == before


def test_a_link_that_cannot_be_played_keeps_what_can_be() -> None:
    bad = "move=2150Q1~levers.court.on~true&set=levers.cuort.on%3Dtrue&b.scenario=atlantis&nudge=7~vote~member.x~1~~"
    page = Session(f"scenario=mercosur&{YEARS}&move=1996Q1~levers.court.on~true&{bad}")
    assert page.state.a.scenario == "mercosur"
    assert dict(page.state.a.set) == {"run.years": 4}
    assert [move.date for move in page.state.a.moves] == ["1996Q1"]
    assert page.shown.film_a is not None
    assert any("atlantis" in problem for problem in page.problems)
    assert any("2150Q1" in problem for problem in page.problems)
    assert any("cuort" in problem for problem in page.problems)
    assert any("member.x" in problem for problem in page.problems)
    assert len(page.problems) == 4


def test_two_runs_stand_beside_each_other_under_the_same_luck(page: Session) -> None:
    page.receive("compare", {"name": "mercosur+respectful", "changes": {"run.years": 4}})
    assert page.shown.film_b is not None
    assert film.unpack(page.shown.film_b)[0]["seed"] == film.unpack(page.shown.film_a)[0]["seed"] == 7
    one = film_of(page)
    page.receive("swap", {})
    assert same(film_of(page, "b"), one)
    page.receive("compare", {"on": False})
    assert page.shown.film_b is None


def test_many_runs_come_from_the_pool_and_an_outdated_fan_is_dropped(page: Session) -> None:
    page.receive("fan", {})
    wait(page)
    assert film.unpack(page.shown.fan_a)[0]["runs"] == 50
    page.receive("luck", {})
    assert page.shown.fan_a is None
    page.receive("fan", {})
    page.receive("luck", {})
    wait(page)
    assert page.shown.fan_a is None


def test_a_page_is_told_when_many_are_looked_at(page: Session) -> None:
    page.receive("luck", {})
    assert not page.shown.facts["many"]
    page.pages = lambda: MANY + 1
    page.receive("luck", {})
    assert page.shown.facts["many"]


@pytest.mark.skipif(sys.platform != "linux", reason="only there has a thread a rank of its own")
def test_what_is_long_gives_way_to_what_somebody_waits_for() -> None:
    def rank() -> int:
        return os.getpriority(os.PRIO_PROCESS, threading.get_native_id())

    def rank_of_its_own_threads() -> int:
        with ThreadPoolExecutor(1) as started:
            return started.submit(rank).result()

    before = rank()
    assert POOL.submit(rank).result() >= NICE
    assert POOL.submit(rank_of_its_own_threads).result() >= NICE
    assert rank() == before


def test_two_users_share_nothing_that_changes(page: Session) -> None:
    other = Session(f"scenario=mercosur&seed=7&{YEARS}")
    shown = other.shown
    page.receive("move", {"quarter": 6, "path": "levers.court.on", "value": True})
    page.receive("seed", {"seed": 8})
    assert other.shown is shown
    assert (other.seed, page.seed) == (7, 8)


def test_the_controls_hold_every_lever_and_every_assumption() -> None:
    side = Side("eu")
    levers = [lever["name"] for group in presets.levers(side)["groups"] for lever in group["levers"]]
    assert sorted(levers) == sorted(each["name"] for each in comity.catalogue("levers"))
    assert all(lever["price"] for group in presets.levers(side)["groups"] for lever in group["levers"])
    told = presets.assumptions(side)
    shown = {item["path"] for each in told["forces"] + told["levers"] for item in each["parameters"] + each["choices"]}
    known = {each["name"] for each in comity.catalogue("parameters")}
    assert shown >= {name for name in known if not name.endswith(".strength")}


def test_every_shipped_region_and_package_is_offered_with_a_line_and_can_be_played() -> None:
    offered = presets.offered()
    assert all(each["title"] and each["story"] for kind in offered.values() for each in kind)
    assert [each["name"] for each in offered["regions"]] == [each["name"] for each in comity.catalogue("regions")]
    for region in offered["regions"]:
        assert presets.resolved(Side(region["name"] + "+respectful")).title


def test_a_cut_film_shows_nothing_of_what_comes_later() -> None:
    page = Session(f"scenario=mercosur&{YEARS}", until=5)
    assert film.unpack(page.shown.film_a)[0]["until"] == 5
    assert len(film_of(page)["series.trust"]) == 5


def test_whoever_draws_while_a_fan_is_called_off_sees_no_state_without_its_films() -> None:
    page = Session("scenario=eu&seed=7")
    drawn: list[bool] = []
    page.changed = lambda: drawn.append((page.state.b is None) == (page.films["film_b"] is None))
    for serial in range(1, 9):
        page.receive("seed", {"serial": serial, "seed": serial})
        page.receive("fan", {"serial": serial})
        time.sleep(0.05)
        page.receive("compare", {"serial": serial, "on": serial % 2 == 1, "name": "eu+respectful"})
    wait(page)
    assert len(drawn) >= 24
    assert all(drawn)
