"""Trust beyond home: how much more publics trust the organization than their own government."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from comity.arithmetic import ratio
from comity.mechanism import Outcome
from comity.world import Clock, Member

YEAR: int = 4


@dataclass(frozen=True, kw_only=True)
class TrustOverNational(Outcome):
    """Trust as a survey sees it less trust in the national government, mean over people inside (T2)."""

    unit: ClassVar[str] = "share"
    direction: ClassVar[str] = "higher is more trusted than governments at home"
    window: ClassVar[str] = "mean of the last year"
    columns: ClassVar[tuple[str, ...]] = ("over_now", "over_year", "over_quarters")

    reads = ("clock.horizon", "clock.quarter", "member.inside", "member.population", "member.trust_national",
             "member.trust_observed", "tally.over_now", "tally.over_quarters",
             "tally.over_year", "tally.people_inside")  # fmt: skip
    writes = ("tally.over_now", "tally.over_quarters", "tally.over_year")

    @staticmethod
    def finish(tally: Any) -> float:
        """The mean of the last year."""
        return ratio(tally.over_year, tally.over_quarters)


def begin(tally: Any) -> None:
    """Watch: asked anew each quarter."""
    tally.over_now = 0.0


def add(member: Member, tally: Any) -> None:
    """Watch: each public by its size."""
    if member.inside != 0:
        apart = member.trust_observed - member.trust_national
        tally.over_now += ratio(apart * member.population, tally.people_inside)


def keep(clock: Clock, tally: Any) -> None:
    """Watch: the last year counts."""
    if clock.quarter >= clock.horizon - YEAR:
        tally.over_year += tally.over_now
        tally.over_quarters += 1.0
