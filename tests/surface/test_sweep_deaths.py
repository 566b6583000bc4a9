"""Whatever is killed, at whatever moment, loses no row and changes no byte."""

from __future__ import annotations

import hashlib
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest

import comity
from comity import chance
from comity.cli import main
from comity.sweeps import Sweep, cluster, store

WHOLE = [sys.executable, "-c", "from comity.cli import main; main()"]
FILE = """
extends: mercosur
run: {years: 8}
sweep:
  vary:
    levers.sunset.strength: {uniform: [0, 1]}
    package: [baseline, rigid]
  n: 16
  runs: 40
"""
DEATHS = chance.purpose("tests.deaths")


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("mine.yaml").write_text(FILE, encoding="utf-8")


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The bytes of the sweep that nobody disturbed."""
    folder = tmp_path_factory.mktemp("undisturbed")
    (folder / "mine.yaml").write_text(FILE, encoding="utf-8")
    comity.sweep(folder / "mine.yaml").run(folder / "out", workers=1)
    return digest(folder / "out")


def digest(folder: Path) -> str:
    return hashlib.sha256((folder / store.RESULTS).read_bytes()).hexdigest()


def entries(folder: Path) -> int:
    """How often the folder of runs was written to, half files counted."""
    return sum(1 for _ in folder.rglob("*")) if folder.exists() else 0


def luck(kills: int) -> Iterator[float]:
    clock: Any = type("Clock", (), dict(zip(("key0", "key1"), chance.run_key(1, 0), strict=True), quarter=0))
    return (chance.uniform(clock, k, DEATHS, 0) for k in range(kills))


def killed_at_random(kills: int) -> int:
    """Start the sweep, kill it after it has begun to write, start it again; how often it was caught at work."""
    caught = 0
    for wait in luck(kills):
        with subprocess.Popen([*WHOLE, "sweep", "run", "mine.yaml", "--out", "out", "--workers", "2"]) as process:
            before = entries(Path("out"))
            while process.poll() is None and entries(Path("out")) <= before:
                time.sleep(0.002)
            time.sleep(0.25 * wait)
            caught += process.poll() is None
            process.kill()
    return caught


def test_a_sweep_killed_at_random_moments_makes_the_same_bytes(expected: str) -> None:
    assert killed_at_random(3) >= 1
    half_done = Sweep.open("out").status()
    assert half_done.failed == 0
    assert Sweep.open("out").run(workers=2).left == 0
    assert digest(Path("out")) == expected


@pytest.mark.long
def test_twenty_kills_of_twenty_sweeps_make_the_same_bytes(expected: str) -> None:
    import shutil

    same = []
    for _ in range(20):
        shutil.rmtree("out", ignore_errors=True)
        killed_at_random(2)
        Sweep.open("out").run(workers=2)
        same.append(digest(Path("out")) == expected)
    assert same == [True] * 20


def test_ctrl_c_ends_with_what_is_kept_and_how_to_go_on(expected: str) -> None:
    command = [*WHOLE, "sweep", "run", "mine.yaml", "--out", "out", "--workers", "2"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        while process.poll() is None and not list(Path("out").glob("runs/*.parquet")):
            time.sleep(0.01)
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=20)
    assert process.returncode == 130, err
    assert "runs are kept. To go on: comity sweep run out" in err
    assert "Traceback" not in err
    assert not list(Path("out").glob(f"{store.PART}*"))
    with pytest.raises(SystemExit) as ended:
        main(["sweep", "run", "out"])
    assert ended.value.code == 0
    assert digest(Path("out")) == expected


def kill_one_child(found: list[int], folder: Path) -> None:
    """Once some chunks are kept, kill a process that plays chunks."""
    while not len(list(folder.glob("runs/*.parquet"))) >= 2:
        time.sleep(0.005)
    for child in psutil.Process().children(recursive=True):
        command = " ".join(child.cmdline())
        if "spawn_main" in command and "resource_tracker" not in command:
            os.kill(child.pid, signal.SIGKILL)
            found.append(child.pid)
            return


def test_a_dask_cluster_of_two_processes_one_killed_half_way_makes_the_same_bytes(
    expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    import distributed

    real, clusters = distributed.LocalCluster, []

    def seen(*arguments: Any, **said: Any) -> Any:
        made = real(*arguments, **said)
        clusters.append(made)
        return made

    def kill() -> None:
        while not len(list(Path("out").glob("runs/*.parquet"))) >= 2:
            time.sleep(0.005)
        (made,) = clusters
        worker = next(iter(made.workers.values()))
        os.kill(worker.process.pid, signal.SIGKILL)

    monkeypatch.setattr(distributed, "LocalCluster", seen)
    killer = threading.Thread(target=kill)
    killer.start()
    status = comity.sweep("mine.yaml").run("out", workers=2, dask="local")
    killer.join()
    assert (status.failed, status.left) == (0, 0)
    assert digest(Path("out")) == expected


@pytest.mark.long
def test_processes_one_killed_half_way_make_the_same_bytes(expected: str) -> None:
    found: list[int] = []
    killer = threading.Thread(target=kill_one_child, args=(found, Path("out")))
    killer.start()
    said: list[str] = []
    status = comity.sweep("mine.yaml").run("out", workers=2, processes=True, say=said.append)
    killer.join()
    assert found
    assert "a worker died; its chunks are played again" in said
    assert (status.failed, status.left) == (0, 0)
    assert digest(Path("out")) == expected


def test_a_cluster_that_does_not_answer_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "ANSWER", 0.2)
    with pytest.raises(cluster.NoDask, match=r"no Dask cluster at tcp://127\.0\.0\.1:9"):
        comity.sweep("mine.yaml").run("out", dask="tcp://127.0.0.1:9")
