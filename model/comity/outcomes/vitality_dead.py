"""Dead: fewer than two states are left inside."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from comity.mechanism import Outcome
from comity.world import Organization

LEAST: int = 2


@dataclass(frozen=True, kw_only=True)
class VitalityDead(Outcome):
    """Vitality of international organizations (Gray 2018): alive, zombie, dead; one of the three in each run."""

    unit: ClassVar[str] = "share of runs"
    direction: ClassVar[str] = "lower is livelier"
    window: ClassVar[str] = "the last five years"
    columns: ClassVar[tuple[str, ...]] = ()
    reads = ("org.inside",)

    @staticmethod
    def finish(org: Organization) -> float:
        """One or zero."""
        return 1.0 if org.inside < LEAST else 0.0
