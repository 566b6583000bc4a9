"""Who obeys courts: correlation over states of the share of rulings pending after ten years with liberal democracy."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, ClassVar

from comity.mechanism import Outcome
from comity.outcomes import share_of


@dataclass(frozen=True, kw_only=True)
class RulingsPendingDemocracyR(Outcome):
    """Over the states ruled against ten years before the end or earlier, each counted once, by democracy at the end.

    Missing where fewer than two were, or where either never varies.
    """

    unit: ClassVar[str] = "correlation"
    direction: ClassVar[str] = "negative where democracies obey more"
    window: ClassVar[str] = "rulings of all years but the last ten"
    columns: ClassVar[tuple[str, ...]] = ()

    reads = ("members.democracy", "members.ruled", "members.ruled_done")
    writes = ()

    @staticmethod
    def finish(members: Any) -> float:
        """Pearson correlation over states."""
        n = 0.0
        x = 0.0
        y = 0.0
        xx = 0.0
        yy = 0.0
        xy = 0.0
        for i in range(members.shape[0]):
            if members[i].ruled > 0.0:
                pending = share_of(members[i].ruled - members[i].ruled_done, members[i].ruled)
                n += 1.0
                x += members[i].democracy
                y += pending
                xx += members[i].democracy * members[i].democracy
                yy += pending * pending
                xy += members[i].democracy * pending
        spread = max(n * xx - x * x, 0.0) * max(n * yy - y * y, 0.0)
        return share_of(n * xy - x * y, math.sqrt(spread))
