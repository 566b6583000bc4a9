"""Exit rate: exits per member-year."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from comity.mechanism import Outcome
from comity.outcomes import share_of
from comity.world import QUARTERS_PER_YEAR


@dataclass(frozen=True, kw_only=True)
class ExitRate(Outcome):
    """The measure of W2 and W3: leavers over the time that states were inside."""

    unit: ClassVar[str] = "per member-year"
    direction: ClassVar[str] = "lower is steadier"
    window: ClassVar[str] = "the whole run"
    columns: ClassVar[tuple[str, ...]] = ("exit_quarters",)

    reads = ("tally.exit_quarters", "tally.exits_now", "tally.exits_total", "tally.members_now")
    writes = ("tally.exit_quarters",)

    @staticmethod
    def finish(tally: Any) -> float:
        """Exits over years of membership."""
        return share_of(tally.exits_total, tally.exit_quarters) * QUARTERS_PER_YEAR


def keep(tally: Any) -> None:
    """Watch: a quarter of each state that was inside in it; who left today was."""
    tally.exit_quarters += tally.members_now + tally.exits_now
