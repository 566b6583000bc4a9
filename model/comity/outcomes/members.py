"""Members: states inside at the end."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from comity.mechanism import Outcome
from comity.world import Member


@dataclass(frozen=True, kw_only=True)
class Members(Outcome):
    """Members, suspended members and members in notice."""

    unit: ClassVar[str] = "count"
    direction: ClassVar[str] = "neither good nor bad in itself"
    window: ClassVar[str] = "the end of the run"
    columns: ClassVar[tuple[str, ...]] = ("members_now",)

    reads = ("member.inside", "tally.members_now")
    writes = ("tally.members_now",)

    @staticmethod
    def finish(tally: Any) -> float:
        """States inside in the last quarter."""
        return float(tally.members_now)


def begin(tally: Any) -> None:
    """Watch: counted anew each quarter."""
    tally.members_now = 0.0


def add(member: Member, tally: Any) -> None:
    """Watch: who is inside."""
    tally.members_now += member.inside
