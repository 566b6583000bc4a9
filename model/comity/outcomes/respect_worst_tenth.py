"""Respect for the worst-treated tenth: a mean can hide a few who are trampled on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from comity.arithmetic import ratio
from comity.mechanism import Outcome

TENTH: int = 10
HUGE: float = 2e9


@dataclass(frozen=True, kw_only=True)
class RespectWorstTenth(Outcome):
    """Mean respect, over the run, of the tenth of founding members (at least one) that fared worst."""

    unit: ClassVar[str] = "share"
    direction: ClassVar[str] = "higher is more respectful"
    window: ClassVar[str] = "mean over the run of the worst tenth of founding members"
    reads = ("members.founding", "members.respect_sum", "tally.respect_quarters")

    @staticmethod
    def finish(members: Any, tally: Any) -> float:
        """The lowest means are picked one by one; ties go to the first in the order of codes."""
        count = 0
        for i in range(members.shape[0]):
            if members[i].founding != 0:
                count += 1
        wanted = (count + TENTH - 1) // TENTH
        total = 0.0
        floor = -1.0
        last = -1
        for _ in range(wanted):
            best = HUGE
            row = -1
            for i in range(members.shape[0]):
                value = members[i].respect_sum
                after = value > floor or (value == floor and i > last)
                if members[i].founding != 0 and after and value < best:
                    best = value
                    row = i
            if row >= 0:
                total += best
                floor = best
                last = row
        return ratio(total, float(wanted) * tally.respect_quarters)
