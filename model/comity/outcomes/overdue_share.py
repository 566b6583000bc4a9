"""Overdue: share of due measures that states inside have not implemented, acquis included."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from comity.arithmetic import ratio
from comity.mechanism import Outcome
from comity.world import BOUND, Organization, Post


@dataclass(frozen=True, kw_only=True)
class OverdueShare(Outcome):
    """Transposition deficit: the acquis carries weight in the denominator (C2; mechanisms.md, fault 3).

    Late obligations over the measures of the opening acquis and the live ones whose time to implement is over, each
    counted for every state inside.
    """

    unit: ClassVar[str] = "share"
    direction: ClassVar[str] = "lower is more punctual"
    window: ClassVar[str] = "mean over the run"
    columns: ClassVar[tuple[str, ...]] = (
        "overdue_count", "overdue_due", "overdue_now", "overdue_total", "overdue_quarters",
    )  # fmt: skip
    reads = ("org.acquis_measures", "post.due_in", "post.overdue", "post.rung", "tally.members_now",
             "tally.overdue_count", "tally.overdue_due", "tally.overdue_now", "tally.overdue_quarters",
             "tally.overdue_total")  # fmt: skip
    writes = ("tally.overdue_count", "tally.overdue_due", "tally.overdue_now", "tally.overdue_quarters",
              "tally.overdue_total")  # fmt: skip

    @staticmethod
    def finish(tally: Any) -> float:
        """The mean over the run."""
        return ratio(tally.overdue_total, tally.overdue_quarters)


def begin(tally: Any) -> None:
    """Watch: counted anew each quarter."""
    tally.overdue_count = 0.0
    tally.overdue_due = 0.0


def add(post: Post, tally: Any) -> None:
    """Watch: every obligation whose time is over, and those of them that are late."""
    if post.rung == BOUND and post.due_in < 0.0:
        tally.overdue_due += 1.0
        tally.overdue_count += post.overdue


def keep(org: Organization, tally: Any) -> None:
    """Watch: with the acquis, which is due in all states inside."""
    due = org.acquis_measures * tally.members_now + tally.overdue_due
    tally.overdue_now = ratio(tally.overdue_count, due)
    tally.overdue_total += tally.overdue_now
    tally.overdue_quarters += 1.0
