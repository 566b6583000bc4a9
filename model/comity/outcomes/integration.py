"""Integration: what is in force and truly implemented, with network gains, over the founding members."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from comity.arithmetic import ratio
from comity.mechanism import Outcome
from comity.world import Area, Clock, Member, Stake

YEAR: int = 4


@dataclass(frozen=True, kw_only=True)
class Integration(Outcome):
    """Mean of the last year; leavers stay in the denominator with nothing.

    Formula   mechanisms.md, section 2: I = mean over founding members of sum_a w_a [(1 - n_a) E + n_a shared]
    """

    unit: ClassVar[str] = "share"
    direction: ClassVar[str] = "higher is deeper"
    window: ClassVar[str] = "mean of the last year"
    columns: ClassVar[tuple[str, ...]] = (
        "founders", "people", "integration_now", "integration_people_now", "integration_year", "integration_years",
        "integration_people_year", "integration_peak",
    )  # fmt: skip
    reads = ("area.network", "area.weight", "clock.horizon", "clock.quarter", "member.founding",
             "member.population", "stake.implemented", "stake.shared", "tally.founders",
             "tally.integration_now", "tally.integration_peak", "tally.integration_people_now",
             "tally.integration_people_year", "tally.integration_year", "tally.integration_years",
             "tally.people")  # fmt: skip
    writes = ("tally.founders", "tally.integration_now", "tally.integration_peak",
              "tally.integration_people_now", "tally.integration_people_year", "tally.integration_year",
              "tally.integration_years", "tally.people")  # fmt: skip

    @staticmethod
    def finish(tally: Any) -> float:
        """The mean of the last year."""
        return ratio(tally.integration_year, tally.integration_years)


def begin(tally: Any) -> None:
    """Watch: counted anew each quarter."""
    tally.founders = 0.0
    tally.people = 0.0
    tally.integration_now = 0.0
    tally.integration_people_now = 0.0


def census(member: Member, tally: Any) -> None:
    """Watch: the founding members are the measure, whoever is inside today."""
    if member.founding != 0:
        tally.founders += 1.0
        tally.people += member.population


def add(member: Member, stake: Stake, area: Area, tally: Any) -> None:
    """Watch: own implementation, and the part that needs partners."""
    if member.founding != 0:
        value = area.weight * ((1.0 - area.network) * stake.implemented + area.network * stake.shared)
        tally.integration_now += ratio(value, tally.founders)
        tally.integration_people_now += ratio(value * member.population, tally.people)


def keep(clock: Clock, tally: Any) -> None:
    """Watch: the last year counts, and the peak of any quarter is kept for durability."""
    tally.integration_peak = max(tally.integration_peak, tally.integration_now)
    if clock.quarter >= clock.horizon - YEAR:
        tally.integration_year += tally.integration_now
        tally.integration_people_year += tally.integration_people_now
        tally.integration_years += 1.0
