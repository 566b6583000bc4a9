"""A draw depends on its address alone: seed, run, quarter, subject, purpose, object.

The generator is Philox-4x32 with ten rounds (Salmon, Moraes, Dror and Shaw 2011, "Parallel random
numbers: as easy as 1, 2, 3", SC11): a keyed permutation of a 128-bit counter. The run's key comes
from the seed and the run's number, the counter from the rest of the address. Nothing is remembered
between draws, so that a world with one lever less meets the same luck.

The functions that rules call are plain scalar Python; the composer compiles copies of them. Integers
of the generator are explicitly unsigned, because Numba makes `uint64 + 1` signed.
"""

from __future__ import annotations

import secrets
import zlib
from typing import Any, Final

import numpy as np

from comity.arithmetic import normal_quantile

WORD: Final = np.uint64(0xFFFFFFFF)
HALF: Final = np.uint64(32)
FACTOR_0: Final = np.uint64(0xD2511F53)
FACTOR_1: Final = np.uint64(0xCD9E8D57)
STEP_0: Final = np.uint64(0x9E3779B9)
STEP_1: Final = np.uint64(0xBB67AE85)
ROUNDS: Final = 10

HIGH_BITS: Final = np.uint64(20)
LOW_DROPPED: Final = np.uint64(12)
SPACING: Final = 2.0**-52
"""Distance between neighboring values of `uniform`; a half step of it is still exact below 1."""

SETUP: Final = -1
"""The quarter of draws made before the first quarter."""


def philox(
    c0: np.uint64, c1: np.uint64, c2: np.uint64, c3: np.uint64, k0: np.uint64, k1: np.uint64
) -> tuple[np.uint64, np.uint64, np.uint64, np.uint64]:
    """Four random 32-bit words for a counter of four words and a key of two.

    Every argument is an `np.uint64` below 2**32, and so is every word returned.
    """
    for _ in range(ROUNDS):
        product_0 = FACTOR_0 * c0
        product_1 = FACTOR_1 * c2
        c0 = (product_1 >> HALF) ^ c1 ^ k0
        c1 = product_1 & WORD
        c2 = (product_0 >> HALF) ^ c3 ^ k1
        c3 = product_0 & WORD
        k0 = (k0 + STEP_0) & WORD
        k1 = (k1 + STEP_1) & WORD
    return c0, c1, c2, c3


def run_key(seed: int | np.integer[Any], run: int | np.integer[Any]) -> tuple[np.uint64, np.uint64]:
    """The key (two words below 2**32) of run number `run` of the ensemble with that seed.

    `seed` and `run` are whole numbers from 0 to 2**64 - 1.
    """
    s = np.uint64(seed)
    r = np.uint64(run)
    zero = np.uint64(0)
    k0, k1, _, _ = philox(r & WORD, r >> HALF, zero, zero, s & WORD, s >> HALF)
    return k0, k1


def fresh_seed() -> int:
    """A seed that nobody has chosen, from 0 to 2**32 - 1, short enough to be noted down and typed again."""
    return secrets.randbits(32)


def uniform(clock: Any, subject: int, purpose: int, object: int) -> float:
    """The draw at an address: strictly between 0 and 1, the middles of 2**52 equal steps are equally likely.

    `clock` is a row with the run's key (`key0`, `key1`, below 2**32) and the `quarter`, -1 for draws
    made at set-up; `subject`, `purpose` and `object` are whole numbers from 0 to 2**32 - 1.
    """
    w0, w1, _, _ = philox(
        np.uint64(clock.quarter - SETUP),
        np.uint64(subject),
        np.uint64(purpose),
        np.uint64(object),
        np.uint64(clock.key0),
        np.uint64(clock.key1),
    )
    return inside_unit(w0, w1)


def inside_unit(high: np.uint64, low: np.uint64) -> float:
    """Two random words (below 2**32) as a number strictly between 0 and 1, from the first 52 bits."""
    bits = (high << HIGH_BITS) | (low >> LOW_DROPPED)
    return (float(np.int64(bits)) + 0.5) * SPACING


def normal(clock: Any, subject: int, purpose: int, object: int) -> float:
    """The draw at an address from the normal distribution with mean 0 and standard deviation 1."""
    return normal_quantile(uniform(clock, subject, purpose, object))


def generator(seed: int, name: str) -> np.random.Generator:
    """A stream for what is no run, such as resampling results; the same for the same seed and name."""
    return np.random.Generator(np.random.Philox(key=[seed % 2**64, _number(name)]))


def purpose(name: str) -> int:
    """The number, below 2**31, of what a draw is for, such as `elections.jump`."""
    return _number(name)


def subject(name: str) -> int:
    """The number, below 2**31, of whom a draw is about: a member's ISO-3 code."""
    return _number(name)


def _number(name: str) -> int:
    return zlib.crc32(name.encode()) & 0x7FFFFFFF
