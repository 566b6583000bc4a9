"""Made states hang together as real ones do, lie within bounds, and stay who they are when others join them."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from comity import beginning, engine, scenario
from comity.chance import subject
from comity.scenario.model import EXPOSURES, FIGURES, MEMBER, WHOLE_FIGURES
from comity.synthetic import MIXES, code, generated

MEASURED = {
    ("democracy", "capacity"): 0.80,
    ("democracy", "legislature"): 0.84,
    ("democracy", "judiciary"): 0.88,
    ("capacity", "log income"): 0.86,
}
"""Correlations across real states, 2021-24: fact B4."""
BOUNDS = {**FIGURES, **WHOLE_FIGURES, **EXPOSURES}
START = 2010


def made(members: int, seed: int = 1, like: str = "all") -> dict[str, Mapping[str, Any]]:
    return generated({"start": START, "synthetic": {"members": members, "like": like}}, seed)


def column(states: Mapping[str, Mapping[str, Any]], name: str) -> np.ndarray[Any, Any]:
    if name == "log income":
        return np.log(column(states, "income"))
    return np.array([float(state[name]) for state in states.values()])


def correlation(states: Mapping[str, Mapping[str, Any]], first: str, second: str) -> float:
    return float(np.corrcoef(column(states, first), column(states, second))[0, 1])


@pytest.mark.parametrize("seed", [1, 2, 3, 2**63 - 1])
def test_what_goes_together_in_real_states_goes_together_in_made_ones(seed: int) -> None:
    states = made(200, seed)
    found = {pair: correlation(states, *pair) for pair in MEASURED}
    assert found == pytest.approx(MEASURED, abs=0.1)


def test_over_many_made_states_the_correlations_are_close() -> None:
    many = {f"{name}-{seed}": state for seed in range(10) for name, state in made(200, seed).items()}
    assert {pair: correlation(many, *pair) for pair in MEASURED} == pytest.approx(MEASURED, abs=0.02)


@pytest.mark.parametrize("like", MIXES)
def test_made_states_would_pass_as_a_region_file(like: str, tmp_path: Path) -> None:
    plain = {name: dict(state) for name, state in made(200, 7, like).items()}
    document = {
        "extends": ["areas"],
        "region": {
            "name": "Made up",
            "start": START,
            "sources": {"assumption": {"title": "made up"}},
            "columns": {name: {"source": "assumption"} for name in BOUNDS},
            "members": plain,
        },
    }
    file = tmp_path / "made.yaml"
    file.write_text(yaml.safe_dump(document), encoding="utf-8")
    assert scenario.check([file]) == []
    assert all(set(state) == set(MEMBER.fields) - {"accession"} for state in plain.values())


@settings(max_examples=40, deadline=None, derandomize=True)
@given(seed=st.integers(0, 2**63 - 1), members=st.integers(2, 12), like=st.sampled_from(sorted(MIXES)))
def test_every_figure_is_a_number_within_its_bounds(seed: int, members: int, like: str) -> None:
    states = made(members, seed, like)
    assert len(states) == members
    for state in states.values():
        for name, bound in BOUNDS.items():
            assert isinstance(state[name], int | float)
            assert bound.low <= state[name] <= bound.high, name
        latitude, longitude = state["capital"]
        assert abs(latitude) <= 90 and abs(longitude) <= 180


@settings(max_examples=30, deadline=None, derandomize=True)
@given(seed=st.integers(0, 2**63 - 1), few=st.integers(2, 8), more=st.integers(0, 8))
def test_a_state_stays_the_same_when_others_join(seed: int, few: int, more: int) -> None:
    small, large = made(few, seed), made(few + more, seed)
    assert {name: large[name] for name in small} == small


def test_the_same_seed_makes_the_same_states() -> None:
    assert made(30, 5) == made(30, 5)


def test_another_seed_makes_other_states_under_the_same_names() -> None:
    one, other = made(30, 5), made(30, 6)
    assert list(one) == list(other)
    assert all(one[name] != other[name] for name in one)


def test_codes_are_in_order_and_mean_no_real_state() -> None:
    codes = [code(k) for k in range(200)]
    assert codes == sorted(set(codes))
    assert all(re.fullmatch("X[A-Z]{2}", each) for each in codes)
    assert "XKX" not in codes, "commonly used for Kosovo"
    assert len({subject(each) for each in codes}) == len(codes), "two states would share their luck"


def test_classes_follow_democracy_and_all_four_exist() -> None:
    states = sorted(made(200).values(), key=lambda state: state["democracy"])
    classes = [state["regime"] for state in states]
    assert classes == sorted(classes)
    assert set(classes) == {0, 1, 2, 3}


def test_elections_come_in_no_wave() -> None:
    states = made(200)
    terms = column(states, "term")
    assert set(terms) == {4, 5}
    quarters = [state["next_election"] for state in states.values()]
    assert min(quarters) >= f"{START}Q1" and max(quarters) <= f"{START + 4}Q4"
    assert len(set(quarters)) == 20
    assert max(quarters.count(each) for each in set(quarters)) < 30


def test_capitals_lie_about_as_far_apart_as_real_ones() -> None:
    capitals = [state["capital"] for state in made(60).values()]
    nearest = [min(beginning.distance(a, b) for b in capitals if b is not a) for a in capitals]
    assert 200 < float(np.median(nearest)) < 600


def middle(cell: Any) -> float:
    """The value of a cell of a region file, or the mean of its prior."""
    if isinstance(cell, Mapping):
        return float(cell["value"] if "value" in cell else cell["normal"][0])
    return float(cell)


@pytest.mark.parametrize("like", sorted(set(MIXES) - {"all"}))
def test_a_mix_is_like_its_region(like: str) -> None:
    """Means of 200 made states against the shipped file's, which is of an earlier and poorer year."""
    members = scenario.load(like).resolved["region"]["members"].values()
    states = made(200, 1, like)
    for name, margin in {"capacity": 0.1, "identity": 0.03, "trust": 0.03, "trust_national": 0.03}.items():
        real = np.mean([middle(member[name]) for member in members])
        assert column(states, name).mean() == pytest.approx(real, abs=margin), name


def test_states_that_a_file_names_are_left_as_they_are() -> None:
    named = {"AAA": {"democracy": {"normal": [0.5, 0.1]}}}
    assert generated({"start": START, "members": named}, 1) == named


def test_a_mix_that_does_not_exist_is_refused_with_the_names_of_those_that_do() -> None:
    with pytest.raises(ValueError, match=r"region\.synthetic\.like.*'atlantis'.*african-union"):
        made(2, like="atlantis")


@pytest.mark.parametrize("members", [2, 200])
def test_a_region_of_made_states_runs(members: int) -> None:
    region = scenario.load("eu").with_({"region.synthetic.members": members, "run.years": 3})
    begun = beginning.begin(region)
    assert begun.members == tuple(code(k) for k in range(members))
    found = engine.trace(begun, seed=1)
    assert not any(math.isinf(each) for each in found.outcomes)
    assert found.world.out_of_bounds() == []
