"""Months to half: how long it takes until half of the states are party to a text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar, Final

from comity.mechanism import Outcome
from comity.outcomes import MISSING, share_of
from comity.world import OPEN, Clock, Measure

MONTHS: Final = 3.0
"""In a quarter."""
FIVE_YEARS: Final = 20
HALF: Final = 0.5


@dataclass(frozen=True, kw_only=True)
class MonthsToHalf(Outcome):
    """Mean over the texts that got there within five years (R7); missing where fewer than half did.

    Texts that passed in the last five years of a run are left out. Zero where adoption binds all.
    """

    unit: ClassVar[str] = "months"
    direction: ClassVar[str] = "lower is sooner"
    window: ClassVar[str] = "texts that passed with five years to go"
    columns: ClassVar[tuple[str, ...]] = ("half_texts", "half_done", "half_quarters")

    reads = ("clock.horizon", "clock.quarter", "measure.half_at", "measure.parties", "measure.since_open",
             "measure.stage", "measure.vote_now", "tally.half_done", "tally.half_quarters",
             "tally.half_texts")  # fmt: skip
    writes = ("measure.half_at", "tally.half_done", "tally.half_quarters", "tally.half_texts")

    @staticmethod
    def finish(tally: Any) -> float:
        """Mean months until half were party."""
        if tally.half_done < HALF * tally.half_texts:
            return MISSING
        return share_of(tally.half_quarters, tally.half_done) * MONTHS


def add(measure: Measure, clock: Clock, tally: Any) -> None:
    """Watch: texts that pass, and the quarter in which half are party."""
    if measure.vote_now != 0:
        measure.half_at = 0.0
    if measure.stage < OPEN:
        return
    passed = float(clock.quarter) - measure.since_open
    if passed + FIVE_YEARS >= clock.horizon or measure.since_open > FIVE_YEARS:
        return
    if measure.vote_now != 0:
        tally.half_texts += 1.0
    if measure.half_at <= 0.0 and measure.parties >= HALF:
        measure.half_at = measure.since_open + 1.0
        tally.half_done += 1.0
        tally.half_quarters += measure.since_open
