"""Results are kept with what they are, drawn, and summed up with intervals that can be trusted."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
import scipy.stats

import comity
from comity.runs import Ensemble, Run, interval, store

YEARS = 4


@pytest.fixture(scope="module")
def small() -> comity.Scenario:
    return comity.load("mercosur").with_({"run.years": YEARS})


@pytest.fixture(scope="module")
def ten() -> comity.Scenario:
    """Twenty years of coups, threats and exits."""
    return comity.load("ecowas")


@pytest.fixture(scope="module")
def run(ten: comity.Scenario) -> Run:
    return ten.run(seed=3)


@pytest.fixture(scope="module")
def ensemble(small: comity.Scenario) -> Ensemble:
    return small.ensemble(runs=6, seed=5, series=True)


# Intervals


@pytest.mark.parametrize("freedom", [1, 2, 3, 4, 7, 19, 30, 99, 398])
def test_student_s_quantile_is_that_of_scipy(freedom: int) -> None:
    assert interval.student(freedom) == pytest.approx(scipy.stats.t.ppf(0.975, freedom), rel=1e-8)
    assert interval.student(freedom, 0.9) == pytest.approx(scipy.stats.t.ppf(0.95, freedom), rel=1e-8)


def test_many_degrees_of_freedom_are_as_good_as_normal() -> None:
    assert interval.student(interval.LARGE) == pytest.approx(scipy.stats.t.ppf(0.975, interval.LARGE), rel=4e-3)


def test_runs_without_a_value_are_left_out_of_a_spread() -> None:
    some = interval.spread([1.0, math.nan, 3.0])
    assert (some.mean, some.runs) == (2.0, 2)
    none = interval.spread([math.nan, math.nan])
    assert none.runs == 0
    assert math.isnan(none.mean)
    one = interval.spread([4.0])
    assert (one.mean, one.low, one.high) == (4.0, 4.0, 4.0)
    assert math.isnan(one.mean_low)


def test_quantiles_leave_out_what_is_missing() -> None:
    values = np.array([[1.0, math.nan, math.nan], [3.0, 5.0, math.nan]])
    mean, low, high = interval.quantiles(values)
    assert mean[:2].tolist() == [2.0, 5.0]
    assert (low[1], high[1]) == (5.0, 5.0)
    assert np.isnan([mean[2], low[2], high[2]]).all()
    full = np.random.default_rng(1).random((7, 4))  # a table to average, not luck of a run
    assert np.allclose(interval.quantiles(full)[1], np.quantile(full, 0.05, axis=0))


# Kept results


def test_a_kept_result_can_be_read_and_run_again(ensemble: Ensemble, tmp_path: Path) -> None:
    folder = ensemble.save(tmp_path / "kept")
    manifest = json.loads((folder / store.MANIFEST).read_text("utf-8"))
    assert {*manifest["files"], store.MANIFEST} == {path.name for path in folder.iterdir()}
    outcomes = pd.read_parquet(folder / "outcomes.parquet").set_index("run")
    pd.testing.assert_frame_equal(outcomes, ensemble.outcomes, check_index_type=False)
    again = comity.load(folder / "scenario.yaml").ensemble(runs=manifest["runs"], seed=manifest["seed"])
    assert again.digest == manifest["digest"] == ensemble.digest
    assert len(pd.read_parquet(folder / "series.parquet")) == 6 * 4 * YEARS
    assert set(pd.read_parquet(folder / "members.parquet")["run"]) == {0}
    words = pd.read_csv(folder / "dictionary.csv")
    assert list(words.columns) == ["table", "column", "unit", "means"]


def test_a_run_keeps_its_own_number(small: comity.Scenario, tmp_path: Path) -> None:
    folder = small.run(seed=1, run=12).save(tmp_path)
    for name in store.TABLES:
        assert set(pd.read_parquet(folder / name)["run"]) == {12}, name


def test_another_result_is_overwritten_on_request_alone(small: comity.Scenario, tmp_path: Path) -> None:
    small.run(seed=1).save(tmp_path)
    small.run(seed=1).save(tmp_path)
    with pytest.raises(store.FolderTaken, match=r"another result \(mercosur, seed 1, 1 runs\)"):
        small.run(seed=2).save(tmp_path)
    small.run(seed=2).save(tmp_path, force=True)
    assert json.loads((tmp_path / store.MANIFEST).read_text("utf-8"))["seed"] == 2


def test_a_folder_of_other_things_is_never_written_to(small: comity.Scenario, tmp_path: Path) -> None:
    (tmp_path / "thesis.docx").touch()
    with pytest.raises(store.FolderTaken, match="holds other files"):
        small.run(seed=1).save(tmp_path, force=True)
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.docx"]


def test_a_result_that_could_not_be_written_leaves_no_manifest_and_no_half_file(
    small: comity.Scenario, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(store, "_write_dictionary", full)
    with pytest.raises(OSError, match="No space"):
        small.run(seed=1).save(tmp_path)
    assert list(tmp_path.iterdir()) == []
    monkeypatch.undo()
    small.run(seed=1).save(tmp_path)
    assert (tmp_path / store.MANIFEST).exists()


# Pictures


def test_results_draw_themselves(run: Run, ensemble: Ensemble, small: comity.Scenario, tmp_path: Path) -> None:
    pair = comity.compare(small, small.with_({"levers.waiver.on": True}), runs=3, seed=1, series=True)
    for name, draw in {
        "fan": run.plot.fan, "many": ensemble.plot.fan, "both": pair.plot.fan,
    }.items():  # fmt: skip
        assert draw("trust", tmp_path / f"{name}.svg").alt
    for name, page in {"story": run.plot.story, "page": ensemble.plot.page, "pair": pair.plot.page}.items():
        assert page(tmp_path / f"{name}.png").alt
        assert (tmp_path / f"{name}.png").stat().st_size > 10_000
