"""Reports ahead of deeds: what is reported as implemented beyond what is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from comity.mechanism import Outcome
from comity.outcomes import share_of


@dataclass(frozen=True, kw_only=True)
class ReportBias(Outcome):
    """Reported less true implementation, a year after it fell due (R3); missing where nothing fell due."""

    unit: ClassVar[str] = "share"
    direction: ClassVar[str] = "lower is more honest"
    window: ClassVar[str] = "obligations a year past due"
    columns: ClassVar[tuple[str, ...]] = ()

    reads = ("tally.claim_missing", "tally.due_depth", "tally.due_missing")
    writes = ()

    @staticmethod
    def finish(tally: Any) -> float:
        """The difference of the two shares."""
        missing = min(tally.due_missing, tally.due_depth)
        return share_of(missing - min(tally.claim_missing, tally.due_depth), tally.due_depth)
