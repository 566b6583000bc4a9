"""Legitimacy: true trust of publics inside, each state counted once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar, Final

from comity.arithmetic import ratio
from comity.mechanism import Outcome
from comity.world import Clock, Member

YEAR: Final = 4


@dataclass(frozen=True, kw_only=True)
class Legitimacy(Outcome):
    """Unlike `trust`, without sampling error and without weights: a small public counts as much as a large one."""

    unit: ClassVar[str] = "share"
    direction: ClassVar[str] = "higher is more legitimate"
    window: ClassVar[str] = "mean of the last year"
    columns: ClassVar[tuple[str, ...]] = ("legitimacy_now", "legitimacy_year", "legitimacy_quarters")

    reads = ("clock.horizon", "clock.quarter", "member.inside", "member.trust", "tally.legitimacy_now",
             "tally.legitimacy_quarters", "tally.legitimacy_year", "tally.members_now")  # fmt: skip
    writes = ("tally.legitimacy_now", "tally.legitimacy_quarters", "tally.legitimacy_year")

    @staticmethod
    def finish(tally: Any) -> float:
        """The mean of the last year."""
        return ratio(tally.legitimacy_year, tally.legitimacy_quarters)


def begin(tally: Any) -> None:
    """Watch: taken anew each quarter."""
    tally.legitimacy_now = 0.0


def add(member: Member, tally: Any) -> None:
    """Watch: each public counts once."""
    if member.inside != 0:
        tally.legitimacy_now += ratio(member.trust, tally.members_now)


def keep(clock: Clock, tally: Any) -> None:
    """Watch: the last year counts."""
    if clock.quarter >= clock.horizon - YEAR:
        tally.legitimacy_year += tally.legitimacy_now
        tally.legitimacy_quarters += 1.0
