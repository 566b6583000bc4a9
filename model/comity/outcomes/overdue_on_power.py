"""Who is overdue, by power: slope over states of what is overdue, capacity held constant."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from comity.arithmetic import log, ratio
from comity.mechanism import Outcome
from comity.outcomes import MISSING, partial


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
        n = 0.0
        y = 0.0
        p = 0.0
        c = 0.0
        for i in range(members.shape[0]):
            if members[i].founding != 0 and members[i].power > 0.0:
                n += 1.0
                y += members[i].overdue_sum
                p += log(members[i].power)
                c += members[i].capacity
        mean = ratio(y, n)
        if mean <= 0.0:
            return MISSING
        py = 0.0
        cy = 0.0
        pp = 0.0
        cc = 0.0
        pc = 0.0
        for i in range(members.shape[0]):
            if members[i].founding != 0 and members[i].power > 0.0:
                power = log(members[i].power) - ratio(p, n)
                capacity = members[i].capacity - ratio(c, n)
                overdue = ratio(members[i].overdue_sum, mean) - 1.0
                py += power * overdue
                cy += capacity * overdue
                pp += power * power
                cc += capacity * capacity
                pc += power * capacity
        return partial(py, cy, pp, cc, pc)
