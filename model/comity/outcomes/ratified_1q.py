"""Curve of ratification, one quarter on: share of states that are party so long after a text passed the organ."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar, Final

from comity.mechanism import Outcome
from comity.outcomes import share_of
from comity.world import OPEN, Measure

AFTER: Final = 1.0
"""Quarters after the one in which it passed."""


@dataclass(frozen=True, kw_only=True)
class Ratified1q(Outcome):
    """Mean over texts that are still alive by then (R7: the cumulative curve of deposits); one where adoption binds.

    Points of the curve are taken one, four, five, ten and thirteen quarters on.
    """

    unit: ClassVar[str] = "share"
    direction: ClassVar[str] = "higher is sooner"
    window: ClassVar[str] = "texts that passed, one quarter on"
    columns: ClassVar[tuple[str, ...]] = ("curve_1q_texts", "curve_1q_parties")

    reads = ("measure.parties", "measure.since_open", "measure.stage", "measure.vote_now",
             "tally.curve_1q_parties", "tally.curve_1q_texts")  # fmt: skip
    writes = ("tally.curve_1q_parties", "tally.curve_1q_texts")

    @staticmethod
    def finish(tally: Any) -> float:
        """Mean share of parties."""
        return share_of(tally.curve_1q_parties, tally.curve_1q_texts)


def add(measure: Measure, tally: Any) -> None:
    """Watch: texts that have been open for so long."""
    if measure.stage >= OPEN and measure.vote_now == 0 and measure.since_open == AFTER:
        tally.curve_1q_texts += 1.0
        tally.curve_1q_parties += measure.parties
