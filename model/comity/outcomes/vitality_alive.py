"""Alive: the organization still has members and still decides."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from comity.mechanism import Outcome
from comity.world import Clock, Organization

LEAST: int = 2
RECENT: int = 20


@dataclass(frozen=True, kw_only=True)
class VitalityAlive(Outcome):
    """Vitality of international organizations (Gray 2018): alive, zombie, dead; one of the three in each run."""

    unit: ClassVar[str] = "share of runs"
    direction: ClassVar[str] = "higher is livelier"
    window: ClassVar[str] = "the last five years"
    columns: ClassVar[tuple[str, ...]] = ("passed_then",)

    reads = ("clock.horizon", "clock.quarter", "org.inside", "org.passed", "tally.passed_then")
    writes = ("tally.passed_then",)

    @staticmethod
    def finish(org: Organization, tally: Any) -> float:
        """One or zero."""
        return 1.0 if org.inside >= LEAST and org.passed > tally.passed_then else 0.0


def keep(org: Organization, clock: Clock, tally: Any) -> None:
    """Watch: what had been passed five years before the end."""
    if clock.quarter <= clock.horizon - RECENT:
        tally.passed_then = float(org.passed)
