"""Reported implementation: what states say they have done of what is due, by depth."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from comity.arithmetic import ratio
from comity.mechanism import Outcome
from comity.world import BOUND, Measure, Post


@dataclass(frozen=True, kw_only=True)
class ImplementationReported(Outcome):
    """Ahead of the truth where nobody audits (R3)."""

    unit: ClassVar[str] = "share"
    direction: ClassVar[str] = "higher is more claimed"
    window: ClassVar[str] = "all years' ends"
    columns: ClassVar[tuple[str, ...]] = ("claimed_due", "claimed_depth")

    reads = ("measure.depth", "post.due_in", "post.reported", "post.rung", "post.scope",
             "tally.claimed_depth", "tally.claimed_due")  # fmt: skip
    writes = ("tally.claimed_depth", "tally.claimed_due")

    @staticmethod
    def finish(tally: Any) -> float:
        """Depth reported as implemented over depth due."""
        return ratio(tally.claimed_depth, tally.claimed_due)


def add(post: Post, measure: Measure, tally: Any) -> None:
    """Watch: each obligation past its due date, by its depth."""
    if post.rung == BOUND and post.due_in <= 0.0:
        tally.claimed_due += measure.depth * post.scope
        tally.claimed_depth += measure.depth * post.reported
