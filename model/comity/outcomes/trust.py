"""Trust: the share of people inside who tend to trust the organization, as a survey sees it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from comity.arithmetic import ratio
from comity.mechanism import Outcome
from comity.world import Clock, Member

YEAR: int = 4


@dataclass(frozen=True, kw_only=True)
class Trust(Outcome):
    """Weighted by population, like the Eurobarometer's figure for the whole union; sampling error included (T4)."""

    unit: ClassVar[str] = "share"
    direction: ClassVar[str] = "higher is more trusted"
    window: ClassVar[str] = "mean of the last year"
    columns: ClassVar[tuple[str, ...]] = ("trust_now", "trust_year", "trust_quarters")
    reads = ("clock.horizon", "clock.quarter", "member.inside", "member.population",
             "member.trust_observed", "tally.people_inside", "tally.trust_now", "tally.trust_quarters",
             "tally.trust_year")  # fmt: skip
    writes = ("tally.trust_now", "tally.trust_quarters", "tally.trust_year")

    @staticmethod
    def finish(tally: Any) -> float:
        """The mean of the last year."""
        return ratio(tally.trust_year, tally.trust_quarters)


def begin(tally: Any) -> None:
    """Watch: asked anew each quarter."""
    tally.trust_now = 0.0


def add(member: Member, tally: Any) -> None:
    """Watch: each public by its size."""
    if member.inside != 0:
        tally.trust_now += ratio(member.trust_observed * member.population, tally.people_inside)


def keep(clock: Clock, tally: Any) -> None:
    """Watch: the last year counts."""
    if clock.quarter >= clock.horizon - YEAR:
        tally.trust_year += tally.trust_now
        tally.trust_quarters += 1.0
