"""Suspensions: states suspended in the run."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from comity.mechanism import Outcome
from comity.world import Member


@dataclass(frozen=True, kw_only=True)
class Suspensions(Outcome):
    """Each suspension counts, also of the same state again (S1)."""

    unit: ClassVar[str] = "count"
    direction: ClassVar[str] = "neither good nor bad in itself"
    window: ClassVar[str] = "the whole run"
    columns: ClassVar[tuple[str, ...]] = ("suspended_total",)

    reads = ("member.suspended_now", "tally.suspended_total")
    writes = ("tally.suspended_total",)

    @staticmethod
    def finish(tally: Any) -> float:
        """All suspensions."""
        return float(tally.suspended_total)


def add(member: Member, tally: Any) -> None:
    """Watch: suspended this quarter."""
    tally.suspended_total += member.suspended_now
