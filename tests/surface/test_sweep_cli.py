"""`comity sweep` and `comity export`: plan, run, go on, look, collect, take the table elsewhere."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest
from shells import Shell

from comity.cli import words
from comity.sweeps.player import Workspace

ROOT = Path(__file__).resolve().parents[2]
FILE = """
extends: mercosur
run: {years: 1}
sweep:
  vary:
    levers.sunset.strength: {uniform: [0, 1]}
    levers.sunset.on: [true, false]
    levers.sunset.from: [null, 1995Q3]
    organization.rule: [consensus, qualified_majority]
  n: 8
  runs: 3
"""


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("mine.yaml").write_text(FILE, encoding="utf-8")


def test_from_plan_to_table_each_advice_is_the_next_command(shell: Shell) -> None:
    typed = ["sweep", "plan", "mine.yaml"]
    seen = []
    while True:
        assert shell(*typed) == 0, shell.err
        seen.append(typed[1] if typed[0] == "sweep" else typed[0])
        if typed[0] == "export":
            break
        advice = re.findall(r"Next: comity (.*)$", shell.err, re.MULTILINE)[-1]
        typed = advice.split()
    assert seen == ["plan", "run", "export"]
    assert len(pd.read_csv("comity-out/mine-sweep/results.csv")) == 24


def test_the_sweep_of_the_readme_can_be_planned(shell: Shell) -> None:
    (block,) = re.findall(r"```yml\n(.*?)```", (ROOT / "README.md").read_text("utf-8"), flags=re.DOTALL)
    Path("my-sweep.yaml").write_text(block, encoding="utf-8")
    plan = shell.document("sweep", "plan", "my-sweep.yaml", "-s", "run.years=1")
    assert (plan["points"], plan["runs"], plan["first_days"]) == (64, 1280, 3)


def test_progress_tells_rate_and_what_is_left(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    clock = iter([0.0, 4.0])
    monkeypatch.setattr(words.time, "monotonic", lambda: next(clock))
    progress = words.Progress("runs", rate=True)
    progress.wanted = True
    progress(1000, 5000)
    assert capsys.readouterr().err.strip() == "runs: 1000 of 5000, 250 a second, 16 s to go"


def test_documents_have_what_scripts_rely_on(shell: Shell) -> None:
    plan = shell.document("sweep", "plan", "mine.yaml", "--workers", "2")
    assert (plan["points"], plan["runs"], plan["workers"]) == (8, 24, 2)
    assert plan["seconds"] > 0
    assert plan["bytes"] > 24 * 8
    done = shell.document("sweep", "run", "mine.yaml", "--out", "kept")
    assert done == {"points": 8, "runs": 24, "done": 24, "failed": 0, "left": 0}
    assert shell.document("sweep", "status", "kept") == done
    assert shell.document("sweep", "run", "kept") == done
    assert shell.document("sweep", "collect", "kept") == done
    assert shell.document("sweep", "retry", "kept") == done
    assert shell.document("sweep", "plan", "kept")["runs"] == 24


def test_shards_tell_what_is_left(shell: Shell) -> None:
    told = shell.document("sweep", "run", "mine.yaml", "--out", "kept", "--runs", "8", "--shard", "0/2")
    assert 0 < told["done"] < 64
    assert told["done"] + told["left"] == 64
    assert "Next: comity sweep run kept" in shell.err
    told = shell.document("sweep", "run", "kept", "--shard", "1/2")
    assert (told["done"], told["left"]) == (64, 0)


def test_what_varies_can_be_typed(shell: Shell) -> None:
    told = shell.document(
        "sweep", "plan", "mercosur", "-s", "run.years=1", "--vary", "levers.waiver.on=[false, true]",
        "--vary", "organization.pace={uniform: [1, 3]}", "--design", "grid", "--runs", "2", "--seed", "3",
    )  # fmt: skip
    assert (told["points"], told["runs"]) == (8, 16)


def test_everything_that_is_wrong_with_points_ends_with_one(shell: Shell) -> None:
    Path("bad.yaml").write_text(
        "extends: mercosur\nsweep:\n  design: zip\n  vary:\n    levers.sunset.strength: [0.5, 2]\n"
        "    run.years: [1, 300]\n",
        encoding="utf-8",
    )
    for verb in ("plan", "run"):
        assert shell("sweep", verb, "bad.yaml") == 1
        assert shell.out == ""
        assert "point 1: levers.sunset.strength: is 2, but must lie between 0 and 1" in shell.err
    assert shell("sweep", "plan", "mercosur") == 1
    assert "name under vary what varies" in shell.err


@pytest.mark.parametrize(
    ("typed", "hint"),
    [
        (["sweep", "rnu", "mine.yaml"], 'did you mean "run"?'),
        (["sweep", "status", "nowhere"], "holds no sweep"),
        (["sweep", "run", "mine.yaml", "--shard", "2/2"], "counted from 0 as in 0/2 and 1/2"),
        (["sweep", "run", "mine.yaml", "--out", "mine.yaml"], "is a file"),
        (["sweep", "run", "kept", "--runs", "4"], "want the file"),
        (["sweep", "run", "mine.yaml", "--out", "kept", "--runs", "4"], "differ in design.runs"),
        (["export", "kept"], "--csv, --dta, --xlsx or --crate"),
        (["export", "nowhere", "--csv"], "holds no tables"),
    ],
)
def test_a_wrong_command_line_ends_with_two_and_the_way_out(shell: Shell, typed: list[str], hint: str) -> None:
    assert shell("sweep", "run", "mine.yaml", "--out", "kept") == 0
    assert shell(*typed) == 2
    assert hint in shell.err
    assert "Next: comity" in shell.err


def test_a_poisoned_point_ends_with_three_and_the_rest_is_kept(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    def poisoned(*_: Any) -> None:
        raise ZeroDivisionError("poison")

    with monkeypatch.context() as poison:
        poison.setattr(Workspace, "play", poisoned)
        assert shell("sweep", "run", "mine.yaml", "--out", "kept") == 3
    assert shell.out == "0 of 24 runs done, 24 failed, 0 left\n"
    assert "Next: comity sweep retry kept; failures.csv says what went wrong" in shell.err
    assert shell.document("sweep", "retry", "kept")["done"] == 24


def test_a_script_for_slurm_shares_the_folder_among_its_jobs(shell: Shell) -> None:
    shell("sweep", "run", "mine.yaml", "--out", "kept", "--shard", "0/4")
    assert shell("sweep", "slurm", "kept", "--jobs", "7", "--workers", "3") == 0
    assert shell.out.startswith("#!/bin/bash\n")
    assert "#SBATCH --array=0-6\n" in shell.out
    assert f'sweep run {Path("kept").resolve()} --shard "$SLURM_ARRAY_TASK_ID/7" --workers' in shell.out


# Out into the world


@pytest.fixture
def exported(shell: Shell) -> Path:
    shell("sweep", "run", "mine.yaml", "--out", "kept")
    assert shell("export", "kept", "--csv", "--dta", "--xlsx") == 0, shell.err
    return Path("kept")


def test_csv_holds_the_table(exported: Path) -> None:
    kept = pd.read_parquet(exported / "results.parquet")
    pd.testing.assert_frame_equal(pd.read_csv(exported / "results.csv"), kept, check_dtype=False)


def test_stata_reads_the_table_with_labels_and_legal_names(exported: Path) -> None:
    kept = pd.read_parquet(exported / "results.parquet")
    with pd.read_stata(exported / "results.dta", iterator=True) as reader:
        labels = reader.variable_labels()
        found = reader.read()
    assert all(re.fullmatch("[A-Za-z_][A-Za-z0-9_]{0,31}", name) for name in found.columns)
    assert list(found.columns) == list(kept.columns)
    assert found.trust.tolist() == kept.trust.tolist()
    assert found.organization_rule.tolist() == kept.organization_rule.tolist()
    assert found.sunset_on.tolist() == kept.sunset_on.astype(int).tolist()
    assert labels["trust"].startswith("Trust") or "trust" in labels["trust"].lower()


def test_excel_holds_the_table_and_its_dictionary(exported: Path) -> None:
    book = openpyxl.load_workbook(exported / "results.xlsx", read_only=True)
    rows = list(book["results"].iter_rows(values_only=True))
    kept = pd.read_parquet(exported / "results.parquet")
    assert rows[0] == tuple(kept.columns)
    assert [row[rows[0].index("trust")] for row in rows[1:]] == pytest.approx(kept.trust.tolist(), rel=1e-14)
    assert next(row[:1] for row in book["dictionary"].iter_rows(values_only=True) if row[0] == "trust") == ("trust",)
    book.close()


def test_series_are_exported_with_their_words(shell: Shell) -> None:
    assert shell("sweep", "run", "mine.yaml", "--out", "kept", "--series", "--runs", "6") == 0
    assert shell("export", "kept", "--csv", "--dta") == 0, shell.err
    rows = pd.read_csv("kept/series.csv")
    assert len(rows) == len(pd.read_stata("kept/series.dta")) == 48 * 4
    words = pd.read_csv("kept/dictionary.csv")
    told = set(words[words.table == "series"].column) | {"run_id", "design_id", "replication"}
    assert set(rows.columns) <= told


def test_a_kept_run_is_exported_too(shell: Shell) -> None:
    shell("run", "mercosur", "--years", "1", "--runs", "2", "--out", "run")
    assert shell("export", "run", "--csv", "--dta") == 0, shell.err
    assert len(pd.read_csv("run/outcomes.csv")) == 2
    assert len(pd.read_stata("run/series.dta")) == 8
    assert {"outcomes.csv", "series.csv", "members.csv", "events.csv"} <= {path.name for path in Path("run").iterdir()}
