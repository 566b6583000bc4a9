"""Milestones paid: share of milestone money that is paid when half of the time to implement is over."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from comity.mechanism import Outcome
from comity.outcomes import share_of
from comity.world import BOUND, IN_FORCE, Measure, Member, Post


@dataclass(frozen=True, kw_only=True)
class MilestonesPaidHalf(Outcome):
    """Over states to which money is promised, weighted by it and by depth (R14); missing where no money waits."""

    unit: ClassVar[str] = "share"
    direction: ClassVar[str] = "higher is paid sooner"
    window: ClassVar[str] = "measures with milestones, at half of their time to implement"
    columns: ClassVar[tuple[str, ...]] = ("milestone_money", "milestone_paid")

    reads = ("measure.depth", "measure.due", "measure.milestone", "measure.since_force",
             "measure.stage", "member.conditional", "member.power", "post.paid", "post.rung",
             "tally.milestone_money", "tally.milestone_paid")  # fmt: skip
    writes = ("tally.milestone_money", "tally.milestone_paid")

    @staticmethod
    def finish(tally: Any) -> float:
        """Paid over promised."""
        return share_of(tally.milestone_paid, tally.milestone_money)


def add(post: Post, member: Member, measure: Measure, tally: Any) -> None:
    """Watch: measures in the quarter in which half of the time is over."""
    if post.rung == BOUND and measure.stage == IN_FORCE:
        half = 0.5 * measure.due
        if half <= measure.since_force < half + 1.0:
            money = member.conditional * member.power * measure.depth * measure.milestone
            tally.milestone_money += money
            tally.milestone_paid += money * post.paid
