"""A kept result tells machines what it is: each file with its hash, what made it, and from what."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from shells import Shell

import comity


def graph(folder: Path) -> dict:
    return {each["@id"]: each for each in json.loads((folder / "ro-crate-metadata.json").read_text())["@graph"]}


def test_a_kept_run_becomes_a_crate(shell: Shell, tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    comity.load("mercosur").with_({"run.years": 1}).ensemble(2, 7).save(kept)
    assert shell("export", str(kept), "--crate", "--csv") == 0
    told = graph(kept)
    root, action = told["./"], told["#made"]
    parts = {part["@id"] for part in root["hasPart"]}
    assert parts == {path.name for path in kept.iterdir()} - {"ro-crate-metadata.json"}
    for name in parts:
        assert told[name]["sha256"] == hashlib.sha256((kept / name).read_bytes()).hexdigest()
        assert told[name]["contentSize"] == str((kept / name).stat().st_size)
    assert root["identifier"] == json.loads((kept / "manifest.json").read_text())["digest"]
    assert action["object"] == [{"@id": "scenario.yaml"}] and {"@id": "outcomes.csv"} in action["result"]
    assert told["#comity"]["softwareVersion"] == comity.__version__
    linked = [action["instrument"], *action["object"], *action["result"], root["license"], root["mentions"]]
    assert all(link["@id"] in told for link in linked)


def test_the_same_files_make_the_same_crate(shell: Shell, tmp_path: Path) -> None:
    comity.load("mercosur").with_({"run.years": 1}).ensemble(1, 7).save(tmp_path / "kept")
    texts = []
    for _ in range(2):
        assert shell("export", str(tmp_path / "kept"), "--crate") == 0
        texts.append((tmp_path / "kept" / "ro-crate-metadata.json").read_text())
    assert texts[0] == texts[1]


def test_a_sweep_becomes_a_crate_too(shell: Shell, tmp_path: Path) -> None:
    base = comity.load("mercosur").with_({"run.years": 1})
    comity.sweep(base, {"levers.waiver.strength": [0.2, 0.8]}, runs=2).run(tmp_path / "swept")
    assert shell("export", str(tmp_path / "swept"), "--crate") == 0
    told = graph(tmp_path / "swept")
    assert {"@id": "design.parquet"} in told["#made"]["object"]
    assert any(name.startswith("runs/") for name in told)
    assert "mercosur" in told["./"]["name"] and told["#comity"]["softwareVersion"] == comity.__version__


def test_a_folder_without_a_result_is_refused(shell: Shell, tmp_path: Path) -> None:
    assert shell("export", str(tmp_path), "--crate") == 2
    assert "holds no result" in shell.err
