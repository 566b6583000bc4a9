"""Who is overdue, by capacity: slope over states of what is overdue, power held constant."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from comity.mechanism import Outcome
from comity.outcomes import CAPACITY, overdue_slope


@dataclass(frozen=True, kw_only=True)
class OverdueOnCapacity(Outcome):
    """Regression over founding members of what each has overdue, over the mean, on log power and on capacity (C7).

    Power and capacity are those of the end. Missing where nothing was overdue.
    """

    unit: ClassVar[str] = "means for a unit of capacity"
    direction: ClassVar[str] = "negative where administrations comply"
    window: ClassVar[str] = "all years' ends"
    columns: ClassVar[tuple[str, ...]] = ()

    reads = ("members.capacity", "members.founding", "members.overdue_sum", "members.power")
    writes = ()

    @staticmethod
    def finish(members: Any) -> float:
        """The coefficient of capacity."""
        return overdue_slope(members, CAPACITY)
