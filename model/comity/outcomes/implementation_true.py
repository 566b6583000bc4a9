"""True implementation: what is really done of what is due, by depth."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from comity.arithmetic import ratio
from comity.mechanism import Outcome
from comity.world import BOUND, Measure, Post


@dataclass(frozen=True, kw_only=True)
class ImplementationTrue(Outcome):
    """Live measures past their due date, in all states inside; tranches count as far as they have come due."""

    unit: ClassVar[str] = "share"
    direction: ClassVar[str] = "higher is more done"
    window: ClassVar[str] = "all years' ends"
    columns: ClassVar[tuple[str, ...]] = ("due_depth", "true_depth")

    reads = ("measure.depth", "post.due_in", "post.implemented", "post.rung", "post.scope",
             "tally.due_depth", "tally.true_depth")  # fmt: skip
    writes = ("tally.due_depth", "tally.true_depth")

    @staticmethod
    def finish(tally: Any) -> float:
        """Depth truly implemented over depth due."""
        return ratio(tally.true_depth, tally.due_depth)


def add(post: Post, measure: Measure, tally: Any) -> None:
    """Watch: each obligation past its due date, by its depth."""
    if post.rung == BOUND and post.due_in <= 0.0:
        tally.due_depth += measure.depth * post.scope
        tally.true_depth += measure.depth * post.implemented
