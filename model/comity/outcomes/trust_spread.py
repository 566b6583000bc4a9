"""Spread of trust: how far publics of different states differ in trust."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, ClassVar

from comity.arithmetic import ratio
from comity.mechanism import Outcome
from comity.world import Clock, Member

YEAR: int = 4


@dataclass(frozen=True, kw_only=True)
class TrustSpread(Outcome):
    """Standard deviation over states inside of trust as a survey sees it, each state counted once (T3)."""

    unit: ClassVar[str] = "share"
    direction: ClassVar[str] = "lower is more alike"
    window: ClassVar[str] = "mean of the last year"
    columns: ClassVar[tuple[str, ...]] = ("spread_x", "spread_xx", "spread_n", "spread_year", "spread_quarters")

    reads = ("clock.horizon", "clock.quarter", "member.inside", "member.trust_observed", "tally.spread_n",
             "tally.spread_quarters", "tally.spread_x", "tally.spread_xx", "tally.spread_year")  # fmt: skip
    writes = ("tally.spread_n", "tally.spread_quarters", "tally.spread_x", "tally.spread_xx", "tally.spread_year")

    @staticmethod
    def finish(tally: Any) -> float:
        """The mean of the last year."""
        return ratio(tally.spread_year, tally.spread_quarters)


def begin(tally: Any) -> None:
    """Watch: asked anew each quarter."""
    tally.spread_x = 0.0
    tally.spread_xx = 0.0
    tally.spread_n = 0.0


def add(member: Member, tally: Any) -> None:
    """Watch: each state once."""
    if member.inside != 0:
        tally.spread_x += member.trust_observed
        tally.spread_xx += member.trust_observed * member.trust_observed
        tally.spread_n += 1.0


def keep(clock: Clock, tally: Any) -> None:
    """Watch: the last year counts."""
    if clock.quarter >= clock.horizon - YEAR:
        mean = ratio(tally.spread_x, tally.spread_n)
        tally.spread_year += math.sqrt(max(ratio(tally.spread_xx, tally.spread_n) - mean * mean, 0.0))
        tally.spread_quarters += 1.0
