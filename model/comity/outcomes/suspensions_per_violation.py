"""Suspensions per violation: suspensions over the years in which members backslide or are ruled after a coup."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from comity.mechanism import Outcome
from comity.outcomes import share_of
from comity.world import QUARTERS_PER_YEAR, Member


@dataclass(frozen=True, kw_only=True)
class SuspensionsPerViolation(Outcome):
    """S2 counts backsliders, about one in nineteen suspended a year; the powerful are spared (S1).

    A violation is a year of a state inside in an episode of autocratization or under a government that came by coup;
    missing where there was none.
    """

    unit: ClassVar[str] = "per violation-year"
    direction: ClassVar[str] = "neither good nor bad in itself"
    window: ClassVar[str] = "the whole run"
    columns: ClassVar[tuple[str, ...]] = ("violation_quarters",)

    reads = ("member.coup_government", "member.episode", "member.inside", "tally.suspended_total",
             "tally.violation_quarters")  # fmt: skip
    writes = ("tally.violation_quarters",)

    @staticmethod
    def finish(tally: Any) -> float:
        """Suspensions over years of violation."""
        return share_of(tally.suspended_total, tally.violation_quarters) * QUARTERS_PER_YEAR


def add(member: Member, tally: Any) -> None:
    """Watch: a quarter of violation by a state inside."""
    if member.inside != 0 and (member.episode < 0 or member.coup_government > 0.0):
        tally.violation_quarters += 1.0
