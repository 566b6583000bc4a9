"""Newcomers: how much they have overdue against those who were there from the start."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from comity.arithmetic import ratio
from comity.mechanism import Outcome
from comity.outcomes import share_of
from comity.world import Member


@dataclass(frozen=True, kw_only=True)
class NewcomersOverdueRatio(Outcome):
    """Overdue at years' ends for each quarter inside, mean over states that joined over that of founders (C9).

    Missing where nobody joined or founders had nothing overdue.
    """

    unit: ClassVar[str] = "ratio"
    direction: ClassVar[str] = "below one where newcomers comply better"
    window: ClassVar[str] = "all years' ends"
    columns: ClassVar[tuple[str, ...]] = ()

    reads = ("member.inside", "member.time_inside", "members.founding", "members.overdue_sum", "members.time_inside")
    writes = ("member.time_inside",)

    @staticmethod
    def finish(members: Any) -> float:
        """Mean of newcomers over mean of founders."""
        new = 0.0
        new_late = 0.0
        old = 0.0
        old_late = 0.0
        for i in range(members.shape[0]):
            if members[i].time_inside > 0.0:
                late = ratio(members[i].overdue_sum, members[i].time_inside)
                if members[i].founding != 0:
                    old += 1.0
                    old_late += late
                else:
                    new += 1.0
                    new_late += late
        return share_of(share_of(new_late, new), ratio(old_late, old))


def add(member: Member) -> None:
    """Watch: time inside."""
    if member.inside != 0:
        member.time_inside += 1.0
