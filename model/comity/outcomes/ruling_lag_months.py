"""Ruling lag: time from a ruling to compliance."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from comity.arithmetic import ratio
from comity.mechanism import Outcome
from comity.world import Organization

MONTHS: float = 3.0


@dataclass(frozen=True, kw_only=True)
class RulingLagMonths(Outcome):
    """Mean over rulings that were obeyed (C6: 17 to 24 months in the European Union)."""

    unit: ClassVar[str] = "months"
    direction: ClassVar[str] = "lower is more lawful"
    window: ClassVar[str] = "the whole run"
    columns: ClassVar[tuple[str, ...]] = ()
    reads = ("org.ruling_wait", "org.rulings_obeyed")

    @staticmethod
    def finish(org: Organization) -> float:
        """Mean lag in months; zero where no ruling was obeyed."""
        return ratio(org.ruling_wait, float(org.rulings_obeyed)) * MONTHS
