"""Spread of challengers: how far their vote differs between states."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, ClassVar

from comity.arithmetic import ratio
from comity.mechanism import Outcome
from comity.world import Clock, Member

YEAR: int = 4


@dataclass(frozen=True, kw_only=True)
class ChallengerSpread(Outcome):
    """Standard deviation over states inside of the vote at the last election, each state counted once (P2)."""

    unit: ClassVar[str] = "share"
    direction: ClassVar[str] = "lower is more alike"
    window: ClassVar[str] = "mean of the last year"
    columns: ClassVar[tuple[str, ...]] = ("apart_x", "apart_xx", "apart_n", "apart_year", "apart_quarters")

    reads = ("clock.horizon", "clock.quarter", "member.challenger", "member.inside", "tally.apart_n",
             "tally.apart_quarters", "tally.apart_x", "tally.apart_xx", "tally.apart_year")  # fmt: skip
    writes = ("tally.apart_n", "tally.apart_quarters", "tally.apart_x", "tally.apart_xx", "tally.apart_year")

    @staticmethod
    def finish(tally: Any) -> float:
        """The mean of the last year."""
        return ratio(tally.apart_year, tally.apart_quarters)


def begin(tally: Any) -> None:
    """Watch: counted anew each quarter."""
    tally.apart_x = 0.0
    tally.apart_xx = 0.0
    tally.apart_n = 0.0


def add(member: Member, tally: Any) -> None:
    """Watch: each state once."""
    if member.inside != 0:
        tally.apart_x += member.challenger
        tally.apart_xx += member.challenger * member.challenger
        tally.apart_n += 1.0


def keep(clock: Clock, tally: Any) -> None:
    """Watch: the last year counts."""
    if clock.quarter >= clock.horizon - YEAR:
        mean = ratio(tally.apart_x, tally.apart_n)
        tally.apart_year += math.sqrt(max(ratio(tally.apart_xx, tally.apart_n) - mean * mean, 0.0))
        tally.apart_quarters += 1.0
