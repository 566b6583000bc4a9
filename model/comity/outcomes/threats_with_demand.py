"""Threats with a demand: share of threats that are tied to a reform."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from comity.arithmetic import ratio
from comity.mechanism import Outcome
from comity.world import Member


@dataclass(frozen=True, kw_only=True)
class ThreatsWithDemand(Outcome):
    """Fewer than half, by W6."""

    unit: ClassVar[str] = "share"
    direction: ClassVar[str] = "neither good nor bad in itself"
    window: ClassVar[str] = "the whole run"
    columns: ClassVar[tuple[str, ...]] = ("threats_made", "threats_demanding")

    reads = ("member.demanded_now", "member.threatened_now", "tally.threats_demanding", "tally.threats_made")
    writes = ("tally.threats_demanding", "tally.threats_made")

    @staticmethod
    def finish(tally: Any) -> float:
        """With a demand over all; zero where nobody threatened."""
        return ratio(tally.threats_demanding, tally.threats_made)


def add(member: Member, tally: Any) -> None:
    """Watch: threats made this quarter, and those with a demand."""
    if member.threatened_now != 0:
        tally.threats_made += 1.0
        tally.threats_demanding += member.demanded_now
