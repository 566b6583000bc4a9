"""Agreed depth: how deep the texts are that pass the organ."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from comity.mechanism import Outcome
from comity.outcomes import share_of
from comity.world import OPEN, Measure


@dataclass(frozen=True, kw_only=True)
class AgreedDepth(Outcome):
    """Mean depth of texts on the day that they pass (F5); missing where none did."""

    unit: ClassVar[str] = "index"
    direction: ClassVar[str] = "higher is deeper"
    window: ClassVar[str] = "all texts that passed"
    columns: ClassVar[tuple[str, ...]] = ("agreed", "agreed_sum")

    reads = ("measure.depth", "measure.stage", "measure.vote_now", "tally.agreed", "tally.agreed_sum")
    writes = ("tally.agreed", "tally.agreed_sum")

    @staticmethod
    def finish(tally: Any) -> float:
        """Mean depth."""
        return share_of(tally.agreed_sum, tally.agreed)


def add(measure: Measure, tally: Any) -> None:
    """Watch: texts that passed this quarter."""
    if measure.vote_now != 0 and measure.stage >= OPEN:
        tally.agreed += 1.0
        tally.agreed_sum += measure.depth
