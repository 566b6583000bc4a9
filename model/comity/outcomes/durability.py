"""Durability: integration in the last year, over its peak."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from comity.arithmetic import ratio
from comity.mechanism import Outcome


@dataclass(frozen=True, kw_only=True)
class Durability(Outcome):
    """Reported beside integration, never multiplied in (mechanisms.md, section 2)."""

    unit: ClassVar[str] = "ratio"
    direction: ClassVar[str] = "higher is more lasting"
    window: ClassVar[str] = "last year over the peak of any quarter"
    reads = ("tally.integration_peak", "tally.integration_year", "tally.integration_years")

    @staticmethod
    def finish(tally: Any) -> float:
        """One where the peak is now; zero where nothing was ever integrated."""
        return ratio(ratio(tally.integration_year, tally.integration_years), tally.integration_peak)
