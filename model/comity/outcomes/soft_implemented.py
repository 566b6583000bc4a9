"""Soft law done: what is really done of soft obligations that are due, by depth."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from comity.arithmetic import ratio
from comity.mechanism import Outcome
from comity.world import BOUND, Measure, Post

SOFT: float = 0.5


@dataclass(frozen=True, kw_only=True)
class SoftImplemented(Outcome):
    """Obligations of a hardness below one half (R12 of the facts kept apart is measured so)."""

    unit: ClassVar[str] = "share"
    direction: ClassVar[str] = "higher is more done"
    window: ClassVar[str] = "all years' ends"
    columns: ClassVar[tuple[str, ...]] = ("soft_due", "soft_done")

    reads = ("measure.depth", "measure.hardness", "post.due_in", "post.implemented", "post.rung",
             "post.scope", "tally.soft_done", "tally.soft_due")  # fmt: skip
    writes = ("tally.soft_done", "tally.soft_due")

    @staticmethod
    def finish(tally: Any) -> float:
        """Depth truly implemented over depth due; zero where nothing soft was due."""
        return ratio(tally.soft_done, tally.soft_due)


def add(post: Post, measure: Measure, tally: Any) -> None:
    """Watch: soft obligations past their due date."""
    if measure.hardness < SOFT and post.rung == BOUND and post.due_in <= 0.0:
        tally.soft_due += measure.depth * post.scope
        tally.soft_done += measure.depth * post.implemented
