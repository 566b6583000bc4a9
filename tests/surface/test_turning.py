"""A referee asks which assumption could turn a conclusion, and is told by name, with the runs that show it."""

from __future__ import annotations

import json
import math

import numpy as np
import pytest
from shells import Shell

from comity.analysis import turning
from comity.analysis.turning import Conclusion, Suspect, mean_of, suspects_of, uncertain
from comity.chance import generator
from comity.runs import load


def conclusion(default: tuple[float, float, float], *suspects: Suspect) -> Conclusion:
    return Conclusion("eu", "rigid", "respectful", "respect", default, 0.1, 0.0, 0.2, 0.9, 100, 0.5, suspects)


def suspect(at_low: tuple[float, float, float], at_high: tuple[float, float, float]) -> Suspect:
    return Suspect("forces.consent.gain", 0.1, 0.01, 1.0, 2.0, at_low, at_high)


def test_a_number_turns_a_conclusion_only_where_the_interval_is_clear_of_zero_on_the_other_side() -> None:
    more = (0.1, 0.05, 0.15)
    turned = conclusion(more, suspect((-0.1, -0.2, -0.01), (0.3, 0.2, 0.4)))
    assert turned.turned_by == ["forces.consent.gain"] and "Turned by forces.consent.gain alone" in turned.text()
    unclear = conclusion(more, suspect((-0.1, -0.2, 0.01), (0.3, 0.2, 0.4)))
    assert unclear.turned_by == [] and "none turns it alone" in unclear.text()
    nothing = conclusion((0.0, -0.1, 0.1), suspect((-0.1, -0.2, -0.01), (0.3, 0.2, 0.4)))
    assert nothing.sign == 0.0 and nothing.turned_by == []


def test_suspects_are_the_numbers_that_matter_and_no_others() -> None:
    luck = generator(1, "turning test")
    units = luck.uniform(size=(400, 60))
    drawn = 0.5 * units[:, 7] - 0.3 * units[:, 21] + 0.05 * luck.normal(size=400)
    found = suspects_of(drawn, units)
    assert [k for k, _, _ in found] == [7, 21]
    assert found[0][1] == pytest.approx(0.5, abs=0.05) and found[1][1] == pytest.approx(-0.3, abs=0.05)


def test_noise_has_hardly_ever_a_suspect() -> None:
    luck = generator(2, "turning test")
    false = [bool(suspects_of(luck.normal(size=200), luck.uniform(size=(200, 40)))) for _ in range(40)]
    assert sum(false) <= 8


def test_an_interval_is_that_of_paired_differences() -> None:
    mean, low, high = mean_of(np.array([1.0, 2.0, 3.0, math.nan]))
    assert mean == 2.0 and low == pytest.approx(2.0 - 4.303 / math.sqrt(3.0), abs=1e-3) and high > 4.0


def test_all_that_has_a_prior_is_drawn_and_levers_only_where_they_are_on() -> None:
    paths = uncertain([load("mercosur+bare"), load("mercosur+rigid")])
    assert {"forces.consent.gain"} & paths.keys() or any(path.startswith("forces.consent.") for path in paths)
    on = {name for name, lever in load("mercosur+rigid").value("levers").items() if lever["on"]}
    assert {path.split(".")[1] for path in paths if path.startswith("levers.")} <= on


def test_the_answer_is_the_same_again_and_tells_every_part() -> None:
    def ask() -> dict:
        return turning(["mercosur"], "", "respectful", ("respect",), None, 1, 4, seed=3).document()

    told = ask()
    assert told == ask()
    (each,) = told["conclusions"]
    assert each["draws"] > 400 and 0.0 <= each["share_same_sign"] <= 1.0
    assert each["draws_low"] <= each["draws_mean"] <= each["draws_high"]
    json.dumps(told, allow_nan=False)


def test_a_package_that_is_none_is_told_before_anything_runs(shell: Shell) -> None:
    assert shell("turning", "mercosur", "--to", "respectfull") == 1
    assert 'did you mean "respectful"' in shell.err.replace("'", '"')


def test_too_few_points_are_told(shell: Shell) -> None:
    assert shell("turning", "mercosur", "--points", "30") == 2
    assert "ask for" in shell.err and "Traceback" not in shell.err
