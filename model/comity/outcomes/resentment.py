"""Resentment: grievance that the publics of founding members hold, each state counted once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar, Final

from comity.arithmetic import ratio
from comity.mechanism import Outcome
from comity.world import Clock, Member

YEAR: Final = 4


@dataclass(frozen=True, kw_only=True)
class Resentment(Outcome):
    """Reported beside respect, never inside it: feelings, where respect counts acts (mechanisms.md, section 2).

    Over founding members, those who left included, as integration and respect are: an organization does not become
    less resented by losing those who resent it.
    """

    unit: ClassVar[str] = "share"
    direction: ClassVar[str] = "lower is calmer"
    window: ClassVar[str] = "mean of the last year"
    columns: ClassVar[tuple[str, ...]] = ("resentment_now", "resentment_year", "resentment_quarters")

    reads = ("clock.horizon", "clock.quarter", "member.founding", "member.grievance", "tally.founders",
             "tally.resentment_now", "tally.resentment_quarters", "tally.resentment_year")  # fmt: skip
    writes = ("tally.resentment_now", "tally.resentment_quarters", "tally.resentment_year")

    @staticmethod
    def finish(tally: Any) -> float:
        """The mean of the last year."""
        return ratio(tally.resentment_year, tally.resentment_quarters)


def begin(tally: Any) -> None:
    """Watch: taken anew each quarter."""
    tally.resentment_now = 0.0


def add(member: Member, tally: Any) -> None:
    """Watch: each public counts once, whoever is inside today."""
    if member.founding != 0:
        tally.resentment_now += ratio(member.grievance, tally.founders)


def keep(clock: Clock, tally: Any) -> None:
    """Watch: the last year counts."""
    if clock.quarter >= clock.horizon - YEAR:
        tally.resentment_year += tally.resentment_now
        tally.resentment_quarters += 1.0
