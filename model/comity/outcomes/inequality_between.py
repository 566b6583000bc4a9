"""Inequality between: how unequally states gain from membership."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, ClassVar, Final

from comity.arithmetic import ratio
from comity.mechanism import Outcome
from comity.world import Clock, Member

YEAR: Final = 4


@dataclass(frozen=True, kw_only=True)
class InequalityBetween(Outcome):
    """Standard deviation over states inside of net gain as felt; no Gini index, since gains may be negative."""

    unit: ClassVar[str] = "index"
    direction: ClassVar[str] = "lower is more equal"
    window: ClassVar[str] = "mean of the last year"
    columns: ClassVar[tuple[str, ...]] = (
        "between_mean", "between_squares", "between_now", "between_year", "between_quarters",
    )  # fmt: skip
    reads = ("clock.horizon", "clock.quarter", "member.gain", "member.inside", "tally.between_mean",
             "tally.between_now", "tally.between_quarters", "tally.between_squares",
             "tally.between_year", "tally.members_now")  # fmt: skip
    writes = ("tally.between_mean", "tally.between_now", "tally.between_quarters",
              "tally.between_squares", "tally.between_year")  # fmt: skip

    @staticmethod
    def finish(tally: Any) -> float:
        """The mean of the last year."""
        return ratio(tally.between_year, tally.between_quarters)


def begin(tally: Any) -> None:
    """Watch: taken anew each quarter."""
    tally.between_mean = 0.0
    tally.between_squares = 0.0


def add(member: Member, tally: Any) -> None:
    """Watch: the mean gain."""
    if member.inside != 0:
        tally.between_mean += ratio(member.gain, tally.members_now)


def spread(member: Member, tally: Any) -> None:
    """Watch: squared distance to the mean."""
    if member.inside != 0:
        apart = member.gain - tally.between_mean
        tally.between_squares += ratio(apart * apart, tally.members_now)


def keep(clock: Clock, tally: Any) -> None:
    """Watch: the standard deviation of the quarter; the last year counts."""
    tally.between_now = math.sqrt(tally.between_squares)
    if clock.quarter >= clock.horizon - YEAR:
        tally.between_year += tally.between_now
        tally.between_quarters += 1.0
