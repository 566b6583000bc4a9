"""Soft law done: what is really done of soft obligations, by depth, a year after they fell due."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any, ClassVar, Final

from comity.mechanism import Outcome
from comity.outcomes import share_of
from comity.parameter import Parameter
from comity.world import BOUND, QUARTERS_PER_YEAR, Clock, Measure, Post

EVE: Final = 1.0
"""Quarters before the due date, as in `implementation_true`."""


@dataclass(frozen=True, kw_only=True)
class SoftImplemented(Outcome):
    """The soft ones among the obligations of `implementation_true`; missing where no soft law fell due (R12)."""

    unit: ClassVar[str] = "share"
    direction: ClassVar[str] = "higher is more done"
    window: ClassVar[str] = "soft obligations that fell due at least a year before the end"
    columns: ClassVar[tuple[str, ...]] = ("soft_due", "soft_missing")

    below: Annotated[float, Parameter("hardness", 0.0, 1.0, "hardness below which law is soft: nothing is sanctioned",
        source="forces/monitoring.py")] = 0.35  # fmt: skip

    reads = ("clock.horizon", "clock.quarter", "measure.depth", "measure.hardness", "post.due_in",
             "post.implemented", "post.rung", "post.scope", "tally.soft_due", "tally.soft_missing")  # fmt: skip
    writes = ("tally.soft_due", "tally.soft_missing")

    @staticmethod
    def finish(tally: Any) -> float:
        """One less depth missing over depth due."""
        return 1.0 - share_of(min(tally.soft_missing, tally.soft_due), tally.soft_due)


def add(post: Post, measure: Measure, clock: Clock, tally: Any, soft_implemented: SoftImplemented) -> None:
    """Watch: soft obligations about to fall due, and those a year late."""
    if post.rung != BOUND or measure.hardness >= soft_implemented.below:
        return
    if post.due_in >= EVE and post.due_in < EVE + 1.0 and clock.quarter + EVE + QUARTERS_PER_YEAR < clock.horizon:
        tally.soft_due += measure.depth * post.scope
    elif post.due_in >= -QUARTERS_PER_YEAR and post.due_in < 1.0 - QUARTERS_PER_YEAR:
        tally.soft_missing += measure.depth * max(post.scope - post.implemented, 0.0)
