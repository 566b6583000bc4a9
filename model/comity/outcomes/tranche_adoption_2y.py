"""Adoption under tranches: share of states inside that are party two years after a measure with tranches became law."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar, Final

from comity.mechanism import Outcome
from comity.outcomes import share_of
from comity.world import IN_FORCE, Measure

TWO_YEARS: Final = 7.0
"""Quarters in force at the end of the second year, the first one counted as none."""


@dataclass(frozen=True, kw_only=True)
class TrancheAdoption2y(Outcome):
    """Mean over measures that let states defer a part (R13); one where adoption binds all, missing without tranches."""

    unit: ClassVar[str] = "share"
    direction: ClassVar[str] = "higher is more adopted"
    window: ClassVar[str] = "measures with tranches, two years after entry into force"
    columns: ClassVar[tuple[str, ...]] = ("tranche_measures", "tranche_parties")

    reads = ("measure.parties", "measure.since_force", "measure.stage", "measure.tranche",
             "tally.tranche_measures", "tally.tranche_parties")  # fmt: skip
    writes = ("tally.tranche_measures", "tally.tranche_parties")

    @staticmethod
    def finish(tally: Any) -> float:
        """Mean share of parties."""
        return share_of(tally.tranche_parties, tally.tranche_measures)


def add(measure: Measure, tally: Any) -> None:
    """Watch: measures at the end of their second year in force."""
    if measure.stage == IN_FORCE and measure.tranche > 0.0 and measure.since_force == TWO_YEARS:
        tally.tranche_measures += 1.0
        tally.tranche_parties += measure.parties
