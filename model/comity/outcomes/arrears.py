"""Arrears: dues that were owed and not paid, as a share of dues."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from comity.arithmetic import ratio
from comity.mechanism import Outcome
from comity.world import Organization


@dataclass(frozen=True, kw_only=True)
class Arrears(Outcome):
    """Old debts that are settled count as paid."""

    unit: ClassVar[str] = "share"
    direction: ClassVar[str] = "lower is better paid"
    window: ClassVar[str] = "mean over the run"
    columns: ClassVar[tuple[str, ...]] = ("dues_owed", "dues_missing")

    reads = ("org.donors", "org.revenue", "tally.dues_missing", "tally.dues_owed")
    writes = ("tally.dues_missing", "tally.dues_owed")

    @staticmethod
    def finish(tally: Any) -> float:
        """Missing over owed."""
        return ratio(tally.dues_missing, tally.dues_owed)


def keep(org: Organization, tally: Any) -> None:
    """Watch: members' part of full dues, and what came in of it."""
    tally.dues_owed += 1.0 - org.donors
    tally.dues_missing += max(1.0 - org.revenue, 0.0)
