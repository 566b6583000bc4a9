"""Reported implementation: what states say they have done of what is due, by depth, a year after it fell due."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from comity.mechanism import Outcome
from comity.outcomes import share_of
from comity.world import BOUND, QUARTERS_PER_YEAR, Measure, Post


@dataclass(frozen=True, kw_only=True)
class ImplementationReported(Outcome):
    """The obligations of `implementation_true`; ahead of the truth where nobody audits (R3)."""

    unit: ClassVar[str] = "share"
    direction: ClassVar[str] = "higher is more claimed"
    window: ClassVar[str] = "obligations that fell due at least a year before the end"
    columns: ClassVar[tuple[str, ...]] = ("claim_missing",)

    reads = ("measure.depth", "post.due_in", "post.reported", "post.rung", "post.scope",
             "tally.claim_missing", "tally.due_depth")  # fmt: skip
    writes = ("tally.claim_missing",)

    @staticmethod
    def finish(tally: Any) -> float:
        """One less depth not even claimed over depth due."""
        return 1.0 - share_of(min(tally.claim_missing, tally.due_depth), tally.due_depth)


def add(post: Post, measure: Measure, tally: Any) -> None:
    """Watch: what is not even claimed to be done, a year late."""
    late = post.due_in >= -QUARTERS_PER_YEAR and post.due_in < 1.0 - QUARTERS_PER_YEAR
    if late and post.rung == BOUND:
        tally.claim_missing += measure.depth * max(post.scope - post.reported, 0.0)
