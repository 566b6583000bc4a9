"""Death after exit: whether an organization dies within ten years of the first exit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar, Final

from comity.mechanism import Outcome
from comity.outcomes import MISSING

TEN_YEARS: Final = 40.0


@dataclass(frozen=True, kw_only=True)
class DeathAfterExit(Outcome):
    """Whether ten years after the first exit, or at the end of a shorter run, most founders are outside (W7).

    Missing where nobody left, so that its mean over runs is a share of the organizations that lost a member.
    """

    unit: ClassVar[str] = "share of runs with an exit"
    direction: ClassVar[str] = "lower is steadier"
    window: ClassVar[str] = "ten years from the first exit"
    columns: ClassVar[tuple[str, ...]] = ("exit_since", "exit_dead")

    reads = ("tally.exit_dead", "tally.exit_since", "tally.exits_total", "tally.founders", "tally.founders_inside")
    writes = ("tally.exit_dead", "tally.exit_since")

    @staticmethod
    def finish(tally: Any) -> float:
        """One or zero."""
        return float(tally.exit_dead) if tally.exits_total > 0.0 else MISSING


def keep(tally: Any) -> None:
    """Watch: whether fewer than half of the founders are inside, in the ten years from the first exit."""
    if tally.exits_total > 0.0 and tally.exit_since <= TEN_YEARS:
        tally.exit_since += 1.0
        tally.exit_dead = 1.0 if 2.0 * tally.founders_inside <= tally.founders else 0.0
