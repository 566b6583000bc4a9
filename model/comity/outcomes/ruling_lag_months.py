"""Ruling lag: time from a ruling to compliance."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Final

from comity.mechanism import Outcome
from comity.outcomes import share_of
from comity.world import Organization

MONTHS: Final = 3.0
"""In a quarter."""


@dataclass(frozen=True, kw_only=True)
class RulingLagMonths(Outcome):
    """Mean over rulings that were obeyed by the end (C6: 17 to 24 months); missing where none was."""

    unit: ClassVar[str] = "months"
    direction: ClassVar[str] = "lower is more lawful"
    window: ClassVar[str] = "the whole run"
    columns: ClassVar[tuple[str, ...]] = ()

    reads = ("org.ruling_wait", "org.rulings_obeyed")
    writes = ()

    @staticmethod
    def finish(org: Organization) -> float:
        """Mean lag in months."""
        return share_of(org.ruling_wait, float(org.rulings_obeyed)) * MONTHS
