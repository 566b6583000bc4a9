"""A sweep's folder: the same bytes whoever made them, no half files, no mixing, and a row for what failed."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import threading
from concurrent.futures import Future
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pandas as pd
import pyarrow.parquet as pq
import pytest

import comity
from comity.sweeps import OtherRules, Sweep, WrongFolder, collect, executors, store, table, work
from comity.sweeps.player import Setting, Workspace

VARY: dict[str, Any] = {
    "levers.sunset.strength": {"uniform": [0.0, 1.0]},
    "levers.sunset.on": [True, False],
    "package": ["baseline", "rigid"],
}


@pytest.fixture(scope="module")
def base() -> comity.Scenario:
    return comity.load("mercosur").with_({"run.years": 2})


@pytest.fixture
def sweep(base: comity.Scenario) -> Sweep:
    return comity.sweep(base, VARY, n=16, runs=10)


@pytest.fixture(scope="module")
def whole(base: comity.Scenario, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sweep, run in one thread without interruption."""
    folder = tmp_path_factory.mktemp("whole")
    comity.sweep(base, VARY, n=16, runs=10).run(folder, workers=1)
    return folder


def digest(folder: Path) -> str:
    return hashlib.sha256((folder / store.RESULTS).read_bytes()).hexdigest()


# The table


def test_a_finished_sweep_is_a_folder_that_says_what_it_is(whole: Path) -> None:
    names = {path.name for path in whole.iterdir()}
    assert names == {"manifest.json", "design.parquet", "runs", "results.parquet", "dictionary.csv", "failures.csv"}
    told = json.loads((whole / store.MANIFEST).read_text("utf-8"))
    assert {"scenario", "design", "versions", "seed", "hash", "own_rules", "rulebook"} <= told.keys()
    assert told["scenario"]["resolved"]["region"]["name"] == "Common Market of the South"
    assert {"comity", "numba", "numpy", "pyarrow", "python"} <= told["versions"].keys()
    assert told["own_rules"] is None
    again = comity.load(told["scenario"]["stated"])
    assert again.digest == told["scenario"]["digest"]


def test_rows_stand_in_the_order_of_the_design_and_columns_are_tidy(whole: Path, sweep: Sweep) -> None:
    rows = pd.read_parquet(whole / store.RESULTS)
    assert rows.run_id.tolist() == list(range(160))
    assert (rows.design_id * 10 + rows.replication).tolist() == rows.run_id.tolist()
    assert list(rows.columns[:9]) == [
        "run_id", "design_id", "replication", "seed", "status", "error", "sunset_strength", "sunset_on", "package",
    ]  # fmt: skip
    assert list(rows.columns[9:]) == base_outcomes()
    assert set(rows.status) == {"done"}
    assert rows.error.isna().all()
    design = pd.read_parquet(whole / store.DESIGN)
    pd.testing.assert_frame_equal(design, sweep.design(), check_dtype=False)
    joined = rows.merge(design, on="design_id", suffixes=("", "_of_the_design"))
    assert (joined.sunset_strength == joined.sunset_strength_of_the_design).all()
    words = pd.read_csv(whole / store.DICTIONARY)
    assert words.column.tolist() == list(rows.columns)
    assert words.path.dropna().tolist() == list(VARY)


def base_outcomes() -> list[str]:
    return [str(name) for name in comity.load("mercosur").value("outcomes")]


def test_chunks_have_one_explicit_schema(whole: Path) -> None:
    wanted = table.run_schema(base_outcomes())
    files = sorted((whole / store.RUNS).iterdir())
    assert len(files) > 5
    assert all(pq.read_schema(path).equals(wanted) for path in files)


def test_another_engine_reads_the_table(whole: Path) -> None:
    file = whole / store.RESULTS
    (found,) = duckdb.sql(f"select count(*), avg(trust), count(distinct package) from '{file}'").fetchall()
    assert found == (160, pytest.approx(pd.read_parquet(file).trust.mean()), 2)


def test_an_interrupted_sweep_is_balanced(sweep: Sweep) -> None:
    manifest = sweep.manifest
    first = np.concatenate([work.task_of(manifest, sweep.points, chunk).design_id for chunk in range(manifest.chunks)])
    for made in range(0, len(first), 7):
        counts = np.bincount(first[:made], minlength=16)
        assert counts.max() - counts.min() <= 1


# The same bytes


@pytest.mark.parametrize("workers", [2, 3])
def test_any_number_of_workers_makes_the_same_bytes(sweep: Sweep, whole: Path, tmp_path: Path, workers: int) -> None:
    sweep.run(tmp_path, workers=workers)
    assert digest(tmp_path) == digest(whole)


def test_shards_in_any_order_make_the_same_bytes(base: comity.Scenario, whole: Path, tmp_path: Path) -> None:
    for part in (2, 0, 1):
        shard = comity.sweep(base, VARY, n=16, runs=10)
        status = shard.run(tmp_path, workers=1, shard=(part, 3))
    assert (status.done, status.left) == (160, 0)
    assert digest(tmp_path) == digest(whole)


def test_a_sweep_that_was_stopped_goes_on_and_makes_the_same_bytes(
    base: comity.Scenario, whole: Path, tmp_path: Path
) -> None:
    calls = 0

    def impatient(done: int, rows: int) -> None:
        nonlocal calls
        calls += 1
        if done >= 25:
            raise KeyboardInterrupt

    for _ in range(2):
        with pytest.raises(KeyboardInterrupt):
            comity.sweep(base, VARY, n=16, runs=10).run(tmp_path, workers=2, progress=impatient)
    status = Sweep.open(tmp_path).status()
    assert 0 < status.done < 160
    assert not (tmp_path / store.RESULTS).exists()
    assert Sweep.open(tmp_path).run(workers=2).left == 0
    assert digest(tmp_path) == digest(whole)


def test_a_finished_sweep_has_nothing_to_do(
    base: comity.Scenario, whole: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(*_: Any, **__: Any) -> None:
        raise AssertionError("there was nothing to do")

    for module, name in ((executors, "threads"), (collect, "collect"), (work.Chunks, "__init__")):
        monkeypatch.setattr(module, name, never)
    before = digest(whole)
    assert comity.sweep(base, VARY, n=16, runs=10).run(whole).left == 0
    assert digest(whole) == before


def test_what_is_there_of_an_unfinished_sweep_can_be_collected(
    base: comity.Scenario, whole: Path, tmp_path: Path
) -> None:
    comity.sweep(base, VARY, n=16, runs=10).run(tmp_path, workers=1, shard=(1, 2))
    half = Sweep.open(tmp_path).results()
    full = pd.read_parquet(whole / store.RESULTS).set_index("run_id")
    assert 0 < len(half) < 160
    assert half.run_id.is_monotonic_increasing
    pd.testing.assert_frame_equal(half.set_index("run_id"), full.loc[half.run_id])


@pytest.mark.parametrize(("points", "runs"), [(3, 90), (100, 3), (1, 1)])
def test_bands_leave_no_row_out(
    base: comity.Scenario, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, points: int, runs: int
) -> None:
    monkeypatch.setattr(collect, "BAND", 64)
    monkeypatch.setattr(collect, "GROUP", 32)
    few = comity.sweep(base.with_({"run.years": 1}), {"organization.pace": [1.0] * points}, design="zip", runs=runs)
    few.run(tmp_path)
    assert few.results(["run_id"]).run_id.tolist() == list(range(points * runs))
    groups = pq.ParquetFile(tmp_path / store.RESULTS).metadata
    assert {groups.row_group(k).num_rows for k in range(groups.num_row_groups - 1)} <= {32}


# Mixing


@pytest.mark.parametrize(
    ("more", "key"),
    [
        ({"runs": 11}, "design.runs"), ({"n": 32}, "design.n"), ({"seed": 2}, "seed"), ({"series": True}, "series"),
        ({"vary": {"levers.sunset.on": [True]}}, "design.vary"),
    ],
)  # fmt: skip
def test_two_different_sweeps_are_not_mixed(base: comity.Scenario, whole: Path, more: dict[str, Any], key: str) -> None:
    before = digest(whole)
    asked: dict[str, Any] = {"vary": VARY, "n": 16, "runs": 10} | more
    with pytest.raises(WrongFolder, match=rf"holds another sweep \(they differ in .*{key}"):
        comity.sweep(base, **asked).run(whole)
    with pytest.raises(WrongFolder, match=r"differ in scenario\)"):
        comity.sweep(base.with_({"run.years": 3}), VARY, n=16, runs=10).run(whole)
    assert digest(whole) == before


def test_a_folder_of_other_things_is_left_alone(sweep: Sweep, tmp_path: Path) -> None:
    (tmp_path / "thesis.docx").touch()
    with pytest.raises(WrongFolder, match=r"other files \(thesis.docx\)"):
        sweep.run(tmp_path)
    with pytest.raises(WrongFolder, match="holds no sweep"):
        Sweep.open(tmp_path)
    with pytest.raises(WrongFolder, match="cannot be written to"):
        sweep.run(tmp_path / "thesis.docx" / "below")


def test_a_sweep_that_was_begun_under_other_rules_is_not_gone_on_with(sweep: Sweep, tmp_path: Path) -> None:
    sweep.run(tmp_path, shard=(0, 4))
    file = tmp_path / store.MANIFEST
    told = json.loads(file.read_text("utf-8"))
    file.write_text(json.dumps(told | {"rulebook": "0" * 20}), encoding="utf-8")
    with pytest.raises(OtherRules, match="begun under other rules"):
        Sweep.open(tmp_path)
    kept = Sweep.open(tmp_path, reading=True)
    assert kept.manifest.points == sweep.manifest.points
    with pytest.raises(OtherRules):
        kept.rerun(0)
    file.write_text(json.dumps(told | {"own_rules": {"x": 1}}), encoding="utf-8")
    with pytest.raises(OtherRules, match=r"rules of its own|under other rules"):
        Sweep.open(tmp_path)


# What goes wrong


@pytest.fixture
def poison(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """Points whose sunset is weak raise."""
    play = Workspace.play

    def poisoned(self: Workspace, setting: Setting, run: int, *more: Any) -> Any:
        if setting.numbers[0] < 0.25:
            raise FloatingPointError("a rule went astray")
        return play(self, setting, run, *more)

    monkeypatch.setattr(Workspace, "play", poisoned)
    return monkeypatch


def test_a_poisoned_point_is_a_row_that_says_so_and_is_mended_by_another_try(
    sweep: Sweep, whole: Path, tmp_path: Path, poison: pytest.MonkeyPatch
) -> None:
    status = sweep.run(tmp_path, workers=2)
    assert (status.done, status.failed, status.left) == (120, 40, 0)
    rows = sweep.results()
    bad = rows[rows.status == "failed"]
    assert (bad.sunset_strength < 0.25).all()
    assert (rows[rows.status == "done"].sunset_strength >= 0.25).all()
    assert set(bad.error) == {"FloatingPointError: a rule went astray"}
    assert bad[base_outcomes()].isna().all(axis=None)
    told = pd.read_csv(tmp_path / store.FAILURES)
    assert told.run_id.tolist() == bad.run_id.tolist()
    assert Sweep.open(tmp_path).retry().failed == 40
    poison.undo()
    assert Sweep.open(tmp_path).retry() == store.Status(16, 160, 160, 0, 0)
    assert digest(tmp_path) == digest(whole)
    assert pd.read_csv(tmp_path / store.FAILURES).empty


def test_a_point_whose_first_day_cannot_be_laid_out_is_a_row_too(
    base: comity.Scenario, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from comity.sweeps import player

    lay_out = player.begin

    def begin(scenario: comity.Scenario, *more: Any) -> Any:
        if scenario.value("run.years") == 3:
            raise ValueError("no such day")
        return lay_out(scenario, *more)

    monkeypatch.setattr(player, "begin", begin)
    years = comity.sweep(base, {"run.years": [1, 3]}, design="grid", runs=2)
    assert years.run(tmp_path).failed == 2
    assert years.results().error.dropna().tolist() == ["ValueError: no such day"] * 2


def test_a_full_disk_is_waited_out_and_is_no_row(
    sweep: Sweep, whole: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lock, full, sync = threading.Lock(), [5], os.fsync
    said: list[str] = []

    def fsync(handle: int) -> None:
        with lock:
            full[0] -= 1
            if full[0] < 0 or not (tmp_path / store.MANIFEST).exists():
                full[0] = min(full[0] + (full[0] >= 0), full[0])
                return sync(handle)
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", fsync)
    monkeypatch.setattr(store, "WAITS", (0.01,) * 20)
    assert sweep.run(tmp_path, workers=2, say=said.append).failed == 0
    assert any("no space left; trying again" in text for text in said)
    assert digest(tmp_path) == digest(whole)
    assert not list(tmp_path.glob(f"{store.PART}*"))


def test_a_machine_that_lacks_something_is_given_time_and_then_up(
    sweep: Sweep, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def out(*_: Any) -> None:
        raise MemoryError

    monkeypatch.setattr(Workspace, "play", out)
    monkeypatch.setattr(executors.time, "sleep", lambda seconds: None)
    with pytest.raises(executors.Unfinished, match="MemoryError"):
        sweep.run(tmp_path, workers=2)
    assert Sweep.open(tmp_path).status() == store.Status(16, 160, 0, 0, 160)


def test_a_chunk_whose_worker_always_dies_is_given_up_and_the_others_are_kept(sweep: Sweep, tmp_path: Path) -> None:
    kept = store.Store.begin(tmp_path, sweep.manifest, sweep.points)
    said: list[str] = []
    hands = executors.Hands(kept, sweep.points, list(kept.left()), 1, lambda done, rows: None, said.append)

    def submit(task: work.Task) -> Future[work.Done]:
        future: Future[work.Done] = Future()
        if task.chunk == 3:
            future.set_exception(MemoryError("too small a machine"))
        else:
            future.set_result(sweep.chunks.play(task))
        return future

    with pytest.raises(executors.Unfinished, match="chunk 3 was tried 5 times"):
        hands.work(submit)
    assert set(range(sweep.manifest.chunks)) - kept.chunks().keys() == {3}
    assert said == ["a worker had MemoryError: too small a machine; its chunk is played again"] * 5
