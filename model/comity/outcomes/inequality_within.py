"""Inequality within: losses of the periphery that nobody has made good, weighted by population."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar, Final

from comity.arithmetic import ratio
from comity.mechanism import Outcome
from comity.world import Clock, Member

YEAR: Final = 4


@dataclass(frozen=True, kw_only=True)
class InequalityWithin(Outcome):
    """The gap of gain between core and periphery of a state, after compensation (P8): mean over people inside."""

    unit: ClassVar[str] = "index"
    direction: ClassVar[str] = "lower is more equal"
    window: ClassVar[str] = "mean of the last year"
    columns: ClassVar[tuple[str, ...]] = ("within_now", "within_year", "within_quarters")

    reads = ("clock.horizon", "clock.quarter", "member.inequality", "member.inside",
             "member.population", "tally.people_inside", "tally.within_now", "tally.within_quarters",
             "tally.within_year")  # fmt: skip
    writes = ("tally.within_now", "tally.within_quarters", "tally.within_year")

    @staticmethod
    def finish(tally: Any) -> float:
        """The mean of the last year."""
        return ratio(tally.within_year, tally.within_quarters)


def begin(tally: Any) -> None:
    """Watch: taken anew each quarter."""
    tally.within_now = 0.0


def add(member: Member, tally: Any) -> None:
    """Watch: each public by its size."""
    if member.inside != 0:
        tally.within_now += ratio(member.inequality * member.population, tally.people_inside)


def keep(clock: Clock, tally: Any) -> None:
    """Watch: the last year counts."""
    if clock.quarter >= clock.horizon - YEAR:
        tally.within_year += tally.within_now
        tally.within_quarters += 1.0
