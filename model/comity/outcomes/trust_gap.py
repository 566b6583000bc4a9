"""Trust gap: how much more the core of a state trusts the organization than its periphery does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar, Final

from comity.arithmetic import ratio
from comity.mechanism import Outcome
from comity.world import Clock, Member

YEAR: Final = 4


@dataclass(frozen=True, kw_only=True)
class TrustGap(Outcome):
    """Core less periphery, without sampling error: mean over people inside (P8)."""

    unit: ClassVar[str] = "share"
    direction: ClassVar[str] = "lower is more even"
    window: ClassVar[str] = "mean of the last year"
    columns: ClassVar[tuple[str, ...]] = ("gap_now", "gap_year", "gap_quarters")

    reads = ("clock.horizon", "clock.quarter", "member.inside", "member.periphery", "member.population",
             "member.trust", "member.trust_periphery", "tally.gap_now", "tally.gap_quarters",
             "tally.gap_year", "tally.people_inside")  # fmt: skip
    writes = ("tally.gap_now", "tally.gap_quarters", "tally.gap_year")

    @staticmethod
    def finish(tally: Any) -> float:
        """The mean of the last year."""
        return ratio(tally.gap_year, tally.gap_quarters)


def begin(tally: Any) -> None:
    """Watch: taken anew each quarter."""
    tally.gap_now = 0.0


def add(member: Member, tally: Any) -> None:
    """Watch: each public by its size; the whole is core and periphery together."""
    if member.inside != 0:
        apart = ratio(member.trust - member.trust_periphery, 1.0 - member.periphery)
        tally.gap_now += ratio(apart * member.population, tally.people_inside)


def keep(clock: Clock, tally: Any) -> None:
    """Watch: the last year counts."""
    if clock.quarter >= clock.horizon - YEAR:
        tally.gap_year += tally.gap_now
        tally.gap_quarters += 1.0
