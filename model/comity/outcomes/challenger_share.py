"""Challengers: the vote share of anti-integration parties inside, weighted by population."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar, Final

from comity.arithmetic import ratio
from comity.mechanism import Outcome
from comity.world import Clock, Member

YEAR: Final = 4


@dataclass(frozen=True, kw_only=True)
class ChallengerShare(Outcome):
    """The aggregate that PopuList and ParlGov give for the European Union (P1)."""

    unit: ClassVar[str] = "share"
    direction: ClassVar[str] = "lower is less contested"
    window: ClassVar[str] = "mean of the last year"
    columns: ClassVar[tuple[str, ...]] = ("challenger_now", "challenger_year", "challenger_quarters")

    reads = ("clock.horizon", "clock.quarter", "member.challenger", "member.inside",
             "member.population", "tally.challenger_now", "tally.challenger_quarters",
             "tally.challenger_year", "tally.people_inside")  # fmt: skip
    writes = ("tally.challenger_now", "tally.challenger_quarters", "tally.challenger_year")

    @staticmethod
    def finish(tally: Any) -> float:
        """The mean of the last year."""
        return ratio(tally.challenger_year, tally.challenger_quarters)


def begin(tally: Any) -> None:
    """Watch: taken anew each quarter."""
    tally.challenger_now = 0.0


def add(member: Member, tally: Any) -> None:
    """Watch: each electorate by its size."""
    if member.inside != 0:
        tally.challenger_now += ratio(member.challenger * member.population, tally.people_inside)


def keep(clock: Clock, tally: Any) -> None:
    """Watch: the last year counts."""
    if clock.quarter >= clock.horizon - YEAR:
        tally.challenger_year += tally.challenger_now
        tally.challenger_quarters += 1.0
