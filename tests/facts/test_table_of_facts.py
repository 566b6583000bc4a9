"""A table of facts is read with every error at once, and held against runs in a way that can be worked out by hand."""

from __future__ import annotations

import csv
import json
import math
import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import comity
from comity import truth
from comity.literature import FACTS, KEPT_APART
from comity.scenario import ScenarioError
from comity.signs import EMERGENT, LABELS
from comity.truth import intervals, naive
from comity.truth.cells import lines_of_cells
from comity.truth.table import COLUMNS, not_measured, read
from comity.truth.verdicts import judged

HEAD = ",".join(COLUMNS)
FITTED = {"C1", "C2", "C3", "C6", "W3", "T4", "T5", "T6", "P1", "P2", "R7", "R8"}


def table(folder: Path, *lines: str, head: str = HEAD) -> Path:
    file = folder / "mine.csv"
    file.write_text("\n".join((head, *lines)) + "\n", encoding="utf-8")
    return file


def complaints(file: Path) -> list[str]:
    with pytest.raises(ScenarioError) as caught:
        read(file)
    return [str(problem).removeprefix(f"{file}:") for problem in caught.value.problems]


# Reading


def test_cells_know_where_they_begin() -> None:
    rows = list(lines_of_cells('id,what\n"A, ""b""",1\n\n"two\nlines",\nlast,9'))
    assert [[(cell.text, cell.line, cell.column) for cell in row] for row in rows] == [
        [("id", 1, 1), ("what", 1, 4)],
        [('A, "b"', 2, 1), ("1", 2, 12)],
        [("two\nlines", 4, 1), ("", 5, 8)],
        [("last", 6, 1), ("9", 6, 6)],
    ]


def test_the_shipped_table_reads_as_any_reader_of_such_files_reads_it() -> None:
    path = truth.shipped_table()
    with path.open(encoding="utf-8", newline="") as file:
        theirs = [[cell.strip() for cell in row] for row in csv.reader(file)]
    assert [[cell.text for cell in row] for row in lines_of_cells(path.read_text("utf-8"))] == theirs


def test_every_error_of_a_table_is_told_at_once_with_line_column_and_the_way_out(tmp_path: Path) -> None:
    file = table(
        tmp_path,
        'A,"x, y",asaen,,trust,0,1,share,level,blind,s',
        "B,x,asean,,truts,0,1,share,level,blind,s",
        "C,x,asean,levers.sunst.on=true,trust,0,1,share,level,blind,s",
        "D,x,asean,,trust,2,1,share,lvel,bling,s",
        "D,x,asean,run.years,trust,low,1,share,level,blind,s",
        "E,x,asean,,trust,,,share,level,blind,s",
        "F,x,asean,,trust,0,1,share,null,blind,s",
        "G,x,asean,run.years=3 | levers.sunset.on=true,trust,0,1,share,level,blind,s",
        "H,x,asean,,trust,0,1",
        "I,x,sunset,,trust,0,1,share,level,blind,s",
        "J,x,rigid,,trust,0,1,share,level,blind,s",
    )
    assert complaints(file) == [
        '2:10: scenario: no scenario or file named "asaen"; did you mean "asean"?',
        '3:12: outcome: no outcome named "truts"; did you mean "trust"?',
        '4:11: set: levers.sunst: no such key; did you mean "sunset"?',
        "5:18: low: is 2, above high, which is 1",
        '5:28: kind: "lvel" is none of level, sign, null; did you mean "level"?',
        '5:33: role: "bling" is none of fitted, informed, blind; did you mean "blind"?',
        '6:1: id: "D" stands in line 5 already',
        '6:11: set: "run.years" has no "="; write KEY=VALUE',
        '6:27: low: "low" is no number; leave it empty for no bound',
        "7:18: low: is empty, and so is high; a level wants at least one of them",
        "8:11: set: is empty; a null row names what should make no difference",
        "9:11: set: a level has one world; only a sign or null row sets more in a second one",
        "10:1: has 7 cells, and the head has 11; cells with commas want quotes",
        '11:5: scenario: no scenario or file named "sunset"',
        "12:5: scenario: scenarios/packages/rigid.yaml: region: there is no region to run; "
        'join one to it, as in "eu+rigid"',
    ]


@pytest.mark.parametrize(
    ("head", "said"),
    [
        (HEAD.replace("statement", "statemnt"), '1:4: statemnt: no such column; did you mean "statement"?'),
        (HEAD.replace(",unit", ""), "1:1: lacks the column unit"),
        (f"{HEAD},id", f"1:{len(HEAD) + 2}: id: stands here twice"),
    ],
)
def test_a_head_that_is_not_one_is_told(tmp_path: Path, head: str, said: str) -> None:
    assert said in complaints(table(tmp_path, head=head))


def test_what_is_no_table_is_told(tmp_path: Path) -> None:
    (tmp_path / "empty.csv").write_text("\n")
    assert complaints(tmp_path / "empty.csv") == [f"1:1: is empty; a table begins with {HEAD}"]
    assert complaints(table(tmp_path)) == ["1:1: holds no fact"]
    with pytest.raises(ScenarioError, match="no such file"):
        read(tmp_path / "none.csv")
    (tmp_path / "bytes.csv").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ScenarioError, match="UTF-8"):
        read(tmp_path / "bytes.csv")


def test_a_scenario_beside_the_table_goes_by_its_path(tmp_path: Path) -> None:
    (tmp_path / "own.yaml").write_text("extends: asean\nrun: {years: 3}\n")
    file = table(tmp_path, "A,x,own.yaml,run.seed=5,trust,0,1,share,level,blind,s")
    (row,) = read(file)
    assert row.world.value("run.years") == 3
    assert row.world.value("run.seed") == 5
    assert row.world.value("run.uncertainty") == "all"


def test_a_contrast_sets_in_both_worlds_what_stands_before_the_bar() -> None:
    rows = {row.id: row for row in read()}
    f7b = rows["F7b"]
    assert f7b.second is not None
    assert [world.value("levers.opt_outs.strength") for world in (f7b.world, f7b.second)] == [0.05, 1.0]
    assert rows["C7a"].second is None and rows["C7a"].world.value("run.years") == 14


# The shipped table


def test_every_fact_that_is_not_kept_apart_is_in_the_table_or_told_why_not() -> None:
    told = {re.sub(r"[a-z]$", "", row.id) for row in read()} | set(not_measured())
    assert told == {key for key, fact in FACTS.items() if fact.status != KEPT_APART}
    assert all(not_measured().values())


def test_only_what_was_meant_to_be_fitted_is_called_fitted() -> None:
    for row in read():
        fact = re.sub(r"[a-z]$", "", row.id)
        assert row.role == ("fitted" if fact in FITTED and row.id not in ("P2b", "P2c") else "informed"), row.id


def test_every_row_has_a_source_a_statement_and_the_unit_of_its_outcome() -> None:
    for row in read():
        assert row.source and row.statement.endswith("."), row.id
        assert row.world.book.outcomes[row.outcome].unit.removesuffix(" of runs with an exit").removesuffix(
            " of runs"
        ) == row.unit, row.id  # fmt: skip
        assert row.label in (*LABELS, ""), row.id
    assert {row.id for row in read() if row.label == EMERGENT and row.kind == "sign"} == {
        "W8a", "W8b", "F5", "C7a", "C7b",
    }  # fmt: skip


# Intervals and verdicts


@pytest.mark.parametrize(
    ("count", "low", "high"), [(0, 0.0, 3.689), (1, 0.0253, 5.572), (10, 4.795, 18.390), (100, 81.36, 121.63)]
)
def test_the_interval_of_a_count_is_the_exact_one(count: int, low: float, high: float) -> None:
    assert intervals.poisson(count) == pytest.approx((low, high), abs=0.01)


def test_the_interval_of_a_mean_comes_from_runs_drawn_anew() -> None:
    luck = np.random.default_rng(3)
    values = luck.normal(2.0, 1.0, 400)
    values[:40] = np.nan
    low, high = intervals.bootstrap(values, 1, "x")
    spread = 1.96 / math.sqrt(360)
    assert (low, high) == pytest.approx((np.nanmean(values) - spread, np.nanmean(values) + spread), abs=0.02)
    assert intervals.bootstrap(values, 1, "x") == (low, high) != intervals.bootstrap(values, 2, "x")
    assert all(math.isnan(edge) for edge in intervals.bootstrap([1.0, math.nan], 1, "x"))
    assert intervals.nine_in_ten(np.arange(101.0)) == (5.0, 95.0)


def test_rare_events_are_at_least_as_uncertain_as_a_count_of_them() -> None:
    rates, counts = np.array([0.0, 0.0, 0.0, 0.01]), np.array([0, 0, 0, 1])
    low, high = intervals.of_rare(rates, counts, 1.0, (0.0, 0.0075))
    assert (low, high) == pytest.approx((0.0, 5.572 * 0.0025), abs=1e-4)
    assert intervals.of_rare(np.zeros(4), np.zeros(4), 0.001, (0.0, 0.0)) == pytest.approx((0.0, 0.003689), abs=1e-6)


class Bounds:
    def __init__(self, kind: str, low: float, high: float) -> None:
        self.kind, self.low, self.high = kind, low, high


@pytest.mark.parametrize(
    ("kind", "low", "high", "interval", "verdict"),
    [
        ("level", 0.2, 0.4, (0.25, 0.35), "hit"),
        ("level", 0.2, 0.4, (0.35, 0.45), "straddles"),
        ("level", 0.2, 0.4, (0.45, 0.55), "miss"),
        ("level", 0.2, math.inf, (0.2, 0.9), "hit"),
        ("level", -math.inf, 0.0, (0.0, 0.0), "hit"),
        ("sign", 0.0, math.inf, (0.01, 0.2), "hit"),
        ("sign", 0.0, math.inf, (-0.01, 0.2), "straddles"),
        ("sign", 0.0, math.inf, (0.0, 0.0), "miss"),
        ("sign", 0.0, math.inf, (-0.2, -0.1), "miss"),
        ("sign", -math.inf, 0.0, (-0.2, -0.1), "hit"),
        ("sign", 0.0, 0.2, (0.1, 0.3), "straddles"),
        ("sign", 0.0, 0.2, (0.3, 0.4), "miss"),
        ("null", -0.1, 0.1, (-0.05, 0.05), "hit"),
        ("null", -0.1, 0.1, (0.2, 0.3), "miss"),
    ],
)
def test_a_verdict_follows_from_interval_and_bounds(
    kind: str, low: float, high: float, interval: tuple[float, float], verdict: str
) -> None:
    row: Any = Bounds(kind, low, high)
    assert judged(row, sum(interval) / 2.0, interval, (-1.0, 1.0)) == verdict


def test_a_null_row_without_bounds_wants_nine_runs_in_ten_to_hold_zero() -> None:
    row: Any = Bounds("null", -math.inf, math.inf)
    assert judged(row, 0.3, (0.2, 0.4), (-0.1, 0.8)) == "hit"
    assert judged(row, 0.3, (0.2, 0.4), (0.1, 0.8)) == "miss"
    assert judged(row, math.nan, (math.nan, math.nan), (math.nan, math.nan)) == "miss"


def test_each_kind_has_its_naive_forecast() -> None:
    rows = {row.id: row for row in read()}
    wanted = {"C2": naive.LAST, "C3": naive.POOLED, "W8a": naive.COIN, "C7a": naive.COIN, "T10": naive.NOTHING}
    assert {key: naive.baseline_of(rows[key]) for key in wanted} == wanted
    assert [world.value("run.years") for world in naive.worlds_of(rows["C2"])] == [1]
    assert [world.name for world in naive.worlds_of(rows["C3"])] == list(naive.REGIONS)
    assert naive.worlds_of(rows["W8a"]) == []


# Held against runs


OWN = (
    "A,Trust lies between nothing and all,asean,run.years=2,trust,0,1,share,level,blind,s",
    "B,Trust is more than all,asean,run.years=2,trust,1.5,2,share,level,informed,s",
    "C,Nobody leaves in a year,asean,run.years=1,exit_rate,0,0.1,per member-year,level,blind,s",
    "D,At home in it publics trust more,asean,run.years=2 | forces.founding.trust_home=0.9,trust,0,,share,sign,blind,s",
    "E,An audit moves trust little,asean,run.years=2 | levers.audit.on=true,trust,-0.1,0.1,share,null,blind,s",
    "F,Money that is not tied is not late,asean,run.years=2,milestones_paid_half,0,1,share,level,blind,s",
)


def test_own_facts_are_held_against_runs_of_their_worlds(tmp_path: Path) -> None:
    found = comity.facts(table(tmp_path, *OWN), runs=8)
    told = {row["id"]: row for row in found.document()}
    assert {key: row["verdict"] for key, row in told.items()} == {
        "A": "hit", "B": "miss", "C": "hit", "D": "hit", "E": "hit", "F": "miss",
    }  # fmt: skip
    assert told["F"]["value"] is None and told["F"]["known"] == 0
    assert told["C"]["value"] == 0.0 and told["C"]["high"] > 0.0
    assert 0.0 < told["A"]["low"] < told["A"]["value"] < told["A"]["high"] < 1.0
    assert told["A"]["baseline_kind"] == naive.LAST and told["A"]["baseline_verdict"] == "hit"
    assert told["D"]["baseline_verdict"] == "straddles" and told["E"]["baseline_verdict"] == "hit"
    assert json.loads(json.dumps(found.document(), allow_nan=False)) == found.document()
    assert list(found.frame()["id"]) == [row.partition(",")[0] for row in OWN]
    assert {(group["role"], group["kind"]): (group["hit"], group["miss"]) for group in found.summary()} == {
        ("informed", "level"): (0, 1), ("blind", "level"): (2, 1), ("blind", "sign"): (1, 0), ("blind", "null"): (1, 0),
    }  # fmt: skip
    assert [row["id"] for row in found.misses()] == ["B", "F"]


def test_verdicts_are_the_same_whatever_the_number_of_workers(tmp_path: Path) -> None:
    file = table(tmp_path, *OWN[:4])
    one, two = (comity.facts(file, runs=5, workers=workers).document() for workers in (1, 2))
    assert one == two
    assert comity.facts(file, runs=5, seed=2).document() != one


def test_a_contrast_is_between_runs_with_the_same_luck(tmp_path: Path) -> None:
    idle = "A,x,asean,run.years=2 | organization.acquis_measures=40,trust,0,,share,sign,blind,s"
    (told,) = comity.facts(table(tmp_path, idle), runs=4).document()
    assert told["value"] == told["low"] == told["high"] == 0.0
    assert told["verdict"] == "miss"


def test_progress_is_told_over_all_worlds(tmp_path: Path) -> None:
    heard: list[tuple[int, int]] = []
    comity.facts(
        table(tmp_path, OWN[0], OWN[3]), runs=4, workers=1, progress=lambda done, all_: heard.append((done, all_))
    )
    assert heard[-1][0] == heard[-1][1] == len(heard)
    assert sorted(heard) == heard


@pytest.mark.parametrize(("runs", "seed"), [(1, 1), (4, -1), ("x", 1)])
def test_a_number_that_is_none_is_refused(runs: Any, seed: Any, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="whole number"):
        comity.facts(table(tmp_path, OWN[0]), runs=runs, seed=seed)


def test_the_shipped_table_in_its_reduced_form_gives_a_verdict_on_each_fact() -> None:
    found = comity.facts(runs=3)
    assert [told.row.id for told in found.told] == [row.id for row in read()]
    known = {told.row.id for told in found.told if not math.isnan(told.value)}
    assert len(known) >= len(found.told) - 6
    assert sum(group["facts"] for group in found.summary()) == len(found.told)


@pytest.mark.long
def test_the_shipped_table_in_full_beats_the_naive_forecasts() -> None:
    """Of what is not fitted: levels are hit no less often than by naive forecasts, and emergent signs are found."""
    found = comity.facts()
    levels = [told for told in found.told if told.row.kind == "level"]
    assert all(not math.isnan(told.value) for told in found.told)
    assert sum(told.verdict == "hit" for told in levels) >= sum(told.baseline_verdict == "hit" for told in levels) - 3
    emergent = [told for told in found.told if told.row.kind == "sign" and told.row.label == EMERGENT]
    assert sum(told.verdict == "hit" for told in emergent) > len(emergent) / 2
