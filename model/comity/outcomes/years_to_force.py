"""Years to force: time from tabling to entry into force."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from comity.arithmetic import ratio
from comity.mechanism import Outcome
from comity.world import QUARTERS_PER_YEAR, Organization


@dataclass(frozen=True, kw_only=True)
class YearsToForce(Outcome):
    """Mean over the measures that entered into force."""

    unit: ClassVar[str] = "years"
    direction: ClassVar[str] = "lower is faster"
    window: ClassVar[str] = "the whole run"
    columns: ClassVar[tuple[str, ...]] = ()
    reads = ("org.entered", "org.waited")

    @staticmethod
    def finish(org: Organization) -> float:
        """Mean age at entry, in years."""
        return ratio(org.waited, float(org.entered)) / QUARTERS_PER_YEAR
