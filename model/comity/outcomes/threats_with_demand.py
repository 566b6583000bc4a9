"""Threats with a demand: share of threats that are tied to a reform."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from comity.mechanism import Outcome
from comity.outcomes import share_of
from comity.world import Member


@dataclass(frozen=True, kw_only=True)
class ThreatsWithDemand(Outcome):
    """Fewer than half, by W6; missing where nobody threatened."""

    unit: ClassVar[str] = "share"
    direction: ClassVar[str] = "neither good nor bad in itself"
    window: ClassVar[str] = "the whole run"
    columns: ClassVar[tuple[str, ...]] = ("threats_demanding",)

    reads = ("member.demanded_now", "member.threatened_now", "tally.threats_demanding", "tally.threats_total")
    writes = ("tally.threats_demanding",)

    @staticmethod
    def finish(tally: Any) -> float:
        """With a demand over all."""
        return share_of(tally.threats_demanding, tally.threats_total)


def add(member: Member, tally: Any) -> None:
    """Watch: threats made this quarter that carry a demand."""
    if member.threatened_now != 0:
        tally.threats_demanding += member.demanded_now
