"""Who is overdue, by power: slope over states of what is overdue, capacity held constant."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from comity.mechanism import Outcome
from comity.outcomes import POWER, overdue_slope


@dataclass(frozen=True, kw_only=True)
class OverdueOnPower(Outcome):
    """Regression over founding members of what each has overdue, over the mean, on log power and on capacity (C7).

    Power and capacity are those of the end. Missing where nothing was overdue.
    """

    unit: ClassVar[str] = "means for each log unit of power"
    direction: ClassVar[str] = "positive where power shields"
    window: ClassVar[str] = "all years' ends"
    columns: ClassVar[tuple[str, ...]] = ()

    reads = ("members.capacity", "members.founding", "members.overdue_sum", "members.power")
    writes = ()

    @staticmethod
    def finish(members: Any) -> float:
        """The coefficient of power."""
        return overdue_slope(members, POWER)
