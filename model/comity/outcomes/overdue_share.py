"""Overdue: measures late in a state, of all that bind it, the acquis included."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from comity.arithmetic import ratio
from comity.mechanism import Outcome
from comity.world import Organization, Post


@dataclass(frozen=True, kw_only=True)
class OverdueShare(Outcome):
    """Transposition deficit: the acquis carries weight in the denominator (C2; mechanisms.md, fault 3)."""

    unit: ClassVar[str] = "share"
    direction: ClassVar[str] = "lower is more punctual"
    window: ClassVar[str] = "mean over the run"
    columns: ClassVar[tuple[str, ...]] = ("overdue_count", "overdue_now", "overdue_total", "overdue_quarters")

    reads = ("org.acquis_measures", "org.bound_now", "org.inside", "post.overdue",
             "tally.overdue_count", "tally.overdue_now", "tally.overdue_quarters", "tally.overdue_total")  # fmt: skip
    writes = ("tally.overdue_count", "tally.overdue_now", "tally.overdue_quarters", "tally.overdue_total")

    @staticmethod
    def finish(tally: Any) -> float:
        """The mean over the run."""
        return ratio(tally.overdue_total, tally.overdue_quarters)


def begin(tally: Any) -> None:
    """Watch: counted anew each quarter."""
    tally.overdue_count = 0.0


def add(post: Post, tally: Any) -> None:
    """Watch: every late obligation."""
    tally.overdue_count += post.overdue


def keep(org: Organization, tally: Any) -> None:
    """Watch: over the acquis of the start and what binds now, in all states inside."""
    tally.overdue_now = ratio(tally.overdue_count, org.acquis_measures * float(org.inside) + org.bound_now)
    tally.overdue_total += tally.overdue_now
    tally.overdue_quarters += 1.0
