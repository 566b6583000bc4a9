"""`comity effects`: one document for scripts, a table and sentences for people, and a clean end however it ends."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from shells import Shell

import comity
from comity import engine
from comity.cli import effects as told
from comity.quarter import LEVERS

MANY = ["waiver", "sunset", "hardness", "audit", "tranches", "opt_outs", "forum"]
SMALL = ("mercosur+respectful", "--years", "2", "--runs", "3")


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_the_document_has_what_scripts_rely_on(shell: Shell) -> None:
    assert shell("effects", *SMALL, "--levers", "waiver, hardness", "--seed", "4", "--json") == 0
    document = json.loads(shell.out)
    assert {"scenario", "seed", "runs", "outcome", "total", "levers", "interactions"} <= document.keys()
    assert (document["scenario"], document["seed"], document["runs"]) == ("mercosur+respectful", 4, 3)
    assert document["outcome"] == "integration"
    assert set(document["levers"]) == {"waiver", "hardness"}
    for row in document["levers"].values():
        assert {"effect", "low", "high", "shapley", "shapley_low", "shapley_high"} <= row.keys()
    (pair,) = document["interactions"]
    assert {pair["a"], pair["b"]} == {"waiver", "hardness"}
    assert pair["low"] <= pair["effect"] <= pair["high"]


def test_people_get_a_table_and_sentences(shell: Shell) -> None:
    assert shell("effects", *SMALL, "--levers", ",".join(MANY), "--outcome", "respect") == 0
    lines = shell.out.splitlines()
    assert lines[0].startswith("Mercosur, 1995 + Respectful: what its levers do to respect")
    assert re.search(r"^lever +share +interval +effect +interval +alone", shell.out, re.MULTILINE)
    for name in (*MANY, "all together"):
        assert re.search(rf"^{name} +-?0\.\d+ ", shell.out, re.MULTILINE), name
    assert re.search(r"^All 7 levers together (raise|lower|change) respect by", shell.out, re.MULTILINE)
    assert re.search(r"3 runs, each with \d+ of the 128 combinations of 7 levers", shell.err)
    assert shell.err.splitlines()[-1].startswith("Next: comity show ")
    assert "\r" not in shell.err


def test_one_run_tells_no_interval(shell: Shell) -> None:
    assert shell("effects", "mercosur+respectful", "--years", "1", "--runs", "1", "--levers", "waiver,sunset") == 0
    assert "One run tells nothing of the next" in shell.out


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        (["--levers", "sunsett"], 'there is no lever "sunsett"; did you mean "sunset"?'),
        (["--levers", " , "], "no lever is named"),
        (["--outcome", "trusty"], 'there is no outcome "trusty"; did you mean "trust"?'),
        (["--runs", "0"], "needs a whole number from 1"),
        (["--picture", "shares.bmp"], "a picture ends in .png, .svg, .pdf"),
    ],
)
def test_a_wrong_command_ends_with_two_before_anything_runs(shell: Shell, typed: list[str], words: str) -> None:
    assert shell("effects", "mercosur+respectful", *typed) == 2
    assert words in shell.err
    assert shell.out == ""


def test_without_a_lever_the_way_out_is_a_package(shell: Shell) -> None:
    Path("bare.yaml").write_text(
        "extends: mercosur\nlevers: {" + ", ".join(f"{name}: {{on: false}}" for name in LEVERS) + "}\n",
        encoding="utf-8",
    )
    assert shell("effects", "bare.yaml") == 2
    assert "comity effects bare.yaml+respectful" in shell.err


def test_ctrl_c_ends_with_words(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: Any, **__: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(engine, "variants", interrupted)
    assert shell("effects", *SMALL) == 130
    assert "the same command starts over" in shell.err


class Stub:
    """What the sentences need of effects, with numbers at will."""

    outcome, known, runs = "integration", 100, 100

    def __init__(self, shares: dict[str, tuple[float, float]], pairs: list[tuple[float, bool]]) -> None:
        self.levers = tuple(shares)
        self._shares, self._pairs = shares, pairs
        self.total = sum(share for share, _ in shares.values())
        self.total_spread = comity.runs.interval.spread([self.total - 0.001, self.total + 0.001] * 50)

    def rows(self) -> list[dict[str, Any]]:
        return [
            {"lever": name, "shapley": share, "shapley_low": share - half, "shapley_high": share + half}
            for name, (share, half) in self._shares.items()
        ]

    def pair_rows(self) -> list[dict[str, Any]]:
        return [{"a": "x", "b": f"y{k}", "effect": v, "clear": c} for k, (v, c) in enumerate(self._pairs)]


def test_sentences_say_who_carries_what_and_what_luck_may_explain() -> None:
    found: Any = Stub(
        {"court": (0.3, 0.01), "audit": (-0.1, 0.02), "forum": (0.01, 0.05)}, [(-0.2, True), (0.1, False)]
    )
    first, second, third = told.sentences(found)
    assert first == "All 3 levers together raise integration by 0.210: court +0.300 (143 %), audit -0.100."
    assert second == "Within noise: forum."
    assert third == "x and y0 each add less with the other there (-0.200)."


def test_sentences_claim_nothing_that_luck_may_explain() -> None:
    found: Any = Stub({"court": (0.005, 0.01), "audit": (-0.005, 0.02)}, [(0.1, False)])
    first, second = told.sentences(found)
    assert first == (
        "All 2 levers together change integration by no more than noise (0.00000); no lever's share is beyond noise."
    )
    assert second == "x and y0 neither help nor hinder each other beyond noise."
