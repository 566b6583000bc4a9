"""The gallery: one command, one page; every fact with picture, verdict and source, every miss with its reason."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from shells import Shell

from comity.figures.pattern import KINDS, pattern
from comity.figures.verdicts import verdict, words
from comity.gallery import PARTS, gallery
from comity.gallery.making import reasons
from comity.truth import read
from comity.truth.patterns import PATTERNS

SOME = ("W3", "T4", "F6", "R1", "C14", "T10")


@pytest.fixture(scope="module")
def found():  # some facts on few runs: the reduced form
    return gallery(runs=20, parts=("facts", "history"), only=SOME)


@pytest.fixture(scope="module")
def page(found) -> str:
    return found.page()


def test_every_fact_has_a_picture_a_verdict_and_a_source(found, page: str) -> None:
    for name in SOME:
        part = page[page.index(f'id="fact-{name}"') :][:60_000]
        assert re.search(r'class="(hit|straddles|miss)"', part) and "data:image/png" in part
        assert "Source: " in part
    assert page.count("<img ") == len(SOME) + len(found.told["history"]["chapters"])
    assert 'src="http' not in page and "<script" not in page


def test_roles_are_said_and_misses_stand_first(page: str) -> None:
    assert page.index("Misses, and why") < page.index('id="fact-')
    for word in ("fitted", "informed", "blind", "counts as validation"):
        assert word in page


def test_the_document_lies_beside_the_page(found, tmp_path: Path) -> None:
    target = found.save(tmp_path / "seen")
    assert target == tmp_path / "seen" / "gallery.html"
    told = json.loads(target.with_suffix(".json").read_text())
    assert set(told) == {"provenance", "facts", "history"} and told["provenance"]["seed"] == 1


def test_reasons_are_given_for_facts_that_exist() -> None:
    known = {row.id for row in read(None)}
    assert reasons().keys() <= known
    assert all(each["mechanism"] and len(each["reason"]) > 20 for each in reasons().values())


def test_a_verdict_is_drawn_with_open_bounds_and_without_a_value() -> None:
    told = {"value": 0.2, "low": 0.1, "high": 0.3, "target_low": 0.0, "target_high": None, "baseline": None,
            "unit": "share", "verdict": "hit", "runs_low": None, "runs_high": None}  # fmt: skip
    assert words(told) == "Runs say 0.2 (0.1 to 0.3); the fact asks for at least 0: hit."
    assert verdict(told).alt == words(told)
    nothing = told | {"value": None, "low": None, "high": None, "verdict": "miss"}
    assert verdict(nothing).alt == "No run has a value."


def test_every_kind_of_pattern_can_be_drawn() -> None:
    made = {
        "lines": {"x": [1, 2], "y": [[0.1, None], [0.0, 0.2]], "each": "a state"},
        "fan": {"x": [1, 2]} | {f"{n}{e}": [0.1, 0.2] for n in ("trust", "challengers") for e in ("", "_low", "_high")},
        "path": {"x": [0.1, 0.2], "y": [3.0, 2.0]},
        "two scatters": {"regions": ["eu"], "own_gap": [0.1], "own_kept": [0.8], "forced_gap": [0.4],
                         "forced_kept": [0.7], "own_r": -0.5, "forced_r": 0.1},
        "hazard": {"x": [1, 2], "y": [0.2, 0.1]},
        "cumulative": {"x": [1, 2], "court": [0.1, 0.3], "organization": [0.0, 0.1]},
        "bars": {"names": ["a", "b"], "values": [1.0, None]},
        "slopes": {"calm": [0.1, 0.2], "calm_error": [0.1, 0.1], "whole": [0.3, 0.4], "whole_error": [0.1, 0.1]},
        "ranked": {"eu: exits": [0.5, 0.1], "eu: members": ["GBR", "CZE"]},
    }  # fmt: skip
    assert made.keys() == KINDS.keys()
    for kind, figures in made.items():
        told = {
            "figures": {"kind": kind, **figures},
            "statement": "S.",
            "how": "h",
            "value": None,
            "unit": "u",
            "verdict": "miss",
        }
        assert pattern(told).alt.startswith("S. Measured")


@pytest.mark.long
def test_the_whole_gallery(tmp_path: Path) -> None:
    page = gallery(runs=100).page()
    for part in PARTS:
        assert f'id="{part}"' in page
    for each in PATTERNS:
        assert each.statement[:30] in page


def test_a_part_that_is_none_is_told(shell: Shell) -> None:
    assert shell("gallery", "--part", "fact") == 2
    assert "facts, patterns, history, fit, turning" in shell.err
