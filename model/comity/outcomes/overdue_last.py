"""Overdue at last: the overdue share once the run has settled."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from comity.arithmetic import ratio
from comity.mechanism import Outcome
from comity.world import Clock

YEAR: int = 4


@dataclass(frozen=True, kw_only=True)
class OverdueLast(Outcome):
    """`overdue_share` of the last year alone: nothing is overdue on the first day, which the mean over a run feels."""

    unit: ClassVar[str] = "share"
    direction: ClassVar[str] = "lower is more punctual"
    window: ClassVar[str] = "mean of the last year"
    columns: ClassVar[tuple[str, ...]] = ("overdue_year", "overdue_year_quarters")

    reads = ("clock.horizon", "clock.quarter", "tally.overdue_now", "tally.overdue_year", "tally.overdue_year_quarters")
    writes = ("tally.overdue_year", "tally.overdue_year_quarters")

    @staticmethod
    def finish(tally: Any) -> float:
        """The mean of the last year."""
        return ratio(tally.overdue_year, tally.overdue_year_quarters)


def keep(clock: Clock, tally: Any) -> None:
    """Watch: the last year counts."""
    if clock.quarter >= clock.horizon - YEAR:
        tally.overdue_year += tally.overdue_now
        tally.overdue_year_quarters += 1.0
