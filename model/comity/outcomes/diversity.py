"""Diversity: how far states inside differ in what they implement."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar, Final

from comity.arithmetic import ratio
from comity.mechanism import Outcome
from comity.world import Area, Clock, Member, Stake

YEAR: Final = 4


@dataclass(frozen=True, kw_only=True)
class Diversity(Outcome):
    """Mean distance to the mean of the area, areas by weight: the complement of uniform implementation.

    Reported apart from respect (mechanisms.md, section 2): differing may be chosen, or a sign of those left behind.
    """

    unit: ClassVar[str] = "share"
    direction: ClassVar[str] = "neither good nor bad in itself"
    window: ClassVar[str] = "mean of the last year"
    columns: ClassVar[tuple[str, ...]] = ("diversity_now", "diversity_year", "diversity_quarters")

    reads = ("area.integration", "area.weight", "clock.horizon", "clock.quarter", "member.inside",
             "stake.implemented", "tally.diversity_now", "tally.diversity_quarters",
             "tally.diversity_year", "tally.members_now")  # fmt: skip
    writes = ("tally.diversity_now", "tally.diversity_quarters", "tally.diversity_year")

    @staticmethod
    def finish(tally: Any) -> float:
        """The mean of the last year."""
        return ratio(tally.diversity_year, tally.diversity_quarters)


def begin(tally: Any) -> None:
    """Watch: taken anew each quarter."""
    tally.diversity_now = 0.0


def add(member: Member, stake: Stake, area: Area, tally: Any) -> None:
    """Watch: each state inside, area by area."""
    if member.inside != 0:
        apart = abs(stake.implemented - area.integration)
        tally.diversity_now += area.weight * ratio(apart, tally.members_now)


def keep(clock: Clock, tally: Any) -> None:
    """Watch: the last year counts."""
    if clock.quarter >= clock.horizon - YEAR:
        tally.diversity_year += tally.diversity_now
        tally.diversity_quarters += 1.0
