"""True implementation: what is really done of what is due, by depth, a year after it fell due."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar, Final

from comity.mechanism import Outcome
from comity.outcomes import share_of
from comity.world import BOUND, QUARTERS_PER_YEAR, Clock, Measure, Post

EVE: Final = 1.0
"""Quarters before the due date: on that date itself the measure may be folded already."""


@dataclass(frozen=True, kw_only=True)
class ImplementationTrue(Outcome):
    """Each obligation counts once: its depth on the eve of its due date, and what is missing of it a year later.

    What all have done is folded into the acquis and seen no more, so that a look at live measures would find the
    laggards alone; what is missing stays in sight.
    """

    unit: ClassVar[str] = "share"
    direction: ClassVar[str] = "higher is more done"
    window: ClassVar[str] = "obligations that fell due at least a year before the end"
    columns: ClassVar[tuple[str, ...]] = ("due_depth", "due_missing")

    reads = ("clock.horizon", "clock.quarter", "measure.depth", "post.due_in", "post.implemented",
             "post.rung", "post.scope", "tally.due_depth", "tally.due_missing")  # fmt: skip
    writes = ("tally.due_depth", "tally.due_missing")

    @staticmethod
    def finish(tally: Any) -> float:
        """One less depth missing over depth due; missing where nothing fell due."""
        return 1.0 - share_of(min(tally.due_missing, tally.due_depth), tally.due_depth)


def add(post: Post, measure: Measure, clock: Clock, tally: Any) -> None:
    """Watch: obligations about to fall due, if there is time to see what becomes of them, and those a year late."""
    if post.rung != BOUND:
        return
    if post.due_in >= EVE and post.due_in < EVE + 1.0 and clock.quarter + EVE + QUARTERS_PER_YEAR < clock.horizon:
        tally.due_depth += measure.depth * post.scope
    elif post.due_in >= -QUARTERS_PER_YEAR and post.due_in < 1.0 - QUARTERS_PER_YEAR:
        tally.due_missing += measure.depth * max(post.scope - post.implemented, 0.0)
