"""Spread of the overdue: the latest state against the mean."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from comity.mechanism import Outcome
from comity.outcomes import share_of
from comity.world import Member, Post


@dataclass(frozen=True, kw_only=True)
class OverdueSpread(Outcome):
    """Largest over mean national count of overdue obligations, added up over the run."""

    unit: ClassVar[str] = "ratio"
    direction: ClassVar[str] = "lower is more even"
    window: ClassVar[str] = "all years' ends"
    columns: ClassVar[tuple[str, ...]] = ()

    reads = ("member.overdue_sum", "members.founding", "members.overdue_sum", "post.overdue")
    writes = ("member.overdue_sum",)

    @staticmethod
    def finish(members: Any) -> float:
        """Largest over mean."""
        most = 0.0
        total = 0.0
        states = 0
        for i in range(members.shape[0]):
            if members[i].founding != 0:
                most = max(most, members[i].overdue_sum)
                total += members[i].overdue_sum
                states += 1
        return share_of(most * float(states), total)


def add(post: Post, member: Member) -> None:
    """Watch: each state's own count."""
    member.overdue_sum += post.overdue
