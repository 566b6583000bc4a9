"""The portable functions lie within two units in the last place, and give the same bits compiled and plain."""

from __future__ import annotations

import hashlib
import itertools
import math
import types
from collections.abc import Callable
from typing import Any

import mpmath
import numba
import numpy as np
import pytest

from comity import arithmetic

NAMES = ("exp", "log", "logistic", "logit", "normal_quantile")
ALLOWED = 2.0
DIGITS = 50
RANDOM = np.random.default_rng(20240229)


def compiled_twins() -> dict[str, Any]:
    """The module's functions compiled as the composer does: copies over one namespace of compiled copies."""
    names = dict(vars(arithmetic))
    for name, value in vars(arithmetic).items():
        if isinstance(value, types.FunctionType) and value.__module__ == arithmetic.__name__:
            names[name] = numba.njit(nogil=True)(types.FunctionType(value.__code__, names, name))
    return names


def near(center: float, count: int) -> list[float]:
    """Floats on both sides of a center, at distances of every size."""
    distances = np.exp2(-RANDOM.uniform(3.0, 54.0, count)) * RANDOM.choice((-1.0, 1.0), count)
    return [float(value) for value in center + distances * (center or 1.0)]


def between(low: float, high: float, count: int) -> list[float]:
    return [float(value) for value in RANDOM.uniform(low, high, count)]


def powers(low: float, high: float, count: int) -> list[float]:
    """Numbers from 2**low to 2**high, every order of magnitude as often."""
    return [float(value) for value in np.exp2(RANDOM.uniform(low, high, count))]


PROBABILITIES = [
    *between(0.0, 1.0, 500),
    *near(0.5, 300),
    *near(0.25, 50),
    *near(2.0**-12, 50),
    *powers(-12.0, -1.0, 300),
    *powers(-60.0, -12.0, 200),
    *powers(-1074.0, -60.0, 300),
    *(1.0 - p for p in powers(-53.0, -1.0, 300)),
    *(1e-300, 5e-324, 1e-16, 1.0 - 2.0**-53, 0.5 - 2.0**-54, 0.1, 0.9),
]
POINTS = {
    "exp": [
        *between(-745.0, 709.7, 2000),
        *between(-745.1, -707.0, 1000),
        *between(-1.0, 1.0, 1000),
        *near(0.0, 300),
        *(709.782712893384, -745.1332191019411, 5e-324, -5e-324, 0.0),
    ],
    "log": [
        *powers(-1074.0, 1023.9, 2000),
        *between(0.6, 1.6, 2000),
        *near(1.0, 1000),
        *near(0.705, 100),
        *near(1.41, 100),
        *(5e-324, 2.0**-1022, 1.7976931348623157e308, 1.0 - 2.0**-53, 1.0 + 2.0**-52),
    ],
    "logistic": [
        *between(-800.0, 800.0, 1000),
        *between(-41.0, 41.0, 2000),
        *between(-3.0, 3.0, 1000),
        *near(0.0, 300),
        *(-800.0, 800.0, -745.0, -709.0, -40.0, 40.0),
    ],
    "logit": PROBABILITIES,
    "normal_quantile": PROBABILITIES,
}
SPECIAL = [
    *(0.0, -0.0, 1.0, -1.0, 0.5, 2.0, -2.0, math.inf, -math.inf, math.nan, 5e-324, 1e-310, -1e-310, 1e308, -1e308),
    *(709.78, 709.79, -745.1, -745.2, 800.0, -800.0, 40.0, -40.0, 2.0**-12, 2.0**-54, 1.0 - 2.0**-53),
]


def true_quantile(p: float) -> Any:
    """The quantile by Newton's method on the logarithm of the tail, from our own value."""
    tail = min(mpmath.mpf(p), 1 - mpmath.mpf(p))
    if tail > 0.4999:
        return mpmath.sqrt(2) * mpmath.erfinv(2 * mpmath.mpf(p) - 1)
    x = mpmath.mpf(abs(arithmetic.normal_quantile(p)))
    for _ in range(3):
        area = mpmath.erfc(x / mpmath.sqrt(2)) / 2
        step = mpmath.log(area / tail) * area / mpmath.npdf(x)
        x += step
    assert abs(step) < 1e-25
    return -x if p < 0.5 else x


TRUE: dict[str, Callable[[float], Any]] = {
    "exp": mpmath.exp,
    "log": mpmath.log,
    "logistic": lambda x: 1 / (1 + mpmath.exp(-mpmath.mpf(x))),
    "logit": lambda p: mpmath.log(mpmath.mpf(p) / (1 - mpmath.mpf(p))),
    "normal_quantile": true_quantile,
}


@pytest.fixture(scope="module")
def twins() -> dict[str, Any]:
    return compiled_twins()


@pytest.mark.parametrize("name", NAMES)
def test_every_value_lies_within_two_units_in_the_last_place(name: str) -> None:
    function = getattr(arithmetic, name)
    worst = 0.0
    for x in POINTS[name]:
        with mpmath.workdps(DIGITS):
            true = TRUE[name](x)
            error = abs(mpmath.mpf(function(x)) - true) / mpmath.mpf(math.ulp(float(true)))
        worst = max(worst, float(error))
    assert worst <= ALLOWED


@pytest.mark.parametrize("name", NAMES)
def test_compiled_and_plain_give_the_same_bits(name: str, twins: dict[str, Any]) -> None:
    points = [*POINTS[name], *SPECIAL]
    plain = np.array([getattr(arithmetic, name)(x) for x in points])
    compiled = np.array([twins[name](x) for x in points])
    same = (plain.view(np.int64) == compiled.view(np.int64)) | (np.isnan(plain) & np.isnan(compiled))
    assert [x for x, equal in zip(points, same, strict=True) if not equal] == []


def test_a_number_of_numpy_gives_the_same_as_a_plain_float() -> None:
    for name in NAMES:
        for x in SPECIAL:
            function = getattr(arithmetic, name)
            assert repr(float(function(np.float64(x)))) == repr(function(x)), (name, x)


def test_the_bits_are_those_of_every_other_machine() -> None:
    """Inputs from exact steps, so that the digest depends on nothing but our own functions."""
    digest = hashlib.sha256()
    for k in range(-2000, 2001):
        digest.update(np.float64(arithmetic.exp(k * 0.34375)).tobytes())
        digest.update(np.float64(arithmetic.logistic(k * 0.01171875)).tobytes())
    for k in range(1, 4096):
        p = k / 4096.0
        digest.update(np.float64(arithmetic.log(k * 0.0078125)).tobytes())
        digest.update(np.float64(arithmetic.logit(p)).tobytes())
        digest.update(np.float64(arithmetic.normal_quantile(p)).tobytes())
        digest.update(np.float64(arithmetic.normal_quantile(p / 4096.0)).tobytes())
    assert digest.hexdigest() == "cac3c3a1f493235f5d0098cf5678e1f6e032b993f28c8d603ef7051598a6982d"


def test_the_ends_are_infinite_or_nothing() -> None:
    assert arithmetic.exp(709.79) == arithmetic.exp(math.inf) == math.inf
    assert arithmetic.exp(-745.2) == arithmetic.exp(-math.inf) == 0.0
    assert arithmetic.exp(0.0) == 1.0
    assert arithmetic.log(0.0) == -math.inf
    assert arithmetic.log(math.inf) == math.inf
    assert arithmetic.log(1.0) == 0.0
    assert arithmetic.logistic(-math.inf) == 0.0
    assert arithmetic.logistic(math.inf) == 1.0
    assert arithmetic.logistic(0.0) == 0.5
    for function in (arithmetic.logit, arithmetic.normal_quantile):
        assert function(0.0) == -math.inf
        assert function(0.5) == 0.0
        assert function(1.0) == math.inf


def test_what_has_no_value_is_not_a_number() -> None:
    assert all(math.isnan(getattr(arithmetic, name)(math.nan)) for name in NAMES)
    assert math.isnan(arithmetic.log(-1.0))
    assert all(math.isnan(f(p)) for f in (arithmetic.logit, arithmetic.normal_quantile) for p in (-0.1, 1.1))


def test_both_sides_of_the_middle_mirror_each_other() -> None:
    for k in range(1, 2048):
        p = k / 4096.0
        assert arithmetic.normal_quantile(1.0 - p) == -arithmetic.normal_quantile(p)
        x = k / 64.0
        assert arithmetic.logistic(x) == 1.0 - arithmetic.logistic(-x)


def test_a_larger_argument_never_gives_a_smaller_value() -> None:
    for name in NAMES:
        values = [getattr(arithmetic, name)(x) for x in sorted(POINTS[name])]
        assert all(left <= right for left, right in itertools.pairwise(values)), name


def test_a_value_outside_its_bounds_is_set_on_the_nearer_bound() -> None:
    assert arithmetic.clip(-0.5, 0.0, 1.0) == 0.0
    assert arithmetic.clip(1.5, 0.0, 1.0) == 1.0
    assert arithmetic.clip(0.25, 0.0, 1.0) == 0.25
    assert math.isnan(arithmetic.clip(math.nan, 0.0, 1.0))
