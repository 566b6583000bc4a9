"""Verbs that compute: one document for scripts, words for people, and a clean end however they end."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from shells import Shell

import comity
from comity import engine
from comity.cli import demo, findings, words
from comity.quarter import OUTCOMES
from comity.runs import interval

SMALL = ("mercosur", "--years", "2", "--runs", "3")
WHOLE = [sys.executable, "-c", "from comity.cli import main; main()"]


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


# run


def test_a_run_s_document_has_what_scripts_rely_on(shell: Shell) -> None:
    told = shell.document("run", *SMALL, "--seed", "5")
    assert {"scenario", "seed", "runs", "versions", "outcomes", "digest"} <= told.keys()
    assert (told["scenario"], told["seed"], told["runs"]) == ("mercosur", 5, 3)
    assert set(told["outcomes"]) == set(OUTCOMES)
    for row in told["outcomes"].values():
        assert isinstance(row["unit"], str)
        known = [row[part] for part in ("low", "mean", "high")]
        assert None in known or known[0] <= known[2]
    values = comity.load("mercosur").ensemble(runs=3, seed=5, years=2).outcomes
    assert told["outcomes"]["trust"]["mean"] == pytest.approx(values["trust"].mean())


def test_the_digest_does_not_depend_on_the_number_of_workers(shell: Shell) -> None:
    told = {shell.document("run", *SMALL, "--workers", str(n))["digest"] for n in (1, 2, 3)}
    assert len(told) == 1
    assert shell.document("run", *SMALL, "--seed", "2")["digest"] not in told


def test_what_is_not_given_is_the_scenario_s(shell: Shell) -> None:
    Path("mine.yaml").write_text("extends: mercosur\nrun: {years: 1, runs: 4, seed: 11}\n", encoding="utf-8")
    told = shell.document("run", "mine.yaml")
    assert (told["runs"], told["seed"]) == (4, 11)


def test_a_setting_changes_the_run_and_a_later_one_wins(shell: Shell) -> None:
    plain = shell.document("run", *SMALL)
    changed = shell.document("run", *SMALL, "-s", "organization.pace=20", "-s", "levers.waiver.on=true")
    last = shell.document("run", *SMALL, "-s", "organization.pace=1", "--set", "organization.pace=20",
                          "-s", "levers.waiver.on=true")  # fmt: skip
    assert plain["digest"] != changed["digest"] == last["digest"]


def test_people_get_a_table_of_outcomes_and_the_years(shell: Shell) -> None:
    assert shell("run", *SMALL) == 0
    lines = shell.out.splitlines()
    assert lines[0] == "Mercosur, 1995: 1995 to 1996, 3 runs, seed 1"
    assert any(re.match(r"trust +0\.\d+ +0\.\d+ to 0\.\d+ .* share$", line) for line in lines)
    assert [line[:6].strip() for line in lines[-3:]] == ["end of", "1995", "1996"]
    assert re.search(r"^3 runs in .* digest [0-9a-f]{12}$", shell.err, re.MULTILINE)
    assert shell.err.rstrip().splitlines()[-1].startswith("Next: comity compare mercosur mercosur+respectful")


def test_of_one_run_its_events_are_told(shell: Shell) -> None:
    assert shell("run", "eu", "--runs", "1", "--years", "5") == 0
    assert re.search(r"^2013Q3  HRV  accession$", shell.out, re.MULTILINE)
    document = shell.document("run", "eu", "--runs", "1", "--years", "5")
    row = document["outcomes"]["trust"]
    assert row["low"] == row["mean"] == row["high"]
    assert row["sd"] is None


def test_a_missing_outcome_is_null_in_the_document_and_a_dash_in_the_table(shell: Shell) -> None:
    told = shell.document("run", "mercosur", "--years", "1", "--runs", "1")["outcomes"]
    missing = [name for name, row in told.items() if row["mean"] is None]
    shell("run", "mercosur", "--years", "1", "--runs", "1")
    for name in missing:
        assert re.search(rf"^{name} +- ", shell.out, re.MULTILINE), name


def test_two_runs_of_the_command_say_the_same(shell: Shell) -> None:
    shell("run", *SMALL)
    first = shell.out
    shell("run", *SMALL)
    assert shell.out == first


# run --out


def test_a_kept_run_is_tables_manifest_scenario_and_picture(shell: Shell) -> None:
    told = shell.document("run", *SMALL, "--out", "kept")
    manifest = json.loads(Path("kept/manifest.json").read_text("utf-8"))
    assert manifest["digest"] == told["digest"]
    assert sorted(path.name for path in Path("kept").iterdir()) == sorted([*manifest["files"], "manifest.json"])
    assert {"picture.png", "dictionary.csv", "scenario.yaml", "events.parquet"} <= set(manifest["files"])
    assert len(pd.read_parquet("kept/series.parquet")) == 3 * 8
    again = shell.document("run", "kept/scenario.yaml", "--runs", "3")
    assert again["digest"] == told["digest"]


def test_another_run_s_folder_is_kept_unless_forced(shell: Shell) -> None:
    assert shell("run", *SMALL, "--out", "kept") == 0
    assert shell("run", *SMALL, "--out", "kept") == 0
    assert shell("run", *SMALL, "--out", "kept", "--seed", "2") == 2
    assert "holds another result (mercosur, seed 1, 3 runs); name another folder, or overwrite it" in shell.err
    assert shell("run", *SMALL, "--out", "kept", "--seed", "2", "--force") == 0
    assert json.loads(Path("kept/manifest.json").read_text("utf-8"))["seed"] == 2


def test_a_folder_that_cannot_be_written_is_told_before_anything_is_computed(shell: Shell) -> None:
    Path("file").touch()
    for folder in ("file", "file/below", "/proc/comity"):
        assert shell("run", "eu", "--runs", "100000", "--out", folder) == 2, folder
        assert shell.out == ""
    Path("mine").mkdir()
    Path("mine/thesis.docx").touch()
    assert shell("run", *SMALL, "--out", "mine", "--force") == 2
    assert "thesis.docx" in shell.err


# compare


def test_a_comparison_s_document_has_what_scripts_rely_on(shell: Shell) -> None:
    typed = ("compare", "mercosur", "mercosur+rigid", "--years", "3", "--runs", "4", "--seed", "3")
    told = shell.document(*typed)
    assert {"a", "b", "seed", "runs", "outcomes"} <= told.keys()
    assert (told["a"], told["b"], told["seed"], told["runs"]) == ("mercosur", "mercosur+rigid", 3, 4)
    row = told["outcomes"]["integration"]
    assert {"difference", "low", "high", "unit", "variance_ratio"} <= row.keys()
    assert row["low"] <= row["difference"] <= row["high"]
    one = shell.document(*typed, "--outcome", "integration")
    assert one["outcomes"] == {"integration": row}


def test_a_scenario_beside_itself_makes_no_difference(shell: Shell) -> None:
    told = shell.document("compare", "mercosur", "mercosur", "--years", "1", "--runs", "2")
    assert {row["difference"] for row in told["outcomes"].values()} <= {0.0, None}
    assert shell("compare", "mercosur", "mercosur", "--years", "1", "--runs", "2") == 0
    assert "The two are the same scenario" in shell.err


def test_people_read_what_is_clear_and_what_is_not(shell: Shell) -> None:
    assert shell("compare", "mercosur", "mercosur+rigid", "--years", "3", "--runs", "4") == 0
    assert shell.out.startswith("A  Mercosur, 1995\nB  Mercosur, 1995 + Rigid\n4 runs of each")
    assert re.search(r"^integration +[\d.-]+ +[\d.-]+ +[\d.-]+ +[\d.-]+ to [\d.-]+", shell.out, re.MULTILINE)
    assert "Next: comity show mercosur --diff mercosur+rigid" in shell.err


# However it ends


def test_a_run_that_breaks_ends_with_three_and_shows_where_on_request(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: Any, **__: Any) -> None:
        raise FloatingPointError("a rule went astray")

    monkeypatch.setattr(engine, "ensemble", broken)
    assert shell("run", *SMALL) == 3
    assert "Traceback" not in shell.err
    assert "FloatingPointError: a rule went astray" in shell.err
    assert "--debug" in shell.err.splitlines()[-1]
    assert shell("run", *SMALL, "--debug") == 3
    assert "Traceback" in shell.err
    assert shell("--debug", "run", *SMALL) == 3
    assert "Traceback" in shell.err


def test_ctrl_c_ends_with_words_and_leaves_nothing_half_written(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: Any, **__: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(engine, "ensemble", interrupted)
    assert shell("run", *SMALL, "--out", "kept") == 130
    assert "the same command starts over and gives the same runs" in shell.err
    assert "Traceback" not in shell.err
    assert list(Path("kept").iterdir()) == []


@contextmanager
def started(*typed: str, **more: Any) -> Iterator[subprocess.Popen[str]]:
    """A command in a process of its own."""
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    with subprocess.Popen([*WHOLE, *typed], **pipes, **more) as process:
        yield process
        process.kill()


def test_a_process_stops_on_ctrl_c(shell: Shell) -> None:
    shell("run", *SMALL)  # compiled from here on
    with started("run", "eu", "--runs", "200000", "--json") as process:
        time.sleep(4.0)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=20)
    assert (process.returncode, out) == (130, "")
    assert err.strip().endswith("gives the same runs.")


def test_standard_output_holds_results_alone_and_nothing_moves_without_a_terminal(shell: Shell) -> None:
    shell("run", *SMALL)
    done = subprocess.run([*WHOLE, "run", *SMALL, "--json"], capture_output=True, text=True, check=True)
    assert json.loads(done.stdout)["runs"] == 3
    assert "\r" not in done.stderr
    assert len(done.stderr.splitlines()) == 2


def test_a_reader_that_goes_away_is_no_failure_of_ours() -> None:
    with started("list", "parameters") as process:
        assert process.stdout is not None
        process.stdout.close()
        _, err = process.communicate(timeout=20)
    assert "Traceback" not in err


def test_words_that_a_terminal_cannot_show_do_not_stop_a_command() -> None:
    environment = dict(os.environ) | {"PYTHONIOENCODING": "latin-1"}
    Path("mine.yaml").write_text('title: "Größe → 1"\nextends: eu\n', encoding="utf-8")
    command = [*WHOLE, "show", "mine.yaml"]
    done = subprocess.run(command, capture_output=True, check=True, env=environment)
    assert done.stdout.decode("latin-1").startswith("Größe ? 1")
    assert done.stderr.endswith(b"Next: comity show mine.yaml --resolved, or comity run mine.yaml\n")


# Progress


def progress_of(monkeypatch: pytest.MonkeyPatch, terminal: bool, steps: list[float]) -> words.Progress:
    """A progress on a clock that shows these times, one at each look."""
    clock = iter(steps)
    monkeypatch.setattr(words.time, "monotonic", lambda: next(clock))
    progress = words.Progress("runs")
    progress.wanted = terminal
    return progress


def test_progress_shows_what_is_left_after_two_seconds(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with progress_of(monkeypatch, True, [0.0, 1.0, 3.0, 3.1, 4.0]) as progress:
        for done in (10, 30, 31, 40):
            progress(done, 120)
    shown = capsys.readouterr().err.split("\r")
    assert [text.strip() for text in shown] == ["", "runs: 30 of 120, 9 s to go", "runs: 40 of 120, 8 s to go", "", ""]


def test_progress_is_silent_where_nobody_looks(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with progress_of(monkeypatch, False, [0.0, 9.0]) as progress:
        progress(1, 2)
    assert capsys.readouterr().err == ""


# demo


def test_the_demo_tells_six_findings_and_leaves_a_picture(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(demo, "RUNS", 3)
    assert shell("demo") == 0
    assert re.findall(r"^(\d)  \w", shell.out, re.MULTILINE) == list("123456")
    assert shell.out.rstrip().endswith(str(demo.PICTURE))
    assert demo.PICTURE.read_bytes().startswith(b"\x89PNG")
    advice = [line.strip() for line in shell.err.splitlines() if line.startswith("  comity ")]
    assert len(advice) == len(demo.NEXT)


def test_what_the_demo_advises_can_be_typed(shell: Shell) -> None:
    for line, _ in demo.NEXT:
        _, verb, *rest = line.split()
        few = {"run": ["--runs", "1", "--years", "1"], "compare": ["--runs", "1", "--years", "1"]}.get(verb, [])
        assert shell(verb, *rest, *few) == 0, line


def test_a_demo_that_may_not_write_still_tells_what_it_found(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(demo, "RUNS", 2)
    Path("comity-out").touch()
    assert shell("demo") == 0
    assert "6  " in shell.out
    assert "no picture" in shell.err


def spread(mean: float, low: float, high: float) -> interval.Spread:
    return interval.Spread(mean, 1.0, low, high, 1.0, low, high, 9)


@pytest.mark.parametrize(
    ("apart", "told"),
    [
        (spread(0.2, 0.1, 0.3), "higher by 20.0 points (10.0 to 30.0)"),
        (spread(-0.2, -0.3, -0.1), "lower by 20.0 points (10.0 to 30.0)"),
        (spread(0.01, -0.02, 0.04), "no clear difference (-2.0 to +4.0 points)"),
        (spread(0.0, 0.0, 0.0), "no difference in any run"),
    ],
)
def test_a_difference_is_called_clear_only_where_its_interval_leaves_out_zero(
    apart: interval.Spread, told: str
) -> None:
    assert findings.difference(apart, findings.percent) == told


def test_one_run_tells_no_difference() -> None:
    assert "too few runs" in findings.difference(interval.spread([0.2]), findings.index)
