"""Resentment: grievance that publics inside hold, each state counted once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from comity.arithmetic import ratio
from comity.mechanism import Outcome
from comity.world import Clock, Member, Organization

YEAR: int = 4


@dataclass(frozen=True, kw_only=True)
class Resentment(Outcome):
    """Reported beside respect, never inside it: feelings, where respect counts acts (mechanisms.md, section 2)."""

    unit: ClassVar[str] = "share"
    direction: ClassVar[str] = "lower is calmer"
    window: ClassVar[str] = "mean of the last year"
    columns: ClassVar[tuple[str, ...]] = ("resentment_now", "resentment_year", "resentment_quarters")

    reads = ("clock.horizon", "clock.quarter", "member.grievance", "member.inside", "org.inside",
             "tally.resentment_now", "tally.resentment_quarters", "tally.resentment_year")  # fmt: skip
    writes = ("tally.resentment_now", "tally.resentment_quarters", "tally.resentment_year")

    @staticmethod
    def finish(tally: Any) -> float:
        """The mean of the last year."""
        return ratio(tally.resentment_year, tally.resentment_quarters)


def begin(tally: Any) -> None:
    """Watch: taken anew each quarter."""
    tally.resentment_now = 0.0


def add(member: Member, org: Organization, tally: Any) -> None:
    """Watch: each public counts once."""
    if member.inside != 0:
        tally.resentment_now += member.grievance * ratio(1.0, float(org.inside))


def keep(clock: Clock, tally: Any) -> None:
    """Watch: the last year counts."""
    if clock.quarter >= clock.horizon - YEAR:
        tally.resentment_year += tally.resentment_now
        tally.resentment_quarters += 1.0
