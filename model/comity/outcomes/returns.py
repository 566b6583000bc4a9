"""Returns: states that left and came back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from comity.mechanism import Outcome
from comity.world import RETURNED, Member


@dataclass(frozen=True, kw_only=True)
class Returns(Outcome):
    """Inside again after a time outside (mechanisms.md, pattern 10); notice taken back in time is no return."""

    unit: ClassVar[str] = "count"
    direction: ClassVar[str] = "neither good nor bad in itself"
    window: ClassVar[str] = "the whole run"
    columns: ClassVar[tuple[str, ...]] = ("returns_total",)

    reads = ("member.joined", "member.since", "member.standing", "tally.returns_total")
    writes = ("tally.returns_total",)

    @staticmethod
    def finish(tally: Any) -> float:
        """All returns."""
        return float(tally.returns_total)


def add(member: Member, tally: Any) -> None:
    """Watch: came back this quarter."""
    if member.standing == RETURNED and member.joined != 0 and member.since <= 0.0:
        tally.returns_total += 1.0
