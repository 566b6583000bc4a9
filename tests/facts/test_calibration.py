"""A calibration finds parameters that it was not told, says which it cannot find, and goes on after a stop."""

from __future__ import annotations

import dataclasses
import json
import re
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from shells import Shell

import comity
from comity.calibration import (
    Calibration,
    Free,
    Target,
    calibrate,
    coverage,
    declaring,
    emulator,
    from_stored,
    matching,
    read,
    rejection,
    screen,
)
from comity.calibration.elsewhere import Distance, Simulator
from comity.calibration.seen import seen
from comity.calibration.stages import Stage
from comity.parameter import Normal
from comity.sweeps import WrongFolder
from comity.sweeps.factors import Factor

FILE = """
title: A fit for tests
seed: 7
waves: 1
points: 64
last: 160
runs: 2
truths: 24
trials: 4
check: 8
accepted: 0.2
worlds:
  market: {scenario: eu, set: {run.years: 5, run.uncertainty: none}}
targets:
  T4: {world: market, outcome: trust, value: 0.4, sd: 0.01, low: 0.35, high: 0.45, source: made up}
  C2: {world: market, outcome: implementation_true, value: 0.6, sd: 0.03, low: 0.5, high: 0.7, source: made up}
  W3: {world: market, outcome: exit_rate, value: 0.001, kind: rate, exposure: 1000, low: 0, high: 0.01, source: x}
free:
  forces.shocks.debt_loading: {uniform: [0.0, 0.03]}
  forces.implementation.level: {normal: [-0.8, 0.6]}
  forces.elections.grievance_pull: declared
"""


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("calibration") / "small.yaml"
    path.write_text(FILE, "utf-8")
    return path


@pytest.fixture
def shell(capsys: pytest.CaptureFixture[str]) -> Shell:
    """A shell that types commands in this process."""
    return Shell(capsys)


@pytest.fixture(scope="module")
def kept(file: Path) -> Path:
    folder = file.parent / "fit"
    calibrate(file, folder, workers=1)
    return folder


# A world of our own, whose parameters are known: two facts, three parameters of which one is seen by no fact


def made_up(truth: tuple[float, float] = (0.8, 0.3), error: float = 0.05) -> Calibration:
    free = tuple(
        Free(f"forces.none.{name}", Factor(name, name, None, ("uniform", 0.0, 1.0)), 0.5, True) for name in "abc"
    )
    values = (truth[0] + truth[1], truth[0] - truth[1])
    targets = tuple(
        Target(name, "w", name, value, error, "linear", "history", 0.0, value - 0.1, value + 0.1, "made up")
        for name, value in zip(("sum", "gap"), values, strict=True)
    )
    return Calibration("made-up", "made up", 3, {}, 3.0, 0.1, {}, targets, free)


def played(units: Any, luck: Any, runs: int = 2) -> Stage:
    """The sum and the difference of the first two parameters, with luck."""
    clean = np.stack([units[:, 0] + units[:, 1], units[:, 0] - units[:, 1]], axis=1)
    values = clean[:, None, :] + 0.05 * luck.standard_normal((len(units), runs, 2))
    return Stage(units, values, values)


def drawn(n: int = 1500) -> tuple[Calibration, Stage]:
    luck = np.random.Generator(np.random.Philox(5))
    return made_up(), played(luck.uniform(0.0, 1.0, (n, 3)), luck)


def test_the_posterior_lies_where_the_truth_is() -> None:
    what, stage = drawn()
    posterior = rejection.fit(rejection.draws(what, stage), rejection.observed(what), what.accepted)
    for j, truth in enumerate((0.8, 0.3)):
        low, middle, high = posterior.quantiles(j, (0.05, 0.5, 0.95))
        assert low < truth < high
        assert abs(middle - truth) < 0.06
        assert high - low < 0.35


def test_adjustment_brings_the_middle_nearer_and_the_spread_down() -> None:
    what, stage = drawn()
    given, facts = rejection.draws(what, stage), rejection.observed(what)
    posterior = rejection.fit(given, facts, 0.5)
    plain = given.units[posterior.kept]
    assert abs(posterior.quantiles(0, 0.5) - 0.8) < 0.5 * abs(np.median(plain[:, 0]) - 0.8)
    assert posterior.units[:, 0].std() < plain[:, 0].std()
    assert ((posterior.units > 0.0) & (posterior.units < 1.0)).all()


def test_equal_weights_are_worth_their_number_and_one_heavy_draw_is_worth_one() -> None:
    def worth(weights: list[float]) -> float:
        return rejection.Posterior(np.zeros((len(weights), 1)), np.array(weights), None).effective

    assert worth([0.25] * 4) == pytest.approx(4.0)
    assert worth([1.0, 0.0, 0.0]) == pytest.approx(1.0)


def test_a_parameter_that_no_fact_sees_keeps_its_prior_and_is_named() -> None:
    what, stage = drawn()
    given, facts = rejection.draws(what, stage), rejection.observed(what)
    posterior = rejection.fit(given, facts, what.accepted)
    found = seen(what, matching.Wave.of(what, stage), given, facts, posterior)
    assert [found.seers(j) != [] for j in range(3)] == [True, True, False]
    assert [found.spoken(j) for j in range(3)] == [True, True, False]
    assert found.shrinkage[0] > 0.5 and abs(found.shrinkage[2]) < 0.1
    assert found.without[0, 0] < found.shrinkage[0]  # the other fact alone says less


def test_a_fact_that_leaves_only_the_sum_known_ties_the_parameters_together() -> None:
    what, stage = drawn()
    what = dataclasses.replace(what, targets=what.targets[:1])
    stage = Stage(stage.units, stage.values[:, :, :1], stage.seen[:, :, :1])
    given, facts = rejection.draws(what, stage), rejection.observed(what)
    posterior = rejection.fit(given, facts, what.accepted)
    found = seen(what, matching.Wave.of(what, stage), given, facts, posterior)
    (pair, *_) = found.pairs()
    assert pair[:2] == (0, 1) and pair[2] < -0.7


def test_intervals_hold_made_up_truths_as_often_as_they_say() -> None:
    what, stage = drawn()
    found = coverage.coverage(rejection.draws(what, stage), 120, what.accepted, 1)
    assert found.overall(0.9) == pytest.approx(0.9, abs=0.06)
    assert found.overall(0.5) == pytest.approx(0.5, abs=0.09)
    assert (found.evenness() < 1.4 * found.bound).all()
    assert (found.error[:2] < 0.5 * found.prior_error[:2]).all()  # it learns
    assert found.error[2] > 0.8 * found.prior_error[2]  # and does not claim to, where it cannot


def test_intervals_that_are_too_narrow_are_found_out() -> None:
    what, stage = drawn()
    given = rejection.draws(what, stage)
    sure = dataclasses.replace(given, facts=given.facts + 0.0)
    sure.facts[:, :] = np.stack([stage.units[:, 0] + stage.units[:, 1], stage.units[:, 0] - stage.units[:, 1]], 1)[
        given.point
    ]  # draws that hide how much luck there is
    luck = np.random.Generator(np.random.Philox(9))
    held = []
    for pick in luck.choice(len(given.facts), 60, replace=False):
        found = rejection.fit(sure.without(int(given.point[pick])), given.facts[pick], what.accepted)
        held.append(abs(found.weights @ (found.units < given.units[pick]) - 0.5)[:2] <= 0.45)
    assert np.mean(held) < 0.8


def test_waves_throw_out_what_is_far_and_keep_the_truth() -> None:
    what, stage = drawn(400)
    wave = matching.Wave.of(what, stage)
    units, share = matching.places(1, "test", 300, 3, [wave], what.cut)
    assert 0.02 < share < 0.5
    assert matching.possible(np.array([[0.8, 0.3, 0.9], [0.1, 0.9, 0.9]]), [wave], what.cut).tolist() == [True, False]
    assert abs(np.median(units[:, 0] + units[:, 1]) - 1.1) < 0.1
    assert units[:, 2].std() > 0.25


def test_a_target_that_nothing_can_meet_is_told() -> None:
    what, stage = drawn(400)
    far = dataclasses.replace(what, targets=(dataclasses.replace(what.targets[0], value=9.0), what.targets[1]))
    with pytest.raises(ValueError, match="cannot meet these targets"):
        matching.places(1, "test", 300, 3, [matching.Wave.of(far, stage)], far.cut)


def test_the_emulator_knows_its_coefficients_and_its_error() -> None:
    luck = np.random.Generator(np.random.Philox(1))
    units = luck.uniform(0.0, 1.0, (600, 4))
    x = 2.0 * units - 1.0
    y = 1.0 + 2.0 * x[:, 0] - x[:, 1] ** 2 + x[:, 0] * x[:, 2] + 0.1 * luck.standard_normal(600)
    found = emulator.emulate(units, y)
    assert found.left == pytest.approx(0.01, rel=0.3)
    assert found.explained > 0.98
    assert found.reach(0) ** 2 == pytest.approx(4.0 / 3.0 + 1.0 / 9.0, rel=0.05)  # alone, and with the third
    assert found.reach(3) < 0.05
    fresh = luck.uniform(0.0, 1.0, (200, 4))
    z = 2.0 * fresh - 1.0
    apart = found.at(fresh) - (1.0 + 2.0 * z[:, 0] - z[:, 1] ** 2 + z[:, 0] * z[:, 2])
    assert np.abs(apart).max() < 0.1


def test_a_rate_is_counted_over_all_runs_of_a_point_and_over_the_exposure_of_its_source() -> None:
    target = Target("W3", "w", "exits", 0.001, 0.0, "sqrt", "rate", 1000.0, 0.0, 0.01, "made up")
    what = dataclasses.replace(made_up(), targets=(target,))
    values = np.full((4000, 2, 1), 0.004)
    stage = Stage(np.full((4000, 3), 0.5), values, np.sqrt(values))
    counts = rejection.draws(what, stage).facts[:, 0] ** 2 * 1000.0 - 0.25
    assert np.allclose(counts, np.round(counts))
    assert counts.mean() == pytest.approx(4.0, abs=0.15)
    assert counts.var() == pytest.approx(4.0, abs=0.4)
    assert rejection.observed(what)[0] ** 2 * 1000.0 - 0.25 == pytest.approx(1.0)


# The real thing, small


def test_a_fit_that_was_killed_goes_on_and_gives_the_same_bytes(kept: Path, file: Path, tmp_path: Path) -> None:
    again = tmp_path / "again"
    shutil.copytree(kept, again)
    for name in ("fit.json", "posterior.csv", "fit.html"):
        (again / name).unlink()
    shutil.rmtree(again / "last" / "market")
    shutil.rmtree(again / "predicted")
    kept_trials = (again / "trials" / "trials.jsonl").read_text().splitlines()
    (again / "trials" / "trials.jsonl").write_text("\n".join(kept_trials[:2]) + "\n")
    shutil.rmtree(again / "trials" / "3")
    calibrate(file, again, workers=2)
    for name in ("fit.json", "posterior.csv", "fit.html"):
        assert (again / name).read_bytes() == (kept / name).read_bytes(), name


def test_the_fit_moves_the_parameter_that_its_target_asks_for(kept: Path) -> None:
    told = json.loads((kept / "fit.json").read_text())
    by_path = {each["path"]: each for each in told["parameters"]}
    level = by_path["forces.implementation.level"]
    assert level["middle"] < level["default"] and "C2" in level["seen_by"]
    assert by_path["forces.elections.grievance_pull"]["seen_by"] == []
    target = {each["id"]: each for each in told["targets"]}["C2"]
    assert abs(target["after"] - target["value"]) < abs(target["before"] - target["value"])
    assert target["accepted"] > target["accepted_prior"]


def test_the_page_names_misses_and_what_no_fact_sees(kept: Path) -> None:
    page = (kept / "fit.html").read_text("utf-8")
    assert page.count("data:image/png;base64") == 2
    (silent,) = re.findall("They do not speak to (.*?): there the posterior is the prior", page)
    assert "elections.grievance_pull" in silent and "implementation.level" not in silent
    assert re.search(r"Seen by one fact alone: .*implementation.level \(by C2\)", page)
    assert re.search("Missed: .*C2", page) or "None is missed" in page


def test_a_folder_of_another_fit_is_refused(kept: Path, file: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.yaml"
    other.write_text(file.read_text().replace("value: 0.6", "value: 0.61"))
    with pytest.raises(WrongFolder, match="another calibration"):
        calibrate(other, kept)
    with pytest.raises(WrongFolder, match="other files"):
        calibrate(file, file.parent)


def test_the_command_tells_what_was_found(kept: Path, file: Path, shell: Shell) -> None:
    assert shell("calibrate", str(file), "--out", str(kept), "--workers", "1") == 0, shell.err
    assert "targets" in shell.out and "implementation.level" in shell.out
    told = shell.document("calibrate", str(file), "--out", str(kept))
    assert {each["id"] for each in told["targets"]} == {"T4", "C2", "W3"}


def test_everything_that_is_wrong_with_a_file_is_told_at_once(tmp_path: Path) -> None:
    path = tmp_path / "wrong.yaml"
    text = FILE.replace("outcome: trust", "outcome: trst").replace("shocks.debt_loading:", "shocks.dept_loading:")
    text = text.replace("sd: 0.03, ", "").replace("grievance_pull: declared", "dead_zone: declared")
    path.write_text(text)
    with pytest.raises(comity.ScenarioError) as caught:
        read(path)
    told = "\n".join(str(each) for each in caught.value.problems)
    for part in ('"trst" is no outcome; did you mean "trust"?', "lacks sd", "dept_loading", "has no declared prior"):
        assert part in told
    assert told.count(f"{path}:") == len(caught.value.problems)


def test_a_number_that_a_world_states_itself_is_not_fitted(tmp_path: Path) -> None:
    path = tmp_path / "wrong.yaml"
    path.write_text(FILE.replace("run.years: 5,", "run.years: 5, forces.shocks.debt_loading: 0.01,"))
    with pytest.raises(comity.ScenarioError, match="market states it itself"):
        read(path)


def test_another_tool_gets_one_history_with_the_sources_error_and_the_same_for_the_same_parameters(file: Path) -> None:
    what = read(file)
    simulate = Simulator(what, rate_runs=2)
    defaults = {each.path: each.default for each in what.free}
    one = simulate(defaults)
    assert set(one) == {"T4", "C2", "W3"} and simulate(defaults) == one
    assert simulate({**defaults, "forces.implementation.level": -3.0})["C2"] < one["C2"]
    apart = Distance({each.id: each.error for each in what.targets})
    assert apart(one, one) == 0.0 and apart(one, {**one, "T4": one["T4"] + 0.02}) == pytest.approx(2.0)


def test_a_kept_sweep_over_the_priors_is_fitted_without_new_runs(file: Path, tmp_path: Path) -> None:
    what = read(file)
    vary = {each.path: each.factor.document()["prior"] for each in what.free}
    base = what.worlds["market"].with_({"outcomes": what.outcomes("market")})
    comity.sweep(base, vary, "sobol", 64, 2).run(tmp_path / "kept", workers=1)
    posterior = from_stored(what, {"market": tmp_path / "kept"})
    level = [each.path for each in what.free].index("forces.implementation.level")
    assert posterior.quantiles(level, 0.5) < 0.45  # less than is implemented by default was asked for
    with pytest.raises(ValueError, match="no sweep is named for the world market"):
        from_stored(what, {})
    comity.sweep(base, {**vary, "forces.publics.growth": {"normal": [0.001, 0.0004]}}, "sobol", 64, 2).run(
        tmp_path / "more", workers=1
    )
    with pytest.raises(ValueError, match="does not vary the free parameters"):
        from_stored(what, {"market": tmp_path / "more"})


def test_walks_through_the_priors_tell_which_parameters_matter(file: Path, tmp_path: Path) -> None:
    rows = screen(read(file), tmp_path, walks=6, runs=2).table().set_index("parameter")
    assert rows.loc["forces.implementation.level", "C2"] > 5 * rows.loc["forces.elections.grievance_pull", "C2"]
    assert rows.loc["forces.shocks.debt_loading", "T4"] > 3 * rows.loc["forces.shocks.debt_loading", "C2"]
    assert rows.loc["forces.implementation.level", "matters"]
    assert not rows.loc["forces.elections.grievance_pull", "matters"]


def test_pyabc_takes_the_calibration(file: Path) -> None:
    pytest.importorskip("pyabc")
    from comity.calibration.elsewhere import to_pyabc

    problem = to_pyabc(read(file), rate_runs=2)
    point = problem.prior.rvs()
    assert problem.distance(problem.model(point), problem.observed) > 0.0


def test_a_posterior_becomes_a_declaration_only_where_a_fact_speaks() -> None:
    one = {"path": "forces.consent.level", "middle": -3.14159, "sd": 0.27182, "spoken": True,
           "seen_by": ["R7b", "R7a", "C6"]}  # fmt: skip
    document = {"parameters": [one, {**one, "path": "forces.publics.growth", "spoken": False}]}
    told = declaring.declarations(document)
    assert list(told) == ["forces.consent.level"]
    level = told["forces.consent.level"]
    assert (level.default, level.prior) == (-3.14, Normal(-3.14, 0.272))
    assert level.source == "fitted to C6, R7: calibration/fitted.json"
