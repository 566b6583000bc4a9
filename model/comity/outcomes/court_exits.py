"""Court exits: states that withdrew from the court and stayed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from comity.mechanism import Outcome
from comity.world import Member


@dataclass(frozen=True, kw_only=True)
class CourtExits(Outcome):
    """Partial exits, before and more often than full ones (mechanisms.md, pattern 5); a second one counts again."""

    unit: ClassVar[str] = "count"
    direction: ClassVar[str] = "lower is more lawful"
    window: ClassVar[str] = "the whole run"
    columns: ClassVar[tuple[str, ...]] = ("court_exits_total",)

    reads = ("member.left_court", "tally.court_exits_total")
    writes = ("tally.court_exits_total",)

    @staticmethod
    def finish(tally: Any) -> float:
        """All withdrawals from the court."""
        return float(tally.court_exits_total)


def add(member: Member, tally: Any) -> None:
    """Watch: withdrew this quarter."""
    tally.court_exits_total += member.left_court
