"""Clustered exits: share of exits within a year of another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from comity.mechanism import Outcome
from comity.outcomes import share_of
from comity.world import QUARTERS_PER_YEAR, Clock, Member


@dataclass(frozen=True, kw_only=True)
class ExitClusterShare(Outcome):
    """Contagion makes exits come together (W1); missing where nobody left, zero for a leaver alone."""

    unit: ClassVar[str] = "share"
    direction: ClassVar[str] = "lower is less contagious"
    window: ClassVar[str] = "the whole run"
    columns: ClassVar[tuple[str, ...]] = ("cluster_exits", "cluster_near", "cluster_last", "cluster_open")

    reads = ("clock.quarter", "member.left", "tally.cluster_exits", "tally.cluster_last",
             "tally.cluster_near", "tally.cluster_open")  # fmt: skip
    writes = ("tally.cluster_exits", "tally.cluster_last", "tally.cluster_near", "tally.cluster_open")

    @staticmethod
    def finish(tally: Any) -> float:
        """Exits within a year of another, before or after, over all."""
        return share_of(tally.cluster_near, tally.cluster_exits)


def add(member: Member, clock: Clock, tally: Any) -> None:
    """Watch: an exit is near if another came in the year before it; then that one is near, too."""
    if member.left == 0:
        return
    tally.cluster_exits += 1.0
    now = float(clock.quarter)
    if tally.cluster_exits > 1.0 and now - tally.cluster_last <= QUARTERS_PER_YEAR:
        tally.cluster_near += 1.0 + tally.cluster_open
        tally.cluster_open = 0.0
    else:
        tally.cluster_open = 1.0
    tally.cluster_last = now
