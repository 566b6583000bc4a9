"""Exponentials and logarithms from operations that IEEE 754 fixes: the same bits on every machine.

A platform's `exp` is not another platform's. Here everything is made of `+ - * /`, square roots,
comparisons and the bits of a number, and of tables that `decimal`, which is exact everywhere, fills
once at import. Every function lies within 2 units in the last place of the true value (the tests
hold it to `mpmath`), and gives the same bits in plain Python and compiled by Numba without fastmath.

- `exp` and `log` reduce the argument to a table point, as Tang (1989, 1990, ACM Transactions on
  Mathematical Software 15 and 16) does, and add a short Taylor polynomial around it; the constants
  have a high part that multiplies exactly and a low part.
- `normal_quantile` is a Taylor polynomial around table points, sixteen to each power of two of the
  tail's probability. The points are found by marching through the differential equation of the
  quantile, y' = sqrt(2 pi) exp(y y / 2). Beyond 2**-12 the tail is solved by Newton's method on the
  logarithm of Laplace's continued fraction.

The functions are plain scalar Python; the composer compiles copies of them.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from decimal import ROUND_HALF_EVEN, Context, Decimal, localcontext
from operator import mul
from typing import Any, Final

import numpy as np

EXACT: Final = Context(prec=32, rounding=ROUND_HALF_EVEN)
"""The digits with which the tables are computed, whatever context the caller works in."""


def _rounded(value: Decimal, step: int) -> float:
    """The nearest multiple of 2**-step."""
    return math.ldexp(float((value * 2**step).to_integral_value()), -step)


def _parts(value: Decimal) -> tuple[float, float]:
    """The nearest float, and what it lacks."""
    return float(value), float(value - Decimal(float(value)))


def _frozen(rows: Sequence[tuple[float, ...]]) -> np.ndarray[Any, Any]:
    table = np.array(rows, dtype=np.float64)
    table.setflags(write=False)
    return table


# exp: x = k ln2 / 128 + r, and 2**(k / 128) from the table.

PARTS: Final = 128
PARTS_LOG2: Final = 7


def _powers() -> tuple[np.ndarray[Any, Any], float, float, float]:
    """Rows (high, low) of 2**(j/128), then 128/ln2, and ln2/128 as a high and a low part."""
    with localcontext(EXACT):
        ln2 = Decimal(2).ln()
        rows = [_parts((ln2 * j / PARTS).exp()) for j in range(PARTS)]
        part = ln2 / PARTS
        high = _rounded(part, 40)
        return _frozen(rows), float(1 / part), high, float(part - Decimal(high))


POWERS, PARTS_PER_UNIT, PART_HIGH, PART_LOW = _powers()

ROUNDER: Final = 6755399441055744.0
"""1.5 * 2**52: added and taken away again, it rounds a small float to a whole number."""
EXP_LARGEST: Final = 709.782712893384
EXP_SMALLEST: Final = -745.1332191019412
EXPONENT_BIAS: Final = 1023
MANTISSA_BITS: Final = 52
LOWEST_NORMAL: Final = -1021
"""Below this exponent the result is made 2**64 larger first, so that it is rounded once only."""
LIFT: Final = 64
LIFTED: Final = 2.0**-64


def exp(x: float) -> float:
    """e to the power x; infinite above about 709.78, 0 below about -745.13."""
    x = float(x)
    if x != x:
        return x
    if x > EXP_LARGEST:
        return math.inf
    if x < EXP_SMALLEST:
        return 0.0
    high, low, exponent = _exp_parts(x)
    y = high + low
    if exponent < LOWEST_NORMAL:
        return y * _power_of_two(exponent + LIFT) * LIFTED
    if exponent > EXPONENT_BIAS:
        return y * 2.0 * _power_of_two(exponent - 1)
    return y * _power_of_two(exponent)


def _exp_parts(x: float) -> tuple[float, float, int]:
    """high, low and exponent, so that e**x = (high + low) 2**exponent, high within 1 to 2."""
    whole = (x * PARTS_PER_UNIT + ROUNDER) - ROUNDER
    r = (x - whole * PART_HIGH) - whole * PART_LOW
    k = int(whole)
    row = POWERS[k & (PARTS - 1)]
    high = float(row[0])
    r2 = r * r
    curve = r + r2 * ((0.5 + r * (1.0 / 6.0)) + r2 * (1.0 / 24.0 + r * (1.0 / 120.0)))
    return high, float(row[1]) + high * curve, k >> PARTS_LOG2


def _power_of_two(exponent: int) -> float:
    """2**exponent, for a normal result."""
    return float(np.int64((exponent + EXPONENT_BIAS) << MANTISSA_BITS).view(np.float64))


# log: x = 2**k z with z from 0.705 to 1.41, and z = c (1 + r) with c from a table by the first bits of z.

FIRST_HALVED: Final = 53
"""From this entry on, the point is 1/2 + j/256, so that z is nowhere far from 1; below, 1 + j/128."""


def _logarithms() -> tuple[np.ndarray[Any, Any], float, float]:
    """Rows (c, 1/c, high and low part of log c), then ln2 as a high and a low part."""
    with localcontext(EXACT):
        rows = []
        for j in range(PARTS):
            c = 1 + Decimal(j) / PARTS
            if j >= FIRST_HALVED:
                c = c / 2
            exact = c.ln()
            high = _rounded(exact, 42)
            rows.append((float(c), float(1 / c), high, float(exact - Decimal(high))))
        ln2 = Decimal(2).ln()
        high = _rounded(ln2, 42)
        return _frozen(rows), high, float(ln2 - Decimal(high))


LOGARITHMS, LN2_HIGH, LN2_LOW = _logarithms()

SMALLEST_NORMAL: Final = 2.0**-1022
RAISE: Final = 54
RAISED: Final = 2.0**54
POINT_BITS: Final = MANTISSA_BITS - PARTS_LOG2
POINT_HALF: Final = 1 << (POINT_BITS - 1)
LOWEST_Z_BITS: Final = ((EXPONENT_BIAS - 1) << MANTISSA_BITS) + (FIRST_HALVED << POINT_BITS) - POINT_HALF
"""The bits of the smallest z, half a step below the first halved point."""


def log(x: float) -> float:
    """The natural logarithm; -inf for 0, not a number for x below 0."""
    x = float(x)
    raised = 0
    if not SMALLEST_NORMAL <= x < math.inf:
        if x == 0.0:
            return -math.inf
        if x < 0.0:
            return math.nan
        if not x < SMALLEST_NORMAL:
            return x
        x = x * RAISED
        raised = RAISE
    bits = int(np.float64(x).view(np.int64))
    k = (bits - LOWEST_Z_BITS) >> MANTISSA_BITS
    z = float(np.int64(bits - (k << MANTISSA_BITS)).view(np.float64))
    row = LOGARITHMS[((bits + POINT_HALF) >> POINT_BITS) & (PARTS - 1)]
    r = (z - float(row[0])) * float(row[1])
    exponent = float(k - raised)
    base = exponent * LN2_HIGH + float(row[2])
    total = base + r
    lost = (base - total) + r
    low = exponent * LN2_LOW + float(row[3])
    r2 = r * r
    curve = r2 * ((-0.5 + r * (1.0 / 3.0)) + r2 * ((-0.25 + r * 0.2) + r2 * (-1.0 / 6.0 + r * (1.0 / 7.0))))
    return total + (curve + (lost + low))


NEGLIGIBLE: Final = 40.0
"""Beyond, 1 + e**-x rounds to 1."""


def logistic(x: float) -> float:
    """1 / (1 + e**-x), from 0 to 1."""
    x = float(x)
    distance = abs(x)
    if distance > NEGLIGIBLE:
        return exp(x) if x < 0.0 else 1.0
    if x != x:
        return x
    high, low, exponent = _exp_parts(-distance)
    scale = _power_of_two(exponent)
    e = (high + low) * scale
    e_lost = ((high - (high + low)) + low) * scale
    below = 1.0 + e
    below_lost = ((1.0 - below) + e) + e_lost
    share = e / below
    # What rounding e and 1 + e lost; 1 - share is 1 / below, near enough for that.
    lower = share + (e_lost - share * below_lost) * (1.0 - share)
    return lower if x < 0.0 else 1.0 - lower


SPLITTER: Final = 134217729.0
"""2**27 + 1: multiplying by it cuts a float into two halves whose products are exact (Dekker 1971)."""
PLAIN_ODDS: Final = 0.1


def logit(p: float) -> float:
    """log(p / (1 - p)); -inf for 0, inf for 1, not a number outside."""
    p = float(p)
    if not 0.0 <= p <= 1.0:
        return math.nan
    if p == 1.0:
        return math.inf
    rest = 1.0 - p
    odds = p / rest
    if p < PLAIN_ODDS or rest < PLAIN_ODDS:
        return log(odds)
    # Near one half the logarithm is small, and what the division lost counts.
    rest_lost = (1.0 - rest) - p
    cut = odds * SPLITTER
    odds_high = cut - (cut - odds)
    odds_low = odds - odds_high
    cut = rest * SPLITTER
    rest_high = cut - (cut - rest)
    rest_low = rest - rest_high
    missing = ((p - odds_high * rest_high) - odds_high * rest_low) - odds_low * rest_high
    missing = (missing - odds_low * rest_low) - odds * rest_lost
    return log(odds) + missing / p


# normal_quantile: the lower tail t = 2**e (1 + i/16) + d.

GRID_BITS: Final = 48
"""Bits below the four that number the sixteen points of a power of two."""
GRID_HALF: Final = 1 << 47
TABLE_TAIL: Final = 2.0**-12
FIRST_GRID: Final = (EXPONENT_BIAS - 12) << 4
GRID_POINTS: Final = 11 * 16 + 1
PI: Final = Decimal("3.14159265358979323846264338327950288")
DEGREE: Final = 10
"""Of the polynomial that `normal_quantile` evaluates; a point is at most 1/32 of the tail away."""
MARCH_DEGREE: Final = 16
"""Of the series that leads from one point to the next, 1/16 of the tail away."""


def _quantiles() -> np.ndarray[Any, Any]:
    """Rows for tails from 2**-12 to 1/2: the point, the quantile and its slope, each as a high and a
    low part, and the Taylor coefficients from the second on."""
    with localcontext(EXACT):
        root = (2 * PI).sqrt()
        y = Decimal(0)
        rows: list[tuple[float, ...]] = []
        points = [_grid_point(g) for g in range(GRID_POINTS)]
        for g in range(GRID_POINTS - 1, -1, -1):
            series = _quantile_series(y, root)
            rows.append((points[g], *_parts(y), *_parts(series[1]), *map(float, series[2 : DEGREE + 1])))
            if g > 0:
                step = Decimal(points[g - 1]) - Decimal(points[g])
                y = Decimal(0)
                for coefficient in reversed(series):
                    y = y * step + coefficient
        return _frozen(rows[::-1])


def _grid_point(g: int) -> float:
    return float(np.int64((g + FIRST_GRID) << GRID_BITS).view(np.float64))


def _quantile_series(y: Decimal, root: Decimal) -> list[Decimal]:
    """Taylor coefficients of the quantile around a point where it is y, by y' = s and s' = y s s."""
    ys = [y]
    slopes = [root * (y * y / 2).exp()]
    products: list[Decimal] = []
    for n in range(MARCH_DEGREE):
        backwards = slopes[::-1]
        products.append(sum(map(mul, ys, backwards), Decimal(0)))
        ys.append(slopes[n] / (n + 1))
        slopes.append(sum(map(mul, products, backwards), Decimal(0)) / (n + 1))
    return ys


QUANTILES: Final = _quantiles()

LOG_ROOT_TWO_PI: Final = 0.9189385332046728
TWO_PI: Final = 6.283185307179586
NEWTON_STEPS: Final = 4
"""Digits double with each step, from about two."""
FRACTION_LEVELS: Final = 32
"""Enough for 17 digits at 2**-12, where the continued fraction is slowest."""


def normal_quantile(p: float) -> float:
    """The x below which the standard normal distribution has probability p.

    -inf for 0, inf for 1, not a number outside.
    """
    p = float(p)
    if not 0.0 <= p <= 1.0:
        return math.nan
    tail = p
    sign = 1.0
    if p > 0.5:
        tail = 1.0 - p
        sign = -1.0
    if tail < TABLE_TAIL:
        return sign * _far_quantile(tail)
    row = ((int(np.float64(tail).view(np.int64)) + GRID_HALF) >> GRID_BITS) - FIRST_GRID
    table = QUANTILES[row]
    d = tail - float(table[0])
    d2 = d * d
    odd = table[5] + d2 * (table[7] + d2 * (table[9] + d2 * (table[11] + d2 * table[13])))
    even = table[6] + d2 * (table[8] + d2 * (table[10] + d2 * table[12]))
    slope = table[3] + (table[4] + (d * odd + d2 * even))
    return sign * float(table[1] + (table[2] + d * slope))


def _far_quantile(tail: float) -> float:
    """The quantile of a probability below 2**-12, from its logarithm."""
    if tail == 0.0:
        return -math.inf
    goal = -log(tail)
    x = math.sqrt(2.0 * goal - log(TWO_PI * 2.0 * goal))
    for _ in range(NEWTON_STEPS):
        # Laplace: the density over the tail is x + 1 / (x + 2 / (x + 3 / ...)); far down, h = x + n / h.
        hazard = 0.5 * (x + math.sqrt(x * x + 4.0 * FRACTION_LEVELS))
        for level in range(FRACTION_LEVELS, 0, -1):
            hazard = x + level / hazard
        x = x + (goal - (0.5 * x * x + (LOG_ROOT_TWO_PI + log(hazard)))) / hazard
    return -x


def clip(x: float, low: float, high: float) -> float:
    """x, or the bound that it oversteps."""
    if x < low:
        return low
    if x > high:
        return high
    return x


def ratio(a: float, b: float) -> float:
    """`a / b`, and 0 where `b` is 0: what may be zero divides only here."""
    return a / b if b != 0.0 else 0.0
