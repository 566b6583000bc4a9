"""Swings of trust: the highest less the lowest trust of the region."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from comity.mechanism import Outcome
from comity.world import Clock


@dataclass(frozen=True, kw_only=True)
class TrustRange(Outcome):
    """Of the quarterly mean over people inside, as a survey sees it (T1)."""

    unit: ClassVar[str] = "share"
    direction: ClassVar[str] = "higher is more swings"
    window: ClassVar[str] = "the whole run"
    columns: ClassVar[tuple[str, ...]] = ("trust_high", "trust_low")

    reads = ("clock.quarter", "tally.trust_high", "tally.trust_low", "tally.trust_now")
    writes = ("tally.trust_high", "tally.trust_low")

    @staticmethod
    def finish(tally: Any) -> float:
        """Highest less lowest."""
        return float(tally.trust_high - tally.trust_low)


def keep(clock: Clock, tally: Any) -> None:
    """Watch: the extremes so far."""
    if clock.quarter == 0:
        tally.trust_high = tally.trust_now
        tally.trust_low = tally.trust_now
    tally.trust_high = max(tally.trust_high, tally.trust_now)
    tally.trust_low = min(tally.trust_low, tally.trust_now)
