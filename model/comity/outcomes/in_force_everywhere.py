"""In force everywhere: measures truly implemented by all states inside within five years of tabling."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from comity.arithmetic import ratio
from comity.mechanism import Outcome
from comity.world import Organization


@dataclass(frozen=True, kw_only=True)
class InForceEverywhere(Outcome):
    """The denominator of R1 and R2: measures five years old, or done before (mechanisms.md, fault 2)."""

    unit: ClassVar[str] = "share"
    direction: ClassVar[str] = "higher is more complete"
    window: ClassVar[str] = "the whole run"
    columns: ClassVar[tuple[str, ...]] = ()
    reads = ("org.aged", "org.everywhere")

    @staticmethod
    def finish(org: Organization) -> float:
        """Done by all, over those old enough."""
        return ratio(float(org.everywhere), float(org.aged))
