"""Suspensions per violation: how many coups of members were answered by suspension."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from comity.arithmetic import ratio
from comity.mechanism import Outcome
from comity.world import Member


@dataclass(frozen=True, kw_only=True)
class SuspensionsPerViolation(Outcome):
    """S2 counts backsliders, about one in nineteen; coups alone are answered more often."""

    unit: ClassVar[str] = "share"
    direction: ClassVar[str] = "neither good nor bad in itself"
    window: ClassVar[str] = "the whole run"
    columns: ClassVar[tuple[str, ...]] = ("answered", "violations")

    reads = ("member.coup_government", "member.inside", "member.suspended_now", "tally.answered",
             "tally.violations")  # fmt: skip
    writes = ("tally.answered", "tally.violations")

    @staticmethod
    def finish(tally: Any) -> float:
        """Suspensions over coups; zero where there was none."""
        return ratio(tally.answered, tally.violations)


def add(member: Member, tally: Any) -> None:
    """Watch: coups of states inside, and their answers."""
    tally.answered += member.suspended_now
    if member.inside != 0 and member.coup_government == 1.0:
        tally.violations += 1.0
