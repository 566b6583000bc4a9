"""Inequality between: how far states inside differ in what membership brings them."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, ClassVar

from comity.arithmetic import ratio
from comity.mechanism import Outcome
from comity.world import Clock, Member, Organization

YEAR: int = 4


@dataclass(frozen=True, kw_only=True)
class InequalityBetween(Outcome):
    """Standard deviation over states inside of net gain as felt."""

    unit: ClassVar[str] = "index"
    direction: ClassVar[str] = "lower is more equal"
    window: ClassVar[str] = "mean of the last year"
    columns: ClassVar[tuple[str, ...]] = ("between_sum", "between_squares", "between_year", "between_quarters")

    reads = ("clock.horizon", "clock.quarter", "member.gain", "member.inside", "org.inside",
             "tally.between_quarters", "tally.between_squares", "tally.between_sum",
             "tally.between_year")  # fmt: skip
    writes = ("tally.between_quarters", "tally.between_squares", "tally.between_sum", "tally.between_year")

    @staticmethod
    def finish(tally: Any) -> float:
        """The mean of the last year."""
        return ratio(tally.between_year, tally.between_quarters)


def begin(tally: Any) -> None:
    """Watch: taken anew each quarter."""
    tally.between_sum = 0.0
    tally.between_squares = 0.0


def add(member: Member, tally: Any) -> None:
    """Watch: sums of gains and of their squares."""
    if member.inside != 0:
        tally.between_sum += member.gain
        tally.between_squares += member.gain * member.gain


def keep(org: Organization, clock: Clock, tally: Any) -> None:
    """Watch: the standard deviation of the quarter, kept in the last year."""
    if clock.quarter >= clock.horizon - YEAR:
        mean = ratio(tally.between_sum, float(org.inside))
        spread = max(ratio(tally.between_squares, float(org.inside)) - mean * mean, 0.0)
        tally.between_year += math.sqrt(spread)
        tally.between_quarters += 1.0
