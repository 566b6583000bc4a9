"""Designs put points where theory wants them: one to a slice, nets, walks of one step, one column changed."""

from __future__ import annotations

import math

import numpy as np
import pytest
import SALib.analyze.morris
import SALib.analyze.sobol
import scipy.stats

from comity.sweeps import designs
from comity.sweeps.factors import Column, Factor

SEED = 5


def test_luck_is_uniform_and_has_an_address() -> None:
    luck = designs.uniforms(SEED, designs.UNIT, 4000, 3)
    assert (luck > 0).all()
    assert (luck < 1).all()
    assert min(scipy.stats.kstest(luck[:, j], "uniform").pvalue for j in range(3)) > 1e-4
    assert np.array_equal(luck[:10], designs.uniforms(SEED, designs.UNIT, 10, 3))
    assert not np.array_equal(luck[:10], designs.uniforms(SEED + 1, designs.UNIT, 10, 3))
    assert not np.array_equal(luck[:10], designs.uniforms(SEED, designs.SHIFT, 10, 3))


def test_a_latin_hypercube_has_one_point_in_each_slice_of_every_factor() -> None:
    n = 50
    points = designs.units("latin", SEED, n, 4)
    for j in range(4):
        assert sorted((points[:, j] * n).astype(int)) == list(range(n))


@pytest.mark.parametrize("n", [2, 64, 1024])
def test_sobol_s_points_are_a_net_after_their_digits_are_turned(n: int) -> None:
    points = designs.units("sobol", SEED, n, 6)
    assert points.min() > 0
    assert points.max() < 1
    for j in range(6):
        assert sorted((points[:, j] * n).astype(int)) == list(range(n))
    if n == 64:  # in base 2 the first two dimensions are a (0, 6, 2)-net: one point in every box of volume 1/64
        for a in range(7):
            boxes = {(int(p * 2**a), int(q * 2 ** (6 - a))) for p, q in points[:, :2]}
            assert len(boxes) == 64


def test_sobol_wants_a_power_of_two_and_says_which() -> None:
    with pytest.raises(designs.WrongDesign, match="is 100, not a power of two; did you mean 128") as told:
        designs.units("sobol", SEED, 100, 2)
    assert told.value.key == "n"


def test_halton_s_points_are_spread_better_than_luck() -> None:
    def discrepancy(points: np.ndarray) -> float:
        return float(scipy.stats.qmc.discrepancy(points))

    assert discrepancy(designs.units("halton", SEED, 256, 3)) < discrepancy(designs.units("random", SEED, 256, 3)) / 3


def ishigami(points: np.ndarray) -> np.ndarray:
    x = math.pi * (2 * points - 1)
    told: np.ndarray = np.sin(x[:, 0]) + 7 * np.sin(x[:, 1]) ** 2 + 0.1 * x[:, 2] ** 4 * np.sin(x[:, 0])
    return told


@pytest.mark.parametrize("second", [True, False])
def test_saltelli_s_points_stand_in_the_order_that_salib_analyses(second: bool) -> None:
    points = designs.units("saltelli", SEED, 4096, 3, second_order=second)
    assert points.shape == (4096 * (8 if second else 5), 3)
    problem = {"num_vars": 3, "names": ["a", "b", "c"], "bounds": [[0, 1]] * 3}
    found = SALib.analyze.sobol.analyze(problem, ishigami(points), calc_second_order=second, seed=1)
    assert found["S1"] == pytest.approx([0.3139, 0.4424, 0.0], abs=0.01)
    assert found["ST"] == pytest.approx([0.5576, 0.4424, 0.2437], abs=0.01)
    if second:
        assert found["S2"][0, 2] == pytest.approx(0.2437, abs=0.01)


def test_morris_s_walks_change_one_factor_a_step_and_salib_reads_them() -> None:
    points = designs.units("morris", SEED, 20, 4, levels=4)
    walks = points.reshape(20, 5, 4)
    steps = np.diff(walks, axis=1)
    assert ((np.abs(steps) > 1e-9).sum(axis=2) == 1).all()
    assert np.allclose(np.abs(steps).sum(axis=2), 2 / 3)
    assert (np.abs(steps).sum(axis=1) > 0.5).all()
    assert {round(3 * x) for x in points.ravel()} == {0, 1, 2, 3}
    problem = {"num_vars": 4, "names": list("abcd"), "bounds": [[0, 1]] * 4}
    weights = np.array([3.0, -2.0, 0.0, 0.5])
    found = SALib.analyze.morris.analyze(problem, points, points @ weights, num_levels=4, seed=1)
    assert list(found["mu"]) == pytest.approx(weights.tolist(), abs=1e-9)
    assert list(found["sigma"]) == pytest.approx([0.0] * 4, abs=1e-9)


def test_morris_s_grid_has_an_even_number_of_levels() -> None:
    with pytest.raises(designs.WrongDesign, match="even number of levels"):
        designs.units("morris", SEED, 4, 2, levels=5)


# From the cube to values


def test_a_prior_is_read_through_its_quantiles() -> None:
    units = designs.units("latin", SEED, 1000, 1)[:, 0]
    normal = Factor("p", "p", None, ("normal", 2.0, 0.5)).at(units)
    assert scipy.stats.kstest(normal.data, "norm", (2.0, 0.5)).pvalue > 0.9
    lognormal = Factor("p", "p", None, ("lognormal", 3.0, 0.5)).at(units)
    assert scipy.stats.kstest(np.log(lognormal.data), "norm", (math.log(3.0), 0.5)).pvalue > 0.9
    uniform = Factor("p", "p", None, ("uniform", -1.0, 3.0)).at(units)
    assert scipy.stats.kstest(uniform.data, "uniform", (-1.0, 4.0)).pvalue > 0.9


def test_a_prior_never_leaves_the_bounds_of_its_number() -> None:
    factor = Factor("p", "p", None, ("normal", 0.0, 5.0), low=-1.0, high=1.0)
    assert factor.at(np.array([0.001, 0.5, 0.999])).data.tolist() == [-1.0, 0.0, 1.0]


def test_the_edges_of_the_cube_are_no_infinite_values() -> None:
    normal = Factor("p", "p", None, ("normal", 0.0, 1.0)).at(np.array([0.0, 0.5, 1.0]))
    assert normal.data.tolist() == pytest.approx([-2.576, 0.0, 2.576], abs=1e-3)


def test_values_of_a_list_get_equal_shares() -> None:
    factor = Factor("p", "p", ("a", "b", "c"))
    column = factor.at(designs.units("sobol", SEED, 1024, 1)[:, 0])
    assert [abs(int((column.data == k).sum()) - 1024 / 3) < 2 for k in range(3)] == [True] * 3
    assert factor.at(np.array([0.0, 1.0])).data.tolist() == [0, 2]


def test_whole_numbers_stay_whole_and_are_equally_likely() -> None:
    factor = Factor("p", "p", None, ("uniform", 2.0, 5.0), whole=True)
    column = factor.at(designs.units("latin", SEED, 400, 1)[:, 0])
    assert column.levels == (2, 3, 4, 5)
    assert np.bincount(column.data).tolist() == [100] * 4
    assert type(column.value(0)) is int


# Designs that go through values


SAID = {"n": 4, "levels": 3, "second_order": True}


def values(columns: list[Column]) -> list[tuple[object, ...]]:
    return [tuple(column.value(k) for column in columns) for k in range(len(columns[0]))]


def test_a_grid_holds_every_combination() -> None:
    factors = [Factor("a", "a", (1.0, 2.0)), Factor("b", "b", None, ("uniform", 0.0, 1.0))]
    found = values(designs.columns_of({**SAID, "design": "grid"}, factors, {}, SEED))
    assert found == [(a, b) for a in (1.0, 2.0) for b in (0.0, 0.5, 1.0)]


def test_a_zip_goes_through_lists_in_step() -> None:
    factors = [Factor("a", "a", (1.0, 2.0)), Factor("b", "b", ("x", "y"))]
    assert values(designs.columns_of({**SAID, "design": "zip"}, factors, {}, SEED)) == [(1.0, "x"), (2.0, "y")]
    with pytest.raises(designs.WrongDesign, match="lists of one length, not a 2, b 3"):
        designs.columns_of({**SAID, "design": "zip"}, [factors[0], Factor("b", "b", (1, 2, 3))], {}, SEED)


def test_one_at_a_time_leaves_the_others_where_the_scenario_has_them() -> None:
    factors = [Factor("a", "a", (1.0, 2.0)), Factor("b", "b", None, ("uniform", 0.0, 1.0)), Factor("c", "c", ("x",))]
    own = {"a": 5.0, "b": 0.3, "c": None}
    found = values(designs.columns_of({**SAID, "design": "one_at_a_time"}, factors, own, SEED))
    assert found == [
        (5.0, 0.3, None), (1.0, 0.3, None), (2.0, 0.3, None), (5.0, 0.0, None), (5.0, 1.0, None), (5.0, 0.3, "x"),
    ]  # fmt: skip


def test_a_design_that_would_fill_the_disk_is_refused() -> None:
    factors = [Factor(name, name, tuple(range(1000))) for name in "abc"]
    with pytest.raises(designs.WrongDesign, match="makes 1,000,000,000 points"):
        designs.columns_of({**SAID, "design": "grid"}, factors, {}, SEED)
