"""Few carry most: the share of what is overdue that falls on the three latest states."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar, Final

from comity.mechanism import Outcome
from comity.outcomes import share_of

HUGE: Final = 2e9
THREE: Final = 3


@dataclass(frozen=True, kw_only=True)
class OverdueTop3(Outcome):
    """Of obligations overdue at years' ends, added up over the run and all states (C5); missing where none was."""

    unit: ClassVar[str] = "share"
    direction: ClassVar[str] = "lower is more even"
    window: ClassVar[str] = "all years' ends"
    columns: ClassVar[tuple[str, ...]] = ()

    reads = ("members.overdue_sum",)
    writes = ()

    @staticmethod
    def finish(members: Any) -> float:
        """The three largest, picked one by one; ties go to the first in the order of codes."""
        total = 0.0
        for i in range(members.shape[0]):
            total += members[i].overdue_sum
        top = 0.0
        ceiling = HUGE
        last = -1
        for _ in range(THREE):
            best = -1.0
            row = -1
            for i in range(members.shape[0]):
                value = members[i].overdue_sum
                left = value < ceiling or (value == ceiling and i > last)
                if left and value > best:
                    best = value
                    row = i
            if row >= 0:
                top += best
                ceiling = best
                last = row
        return share_of(top, total)
