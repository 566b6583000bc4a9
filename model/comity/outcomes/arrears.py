"""Arrears: dues that were owed and not paid, as a share of dues."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from comity.mechanism import Outcome
from comity.outcomes import share_of
from comity.world import Organization


@dataclass(frozen=True, kw_only=True)
class Arrears(Outcome):
    """Old debts that are settled count as paid, in the quarter in which they are; what donors give owes nothing."""

    unit: ClassVar[str] = "share"
    direction: ClassVar[str] = "lower is better paid"
    window: ClassVar[str] = "mean over the run"
    columns: ClassVar[tuple[str, ...]] = ("dues_owed", "dues_missing")

    reads = ("org.donors", "org.revenue", "org.windfall", "tally.dues_missing", "tally.dues_owed")
    writes = ("tally.dues_missing", "tally.dues_owed")

    @staticmethod
    def finish(tally: Any) -> float:
        """Missing over owed; zero where as much old debt was settled as new was made."""
        return share_of(max(tally.dues_missing, 0.0), tally.dues_owed)


def keep(org: Organization, tally: Any) -> None:
    """Watch: members' part of full dues, and what of it did not come in."""
    tally.dues_owed += 1.0 - org.donors
    tally.dues_missing += 1.0 - (org.revenue - org.windfall)
