"""`comity facts`: verdicts for people and for scripts, every error of a table at once, and a clean end."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from shells import Shell

from comity.truth import verdicts
from comity.truth.table import COLUMNS

HEAD = ",".join(COLUMNS)
FACT = "A,Trust lies between nothing and all,asean,run.years=2,trust,0,1,share,level,blind,s"
WRONG = "B,No public trusts,asean,run.years=2,trust,-1,0,share,level,fitted,s"
SIGN = "C,At home in it,asean,run.years=2 | forces.founding.trust_home=0.9,trust,0,,share,sign,informed,s"


@pytest.fixture
def file(tmp_path: Path) -> str:
    path = tmp_path / "mine.csv"
    path.write_text("\n".join((HEAD, FACT, WRONG, SIGN)) + "\n")
    return str(path)


def test_the_document_has_what_scripts_rely_on(shell: Shell, file: str) -> None:
    rows = shell.document("facts", file, "--runs", "4")
    wanted = ("id", "outcome", "value", "low", "high", "target_low", "target_high", "verdict", "baseline",
              "baseline_verdict")  # fmt: skip
    assert all(set(wanted) <= row.keys() for row in rows)
    assert [(row["id"], row["verdict"]) for row in rows] == [("A", "hit"), ("B", "miss"), ("C", "hit")]
    assert rows[2]["target_low"] == 0.0 and rows[2]["target_high"] is None
    assert shell.document("facts", file, "--runs", "4", "--workers", "1") == rows


def test_roles_stand_apart_and_misses_are_told_in_words(shell: Shell, file: str) -> None:
    assert shell("facts", file, "--runs", "4") == 0
    assert shell.out.index("fitted: ") < shell.out.index("informed: ") < shell.out.index("blind: ")
    assert "MISS" in shell.out and "No public trusts" in shell.out
    assert "Trust lies" not in shell.out
    assert "3 facts, 4 runs of each world" in shell.err and "Next: comity" in shell.err


def test_a_table_with_errors_is_the_users_to_mend(shell: Shell, tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_text(f"{HEAD}\n{FACT.replace('trust,0', 'truts,0')}\n{SIGN.replace('informed', 'infromed')}\n")
    assert shell("facts", str(path)) == 1
    assert shell.out == ""
    assert f'{path}:2:56: outcome: no outcome named "truts"; did you mean "trust"?' in shell.err
    assert f"{path}:3:" in shell.err and 'did you mean "informed"?' in shell.err


@pytest.mark.parametrize("typed", [("facts", "--runs", "0"), ("facts", "a.csv", "b.csv"), ("facts", "--rusn", "3")])
def test_a_wrong_command_line_is_told_as_such(shell: Shell, typed: tuple[str, ...]) -> None:
    assert shell(*typed) == 2
    assert "Next: comity facts --help" in shell.err


def test_ctrl_c_ends_it_in_a_sentence(shell: Shell, file: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(*_: Any, **__: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(verdicts, "_play", stop)
    assert shell("facts", file) == 130
    assert "Stopped." in shell.err and "Traceback" not in shell.err


def test_the_verb_is_listed_with_its_line(shell: Shell) -> None:
    assert shell("--help") == 0
    assert "facts " in shell.out
