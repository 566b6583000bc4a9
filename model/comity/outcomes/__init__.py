"""What is reported of a run, one accumulating rule each."""

from __future__ import annotations

import math
from typing import Any, Final

from comity.arithmetic import clip, log, logistic, ratio

MISSING: Final = math.nan
"""The value of an outcome that a run does not have: the share of exits that cluster, where nobody left."""


def share_of(part: float, whole: float) -> float:
    """`part / whole`; missing where there is nothing to take a share of, so that means over runs leave the run out."""
    return ratio(part, whole) if whole != 0.0 else MISSING


def within(first: float, second: float, n: float) -> float:
    """What the mean of `n` cases takes from their sum of products: sums in, so that deviations from it are left."""
    return ratio(first * second, n)


def partial(own: float, others: float, mine: float, theirs: float, both: float) -> float:
    """The first of two slopes of a regression, from sums of products about the means.

    `own` and `others` are those of the outcome with the first and second cause, `mine` and `theirs` of each cause with
    itself, `both` of the two causes. Missing where the causes say the same.
    """
    return share_of(own * theirs - others * both, mine * theirs - both * both)


STEPS: Final = 30
RIDGE: Final = 1e-4
"""Added to the information, so that a group that is told apart perfectly gives a large slope and no error."""
LONGEST: Final = 4.0
FARTHEST: Final = 30.0
"""Longest step, and largest slope, of the search."""
WGI_SPAN: Final = 5.0
WGI_LEAST: Final = -2.5
"""Capacity is government effectiveness less its least value, over its span."""


def early_slope(members: Any, cause: int) -> float:
    """Logit over states of early ratifications out of chances, by Newton's method.

    `cause` 1 gives the slope of legislative constraints, 2 that of government effectiveness on the scale of its source.
    """
    chances = 0.0
    done = 0.0
    for i in range(members.shape[0]):
        chances += members[i].early
        done += members[i].early_done
    if done <= 0.0 or done >= chances:
        return MISSING
    a = 0.0
    b = 0.0
    c = 0.0
    for _ in range(STEPS):
        ga = 0.0
        gb = 0.0
        gc = 0.0
        haa = RIDGE
        hab = 0.0
        hac = 0.0
        hbb = RIDGE
        hbc = 0.0
        hcc = RIDGE
        for i in range(members.shape[0]):
            n = members[i].early
            x = members[i].legislature
            y = WGI_SPAN * members[i].capacity_home + WGI_LEAST
            p = logistic(a + b * x + c * y)
            rest = members[i].early_done - n * p
            w = n * p * (1.0 - p)
            ga += rest
            gb += rest * x
            gc += rest * y
            haa += w
            hab += w * x
            hac += w * y
            hbb += w * x * x
            hbc += w * x * y
            hcc += w * y * y
        # the three equations, the intercept taken out first
        bb = hbb - ratio(hab * hab, haa)
        bc = hbc - ratio(hab * hac, haa)
        cc = hcc - ratio(hac * hac, haa)
        rb = gb - ratio(hab * ga, haa)
        rc = gc - ratio(hac * ga, haa)
        det = bb * cc - bc * bc
        db = clip(ratio(rb * cc - rc * bc, det), -LONGEST, LONGEST)
        dc = clip(ratio(rc * bb - rb * bc, det), -LONGEST, LONGEST)
        da = clip(ratio(ga - hab * db - hac * dc, haa), -LONGEST, LONGEST)
        a = clip(a + da, -FARTHEST, FARTHEST)
        b = clip(b + db, -FARTHEST, FARTHEST)
        c = clip(c + dc, -FARTHEST, FARTHEST)
    return b if cause == 1 else c


POWER, CAPACITY = 1, 2
"""Causes of what is overdue, for `overdue_slope`."""


def overdue_slope(members: Any, cause: int) -> float:
    """Regression over founding members of what each has overdue, over the mean, on log power and capacity: one slope.

    Missing where nothing was overdue.
    """
    n = 0.0
    y = 0.0
    p = 0.0
    c = 0.0
    for i in range(members.shape[0]):
        if members[i].founding != 0 and members[i].power > 0.0:
            n += 1.0
            y += members[i].overdue_sum
            p += log(members[i].power)
            c += members[i].capacity
    mean = ratio(y, n)
    if mean <= 0.0:
        return MISSING
    py = 0.0
    cy = 0.0
    pp = 0.0
    cc = 0.0
    pc = 0.0
    for i in range(members.shape[0]):
        if members[i].founding != 0 and members[i].power > 0.0:
            power = log(members[i].power) - ratio(p, n)
            capacity = members[i].capacity - ratio(c, n)
            overdue = ratio(members[i].overdue_sum, mean) - 1.0
            py += power * overdue
            cy += capacity * overdue
            pp += power * power
            cc += capacity * capacity
            pc += power * capacity
    return partial(py, cy, pp, cc, pc) if cause == POWER else partial(cy, py, cc, pp, pc)
