"""Exit rate: exits per member-year."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from comity.arithmetic import ratio
from comity.mechanism import Outcome
from comity.world import QUARTERS_PER_YEAR, Member


@dataclass(frozen=True, kw_only=True)
class ExitRate(Outcome):
    """The measure of W2 and W3."""

    unit: ClassVar[str] = "per member-year"
    direction: ClassVar[str] = "lower is steadier"
    window: ClassVar[str] = "the whole run"
    columns: ClassVar[tuple[str, ...]] = ("rate_exits", "rate_quarters")

    reads = ("member.inside", "member.left", "tally.rate_exits", "tally.rate_quarters")
    writes = ("tally.rate_exits", "tally.rate_quarters")

    @staticmethod
    def finish(tally: Any) -> float:
        """Exits over years of membership."""
        return ratio(tally.rate_exits, tally.rate_quarters) * QUARTERS_PER_YEAR


def add(member: Member, tally: Any) -> None:
    """Watch: exits, and time that members were there."""
    tally.rate_exits += member.left
    tally.rate_quarters += member.inside
