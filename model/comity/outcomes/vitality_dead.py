"""Dead: fewer than two states are left inside."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar, Final

from comity.mechanism import Outcome

LEAST: Final = 2.0
"""Members without whom there is no organization."""


@dataclass(frozen=True, kw_only=True)
class VitalityDead(Outcome):
    """Vitality of international organizations (Gray 2018): alive, zombie or dead; one of the three in each run."""

    unit: ClassVar[str] = "share of runs"
    direction: ClassVar[str] = "lower is livelier"
    window: ClassVar[str] = "the end of the run"
    columns: ClassVar[tuple[str, ...]] = ()

    reads = ("tally.members_now",)
    writes = ()

    @staticmethod
    def finish(tally: Any) -> float:
        """One or zero."""
        return 1.0 if tally.members_now < LEAST else 0.0
