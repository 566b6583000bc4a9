"""What a `sweep` section asks for becomes points, and every point the run that its scenario alone would make."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

import comity
from comity import engine
from comity.beginning import begin
from comity.scenario import ScenarioError
from comity.sweeps import Sweep
from comity.sweeps.factors import column_names
from comity.sweeps.player import Workspace
from comity.sweeps.points import Points, coding

SUNSET = {"levers.sunset.strength": {"uniform": [0.0, 1.0]}}


@pytest.fixture(scope="module")
def small() -> comity.Scenario:
    return comity.load("mercosur").with_({"run.years": 3})


def told(error: pytest.ExceptionInfo[ScenarioError]) -> list[str]:
    return [str(problem) for problem in error.value.problems]


def paths(sweep: comity.Sweep) -> list[dict[str, Any]]:
    return [sweep.points.values(k) for k in range(len(sweep.points))]


# Points


def test_the_same_section_makes_the_same_points_and_another_seed_others(small: comity.Scenario) -> None:
    first, second = (comity.sweep(small, SUNSET, n=8).points.table() for _ in range(2))
    assert first.equals(second)
    assert not first.equals(comity.sweep(small, SUNSET, n=8, seed=2).points.table())


def test_blocks_stand_one_after_the_other_and_leave_to_the_scenario_what_they_do_not_name(
    small: comity.Scenario,
) -> None:
    blocks = [
        {"vary": {"levers.sunset.on": [True, False]}, "design": "grid"},
        {"vary": {"organization.pace": [1.0, 9]}, "design": "grid"},
    ]
    assert paths(comity.sweep(small, blocks=blocks)) == [
        {"levers.sunset.on": True}, {"levers.sunset.on": False}, {"organization.pace": 1.0}, {"organization.pace": 9.0},
    ]  # fmt: skip


def test_what_is_named_in_python_replaces_what_the_section_varies(small: comity.Scenario) -> None:
    said = small.with_({"sweep": {"blocks": [{"vary": {"run.years": [1, 2]}, "design": "grid"}], "runs": 7}})
    sweep = comity.sweep(said, {"levers.sunset.on": [True]}, design="grid")
    assert paths(sweep) == [{"levers.sunset.on": True}]
    assert sweep.manifest.runs == 7


def test_crossed_blocks_hold_every_point_of_one_with_every_point_of_the_other(small: comity.Scenario) -> None:
    blocks = [
        {"vary": {"package": ["baseline", "rigid"]}, "design": "grid"},
        {"vary": SUNSET, "design": "sobol", "n": 4},
    ]
    found = paths(comity.sweep(small, blocks=blocks, combine="crossed"))
    assert [row["package"] for row in found] == ["baseline"] * 4 + ["rigid"] * 4
    strengths = [row["levers.sunset.strength"] for row in found]
    assert strengths[:4] == strengths[4:]
    with pytest.raises(ScenarioError, match="varies in two crossed blocks"):
        comity.sweep(small, blocks=[blocks[1], blocks[1]], combine="crossed").plan()


def test_points_from_a_file_may_leave_cells_to_the_scenario(small: comity.Scenario, tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text("extends: mercosur\nsweep: {csv: points.csv}\n", encoding="utf-8")
    (tmp_path / "points.csv").write_text(
        "levers.sunset.on,levers.sunset.strength,package,levers.sunset.from\ntrue,1,rigid,\nfalse,0.5,,1997Q2\n",
        encoding="utf-8",
    )
    assert paths(comity.sweep(tmp_path / "mine.yaml")) == [
        {"levers.sunset.on": True, "levers.sunset.strength": 1.0, "package": "rigid"},
        {"levers.sunset.on": False, "levers.sunset.strength": 0.5, "levers.sunset.from": "1997Q2"},
    ]


def test_a_file_of_points_tells_every_header_that_leads_nowhere(small: comity.Scenario, tmp_path: Path) -> None:
    file = tmp_path / "points.csv"
    file.write_text("levers.sunse.on,organization.pac\ntrue,1\n", encoding="utf-8")
    with pytest.raises(ScenarioError) as error:
        comity.sweep(small, csv=file).plan()
    assert told(error) == [
        f'{file}:1:1: levers.sunse.on: no "sunse" in levers; did you mean "sunset"?',
        f'{file}:1:2: organization.pac: no "pac" in organization; did you mean "pace"?',
    ]
    with pytest.raises(ScenarioError, match="No such file"):
        comity.sweep(small, csv=tmp_path / "absent.csv")


@pytest.mark.parametrize(
    "levels",
    [[True, False], [1, 2], [0.5, 1.5], ["a", "b"], [["trade"], ["trade", "money"]], ["all", ["trade"]],
     [None, "a"], [3, None]],
)  # fmt: skip
def test_a_table_of_points_gives_back_what_went_in(small: comity.Scenario, levels: list[Any]) -> None:
    sweep = comity.sweep(small, {"levers.sunset.areas": levels, **SUNSET}, design="random", n=9)
    codings = {f.column: coding(c) for f, c in zip(sweep.points.factors, sweep.points.columns, strict=True)}
    again = Points.of(sweep.points.factors, codings, sweep.points.table())
    assert [again.values(k) for k in range(9)] == paths(sweep)


def test_names_of_columns_are_short_legal_and_never_the_same() -> None:
    asked = ["levers.sunset.on", "forces.sunset.on", "in", "organization.pace", "region.members.DEU.trust",
             "shocks.events.a-very-long-name-of-something.size", "shocks.events.a-very-long-name-of-somebody.size",
             "levers.trust.seed"]  # fmt: skip
    names = column_names(asked, ["trust_seed"])
    assert names["levers.sunset.on"] == "sunset_on"
    assert names["region.members.DEU.trust"] == "deu_trust"
    assert len(set(names.values())) == len(asked)
    assert all(name.isidentifier() and len(name) <= 32 and name != "trust_seed" for name in names.values())


def test_a_kept_design_can_be_had_in_the_unit_cube(small: comity.Scenario) -> None:
    sweep = comity.sweep(small, {**SUNSET, "organization.pace": {"uniform": [2, 4]}}, design="saltelli", n=4)
    units, design = sweep.units(), sweep.design()
    assert units[:, 0].tolist() == design.sunset_strength.tolist()
    assert (2 + 2 * units[:, 1]).tolist() == design.organization_pace.tolist()
    with pytest.raises(ValueError, match="no unit cube: the design is grid"):
        comity.sweep(small, {"run.years": [1, 2]}, design="grid").units()


# What is wrong is told at once


def test_every_point_that_cannot_be_is_told_with_its_number_and_key(small: comity.Scenario) -> None:
    vary = {
        "levers.sunset.strength": [0.5, 1.5],
        "levers.sunset.on": [True, 2],
        "run.years": [3, 400],
        "organization.rule": ["consensus", "anarchy"],
    }
    with pytest.raises(ScenarioError) as error:
        comity.sweep(small, vary, design="zip").plan()
    said = "\n".join(told(error))
    assert "point 1: levers.sunset.strength: is 1.5, but must lie between 0 and 1" in said
    assert "point 1: levers.sunset.on: is 2, but needs true or false" in said
    vary = {"run.years": [3, 400], "organization.rule": ["consensus", "anarchy"]}
    with pytest.raises(ScenarioError) as error:
        comity.sweep(small, vary, design="grid").plan()
    said = "\n".join(told(error))
    assert "point 2: run.years: is 400, but must lie between 1 and 200" in said
    assert "(and 1 more points)" in said
    assert "point 1: organization.rule: is" in said


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ({"vary": {"levers.sunse.on": [True]}}, 'did you mean "sunset"'),
        ({"vary": {"package": ["rigd"]}}, 'no scenario or file named "rigd"; did you mean "rigid"'),
        ({"vary": SUNSET, "n": 100}, "not a power of two; did you mean 128"),
        ({"vary": SUNSET, "design": "sobl"}, 'did you mean "sobol"'),
        ({"vary": {"levers.sunset.strength": 0.5}}, "needs a list of values, or a prior"),
        ({"vary": {}}, "nothing varies"),
        ({"vary": SUNSET, "csv": "x.csv"}, "No such file|stands beside vary"),
        ({"vary": SUNSET, "design": "zip"}, "needs a list of values in a zip"),
    ],
)
def test_a_wrong_design_teaches(small: comity.Scenario, more: dict[str, Any], reason: str) -> None:
    with pytest.raises(ScenarioError, match=reason):
        comity.sweep(small, **more).plan()


def test_a_scenario_without_a_sweep_section_says_what_to_write(small: comity.Scenario) -> None:
    with pytest.raises(ScenarioError, match="name under vary what varies"):
        comity.sweep(small)


# The short way is the long way


EVERYTHING: dict[str, Any] = {
    "levers.sunset.on": [True, False],
    "levers.sunset.strength": {"uniform": [0.0, 1.0]},
    "levers.waiver.strength": [0.2, 0.9],
    "levers.sunset.term": {"uniform": [2.0, 12.0]},
    "forces.elections.salience": None,
    "organization.pace": {"normal": [6.0, 2.0]},
    "organization.due": {"uniform": [1.0, 4.0]},
    "organization.notice": {"uniform": [0.5, 2.0]},
    "organization.budget": {"lognormal": [0.001, 0.5]},
    "organization.acquis_measures": {"uniform": [50, 150]},
    "region.members.BRA.trust": {"uniform": [0.2, 0.6]},
    "region.acquis.trade": {"uniform": [0.2, 0.6]},
    "areas.trade.sensitivity": {"uniform": [0.2, 0.6]},
    "organization.rule": ["consensus", "qualified_majority"],
    "levers.sunset.from": ["1996Q1", "1995Q3"],
    "levers.capacity_building.members": ["all", ["BRA"]],
    "package": ["baseline", "rigid", "respectful"],
    "run.uncertainty": ["none", "contested", "all"],
}


def everything(scenario: comity.Scenario) -> dict[str, Any]:
    """Every kind of path, with one real number of a force."""
    declared = scenario.catalogue.declarations()
    force = next(path for path in declared if path.startswith("forces."))
    number = declared[force].parameter
    wanted = {force: {"uniform": [number.low, number.high]}}
    return {path: values for path, values in EVERYTHING.items() if values is not None} | wanted


def test_a_point_written_into_its_group_is_the_day_that_its_scenario_would_make(small: comity.Scenario) -> None:
    sweep = comity.sweep(small, everything(small), design="latin", n=24)
    player = sweep.chunks.player
    place = Workspace(player)
    ready = player.prepared(sweep.points)
    for k in range(24):
        setting = ready.setting(k)
        day = begin(player.scenario(sweep.points.values(k)))
        place._enter(setting.group)
        place._write(setting)
        assert np.array_equal(place.day.buffer, day.world.buffer), k
        assert np.array_equal(place.twin_day.buffer, day.twin.buffer), k
        assert np.array_equal(place.world.plan, day.world.plan), k
        assert np.array_equal(setting.group.day.draws, day.draws), k
        for name in ("aims_member", "aims_area", "ties", "shocks", "spillovers"):
            assert np.array_equal(getattr(place.world, name), getattr(day.world, name)), (k, name)


def test_every_row_run_again_alone_is_the_same_to_the_bit(small: comity.Scenario, tmp_path: Path) -> None:
    sweep = comity.sweep(small, everything(small), design="latin", n=24, runs=2)
    assert sweep.run(tmp_path, workers=2).failed == 0
    rows = sweep.results().set_index("run_id")
    for run_id in range(0, 48, 5):
        again = sweep.rerun(run_id).outcomes
        kept = rows.loc[run_id, list(again)].to_numpy("f8")
        assert np.array_equal(kept, np.array(list(again.values())), equal_nan=True), run_id
    with pytest.raises(IndexError, match="there are 0 to 47"):
        sweep.rerun(48)


def test_a_package_and_a_calendar_are_laid_over_the_scenario(tmp_path: Path) -> None:
    base = comity.load("asean").with_({"run.years": 1})
    mine = tmp_path / "mild.yaml"
    mine.write_text("shocks: {events: {slump: {kind: economic, from: 1994Q1, until: 2030Q4}}}\n", encoding="utf-8")
    vary = {"package": ["baseline", "rigid"], "calendar": ["none", str(mine)], "organization.depth": [0.1]}
    sweep = comity.sweep(base, vary, design="grid", runs=1)
    scenarios = [sweep.scenario(k) for k in range(4)]
    assert [each.value("organization.pace") for each in scenarios] == [base.value("organization.pace")] * 2 + [10.0] * 2
    assert ["slump" in each.value("shocks.events") for each in scenarios] == [False, True, False, True]
    assert {each.value("organization.depth") for each in scenarios} == {0.1}
    sweep.run(tmp_path / "kept")
    mine.unlink()
    assert Sweep.open(tmp_path / "kept").scenario(3) == scenarios[3]


def test_runs_of_any_length_and_luck_go_together_in_a_sweep(small: comity.Scenario, tmp_path: Path) -> None:
    vary = {"run.years": [1, 2], "run.seed": [1, 7], "region.synthetic.members": [4, 5]}
    few = small.with_({"region.synthetic.members": 4})
    sweep = comity.sweep(few, vary | {"organization.pace": {"uniform": [3, 9]}}, design="random", n=12, runs=2)
    assert sweep.run(tmp_path, workers=2).failed == 0
    rows = sweep.results()
    assert rows.seed.tolist() == rows.run_seed.tolist()
    for run_id in (0, 5, 11, 18, 23):
        again = sweep.rerun(run_id).outcomes
        kept = rows.loc[run_id, list(again)].to_numpy("f8")
        assert np.array_equal(kept, np.array(list(again.values())), equal_nan=True), run_id


def test_luck_is_the_same_at_every_point(small: comity.Scenario, tmp_path: Path) -> None:
    sweep = comity.sweep(small, {"organization.pace": [3.0, 3.0, 4.0]}, design="zip", runs=3)
    sweep.run(tmp_path)
    rows = sweep.results()
    first, second, third = (rows[rows.design_id == k].trust.tolist() for k in range(3))
    assert first == second != third
    assert len(set(first)) == 3


def test_points_that_state_different_figures_do_not_share_a_twin(small: comity.Scenario) -> None:
    paths = [f"region.members.{code}.preference" for code in ("BRA", "ARG")]
    even = small.with_(dict.fromkeys(paths, 0.3))
    blocks = [{"vary": {path: [0.3, 0.8]}, "design": "grid"} for path in paths]
    sweep = comity.sweep(even, blocks=blocks)
    ready = sweep.chunks.player.prepared(sweep.points)
    wishes = [ready.setting(k).wish for k in range(4)]
    assert wishes[0][0] == wishes[2][0]
    assert len({wishes[1], wishes[3]}) == 2


def test_no_number_of_a_lever_is_felt_by_the_twin_that_pulls_none() -> None:
    base = comity.load("mercosur").with_({"run.years": 4})
    changes: dict[str, Any] = {}
    for path, number in base.catalogue.declarations().items():
        if path.startswith("levers."):
            middle = number.default == number.parameter.high
            changes[path] = number.parameter.low if middle else number.parameter.high
    plain, changed = begin(base.with_({"run.uncertainty": "none"})), None
    changed = begin(base.with_({"run.uncertainty": "none", **changes}))
    assert not np.array_equal(plain.twin.buffer, changed.twin.buffer)
    assert engine.wish_key(plain) == engine.wish_key(changed)
    engine.ready()
    wishes = [engine.Runner([day]).wished(0, 1, 3).tobytes() for day in (plain, changed)]
    assert wishes[0] == wishes[1]
    assert engine.wish_key(begin(base.with_({"organization.depth": 0.9}))) != engine.wish_key(begin(base))
