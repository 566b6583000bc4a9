"""What is uncertain is drawn once for each run, at an address of its own."""

from __future__ import annotations

from typing import Any, Final

import numpy as np

from comity.arithmetic import exp
from comity.chance import normal, uniform

UNIFORM: Final = 0
NORMAL: Final = 1
LOGNORMAL: Final = 2

DRAW: Final = np.dtype(
    (
        np.record,
        [
            ("place", "i8"), ("kind", "i8"), ("first", "f8"), ("second", "f8"), ("low", "f8"), ("high", "f8"),
            ("purpose", "i8"), ("subject", "i8"),
        ],
    )
)  # fmt: skip
"""One uncertain number: its place in the world's buffer, its prior, its bounds, its address."""


def draw_all(clock: Any, draws: Any, flat: Any) -> None:
    """Set every uncertain number of a run; a draw outside the bounds is set on the nearer one."""
    for k in range(draws.shape[0]):
        draw = draws[k]
        value = drawn(clock, draw)
        flat[draw.place] = min(max(value, draw.low), draw.high)


def drawn(clock: Any, draw: Any) -> Any:
    """One draw from its prior."""
    if draw.kind == UNIFORM:
        return draw.first + (draw.second - draw.first) * uniform(clock, draw.subject, draw.purpose, 0)
    z = normal(clock, draw.subject, draw.purpose, 0)
    if draw.kind == NORMAL:
        return draw.first + draw.second * z
    return draw.first * exp(draw.second * z)
