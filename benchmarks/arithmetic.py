"""The portable functions cost about what the platform's cost; both are timed in one run.

`python benchmarks/arithmetic.py` prints nanoseconds per call, compiled by Numba, the least of several
passes over a million arguments; the ratio is ours over the platform's.
"""

from __future__ import annotations

import math
import time
import types
from collections.abc import Callable
from typing import Any

import numba
import numpy as np

from comity import arithmetic, chance

CALLS = 1_000_000
PASSES = 9


def compiled_twins() -> dict[str, Any]:
    """Both modules' functions compiled as the composer does: copies over one namespace of compiled copies."""
    names: dict[str, Any] = {**vars(arithmetic), **vars(chance)}
    for name, value in list(names.items()):
        if isinstance(value, types.FunctionType) and value.__module__ in (arithmetic.__name__, chance.__name__):
            names[name] = numba.njit(nogil=True)(types.FunctionType(value.__code__, names, name))
    return names


def platform_exp(x: float) -> float:
    """The platform's e to the power x."""
    return math.exp(x)


def platform_log(x: float) -> float:
    """The platform's natural logarithm."""
    return math.log(x)


def platform_logistic(x: float) -> float:
    """The logistic function by the platform's exponential."""
    return 1.0 / (1.0 + math.exp(-x))


def platform_logit(p: float) -> float:
    """The logit by the platform's logarithm."""
    return math.log(p / (1.0 - p))


def nanoseconds(passing: Callable[[], float]) -> float:
    """The least time per call over several passes; the first pass, which compiles, does not count."""
    passing()
    best = math.inf
    for _ in range(PASSES):
        start = time.perf_counter()
        passing()
        best = min(best, time.perf_counter() - start)
    return best / CALLS * 1e9


def time_function(function: Any, arguments: np.ndarray[Any, Any]) -> float:
    """Nanoseconds per call of a compiled function of one number."""

    @numba.njit
    def passing(values: Any) -> float:
        total = 0.0
        for i in range(values.size):
            total += function(values[i])
        return total

    return nanoseconds(lambda: passing(arguments))


def time_draw(draw: Any) -> float:
    """Nanoseconds per draw, over objects of one subject and purpose."""
    clocks = np.recarray(1, np.dtype([("key0", np.int64), ("key1", np.int64), ("quarter", np.int64)]))
    clocks[0] = (*map(int, chance.run_key(1, 0)), 0)

    @numba.njit
    def passing(rows: Any) -> float:
        total = 0.0
        for thing in range(CALLS):
            total += draw(rows[0], 1, 2, thing)
        return total

    return nanoseconds(lambda: passing(clocks))


def main() -> None:
    """Print one line per function."""
    twins = compiled_twins()
    random = np.random.default_rng(1)
    arguments = {
        "exp": (random.uniform(-20.0, 20.0, CALLS), platform_exp),
        "log": (random.uniform(0.0, 10.0, CALLS), platform_log),
        "logistic": (random.uniform(-10.0, 10.0, CALLS), platform_logistic),
        "logit": (random.uniform(0.0, 1.0, CALLS), platform_logit),
    }
    print(f"{'function':16}{'ns':>8}{'platform ns':>14}{'ratio':>8}")
    for name, (values, platform) in arguments.items():
        ours = time_function(twins[name], values)
        theirs = time_function(numba.njit(platform), values)
        print(f"{name:16}{ours:8.1f}{theirs:14.1f}{ours / theirs:8.2f}")
    quantile = time_function(twins["normal_quantile"], random.uniform(0.0, 1.0, CALLS))
    print(f"{'normal_quantile':16}{quantile:8.1f}")
    for name in ("uniform", "normal"):
        print(f"{name:16}{time_draw(twins[name]):8.1f}")


if __name__ == "__main__":
    main()
