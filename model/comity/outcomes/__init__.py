"""What is reported of a run, one accumulating rule each."""

from __future__ import annotations

import math
from typing import Final

from comity.arithmetic import ratio

MISSING: Final = math.nan
"""The value of an outcome that a run does not have: the share of exits that cluster, where nobody left."""


def share_of(part: float, whole: float) -> float:
    """`part / whole`; missing where there is nothing to take a share of, so that means over runs leave the run out."""
    return ratio(part, whole) if whole != 0.0 else MISSING
