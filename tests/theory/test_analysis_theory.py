"""Analyses find what is known to be there: Ishigami's function, boxes and fronts made by hand."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from comity.analysis import Refused, fronts
from comity.analysis.converge import convergence_of, enough
from comity.analysis.discovery import prim_of
from comity.analysis.given_data import distances, pawn_of, slices, tornado_of
from comity.analysis.pareto import pareto_of
from comity.analysis.prim import chance_of, cut, trajectory
from comity.analysis.regress import least_squares, regression_of
from comity.analysis.sample import Factors, Sample
from comity.analysis.variance import morris_of, sobol_of
from comity.sweeps import designs


def ishigami(units: Any) -> Any:
    x = (2.0 * units - 1.0) * np.pi
    return np.sin(x[:, 0]) + 7.0 * np.sin(x[:, 1]) ** 2 + 0.1 * x[:, 2] ** 4 * np.sin(x[:, 0])


def of(values: Any, y: Any, design: str = "latin", levels: Any = None, outcome: str = "integration") -> Sample:
    k = values.shape[1]
    factors = Factors(tuple("abcdefgh"[:k]), values, levels or (None,) * k)
    return Sample(outcome, design, factors, y if y.ndim == 2 else y[:, None], "share", "made up")


# Sobol'


def test_sobol_indices_are_those_that_ishigami_has_in_theory() -> None:
    units = designs.saltelli(3, 1024, 3)
    table = sobol_of(of(units, ishigami(units), "saltelli")).table()
    alone = table[table["index"] == "S1"]["value"].tolist()
    total = table[table["index"] == "ST"]["value"].tolist()
    assert alone == pytest.approx([0.3139, 0.4424, 0.0], abs=0.03)
    assert total == pytest.approx([0.5576, 0.4424, 0.2437], abs=0.03)
    pair = table[(table["index"] == "S2") & (table["factor"] == "a") & (table["with"] == "c")]
    assert pair["value"].item() == pytest.approx(0.2437, abs=0.05)
    known = {("S1", "a"): 0.3139, ("S1", "b"): 0.4424, ("ST", "a"): 0.5576, ("ST", "b"): 0.4424, ("ST", "c"): 0.2437}
    for row in table.to_dict("records"):
        if (row["index"], row["factor"]) in known:
            assert row["low"] <= known[row["index"], row["factor"]] <= row["high"]


def test_salib_gives_plausible_indices_of_shuffled_rows_and_we_refuse_them() -> None:
    from SALib.analyze import sobol

    units = designs.saltelli(3, 256, 3)
    order = np.random.default_rng(0).permutation(len(units))
    problem = {"num_vars": 3, "names": list("abc"), "bounds": [[0, 1]] * 3}
    told = sobol.analyze(problem, ishigami(units)[order], num_resamples=20, seed=1)
    assert np.isfinite(told["ST"]).all()
    assert np.abs(told["ST"] - [0.5576, 0.4424, 0.2437]).max() > 0.2
    with pytest.raises(Refused, match="not in the order of a Saltelli design"):
        sobol_of(of(units[order], ishigami(units)[order], "saltelli"))


def test_salib_makes_nothing_of_one_nan_and_we_leave_its_block_out() -> None:
    from SALib.analyze import sobol

    units = designs.saltelli(3, 512, 3)
    y = ishigami(units)
    y[17] = np.nan
    problem = {"num_vars": 3, "names": list("abc"), "bounds": [[0, 1]] * 3}
    with np.errstate(all="ignore"):
        told = sobol.analyze(problem, y, num_resamples=20, seed=1)
    assert not np.nan_to_num(told["ST"]).any()
    answer = sobol_of(of(units, y, "saltelli"))
    total = answer.table().query("index == 'ST'")["value"].tolist()
    assert total == pytest.approx([0.5576, 0.4424, 0.2437], abs=0.06)
    assert "1 of 512 blocks miss a value" in answer.text()
    y[::20] = np.nan
    with pytest.raises(Refused, match="blocks of the design"):
        sobol_of(of(units, y, "saltelli"))


def test_an_outcome_that_never_changes_is_refused() -> None:
    units = designs.saltelli(3, 16, 3)
    with pytest.raises(Refused, match="nothing to explain"):
        sobol_of(of(units, np.full(len(units), 0.3), "saltelli"))


def test_few_points_that_mean_nothing_are_within_noise() -> None:
    units = designs.saltelli(3, 64, 3)
    y = ishigami(units)[:, None] + np.random.default_rng(1).normal(0.0, 4.0, (len(units), 4))
    answer = sobol_of(of(units, y, "saltelli"))
    assert 0.15 < answer.facts["noise_share"] < 0.4


def test_the_noise_share_is_what_luck_makes_after_what_it_does_to_all_alike() -> None:
    luck = np.random.default_rng(2)
    effect, alike, rest = luck.normal(0, 2, (2000, 1)), luck.normal(0, 9, (1, 10)), luck.normal(0, 2, (2000, 10))
    assert of(np.zeros((2000, 1)), effect + alike + rest).noise() == pytest.approx(0.4 / 4.4, abs=0.01)
    assert np.isnan(of(np.zeros((2000, 1)), effect).noise())


# Morris


def test_morris_finds_the_slopes_of_a_plane_and_no_unevenness() -> None:
    units = designs.morris(1, 20, 3)
    table = morris_of(of(units, units @ np.array([3.0, -2.0, 0.0]), "morris")).table().set_index("factor")
    assert table["mu"].tolist() == pytest.approx([3.0, -2.0, 0.0], abs=1e-9)
    assert table["mu_star"].tolist() == pytest.approx([3.0, 2.0, 0.0], abs=1e-9)
    assert table["sigma"].max() < 1e-9
    assert table["clear"].tolist() == [True, True, False]


def test_morris_of_ishigami_ranks_and_sees_unevenness() -> None:
    units = designs.morris(1, 200, 3)
    answer = morris_of(of(units, ishigami(units), "morris"))
    table = answer.table().set_index("factor")
    assert (table["mu_star"] > 5.0).all()
    assert table.loc["c", "sigma"] > table.loc["c", "mu_star"]
    assert "unevenly" in answer.text()


def test_morris_effects_of_a_flag_are_of_the_whole_flag() -> None:
    units = designs.morris(1, 30, 2)
    flag = (units[:, [0]] >= 0.5).astype("f8")
    values = np.hstack([flag, units[:, [1]]])
    levels = (("false", "true"), None)
    table = morris_of(of(values, values @ np.array([5.0, 1.0]), "morris", levels)).table()
    assert table["mu_star"].tolist() == pytest.approx([5.0, 1.0], abs=1e-9)


def test_morris_refuses_shuffled_walks_and_sees_luck() -> None:
    units = designs.morris(1, 20, 3)
    order = np.random.default_rng(0).permutation(len(units))
    with pytest.raises(Refused, match="not walks"):
        morris_of(of(units[order], ishigami(units)[order], "morris"))
    noise = np.random.default_rng(0).normal(0.0, 1.0, (len(units), 6))
    assert "No factor" in morris_of(of(units, noise, "morris")).text()


# Any design


def test_pawn_of_ishigami_is_that_of_salib_and_ranks_as_in_theory() -> None:
    from SALib.analyze import pawn

    units = designs.latin(4, 2000, 4)
    y = ishigami(units)
    answer = pawn_of(of(units, y), resamples=60)
    table = answer.table().set_index("factor")
    problem = {"num_vars": 4, "names": list("abcd"), "bounds": [[0, 1]] * 4}
    told = pawn.analyze(problem, units, y, S=10, seed=1)
    assert table["median"].tolist()[:4] == pytest.approx(list(told["median"]), abs=0.02)
    assert table["clear"].tolist() == [True, True, True, False, False]
    assert "Within noise" in answer.text() and "d." in answer.text()


def test_distances_count_equal_values_once() -> None:
    y, place = np.array([0.0, 0.0, 1.0, 1.0]), np.array([0, 1, 0, 1])
    assert distances(y, place).tolist() == [0.0, 0.0]
    assert distances(np.array([0.0, 0.0, 1.0, 1.0]), np.array([0, 0, 1, 1])).tolist() == [0.5, 0.5]


def test_slices_have_equally_many_points_and_categories_are_their_own() -> None:
    units = designs.latin(1, 100, 1)
    assert np.bincount(slices(of(units, units).factors, 0, 10)).tolist() == [10] * 10


def test_a_tornado_reads_the_ends_of_a_plane() -> None:
    units = designs.latin(5, 1000, 3)
    y = units @ np.array([1.0, 0.2, 0.0])
    table = tornado_of(of(units, y)).table().set_index("factor")
    assert list(table.index[:2]) == ["a", "b"]
    assert table.loc["a", "difference"] == pytest.approx(0.8, abs=0.05)
    assert table.loc["a", "difference_low"] < table.loc["a", "difference"] < table.loc["a", "difference_high"]
    assert not table.loc["c", "clear"]


def test_least_squares_finds_the_plane_and_errors_that_allow_for_unequal_spread() -> None:
    luck = np.random.default_rng(3)
    x = luck.normal(size=(4000, 2))
    y = 1.0 + 2.0 * x[:, 0] + luck.normal(size=4000) * np.abs(x[:, 0])
    effect, error, r2 = least_squares(x, y)
    assert effect == pytest.approx([2.0, 0.0], abs=0.1)
    assert error[0] == pytest.approx(np.sqrt(3.0 / 4000), rel=0.15)  # E x^4 = 3; equal spread would say 1
    assert 0.7 < r2 < 0.9


def test_a_tree_sees_what_a_sum_cannot() -> None:
    units = designs.latin(5, 600, 2)
    y = ((units[:, 0] > 0.3) & (units[:, 1] > 0.3)).astype("f8")
    y[:5] += 0.01
    answer = regression_of(of(units, y))
    assert answer.facts["tree_r2"] > 0.9 > 0.8 > answer.facts["r2"]
    assert "a" in answer.facts["tree"]


# PRIM


def test_prim_finds_a_box_that_was_put_there() -> None:
    units = designs.latin(7, 2000, 5)
    inside = (units[:, 1] > 0.4) & (units[:, 1] < 0.8) & (units[:, 3] < 0.5)
    answer = prim_of(of(units, np.where(inside, 0.0, 1.0)), below=0.5)
    table = answer.table().set_index("factor")
    assert set(table.index) == {"b", "d"}
    assert table.loc["b", ["low", "high"]].tolist() == pytest.approx([0.4, 0.8], abs=0.05)
    assert table.loc["d", "high"] == pytest.approx(0.5, abs=0.05)
    assert (table["quasi_p"] < 1e-6).all() and (table["reproduced"] >= 0.85).all()
    assert answer.facts["coverage"] > 0.9 and answer.facts["density"] > 0.9


def test_prim_limits_categories() -> None:
    luck = np.random.default_rng(0)
    values = np.column_stack([luck.integers(0, 3, 900).astype("f8"), luck.random(900)])
    y = np.where((values[:, 0] == 1) & (values[:, 1] > 0.5), 1.0, 0.0)
    answer = prim_of(of(values, y, levels=(("x", "y", "z"), None), outcome="threats"), above=0.5)
    table = answer.table().set_index("factor")
    assert table.loc["a", "levels"] == "y"
    assert table.loc["b", "low"] == pytest.approx(0.5, abs=0.05)


def test_a_cut_parts_equal_values_from_others() -> None:
    assert cut(np.array([0.0, 0.0, 0.0, 1.0, 2.0]), 0.05) == 0.5
    assert cut(np.array([0.0, 1.0, 2.0, 2.0, 2.0]), 0.95) == 1.5
    assert cut(np.arange(101.0), 0.05) == 5.5


def test_a_trajectory_trades_coverage_for_density() -> None:
    units = designs.latin(7, 500, 3)
    y = (units[:, 0] + units[:, 1] > 1.3).astype("f8")
    steps = trajectory(Factors(("a", "b", "c"), units, (None,) * 3), y)
    peeled = [step.mass for step in steps]
    assert steps[0].coverage == 1.0 and steps[0].density == pytest.approx(y.mean())
    assert max(step.density for step in steps) > 0.95
    assert min(peeled) >= 0.05


def test_quasi_p_values_are_binomial() -> None:
    from scipy.stats import binom

    units = designs.latin(7, 400, 2)
    y = (units[:, 0] < 0.5).astype("f8")
    factors = Factors(("a", "b"), units, (None, None))
    step = next(each for each in trajectory(factors, y) if each.restricted)
    inside = step.box.inside(factors)
    (limited,) = step.restricted
    assert chance_of(step, factors, y)[limited] == pytest.approx(binom.sf(y[inside].sum() - 1, inside.sum(), y.mean()))


def test_too_few_points_of_interest_are_refused() -> None:
    units = designs.latin(7, 100, 2)
    with pytest.raises(Refused, match="a box needs"):
        prim_of(of(units, units[:, 0]), below=0.05)


# Fronts


def test_a_front_is_what_a_slow_search_finds() -> None:
    luck = np.random.default_rng(0)
    for k in (2, 3, 4):
        values = luck.integers(0, 12, (300, k)).astype("f8")
        slow = [not any((o >= v).all() and (o > v).any() for o in values) for v in values]
        assert fronts.unbeaten(values).tolist() == slow


def test_a_knee_lies_where_a_front_bends() -> None:
    x = np.linspace(0.0, 1.0, 101)
    front = np.column_stack([x, np.where(x < 0.7, 1.0 - 0.1 * x, 0.93 - (x - 0.7) * 3.0)])
    assert x[fronts.knee(front)] == pytest.approx(0.7, abs=0.011)
    circle = np.column_stack([np.sin(x * np.pi / 2), np.cos(x * np.pi / 2)])
    assert x[fronts.knee(circle)] == pytest.approx(0.5, abs=0.011)
    assert fronts.compromise(np.array([[1.0, 0.0, 0.5], [0.6, 0.6, 0.6], [0.0, 1.0, 1.0]])) == 1


def test_a_known_front_comes_back_with_directions_and_doubt() -> None:
    x = np.linspace(0.0, 1.0, 50)[:, None]
    luck = np.random.default_rng(0)
    noise = luck.normal(0.0, 1e-4, (2, 50, 6))
    beaten = np.vstack([x, x])
    good = np.vstack([x, x]) + np.vstack([noise[0], noise[0]])
    bad = np.vstack([x**2, x**2 + 0.1]) + np.vstack([noise[1], noise[1]])
    pair = [of(beaten, good, outcome="integration"), of(beaten, bad, outcome="threats")]
    table = pareto_of(pair, {"integration": 1, "threats": -1}).table()
    assert table["unbeaten"].tolist() == [True] * 50 + [False] * 50
    assert table["share"][:50].min() > 0.9 and table["share"][50:].max() == 0.0
    assert table["knee"].sum() == 1


# Convergence


def test_enough_runs_are_those_that_make_the_interval_so_narrow() -> None:
    assert enough(1.0, 1.96 / 100) == pytest.approx(10_000, rel=0.01)
    for sd, aim in ((0.1, 0.05), (1.0, 0.3), (0.02, 0.01)):
        from comity.runs.interval import student

        n = enough(sd, aim)
        assert student(n - 1) * sd / np.sqrt(n) <= aim
        assert n == 2 or student(n - 2) * sd / np.sqrt(n - 1) > aim


def test_differences_under_the_same_luck_converge_faster() -> None:
    luck = np.random.default_rng(0)
    y = luck.normal(0.0, 1.0, (1, 64)) + luck.normal(0.0, 0.1, (30, 64)) + luck.random((30, 1))
    answer = convergence_of(of(np.zeros((30, 1)), y))
    now = answer.table().query("runs == 64 and seen").set_index("of")["half_width"]
    assert now["mean of a point"] > 4.0 * now["difference of two points"]
    with pytest.raises(Refused, match="four are the least"):
        convergence_of(of(np.zeros((30, 1)), y[:, :3]))
