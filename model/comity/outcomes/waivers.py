"""Waivers: share of obligations that are waived."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from comity.mechanism import Outcome
from comity.outcomes import share_of
from comity.world import Organization


@dataclass(frozen=True, kw_only=True)
class Waivers(Outcome):
    """Obligations under a waiver, of all that bind or would bind on live measures; missing where nothing ever bound."""

    unit: ClassVar[str] = "share"
    direction: ClassVar[str] = "lower holds more"
    window: ClassVar[str] = "mean over the run, each obligation and quarter alike"
    columns: ClassVar[tuple[str, ...]] = ("waived_total", "bound_total")

    reads = ("org.bound_now", "org.waivers_now", "tally.bound_total", "tally.waived_total")
    writes = ("tally.bound_total", "tally.waived_total")

    @staticmethod
    def finish(tally: Any) -> float:
        """Waived over bound, all quarters."""
        return share_of(tally.waived_total, tally.bound_total)


def keep(org: Organization, tally: Any) -> None:
    """Watch: what the valves have counted."""
    tally.waived_total += org.waivers_now
    tally.bound_total += org.bound_now
