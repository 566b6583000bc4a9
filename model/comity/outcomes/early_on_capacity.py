"""Early ratifiers and administrations: how far capacity speeds ratification, legislatures held constant."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from comity.mechanism import Outcome
from comity.outcomes import early_slope


@dataclass(frozen=True, kw_only=True)
class EarlyOnCapacity(Outcome):
    """The coefficient of government effectiveness (-2.5 to 2.5) in the logit of `early_on_legislature` (R8)."""

    unit: ClassVar[str] = "logit for a unit of effectiveness"
    direction: ClassVar[str] = "positive where administrations speed"
    window: ClassVar[str] = "texts that passed, a year on"
    columns: ClassVar[tuple[str, ...]] = ()

    reads = ("members.capacity_home", "members.early", "members.early_done", "members.legislature")
    writes = ()

    @staticmethod
    def finish(members: Any) -> float:
        """The coefficient of government effectiveness."""
        return early_slope(members, 2)
