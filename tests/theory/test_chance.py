"""Philox gives the published words, and no part of an address shows in its draws."""

from __future__ import annotations

import types
from collections.abc import Callable
from typing import Any

import numba
import numpy as np
import pytest

from comity import arithmetic, chance

CLOCK = np.dtype([("key0", np.int64), ("key1", np.int64), ("quarter", np.int64)])
COMPONENTS = ("seed", "run", "quarter", "subject", "purpose", "object")
HOME = {"seed": 7, "run": 3, "quarter": 11, "subject": 123456789, "purpose": 987654321, "object": 5}
DRAWS = 200_000
SIGMAS = 5.0
Sampler = Callable[..., tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]]

# From the known-answer file of Random123, the generator's published reference: counter, key, result.
ZEROS = ("00000000 00000000 00000000 00000000", "00000000 00000000", "6627e8d5 e169c58d bc57ac4c 9b00dbd8")
ONES = ("ffffffff ffffffff ffffffff ffffffff", "ffffffff ffffffff", "408f276d 41c83b0e a20bc7c6 6d5451fd")
PI = ("243f6a88 85a308d3 13198a2e 03707344", "a4093822 299f31d0", "d16cfe09 94fdcceb 5001e420 24126ea1")


def compiled_twins() -> dict[str, Any]:
    """Both modules' functions compiled as the composer does: copies over one namespace of compiled copies."""
    names: dict[str, Any] = {**vars(arithmetic), **vars(chance)}
    for name, value in list(names.items()):
        if isinstance(value, types.FunctionType) and value.__module__ in (arithmetic.__name__, chance.__name__):
            names[name] = numba.njit(nogil=True)(types.FunctionType(value.__code__, names, name))
    return names


TWINS = compiled_twins()


@pytest.fixture(scope="module")
def sample() -> Sampler:
    """Uniform and normal draws at many addresses: an array, or one number for all, for each component."""
    run_key, uniform, normal = TWINS["run_key"], TWINS["uniform"], TWINS["normal"]

    @numba.njit
    def draw(clocks: Any, addresses: Any, uniforms: Any, normals: Any) -> None:
        clock = clocks[0]
        for row in range(addresses.shape[0]):
            key0, key1 = run_key(addresses[row, 0], addresses[row, 1])
            clock.key0 = np.int64(key0)
            clock.key1 = np.int64(key1)
            clock.quarter = addresses[row, 2]
            uniforms[row] = uniform(clock, addresses[row, 3], addresses[row, 4], addresses[row, 5])
            normals[row] = normal(clock, addresses[row, 3], addresses[row, 4], addresses[row, 5])

    def sampled(**address: Any) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
        columns = np.broadcast_arrays(*(np.int64({**HOME, **address}[name]) for name in COMPONENTS))
        addresses = np.stack([np.atleast_1d(column) for column in columns], axis=1)
        uniforms, normals = np.empty(len(addresses)), np.empty(len(addresses))
        draw(np.recarray(1, CLOCK), addresses, uniforms, normals)
        return uniforms, normals

    return sampled


def clock_of(seed: int, run: int, quarter: int) -> Any:
    """A clock's row, as a world holds it."""
    clocks = np.recarray(1, CLOCK)
    clocks[0] = (*map(int, chance.run_key(seed, run)), quarter)
    return clocks[0]


def correlation(left: np.ndarray[Any, Any], right: np.ndarray[Any, Any]) -> float:
    return float(np.corrcoef(left, right)[0, 1])


@pytest.mark.parametrize(("counter", "key", "result"), [ZEROS, ONES, PI])
@pytest.mark.parametrize("philox", [chance.philox, TWINS["philox"]], ids=["plain", "compiled"])
def test_philox_gives_the_published_words(philox: Any, counter: str, key: str, result: str) -> None:
    words = [np.uint64(int(word, 16)) for word in (counter + " " + key).split()]
    assert [f"{int(word):08x}" for word in philox(*words)] == result.split()


def test_compiled_and_plain_give_the_same_bits(sample: Sampler) -> None:
    random = np.random.default_rng(1)
    addresses = {name: random.integers(0, 2**32, 1000) for name in COMPONENTS}
    addresses["quarter"] = random.integers(-1, 400, 1000)
    uniforms, normals = sample(**addresses)
    for row in range(1000):
        seed, run, quarter, *rest = (int(addresses[name][row]) for name in COMPONENTS)
        clock = clock_of(seed, run, quarter)
        assert chance.uniform(clock, *rest) == uniforms[row]
        assert chance.normal(clock, *rest) == normals[row]


def test_the_draws_of_an_address_are_those_of_every_other_machine() -> None:
    clock = clock_of(seed=1, run=0, quarter=0)
    jump, austria = chance.purpose("elections.jump"), chance.subject("AUT")
    assert (jump, austria) == (484159669, 634585625)
    assert chance.uniform(clock, austria, jump, 0) == 0.7564825346614973
    assert chance.normal(clock, austria, jump, 0) == 0.6950325059032103


def test_a_draw_does_not_depend_on_the_draws_before_it() -> None:
    clock = clock_of(seed=1, run=2, quarter=3)
    first = chance.uniform(clock, 4, 5, 6)
    for thing in range(10):
        chance.normal(clock, 4, 5, thing)
    assert chance.uniform(clock, 4, 5, 6) == first


@pytest.mark.parametrize("component", COMPONENTS)
def test_changing_one_part_of_an_address_changes_the_draw(component: str, sample: Sampler) -> None:
    count = 1000
    values = HOME[component] + np.arange(count)
    uniforms, _ = sample(**{component: values})
    assert len(np.unique(uniforms)) == count


def test_large_seeds_and_runs_use_all_their_bits() -> None:
    seeds = [0, 1, 2**31, 2**32, 2**32 + 1, 2**63, 2**64 - 1]
    keys = {tuple(map(int, chance.run_key(seed, run))) for seed in seeds for run in seeds}
    assert len(keys) == len(seeds) ** 2
    assert all(0 <= word < 2**32 for key in keys for word in key)
    assert chance.run_key(np.int64(5), np.uint64(6)) == chance.run_key(5, 6)


def test_a_negative_seed_is_refused() -> None:
    with pytest.raises(OverflowError):
        chance.run_key(-1, 0)


def test_setup_draws_have_a_quarter_of_their_own() -> None:
    draws = [chance.uniform(clock_of(1, 1, quarter), 2, 3, 4) for quarter in (chance.SETUP, 0, 1)]
    assert len(set(draws)) == 3


def test_a_uniform_draw_is_never_0_or_1_and_keeps_its_last_bit() -> None:
    for inside_unit in (chance.inside_unit, TWINS["inside_unit"]):
        none, full = np.uint64(0), np.uint64(2**32 - 1)
        assert inside_unit(none, none) == 2.0**-53
        assert inside_unit(full, full) == 1.0 - 2.0**-53
        assert inside_unit(none, np.uint64(2**12)) == 3.0 * 2.0**-53


@pytest.mark.parametrize("component", COMPONENTS)
def test_draws_along_one_part_of_the_address_are_uniform(component: str, sample: Sampler) -> None:
    uniforms, _ = sample(**{component: np.arange(DRAWS)})
    cells = 256
    counts = np.histogram(uniforms, bins=cells, range=(0.0, 1.0))[0]
    expected = DRAWS / cells
    chi_square = float(((counts - expected) ** 2 / expected).sum())
    freedom = cells - 1
    assert abs(chi_square - freedom) < SIGMAS * np.sqrt(2.0 * freedom)


@pytest.mark.parametrize("component", COMPONENTS)
def test_neighbors_along_one_part_of_the_address_are_not_correlated(component: str, sample: Sampler) -> None:
    uniforms, normals = sample(**{component: np.arange(DRAWS)})
    for draws in (uniforms, normals):
        for lag in (1, 2, 4, 27):
            assert abs(correlation(draws[lag:], draws[:-lag])) < SIGMAS / np.sqrt(DRAWS)


@pytest.mark.parametrize("component", COMPONENTS)
def test_two_series_one_step_apart_in_one_part_are_not_correlated(component: str, sample: Sampler) -> None:
    along = "object" if component != "object" else "subject"
    here, _ = sample(**{along: np.arange(DRAWS)})
    there, _ = sample(**{along: np.arange(DRAWS), component: HOME[component] + 1})
    assert abs(correlation(here, there)) < SIGMAS / np.sqrt(DRAWS)
    assert abs(correlation((here - 0.5) ** 2, (there - 0.5) ** 2)) < SIGMAS / np.sqrt(DRAWS)


def test_exchanging_two_parts_of_an_address_gives_unrelated_draws(sample: Sampler) -> None:
    values = np.arange(DRAWS)
    for left, right in (("seed", "run"), ("subject", "purpose"), ("subject", "object"), ("purpose", "object")):
        here, _ = sample(**{left: values, right: 10**6})
        there, _ = sample(**{left: 10**6, right: values})
        assert abs(correlation(here, there)) < SIGMAS / np.sqrt(DRAWS)


def test_normal_draws_have_the_moments_of_the_normal_distribution(sample: Sampler) -> None:
    _, draws = sample(object=np.arange(DRAWS))
    assert abs(draws.mean()) < SIGMAS * np.sqrt(1.0 / DRAWS)
    assert abs((draws**2).mean() - 1.0) < SIGMAS * np.sqrt(2.0 / DRAWS)
    assert abs((draws**3).mean()) < SIGMAS * np.sqrt(15.0 / DRAWS)
    assert abs((draws**4).mean() - 3.0) < SIGMAS * np.sqrt(96.0 / DRAWS)


def test_names_have_stable_numbers_that_fit_a_counter() -> None:
    names = ["elections.jump", "elections.winner", "AUT", "DEU", ""]
    for number in (chance.purpose, chance.subject):
        assert all(0 <= number(name) < 2**31 for name in names)
        assert len({number(name) for name in names}) == len(names)
