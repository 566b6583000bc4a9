"""Deferrals end: the share of deferred tranches that are carried in full by the end."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from comity.mechanism import Outcome
from comity.outcomes import share_of
from comity.world import BOUND, IN_FORCE, TRANCHE, Measure, Post


@dataclass(frozen=True, kw_only=True)
class TranchesEnded(Outcome):
    """Of all deferrals that states ever began, those no longer standing on the last day (F8); missing without any."""

    unit: ClassVar[str] = "share"
    direction: ClassVar[str] = "higher is less permanent"
    window: ClassVar[str] = "the whole run"
    columns: ClassVar[tuple[str, ...]] = ("deferrals", "deferrals_now")

    reads = ("measure.stage", "post.form", "post.patience", "post.rung", "tally.deferrals", "tally.deferrals_now")
    writes = ("tally.deferrals", "tally.deferrals_now")

    @staticmethod
    def finish(tally: Any) -> float:
        """One less what still stands."""
        return 1.0 - share_of(tally.deferrals_now, tally.deferrals)


def begin(tally: Any) -> None:
    """Watch: counted anew each quarter."""
    tally.deferrals_now = 0.0


def add(post: Post, measure: Measure, tally: Any) -> None:
    """Watch: deferrals that stand, and among them those that began this quarter."""
    if post.form == TRANCHE and post.rung == BOUND and measure.stage == IN_FORCE:
        tally.deferrals_now += 1.0
        if post.patience <= 2.0:
            tally.deferrals += 1.0
