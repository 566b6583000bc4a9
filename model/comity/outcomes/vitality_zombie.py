"""Zombie: it still exists and has decided nothing for five years."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from comity.mechanism import Outcome
from comity.world import Organization

LEAST: int = 2


@dataclass(frozen=True, kw_only=True)
class VitalityZombie(Outcome):
    """Vitality of international organizations (Gray 2018): alive, zombie, dead; one of the three in each run."""

    unit: ClassVar[str] = "share of runs"
    direction: ClassVar[str] = "lower is livelier"
    window: ClassVar[str] = "the last five years"
    columns: ClassVar[tuple[str, ...]] = ()
    reads = ("org.inside", "org.passed", "tally.passed_then")

    @staticmethod
    def finish(org: Organization, tally: Any) -> float:
        """One or zero."""
        return 1.0 if org.inside >= LEAST and org.passed <= tally.passed_then else 0.0
