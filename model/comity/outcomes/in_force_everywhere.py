"""In force everywhere: measures that all states inside truly implement five years after they were tabled."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from comity.mechanism import Outcome
from comity.outcomes import share_of
from comity.world import Organization


@dataclass(frozen=True, kw_only=True)
class InForceEverywhere(Outcome):
    """The unit of R1 and R2 is the measure done by all, never the mean over states (mechanisms.md, fault 2).

    Of passed measures as they turn five, or are settled before; one state that has opted out is enough for a no.
    """

    unit: ClassVar[str] = "share"
    direction: ClassVar[str] = "higher is more complete"
    window: ClassVar[str] = "measures as they turn five years old"
    columns: ClassVar[tuple[str, ...]] = ()

    reads = ("org.aged", "org.everywhere")
    writes = ()

    @staticmethod
    def finish(org: Organization) -> float:
        """Done by all, over those old enough."""
        return share_of(float(org.everywhere), float(org.aged))
