"""Members: states inside at the end."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from comity.mechanism import Outcome
from comity.world import Member


@dataclass(frozen=True, kw_only=True)
class Members(Outcome):
    """Members, suspended members and members in notice, on the last day.

    The counts of the day stand here for all outcomes that take means over those inside: the organization's own were
    taken before anybody left this quarter.
    """

    unit: ClassVar[str] = "count"
    direction: ClassVar[str] = "neither good nor bad in itself"
    window: ClassVar[str] = "the end of the run"
    columns: ClassVar[tuple[str, ...]] = ("members_now", "people_inside")

    reads = ("member.inside", "member.population", "tally.members_now", "tally.people_inside")
    writes = ("tally.members_now", "tally.people_inside")

    @staticmethod
    def finish(tally: Any) -> float:
        """States inside in the last quarter."""
        return float(tally.members_now)


def begin(tally: Any) -> None:
    """Watch: counted anew each quarter."""
    tally.members_now = 0.0
    tally.people_inside = 0.0


def add(member: Member, tally: Any) -> None:
    """Watch: who is inside, and how many people."""
    if member.inside != 0:
        tally.members_now += 1.0
        tally.people_inside += member.population
