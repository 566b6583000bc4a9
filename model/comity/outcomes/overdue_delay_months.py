"""Delay: how long overdue obligations are overdue."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar, Final

from comity.mechanism import Outcome
from comity.outcomes import share_of
from comity.world import Post

MONTHS: Final = 3.0
"""In a quarter."""


@dataclass(frozen=True, kw_only=True)
class OverdueDelayMonths(Outcome):
    """Mean over all obligations that are overdue at a year's end (C3); missing where none ever was.

    A look at the stock, as the scoreboards take it: not how late obligations end up, but how late those still open are.
    """

    unit: ClassVar[str] = "months"
    direction: ClassVar[str] = "lower is more punctual"
    window: ClassVar[str] = "all years' ends"
    columns: ClassVar[tuple[str, ...]] = ("late_count", "late_quarters")

    reads = ("post.due_in", "post.overdue", "tally.late_count", "tally.late_quarters")
    writes = ("tally.late_count", "tally.late_quarters")

    @staticmethod
    def finish(tally: Any) -> float:
        """Mean delay in months."""
        return share_of(tally.late_quarters, tally.late_count) * MONTHS


def add(post: Post, tally: Any) -> None:
    """Watch: quarters past the due date."""
    if post.overdue != 0:
        tally.late_count += 1.0
        tally.late_quarters -= post.due_in
