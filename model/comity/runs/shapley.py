"""A package's effect, shared out among its levers so that the shares add up: arithmetic on the values of subsets.

A subset of `players` is a whole number whose bit k says whether player k is in it: 0 is nobody, 2**players - 1 all.
The Shapley value (Shapley 1953, "A value for n-person games") of a player is what it adds to those that are there
already, the mean over all orders in which players can join.

With few players it is summed over all subsets. With many, orders are sampled (Castro, Gomez and Tejada 2009,
"Polynomial calculation of the Shapley value based on sampling"): what the players add along any one order telescopes
to the value of all less that of nobody, so that each sample adds up by itself and the mean is unbiased. An order is
taken together with its reverse, an antithetic pair (Mitchell, Cooper, Frank and Holmes 2022, "Sampling permutations
for Shapley value estimation"): a player that joins early in one joins late in the other, and what comes of any two
players meeting is shared out exactly.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Sequence
from typing import Any, Final

import numpy as np

EXACT_UP_TO: Final = 6
"""Players up to whom all subsets are visited."""
FINEST: Final = -1074
"""Two to this power is the smallest number there is."""
GRID_BITS: Final = 50
"""Shares are whole multiples of this many halvings of the largest sum: fine as the last bits, and exact to add."""


def everybody(players: int) -> int:
    """The subset of all."""
    return (1 << players) - 1


def pairs(players: int) -> list[tuple[int, int]]:
    """All pairs of players, the smaller first, in order."""
    return list(itertools.combinations(range(players), 2))


def chain(order: Sequence[int]) -> list[int]:
    """The subsets along an order in which players join, from nobody to all: one more than players."""
    return list(itertools.accumulate(order, lambda subset, player: subset | 1 << player, initial=0))


def exact(values: Any) -> Any:
    """Shapley values (runs, players, ...) from the value of every subset, (runs, 2**players, ...)."""
    players = values.shape[1].bit_length() - 1
    subsets = np.arange(values.shape[1])
    sizes = np.array([int(subset).bit_count() for subset in subsets])
    shares = []
    for player in range(players):
        without = subsets[subsets >> player & 1 == 0]
        # how likely it is that exactly these are there when the player joins
        weights = np.array([1.0 / (players * math.comb(players - 1, int(size))) for size in sizes[without]])
        added = values[:, without | 1 << player] - values[:, without]
        shares.append((added * weights.reshape(-1, *[1] * (values.ndim - 2))).sum(axis=1))
    return np.stack(shares, axis=1)


def along(order: Sequence[int], values: Any) -> Any:
    """What each player adds when they join in this order, (players, ...); `values` (players + 1, ...) as in `chain`."""
    added = np.empty_like(values[1:])
    added[list(order)] = values[1:] - values[:-1]
    return added


def adding_up(shares: Iterable[float], total: float) -> tuple[list[float], float]:
    """Shares and total, moved by less than their last digits, so that the shares add up to the total to the bit.

    All become whole multiples of one power of two, so coarse that no sum of them is ever rounded: whoever adds them,
    in whatever order and language, gets the total. What rounding leaves over goes to the largest share.
    """
    shares = list(shares)
    if not shares or not all(math.isfinite(value) for value in (*shares, total)):
        return shares, total
    largest = max(abs(total), math.fsum(map(abs, shares)))
    if largest == 0.0:
        return [0.0] * len(shares), 0.0
    grid = max(math.frexp(largest)[1] - GRID_BITS, FINEST)
    whole = [round(math.ldexp(value, -grid)) for value in shares]
    sum_ = round(math.ldexp(total, -grid))
    first = max(range(len(whole)), key=lambda k: abs(whole[k]))
    whole[first] += sum_ - sum(whole)
    return [math.ldexp(value, grid) for value in whole], math.ldexp(sum_, grid)
