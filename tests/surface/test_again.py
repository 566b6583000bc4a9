"""What a result says of itself is enough to make it again, to the bit."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from shells import Shell

import comity
from comity.runs.again import NotAResult, kept


def grieve(member, publics):  # a rule of a user's own
    member.grievance = min(member.grievance + 0.001 * publics.coercion, 1.0)


@pytest.fixture
def small() -> comity.Scenario:
    return comity.load("mercosur+respectful").with_({"run.years": 2, "levers.sunset.strength": 0.37})


def test_a_kept_folder_makes_itself_again(shell: Shell, tmp_path: Path) -> None:
    out = tmp_path / "kept"
    typed = ("run", "mercosur", "--years", "2", "--runs", "3", "--seed", "9", "-s", "levers.waiver.on=true")
    assert shell(*typed, "--out", str(out), "--json") == 0
    first = json.loads(shell.out)
    assert shell("run", "--from", str(out), "--json") == 0
    assert json.loads(shell.out)["digest"] == first["digest"]
    assert "the same to the bit" in shell.err


def test_a_printed_document_does_too(shell: Shell, tmp_path: Path) -> None:
    assert shell("run", "ecowas+enforcer", "--years", "2", "--runs", "2", "--json") == 0
    file = tmp_path / "printed.json"
    file.write_text(shell.out)
    assert shell("run", "--from", str(file)) == 0
    assert "the same to the bit" in shell.err and "Economic Community" in shell.out


def test_own_rules_and_later_runs_come_along(small: comity.Scenario, tmp_path: Path) -> None:
    ensemble = small.with_rule(grieve, replaces="publics.aggrieve").ensemble(3, 5)
    ensemble.save(tmp_path / "own")
    assert kept(tmp_path / "own").again().digest == ensemble.digest
    ensemble.run(2).save(tmp_path / "third")
    assert kept(tmp_path / "third").again().digest == ensemble.run(2).digest


def test_a_result_of_other_numbers_is_told_and_is_no_success(shell: Shell, tmp_path: Path) -> None:
    comity.load("mercosur").with_({"run.years": 1}).ensemble(2, 1).save(tmp_path / "kept")
    manifest = tmp_path / "kept" / "manifest.json"
    told = json.loads(manifest.read_text())
    told["digest"], told["versions"]["numba"] = "0" * 64, "0.1"
    manifest.write_text(json.dumps(told))
    assert shell("run", "--from", str(tmp_path / "kept")) == 3
    assert "NOT the same" in shell.err and "numba 0.1 then" in shell.err


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"scenario": "eu"}', '{"seed": null}'])
def test_what_is_no_result_is_refused_in_words(shell: Shell, tmp_path: Path, text: str) -> None:
    file = tmp_path / "odd.json"
    file.write_text(text)
    with pytest.raises(NotAResult):
        kept(file)
    assert shell("run", "--from", str(file)) == 2
    assert "Traceback" not in shell.err


def test_from_stands_alone(shell: Shell, tmp_path: Path) -> None:
    assert shell("run", "eu", "--from", str(tmp_path)) == 2
    assert shell("run") == 2 and "name a SCENARIO" in shell.err
