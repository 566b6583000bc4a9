"""Forbearance: correlation over time of enforcement effort with scepticism."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, ClassVar

from comity.mechanism import Outcome
from comity.outcomes import share_of
from comity.world import Organization


@dataclass(frozen=True, kw_only=True)
class EnforcementScepticismR(Outcome):
    """Negative where enforcement is traded for support (C8); missing where either never moves."""

    unit: ClassVar[str] = "correlation"
    direction: ClassVar[str] = "negative is more forbearing"
    window: ClassVar[str] = "the whole run"
    columns: ClassVar[tuple[str, ...]] = ("r_n", "r_x", "r_y", "r_xx", "r_yy", "r_xy")

    reads = ("org.effort", "org.scepticism", "tally.r_n", "tally.r_x", "tally.r_xx", "tally.r_xy",
             "tally.r_y", "tally.r_yy")  # fmt: skip
    writes = ("tally.r_n", "tally.r_x", "tally.r_xx", "tally.r_xy", "tally.r_y", "tally.r_yy")

    @staticmethod
    def finish(tally: Any) -> float:
        """Pearson correlation over quarters."""
        sxy = tally.r_n * tally.r_xy - tally.r_x * tally.r_y
        sxx = max(tally.r_n * tally.r_xx - tally.r_x * tally.r_x, 0.0)
        syy = max(tally.r_n * tally.r_yy - tally.r_y * tally.r_y, 0.0)
        return share_of(sxy, math.sqrt(sxx * syy))


def keep(org: Organization, tally: Any) -> None:
    """Watch: running sums."""
    tally.r_n += 1.0
    tally.r_x += org.effort
    tally.r_y += org.scepticism
    tally.r_xx += org.effort * org.effort
    tally.r_yy += org.scepticism * org.scepticism
    tally.r_xy += org.effort * org.scepticism
