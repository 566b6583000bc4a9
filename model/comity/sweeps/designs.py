"""A design places points where factors are tried: in the unit cube, then at the values of each factor.

The luck of a design is drawn at addresses of its own, so that the same file makes the same points on every machine.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np

from comity import chance
from comity.sweeps.factors import Column, Factor

UNIT: Final = chance.purpose("sweep.unit")
SHIFT: Final = chance.purpose("sweep.shift")
ORDER: Final = chance.purpose("sweep.order")
BITS: Final = 32
MOST_POINTS: Final = 10_000_000
CUBE: Final = ("sobol", "saltelli", "latin", "halton", "random", "morris")
LISTED: Final = ("grid", "zip", "one_at_a_time")
TAILS: Final = (0.05, 0.95)
"""Where one at a time tries a prior with tails; a uniform one is tried at its ends."""


class WrongDesign(ValueError):
    """A design that cannot be made; `key` is the key of the sweep that is wrong."""

    def __init__(self, key: str, message: str) -> None:
        self.key = key
        super().__init__(message)


def uniforms(seed: int, purpose: int, points: int, dimensions: int) -> Any:
    """Luck in (0, 1): an array (points, dimensions), each number at an address of its own."""
    k0, k1 = chance.run_key(seed, 0)
    rows = np.arange(points, dtype=np.uint64)[:, None]
    columns = np.arange(dimensions, dtype=np.uint64)[None, :]
    zero: Any = np.zeros((points, dimensions), np.uint64)
    w0, w1, _, _ = chance.philox(zero + rows, zero + columns, zero + np.uint64(purpose), zero, k0, k1)
    bits = (w0 << chance.HIGH_BITS) | (w1 >> chance.LOW_DROPPED)
    return (bits.astype("f8") + 0.5) * chance.SPACING


def units(design: str, seed: int, n: int, k: int, levels: int = 4, second_order: bool = True) -> Any:
    """The points of a design in the unit cube: an array (points, k). WrongDesign if it cannot be made."""
    match design:
        case "random":
            return uniforms(seed, UNIT, n, k)
        case "latin":
            return latin(seed, n, k)
        case "halton":
            return halton(seed, n, k)
        case "sobol":
            return sobol(seed, n, k)
        case "saltelli":
            return saltelli(seed, n, k, second_order)
        case "morris":
            return morris(seed, n, k, levels)
    raise WrongDesign("design", f"{design} is no design in the unit cube")


def latin(seed: int, n: int, k: int) -> Any:
    """One point in each of `n` equal slices of every factor."""
    order = np.argsort(uniforms(seed, ORDER, n, k), axis=0, kind="stable")
    return (order + uniforms(seed, UNIT, n, k)) / n


def halton(seed: int, n: int, k: int) -> Any:
    """Van der Corput's sequence in a prime base for each factor, turned by chance."""
    found = np.empty((n, k))
    for column, base in enumerate(_primes(k)):
        rest, step = np.arange(1, n + 1), 1.0
        value = np.zeros(n)
        while rest.any():
            step /= base
            value += step * (rest % base)
            rest = rest // base
        found[:, column] = value
    turned = found + uniforms(seed, SHIFT, 1, k)
    return np.clip(turned - np.floor(turned), chance.SPACING, 1.0 - chance.SPACING)


def sobol(seed: int, n: int, k: int) -> Any:
    """Sobol's sequence with the numbers of Joe and Kuo, its digits turned by chance: still a net, never on an edge."""
    from scipy.stats import qmc

    if n < 1 or n & (n - 1):
        raise WrongDesign("n", f"is {n}, not a power of two; did you mean {_power(n)}?")
    net = qmc.Sobol(k, scramble=False, bits=BITS).random_base2(n.bit_length() - 1)
    words = (net * 2.0**BITS).astype(np.uint64)
    shift = (uniforms(seed, SHIFT, 1, k) * 2.0**BITS).astype(np.uint64)
    return ((words ^ shift).astype("f8") + 0.5) / 2.0**BITS


def saltelli(seed: int, n: int, k: int, second_order: bool = True) -> Any:
    """For each base point A, B with each factor of the other in turn: A, AB_1.., (BA_1.., ) B (Saltelli 2002).

    Rows are in the order that SALib's `sobol.analyze` expects.
    """
    both = sobol(seed, n, 2 * k)
    a, b = both[:, :k], both[:, k:]
    blocks = 2 * k + 2 if second_order else k + 2
    found = np.empty((n, blocks, k))
    found[:, 0], found[:, -1] = a, b
    for j in range(k):
        found[:, 1 + j] = a
        found[:, 1 + j, j] = b[:, j]
        if second_order:
            found[:, 1 + k + j] = b
            found[:, 1 + k + j, j] = a[:, j]
    return found.reshape(n * blocks, k)


def morris(seed: int, n: int, k: int, levels: int = 4) -> Any:
    """`n` walks of k + 1 points, one factor a step by half the grid (Morris 1991); in SALib's order."""
    if levels < 2 or levels % 2:
        raise WrongDesign("levels", f"is {levels}; Morris's grid has an even number of levels")
    step = levels / (2.0 * (levels - 1))
    luck = uniforms(seed, UNIT, n, 2 * k)
    low = np.floor(luck[:, :k] * (levels // 2)) / (levels - 1)
    up = luck[:, k:] < 0.5
    order = np.argsort(uniforms(seed, ORDER, n, k), axis=1, kind="stable")
    here = np.where(up, low, low + step)
    found = np.empty((n, k + 1, k))
    found[:, 0] = here
    rows = np.arange(n)
    for s in range(k):
        column = order[:, s]
        here = here.copy()
        here[rows, column] += np.where(up[rows, column], step, -step)
        found[:, s + 1] = here
    return np.clip(found.reshape(n * (k + 1), k), 0.0, 1.0)


def columns_of(said: Mapping[str, Any], factors: Sequence[Factor], own: Mapping[str, Any], seed: int) -> list[Column]:
    """The points of one block: a column for each factor. `own` are the scenario's own values by path."""
    design = str(said["design"])
    if not factors:
        raise WrongDesign("vary", "nothing varies; name dotted paths with lists of values or priors")
    if design in CUBE:
        points = units(design, seed, int(said["n"]), len(factors), int(said["levels"]), bool(said["second_order"]))
        _bounded(len(points))
        return [factor.at(points[:, j]) for j, factor in enumerate(factors)]
    if design == "one_at_a_time":
        return _one_at_a_time(factors, own)
    ladders = [_ladder(factor, int(said["levels"]), design) for factor in factors]
    lengths = [len(ladder) for ladder in ladders]
    if design == "zip":
        if len(set(lengths)) > 1:
            told = ", ".join(f"{factor.path} {length}" for factor, length in zip(factors, lengths, strict=True))
            raise WrongDesign("vary", f"zip needs lists of one length, not {told}")
        return ladders
    _bounded(math.prod(lengths))
    places = np.indices(lengths).reshape(len(lengths), -1)
    return [ladder.take(places[j]) for j, ladder in enumerate(ladders)]


def crossed(blocks: Sequence[Mapping[str, Column]]) -> dict[str, Column]:
    """Every point of each block with every point of the others."""
    lengths = [len(next(iter(block.values()))) for block in blocks]
    _bounded(math.prod(lengths))
    places = np.indices(lengths).reshape(len(lengths), -1)
    return {path: column.take(places[j]) for j, block in enumerate(blocks) for path, column in block.items()}


def _bounded(points: int) -> None:
    if points > MOST_POINTS:
        raise WrongDesign("vary", f"makes {points:,} points; the most are {MOST_POINTS:,}")


def _ladder(factor: Factor, levels: int, design: str) -> Column:
    """The values of a list, or as many of a prior as the design has levels."""
    if factor.values is not None:
        return Column(np.arange(len(factor.values)), factor.values)
    if design == "zip":
        raise WrongDesign(f"vary.{factor.path}", "needs a list of values in a zip")
    steps = (np.arange(levels) + 0.5) / levels if factor.tails else np.linspace(0.0, 1.0, levels)
    return factor.at(steps)


def _one_at_a_time(factors: Sequence[Factor], own: Mapping[str, Any]) -> list[Column]:
    """The scenario itself, then each factor at each of its values while the others stay."""
    ladders = [
        _ladder(each, 2, "grid") if each.values is not None or not each.tails else each.at(np.array(TAILS))
        for each in factors
    ]
    starts = np.cumsum([1, *(len(ladder) for ladder in ladders)])
    total, found = int(starts[-1]), []
    for j, (factor, ladder) in enumerate(zip(factors, ladders, strict=True)):
        home = own[factor.path]
        levels = tuple(ladder.value(i) for i in range(len(ladder)))
        data = np.full(total, -1 if home is None else len(levels))
        data[starts[j] : starts[j + 1]] = np.arange(len(levels))
        found.append(Column(data, levels if home is None else (*levels, home)))
    return found


def _power(n: int) -> int:
    return 1 << max(round(math.log2(max(n, 1))), 0)


def _primes(count: int) -> list[int]:
    found: list[int] = []
    candidate = 2
    while len(found) < count:
        if all(candidate % prime for prime in found if prime * prime <= candidate):
            found.append(candidate)
        candidate += 1
    return found
