"""Delay: how late the overdue are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from comity.arithmetic import ratio
from comity.mechanism import Outcome
from comity.world import Post

MONTHS: float = 3.0


@dataclass(frozen=True, kw_only=True)
class OverdueDelayMonths(Outcome):
    """Mean over all obligations that are overdue, at each year's end (C3)."""

    unit: ClassVar[str] = "months"
    direction: ClassVar[str] = "lower is more punctual"
    window: ClassVar[str] = "all years' ends"
    columns: ClassVar[tuple[str, ...]] = ("late_count", "late_quarters")

    reads = ("post.due_in", "post.overdue", "tally.late_count", "tally.late_quarters")
    writes = ("tally.late_count", "tally.late_quarters")

    @staticmethod
    def finish(tally: Any) -> float:
        """Mean delay in months."""
        return ratio(tally.late_quarters, tally.late_count) * MONTHS


def add(post: Post, tally: Any) -> None:
    """Watch: quarters past the due date."""
    if post.overdue != 0:
        tally.late_count += 1.0
        tally.late_quarters -= post.due_in
